"""The pages of notices: what is shown to whom, marked as read, narrowed, paged and chosen."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.world import ARBETSGRUPP, World
from workflow.models import JournalEntry, Notice, Preference
from workflow.notices import selectors
from workflow.notices.vocabulary import Slag, Takt


def enter(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(client: Client, address: str) -> str:
    response: Any = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def notices_of(person: Person) -> list[Notice]:
    return list(Notice.objects.filter(person=person).order_by("entry_id"))


def test_list_shows_what_happened_and_what_is_expected(world: World) -> None:
    officer = world.officer
    world.carried_to(StationKind.INLAMNAD)
    page = shown(enter(officer), "/notiser/")
    assert "Mobila team i hela länet" in page
    assert f"{world.author.name} ({world.body(ARBETSGRUPP).name}) lämnade in" in page
    assert "Väntar på dig" in page
    assert "Ta upp" in page
    assert '<span class="s-notices-count">1' in page


def test_opening_a_notice_marks_it_as_read_and_goes_there(world: World) -> None:
    officer = world.officer
    satsning = world.carried_to(StationKind.INLAMNAD)
    [row] = notices_of(officer)
    response: Any = enter(officer).get(f"/notiser/{row.pk}/")
    assert (response.status_code, response.url) == (302, f"/satsningar/{satsning.pk}/")
    [row] = notices_of(officer)
    assert row.read_at is not None
    page = shown(enter(officer), "/notiser/")
    assert ("s-notices-count" in page, "Väntar på dig" in page, "Att göra:" in page) == (False, False, True)


def test_nobody_opens_or_marks_somebody_elses_notice(world: World) -> None:
    officer = world.officer
    world.carried_to(StationKind.INLAMNAD)
    [row] = notices_of(officer)
    other = enter(world.author)
    assert other.get(f"/notiser/{row.pk}/").status_code == 404
    assert other.post(f"/notiser/{row.pk}/last/").status_code == 404
    assert other.post("/notiser/alla-lasta/", {"nyaste": row.pk}).status_code == 302
    [row] = notices_of(officer)
    assert row.read_at is None


def test_all_read_leaves_what_came_after_the_page_was_shown(world: World) -> None:
    officer = world.officer
    world.carried_to(StationKind.INLAMNAD)
    [first] = notices_of(officer)
    world.carried_to(StationKind.INLAMNAD)
    enter(officer).post("/notiser/alla-lasta/", {"nyaste": first.pk})
    assert [row.read_at is None for row in notices_of(officer)] == [False, True]


def test_list_pages_by_keys_with_the_unread_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "PAGE", 2)
    officer = world.officer
    for number in range(5):
        world.fill(satsning := world.make(f"Satsning nummer {number}"), *DECIDED_PARTS)
        world.do(satsning, "lamna_in", world.author)
    rows = notices_of(officer)
    client = enter(officer)
    client.get(f"/notiser/{rows[4].pk}/")
    client.get(f"/notiser/{rows[0].pk}/")
    seen, address = [], "/notiser/"
    for _ in range(3):
        response: Any = client.get(address)
        seen.append([row.id for row in response.context["rows"]])
        address = response.context["following"]
    assert seen == [[rows[3].pk, rows[2].pk], [rows[1].pk, rows[4].pk], [rows[0].pk]]
    assert address == ""


def test_list_takes_no_more_statements_with_more_rows(world: World) -> None:
    officer = world.officer
    counts = []
    for _ in range(2):
        world.carried_to(StationKind.INLAMNAD)
        with CaptureQueriesContext(connection) as caught:
            shown(enter(officer), "/notiser/")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_a_strange_address_shows_the_beginning(world: World) -> None:
    officer = world.officer
    world.carried_to(StationKind.INLAMNAD)
    for address in ("?fran=x", "?fran=o99999999999999999999", "?slag=nej", "?fran=l", "?visa=nej", "?fran=oå"):
        assert "Mobila team" in shown(enter(officer), f"/notiser/{address}")


def test_list_is_narrowed_by_kind_and_to_the_unread(world: World) -> None:
    officer = world.officer
    world.carried_to(StationKind.INLAMNAD)
    client = enter(officer)
    assert "Mobila team" in shown(client, "/notiser/?slag=arende&visa=olasta")
    assert "Inget att visa här" in shown(client, "/notiser/?slag=runda")


def test_somebody_who_has_left_sees_nothing_of_a_draft(world: World) -> None:
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    satsning = world.carried_to(StationKind.INLAMNAD)
    assert "Mobila team" in shown(enter(colleague), "/notiser/")
    colleague.memberships.update(ends_on="2025-02-01")
    assert "Mobila team" not in shown(enter(colleague), "/notiser/")
    [row] = notices_of(colleague)
    assert enter(colleague).get(f"/notiser/{row.pk}/").status_code == 404
    assert JournalEntry.objects.filter(satsning=satsning).exists()


def test_choices_are_kept_and_a_wrong_one_says_so(world: World) -> None:
    client = enter(world.officer)
    chosen = {kind.value: Takt.VECKA.value for kind in Slag}
    assert client.post("/notiser/val/", chosen).status_code == 302
    assert set(Preference.objects.values_list("kind", "takt")) == {(kind.value, "vecka") for kind in Slag}
    response: Any = client.post("/notiser/val/", chosen | {"beslut": "ibland"})
    assert response.status_code == 422
    assert "Välj något i listan." in response.content.decode()
