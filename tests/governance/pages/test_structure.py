"""Bodies, the ärendegång and the målbild: shown to those who take part in the county and to nobody else."""

import re
from datetime import date

import pytest

from governance.minuted import record_paragraph
from governance.models import ArendegangVersion, Fokusomrade, Person
from governance.selectors import paths_in_force
from tests.governance.pages.conftest import Counties, Enter


def words(page: str) -> str:
    """Return what is read on the page, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_bodies_stand_under_those_they_work_for(counties: Counties, enter: Enter) -> None:
    (shown,) = enter(counties.member).get("/organ/").context["counties"]

    (root,) = shown.roots
    assert root.body.code == "nsv"
    (deciding,) = root.children
    assert [node.body.code for node in deciding.children] == [
        "beredning-personcentrering",
        "beredning-halsa",
        "regionalt-stod",
        "fouis",
    ]
    assert [(node.body.code, node.members) for node in deciding.children[0].children] == [
        ("arbetsgrupp-mobila-team", 1),
        ("arbetsgrupp-egenmonitorering", 0),
    ]
    assert len(shown.contacts) == 10


def test_the_path_is_drawn_and_told_move_by_move(counties: Counties, enter: Enter) -> None:
    response = enter(counties.member).get("/arendegang/")

    text = response.content.decode()
    (version,) = paths_in_force(counties.own.pk)
    assert text.count("<title id=") == 1
    assert [move.name for move in response.context["moves"]] == [move.name for move in version.moves]
    assert {gate["name"] for gate in response.context["gates"]} == {gate.name for gate in version.gates.values()}
    assert "Varje deltagande organisation har bekräftat sina resurser" in text
    assert "Version 1, gäller" in text


def test_every_version_has_an_address_within_its_county(counties: Counties, enter: Enter) -> None:
    own, other = (ArendegangVersion.objects.get(arendegang__county=county) for county in (counties.own, counties.other))
    client = enter(counties.member)

    assert client.get(f"/arendegang/{own.pk}/").status_code == 200
    assert client.get(f"/arendegang/{other.pk}/").status_code == 404
    assert client.get("/arendegang/99999999999999999999999/").status_code == 404


def test_the_target_picture_shows_aims_indicators_and_shifts(counties: Counties, enter: Enter) -> None:
    text = enter(counties.member).get("/malbild/").content.decode()

    for words in (
        "Målbild 2035",
        "Fast vårdkontakt",
        "Egenmonitorering i hemmet erbjuds i hela länet",
        "Från passiv mottagare till aktiv medskapare",
        "Antal vårdade efter fallskador",
        "2023–2027",
    ):
        assert words in text
    focus = Fokusomrade.objects.filter(county=counties.own)[0]
    assert f"/satsningar/?fokus={focus.pk}" in text


def test_what_a_meeting_decided_is_shown_with_its_paragraph(counties: Counties, enter: Enter) -> None:
    version = ArendegangVersion.objects.get(arendegang__county=counties.own)
    focus = Fokusomrade.objects.filter(county=counties.own)[0]
    client = enter(counties.member)
    addresses = (f"/arendegang/{version.pk}/", "/malbild/")
    assert not any("§ 14" in client.get(address).content.decode() for address in addresses)

    for row in (version, focus):
        record_paragraph(row, paragraph="§ 14", decided_on=date(2026, 11, 3), decided_by="Länsstyrgruppen")

    path, picture = (words(client.get(address).content.decode()) for address in addresses)
    assert "Beslutad av Länsstyrgruppen 3 november 2026, § 14" in path
    assert "Beslutat av Länsstyrgruppen 3 november 2026, § 14. Satsningar inom" in picture


@pytest.mark.parametrize("address", ["/organ/", "/arendegang/", "/malbild/"])
def test_without_a_role_there_is_nothing_to_see(counties: Counties, enter: Enter, address: str) -> None:
    superuser = Person.objects.create_superuser("rot@example.org", "Rot")

    text = enter(superuser).get(address).content.decode()

    assert "Sörmland" not in text
    assert "Målbild 2035" not in text
    assert "visas för den som har ett uppdrag" in text


@pytest.mark.parametrize("address", ["/organ/", "/arendegang/", "/malbild/", "/personer/", "/uppdrag/nytt/?organ=1"])
def test_nobody_is_sent_to_the_log_in(counties: Counties, enter: Enter, address: str) -> None:
    response = enter(counties.member).get(address.replace("uppdrag", "uppdrag"))
    assert response.status_code in {200, 403, 404}

    from django.test import Client  # noqa: PLC0415 - a browser of nobody

    assert Client().get(address).status_code == 302
