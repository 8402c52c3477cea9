"""The pages of versions: what one sees, what is refused, and a fixed number of questions to the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.countyfile import load
from governance.models import County, Person
from governance.paths import path_version
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.workflow.pages.helping import at, text_of
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.versions.helping import (
    move,
    put_into_force,
    recoded,
    renamed,
    second_level,
    submitted_to_preparation,
    without,
)
from tests.workflow.world import World
from workflow.models import Versionsflytt
from workflow.versions.forms import chosen_ids, read_editions, written_editions

DAY = timedelta(days=1)


def list_url(satsning: Satsning) -> str:
    return reverse("versioner", args=[satsning.version.arendegang_id])


def choose_url(satsning: Satsning) -> str:
    return reverse("flytta_satsningar", args=[satsning.version_id])


def foreigner() -> Person:
    """Return the coordinator of another county."""
    load(OTHER_COUNTY)
    person = Person.objects.create_user("annan@example.org", "Exempelannan", "lösenord")
    body = County.objects.get(code="annat").bodies.get(kind="regionalt_stod")
    register_membership(person=person, body=body, role=Role.SAMORDNARE, starts_on=today())
    return person


def test_list_says_what_is_in_force_what_is_to_come_and_what_each_holds(world: World) -> None:
    draft = world.make()
    world.carried_to(StationKind.INLAMNAD)
    put_into_force(2, renamed("utkast", "Idé"))
    put_into_force(3, renamed("utkast", "Skiss"), day=today() + DAY)

    coordinators = at(world.coordinator).get(list_url(draft))
    members = at(world.secretary).get(list_url(draft))

    shown = [(one.row.number, one.state, one.held.running) for one in coordinators.context["versions"]]
    assert shown == [(3, "kommer", 0), (2, "galler", 0), (1, "galler_inte", 2)]
    assert [one.held.running for one in members.context["versions"]] == [0, 0, 1]
    text = text_of(coordinators)
    assert "2026-10-02" in text
    assert "Länsstyrgruppen" in text
    assert choose_url(draft) in text
    assert choose_url(draft) not in text_of(members)


def test_pages_are_not_there_for_another_county_and_not_for_others_to_move(world: World) -> None:
    draft = world.make()
    second = put_into_force(2)
    flytt = Versionsflytt.objects.create(
        before=draft.version, after=second, mapping={}, reason="Därför.", made_by=world.coordinator
    )
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")
    addresses = [
        list_url(draft),
        reverse("versionsskillnad", args=[draft.version_id, second.pk]),
        choose_url(draft),
        reverse("versionsflytt", args=[flytt.pk]),
        reverse("flytta_version", args=[draft.pk]),
    ]

    found = {
        who: [at(person).get(address).status_code for address in addresses]
        for who, person in {
            "coordinator": world.coordinator,
            "author": world.author,
            "foreigner": foreigner(),
            "superuser": superuser,
        }.items()
    }

    assert found == {
        "coordinator": [200, 200, 200, 200, 302],
        "author": [200, 200, 403, 404, 403],
        "foreigner": [404] * 5,
        "superuser": [404] * 5,
    }
    assert at(world.author).post(choose_url(draft), {"prova": "1"}).status_code == 403
    assert "av den som håller ihop uppföljningen" in text_of(at(world.author).get(choose_url(draft)))


def test_difference_is_said_in_the_table_and_marked_in_the_picture(world: World) -> None:
    draft = world.make()
    second = put_into_force(
        2,
        recoded("uppfoljning", "utvardering"),
        renamed("utvardering", "Utvärdering"),
        renamed("utkast", "Idé"),
        second_level,
        without("vilande"),
    )

    response = at(world.author).get(reverse("versionsskillnad", args=[draft.version_id, second.pk]))

    rows = {(row.what, row.name): row for row in response.context["difference"].rows}
    assert {key: row.change for key, row in rows.items() if key[0] == "Steg"} == {
        ("Steg", "Idé"): "changed",
        ("Steg", "Beredning i länet"): "added",
        ("Steg", "Vilande"): "removed",
        ("Steg", "Utvärdering"): "added",
        ("Steg", "Uppföljning"): "removed",
    }
    assert [(one.label, one.before, one.after) for one in rows["Steg", "Idé"].details] == [("Namn", "Utkast", "Idé")]
    assert rows["Förflyttning", "Pausa"].change == "removed"
    assert rows["Förflyttning", "Skicka vidare till länet"].change == "added"
    assert ("Förflyttning", "Skapa") not in rows
    text = text_of(response)
    for mark in ("added", "removed", "changed"):
        assert f"path-mark--{mark}" in text
    for words in ("Beredning i länet (nytt)", "Vilande (borttaget)", "Idé (ändrat)", "Pausa (borttagen)"):
        assert words in text
    assert "vad som skiljer version 2 från version 1" in text
    assert "Visa som tabell" in text


def test_versions_of_two_paths_are_not_compared(world: World) -> None:
    draft = world.make()
    load(OTHER_COUNTY)
    register_membership(
        person=world.author,
        body=County.objects.get(code="annat").bodies.get(kind="regionalt_stod"),
        role=Role.SAMORDNARE,
        starts_on=today(),
    )
    other = County.objects.get(code="annat").arendegangar.get().versions.get()

    response = at(world.author).get(reverse("versionsskillnad", args=[draft.version_id, other.pk]))

    assert response.status_code == 404


def test_versions_that_say_the_same_differ_in_nothing(world: World) -> None:
    draft = world.make()
    second = put_into_force(2)

    response = at(world.author).get(reverse("versionsskillnad", args=[draft.version_id, second.pk]))

    assert "Ingenting skiljer versionerna åt" in text_of(response)


def tried(browser: Client, at_version_of: Satsning, *chosen: Satsning, **more: Any) -> Any:
    """Try out a move of the chosen cases with the mapping that is proposed."""
    shown = browser.get(choose_url(at_version_of)).context
    mapping = {field.html_name: field.value() for field in shown["form"].visible_fields()}
    data = {"prova": "1", "vilka": "visade", "satsning": [case.pk for case in chosen], **mapping, **more}
    return browser.post(choose_url(at_version_of), data)


def confirmed(browser: Client, satsning: Satsning, page: Any, reason: str = "Nya regler.") -> Any:
    """Send the form of the page of the trial."""
    hidden = {field.html_name: field.value() for field in page.context["form"].visible_fields()}
    fall = page.context["reason"]["fall"].value()
    return browser.post(choose_url(satsning), {"flytta": "1", "fall": fall, "reason": reason, **hidden})


def test_cases_are_chosen_tried_out_and_moved(world: World) -> None:
    going, staying, left = world.make("Går"), world.carried_to(StationKind.KOMPLETTERING), world.make("Lämnas")
    second = put_into_force(2, without("komplettering"))
    browser = at(world.coordinator)

    page = tried(browser, going, going, staying)
    assert page.status_code == 200
    text = text_of(page)
    assert [row["trial"].satsning.pk for row in page.context["going"]] == [going.pk]
    assert [trial.satsning.pk for trial in page.context["staying"]] == [staying.pk]
    assert "Version 2 har inget steg där en satsning i Komplettering kan stå." in text
    assert "Lämna in" in text
    assert Satsning.objects.filter(version=second).count() == 0

    response = confirmed(browser, going, page)
    assert response.status_code == 302
    assert [world.fresh(case).version.number for case in (going, staying, left)] == [2, 1, 1]
    result = text_of(browser.get(response.url))
    assert "Flytten är klar" in result
    assert "Nya regler." in result
    story = text_of(browser.get(reverse("satsning", args=[going.pk])))
    assert "Från version 1 (steget Utkast) till version 2 (steget Utkast)" in story
    assert "version 2" in story


def test_sending_the_same_again_moves_nothing_twice(world: World) -> None:
    draft = world.make()
    put_into_force(2)
    browser = at(world.coordinator)
    page = tried(browser, draft, draft)
    confirmed(browser, draft, page)
    entries = world.fresh(draft).edition

    again = confirmed(browser, draft, page)

    assert world.fresh(draft).edition == entries
    assert list(Versionsflytt.objects.latest("pk").rader.values_list("state", flat=True)) == ["redan"]
    assert "Redan flyttad" in text_of(browser.get(again.url))


def test_reason_is_asked_for_and_nothing_is_lost(world: World) -> None:
    draft = world.make()
    put_into_force(2)
    browser = at(world.coordinator)
    page = tried(browser, draft, draft)

    response = confirmed(browser, draft, page, reason="  ")

    assert response.status_code == 422
    assert "Skriv varför." in text_of(response)
    assert response.context["reason"]["fall"].value() == page.context["reason"]["fall"].value()
    assert Versionsflytt.objects.count() == 0


def test_case_that_changed_after_the_trial_is_named(world: World) -> None:
    draft = world.make("Den ändrade")
    put_into_force(2)
    browser = at(world.coordinator)
    page = tried(browser, draft, draft)
    world.do(draft, "byt_ansvarig_grupp", world.coordinator, **world.prepare_for(draft, "byt_ansvarig_grupp"))

    response = browser.get(confirmed(browser, draft, page).url)

    assert "Satsningen har ändrats sedan du öppnade sidan." in text_of(response)
    assert world.fresh(draft).version.number == 1


BAD: list[tuple[dict[str, Any], str]] = [
    ({"satsning": []}, "Välj minst en satsning."),
    ({"satsning": ["abc", "-1", "99999999999999999999999"]}, "Välj minst en satsning."),
    ({"steg-inlamnad": ""}, "Välj var satsningar i steget Inlämnad ska stå."),
    ({"steg-inlamnad": "slutford"}, "Välj ett av stegen i listan."),
]


@pytest.mark.parametrize(("sent", "said"), BAD)
def test_what_cannot_be_tried_out_is_said(world: World, sent: dict[str, Any], said: str) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    put_into_force(2, submitted_to_preparation)

    response = tried(at(world.coordinator), case, case, **{"steg-inlamnad": "beredning", **sent})

    assert response.status_code == 422
    assert said in text_of(response)


@pytest.mark.parametrize("fall", ["", "1", "x.y", "1.2 3", "9" * 30 + ".1", "1." + "9" * 30, "²."])
def test_tampered_list_of_cases_is_refused(world: World, fall: str) -> None:
    draft = world.make()
    put_into_force(2)

    response = at(world.coordinator).post(choose_url(draft), {"flytta": "1", "fall": fall, "reason": "Därför."})

    assert response.status_code == 422
    assert Versionsflytt.objects.count() == 0


def test_editions_are_read_as_they_were_written() -> None:
    assert read_editions(written_editions([(7, 3), (12, 40)])) == {7: 3, 12: 40}


def test_number_of_any_length_is_no_case() -> None:
    assert (read_editions(f"{'9' * 5000}.1"), chosen_ids(["9" * 5000, "7"])) == ({}, {7})


def test_somebody_who_moves_no_cases_is_shown_none_of_the_drafts(world: World) -> None:
    draft = world.make("Hemligt utkast")
    second = put_into_force(2)
    chief = world.seat("lansstyrgruppen", Role.LEDAMOT)

    response = at(chief).post(choose_url(draft), {"prova": "1", "vilka": "alla"})

    assert response.status_code == 403
    assert "Hemligt" not in text_of(response)
    assert second.pk != world.fresh(draft).version_id


def test_many_are_moved_a_part_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [world.make(f"Satsning {number}") for number in range(5)]
    second = put_into_force(2)
    browser = at(world.coordinator)
    monkeypatch.setattr("workflow.versions.moving.move_some.__kwdefaults__", {"at_most": 2, "seconds": 60.0})
    page = tried(browser, cases[0], vilka="alla")

    first = confirmed(browser, cases[0], page)
    shown = browser.get(first.url)
    assert "2 av 5 är klara" in text_of(shown)
    assert 'value="2"' in text_of(shown)
    assert Satsning.objects.filter(version=second).count() == 2

    browser.post(first.url)
    last = browser.post(first.url, follow=True)
    assert "Flytten är klar" in text_of(last)
    assert Satsning.objects.filter(version=second).count() == 5


def questions(browser: Client, address: str) -> int:
    """Return how many statements a page takes once the versions have been read."""
    browser.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


def test_pages_ask_the_same_with_one_case_and_with_fifty(world: World) -> None:
    case = world.make("Första")
    second = put_into_force(2)
    browser = at(world.coordinator)
    addresses = (
        list_url(case),
        choose_url(case),
        reverse("versionsskillnad", args=[case.version_id, second.pk]),
    )
    before = [questions(browser, address) for address in addresses]
    trial = _statements(browser, case, [case])

    more = [_in_first(world, case, number) for number in range(50)]

    assert [questions(browser, address) for address in addresses] == before
    assert _statements(browser, case, [case, *more]) == trial


def _in_first(world: World, case: Satsning, number: int) -> Satsning:
    """Make a case and put it in the version of another."""
    made = world.make(f"Satsning {number}")
    move(world, made, case.version, "utkast")
    return world.fresh(made)


def _statements(browser: Client, case: Satsning, cases: list[Satsning]) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert len(tried(browser, case, *cases).context["going"]) == len(cases)
    return len(caught)


def test_list_asks_the_same_with_one_version_and_with_fifty(world: World) -> None:
    draft = world.make()
    browser = at(world.coordinator)
    before = questions(browser, list_url(draft))
    for number in range(2, 12):
        put_into_force(number, renamed("utkast", f"Namn {number}"), day=today() + (number - 2) * DAY)

    assert questions(browser, list_url(draft)) == before


def test_case_links_to_its_version_and_its_own_move(world: World) -> None:
    draft = world.make()
    put_into_force(2)
    path = path_version(draft.version_id)
    own = reverse("flytta_version", args=[draft.pk])

    coordinators = text_of(at(world.coordinator).get(reverse("satsning", args=[draft.pk])))
    authors = text_of(at(world.author).get(reverse("satsning", args=[draft.pk])))

    assert f"{path.name}, version 1" in authors
    assert own in coordinators
    assert own not in authors
    leads: Any = at(world.coordinator).get(own)
    assert leads.url == f"{choose_url(draft)}?satsning={draft.pk}"
    assert "checked" in text_of(at(world.coordinator).get(leads.url))
