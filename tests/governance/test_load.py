"""Loading county files: everything or nothing, twice without change, cheap."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.countyfile import CountyFileError, compare_with_loaded, export, load, read_county
from governance.meeting_rules import meeting_rule
from governance.models import (
    Arendegang,
    ArendegangVersion,
    Body,
    County,
    CountyLoad,
    Malomrade,
    Move,
    Organisation,
    Person,
    Seat,
    Station,
)
from governance.paths import path_version
from governance.permissions import grant_mandates, granted_mandates, today
from governance.vocabulary import Mandate
from tests.governance.conftest import SORMLAND

DECIDED = """beslutad = 2022-11-25
beslutad_av = "Länsstyrgruppen"
galler_fran = 2022-11-25"""


def changed(*pairs: tuple[str, str]) -> str:
    """Return Sörmland's file with each first text replaced by the second."""
    text = SORMLAND
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.django_db
def test_load_twice_changes_nothing_the_second_time() -> None:
    person = Person.objects.create_user("sam@example.se", "Sam")
    assert load(SORMLAND, loaded_by=person).changes[0].sign == "+"
    before = list(Move.objects.values())
    again = load(SORMLAND)
    assert (str(again), bool(again)) == ("Ingen skillnad.", False)
    assert list(Move.objects.values()) == before
    assert [(row.loaded_by, row.text) for row in CountyLoad.objects.all()] == [(person, SORMLAND)]


@pytest.mark.django_db
def test_meeting_rules_are_compared_loaded_and_left_out_where_they_are_as_usual() -> None:
    load(SORMLAND)
    body = Body.objects.get(code="nsv")
    assert body.meeting_rule == {
        "kallelse": 7,
        "handlingar": 10,
        "justerare": 2,
        "reservation": 3,
        "publicerar": True,
    }
    written = "mote = { kallelse = 7, handlingar = 10, justerare = 2, reservation = 3, publicerar = true }"
    other = changed((written, "mote = { kallelse = 7, justerare = 1, delegation = true }"))
    assert str(load(other)) == (
        "~ organ nsv: mote (kallelse: 7, handlingar: 10, justerare: 2, reservation: 3, publicerar: ja)"
        " → (kallelse: 7, delegation: ja)"
    )
    body.refresh_from_db()
    assert (meeting_rule(body).handlingar, meeting_rule(body).delegation) == (7, True)
    assert str(load(changed((written, "mote = { kallelse = 5, justerare = 1 }")))) == (
        "~ organ nsv: mote (kallelse: 7, delegation: ja) → (inget)"
    )
    assert not load(changed((written, "mote = {}")))
    assert export(County.objects.get()).count("mote = ") == 1


@pytest.mark.django_db
def test_load_takes_few_statements() -> None:
    with CaptureQueriesContext(connection) as first:
        load(SORMLAND)
    with CaptureQueriesContext(connection) as second:
        load(SORMLAND)
    assert (len(first) <= 33, len(second) <= 26) == (True, True)


@pytest.mark.django_db
def test_export_gives_a_file_that_changes_nothing(sormland: None) -> None:
    text = export(County.objects.get())
    assert read_county(text) == read_county(SORMLAND)
    assert not load(text)


@pytest.mark.django_db
def test_difference_is_told_without_loading(sormland: None) -> None:
    text = changed(
        ('namn = "Länsstyrgruppen"', 'namn = "Länets styrgrupp"'),
        ('kod = "trosa"\nnamn = "Trosa kommun"', 'kod = "trosa-kommun"\nnamn = "Trosa kommun"'),
        ('"Samsyn",\n', ""),
        ("[malbild]", "[mandat.fou]\nledamot = []\n\n[malbild]"),
    )
    assert [str(change) for change in compare_with_loaded(text).changes] == [
        "+ organisation trosa-kommun: Trosa kommun",
        "~ organ lansstyrgruppen: namn ”Länsstyrgruppen” → ”Länets styrgrupp”",
        "~ mandat fou: handlaggare () → (inget)",
        "- organisation trosa: upphör",
        "- framgångsfaktor samsyn: upphör",
    ]
    assert Body.objects.get(code="lansstyrgruppen").name == "Länsstyrgruppen"
    load(text)
    assert Body.objects.get(code="lansstyrgruppen").name == "Länets styrgrupp"
    assert not load(text)


@pytest.mark.django_db
def test_what_leaves_the_file_ends_and_what_returns_lives_again(sormland: None) -> None:
    text = changed(('kod = "trosa"\nnamn = "Trosa kommun"', 'kod = "trosa-kommun"\nnamn = "Trosa kommun"'))
    before = Organisation.objects.get(code="trosa")
    load(text)
    assert Organisation.objects.get(code="trosa").ended_on is not None
    assert Body.objects.get(code="kontakt-trosa").ended_on is not None
    load(SORMLAND)
    assert Organisation.objects.get(code="trosa", ended_on=None) == before
    assert Organisation.objects.get(code="trosa-kommun").ended_on is not None


