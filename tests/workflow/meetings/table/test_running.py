"""What a meeting decides of a running case whose path has no such move stands in the case's own history too."""

from typing import Any

import pytest

from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from tests.addresses import browser
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.world import ARBETSGRUPP
from workflow.meetings.models import AgendaItem
from workflow.meetings.table.choices import Choice
from workflow.meetings.vocabulary import ItemKind, Outcome
from workflow.models import Anmalan, JournalEntry, Notice
from workflow.vocabulary import Act


@pytest.fixture
def item(table: Table) -> AgendaItem:
    """Return a proposal to end a running case, on the agenda of the meeting."""
    world = table.world
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    world.fill(satsning, PartCode.SLUTRAPPORT)
    world.bring(satsning, "avbryt")
    anmalan = Anmalan.objects.get(satsning=satsning, closed_at=None)
    return add_item(world, table.meeting, kind=ItemKind.ARENDE, anmalan=anmalan, title="Avbryt?")


def case(item: AgendaItem) -> Satsning:
    assert item.anmalan is not None
    return item.anmalan.satsning


def brought(item: AgendaItem) -> Anmalan:
    assert item.anmalan is not None
    item.anmalan.refresh_from_db()
    return item.anmalan


def page(table: Table, item: AgendaItem, who: Any) -> str:
    return browser(who).get(f"/satsningar/{case(item).pk}/").content.decode()


def test_a_proposal_that_is_put_off_says_so_and_where_it_is_taken_up(table: Table, item: AgendaItem) -> None:
    world, later = table.world, make_meeting(table.world)
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)

    paragraf = table.decide(item, Choice(outcome=Outcome.BORDLAGGNING, to_meeting_id=later.pk))

    entry = JournalEntry.objects.filter(satsning=case(item)).latest("number")
    assert (entry.act, entry.to_station) == (Act.FORSLAG_BORDLAGT, "genomforande")
    shown = page(table, item, colleague)
    assert "Bordlade förslaget" in shown
    assert f"{paragraf.label} vid mötet {today().isoformat()}" in shown
    assert f"Tas upp igen vid mötet {later.day.isoformat()}" in shown
    assert Notice.objects.filter(entry=entry, person=colleague).count() == 1
    assert brought(item).closed_at is None
    assert AgendaItem.objects.get(meeting=later).anmalan == item.anmalan
    assert table.is_sound()


def test_a_proposal_that_falls_says_by_which_paragraph_and_why(table: Table, item: AgendaItem) -> None:
    colleague = table.world.seat(ARBETSGRUPP, Role.LEDAMOT)

    paragraf = table.decide(item, Choice(outcome=Outcome.AVSLAG, reason="Den går bra."))

    shown = page(table, item, colleague)
    assert "Avslog förslaget" in shown
    assert f"{paragraf.label} vid mötet {today().isoformat()}" in shown
    assert "Den går bra." in shown
    entry = JournalEntry.objects.filter(satsning=case(item)).latest("number")
    assert (entry.act, Notice.objects.filter(entry=entry, person=colleague).count()) == (Act.FORSLAG_AVSLAGET, 1)
    assert brought(item).closed_at is not None
    assert table.is_sound()


def test_what_carries_a_mark_says_nothing_to_others(table: Table, item: AgendaItem) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(sekretess="OSL 25 kap. 1 §")
    colleague = table.world.seat(ARBETSGRUPP, Role.LEDAMOT)

    table.decide(item, Choice(outcome=Outcome.AVSLAG, reason="Det hemliga skälet."))

    assert "Det hemliga skälet." not in page(table, item, colleague)
    assert "OSL 25 kap. 1 §" in page(table, item, colleague)
    assert "Det hemliga skälet." in page(table, item, table.world.secretary)