@pytest.mark.django_db
def test_two_municipalities_may_exchange_their_numbers(sormland: None) -> None:
    load(changed(("0482", "0000"), ("0461", "0482"), ("0000", "0461")))
    codes = dict(Organisation.objects.values_list("code", "kommunkod"))
    assert (codes["flen"], codes["gnesta"]) == ("0461", "0482")


@pytest.mark.django_db
def test_a_loaded_version_is_not_changed(sormland: None) -> None:
    before = list(Station.objects.values())
    with pytest.raises(CountyFileError) as refusal:
        load(changed(('slag = "utkast"', 'namn = "Idé"\nslag = "utkast"')))
    (problem,) = refusal.value.problems
    assert problem.place == "arendegang[0].version"
    assert problem.message.endswith("men filen har ändrat: steg i lansgemensam utkast.")
    assert problem.remedy == "Höj versionen till 2."
    assert list(Station.objects.values()) == before


@pytest.mark.django_db
def test_a_higher_version_stands_beside_the_old_one(sormland: None) -> None:
    day = today() + timedelta(days=1)
    second = changed(
        ('slag = "utkast"', 'namn = "Idé"\nslag = "utkast"'),
        ("version = 1", "version = 2"),
        (DECIDED, f"galler_fran = {day}"),
    )
    load(second)
    assert not load(second)
    path = Arendegang.objects.get()
    assert [version.number for version in ArendegangVersion.objects.in_force(day)] == [2, 1]
    assert [version.number for version in path.versions.in_force(today())] == [1]
    names = {version.number: path_version(version.pk).stations["utkast"].name for version in path.versions.all()}
    assert names == {1: "Utkast", 2: "Idé"}


@pytest.mark.django_db
def test_a_higher_version_does_not_come_into_force_before_the_old_one(sormland: None) -> None:
    with pytest.raises(CountyFileError) as refusal:
        load(changed(("version = 1", "version = 2"), (DECIDED, "galler_fran = 2020-01-01")))
    assert [problem.place for problem in refusal.value.problems] == ["arendegang[0].galler_fran"]


@pytest.mark.django_db
def test_mandates_are_granted_on_the_body_alone(sormland: None) -> None:
    seat = Seat.objects.get(body__code="lansstyrgruppen", role="ordforande")
    assert granted_mandates([seat]) == {
        seat.pk: {Mandate.BESLUTA, Mandate.LEDA_MOTE, Mandate.PROTOKOLLFORA, Mandate.GE_AVSTEG}
    }
    empty = Seat.objects.get(body__code="lansstyrgruppen", role="adjungerad")
    assert granted_mandates([empty]) == {empty.pk: set()}


@pytest.mark.django_db
def test_loading_mends_mandates_that_have_come_to_differ(sormland: None) -> None:
    seat = Seat.objects.get(body__code="arbetsgrupp-barn-unga", role="ledamot")
    grant_mandates({seat: [Mandate.BESLUTA]})
    assert [change.what for change in load(SORMLAND).changes] == ["mandat"]
    assert granted_mandates([seat]) == {seat.pk: {Mandate.FORFATTA}}
    assert not load(SORMLAND)


@pytest.mark.django_db
def test_a_role_that_leaves_the_table_loses_its_seat(sormland: None) -> None:
    groups = Group.objects.count()
    load(
        changed(
            (
                "[malbild]",
                '[mandat.regionalt_stod]\nsekreterare = []\nsamordnare = ["leda_arenden", "forfatta"]\n\n[malbild]',
            )
        )
    )
    seats = Seat.objects.filter(body__code="regionalt-stod")
    assert {seat.role for seat in seats} == {"samordnare", "sekreterare"}
    load(SORMLAND)
    assert {seat.role for seat in seats.all()} == {"samordnare"}
    assert Group.objects.count() == groups


@pytest.mark.django_db
def test_a_county_without_its_target_picture_keeps_the_rows_ended() -> None:
    load(SORMLAND)
    start, end = SORMLAND.index("[malbild]"), SORMLAND.index("# EXEMPEL: områdenas indelning")
    load(SORMLAND[:start] + SORMLAND[end:])
    assert set(Malomrade.objects.values_list("ended_on", flat=True)) != {None}
    assert not load(SORMLAND[:start] + SORMLAND[end:])
    load(SORMLAND)
    assert set(Malomrade.objects.values_list("ended_on", flat=True)) == {None}


@pytest.mark.django_db
def test_a_broken_file_writes_nothing() -> None:
    with pytest.raises(CountyFileError):
        load(changed(('slag = "styrgrupp"', 'slag = "styrgrup"')))
    assert (County.objects.count(), CountyLoad.objects.count(), Group.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_write_once() -> None:
    found: list[bool] = []

    def run() -> None:
        try:
            found.append(bool(load(SORMLAND)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False, False, False, True]
    assert (CountyLoad.objects.count(), County.objects.count(), ArendegangVersion.objects.count()) == (1, 1, 1)
