"""Deciding at the table: a matter gets its move, its paragraph and what follows, or nothing is written."""

from datetime import timedelta

import pytest

from governance.permissions import today
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from tests.workflow.meetings.building import add_case, add_item, make_meeting, seat_everybody
from tests.workflow.world import ARBETSGRUPP, World
from workflow import journal
from workflow.errors import NoQuorum, NotFromHere
from workflow.inputs import Inputs
from workflow.meetings.models import AgendaItem, Beslutsuppdrag, Meeting, OvrigtArende, Paragraf
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice, Duty
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import ItemKind, MeetingState, Outcome
from workflow.models import Beslut
from workflow.rights import station_of


@pytest.fixture
def meeting(world: World) -> Meeting:
    """Return a meeting that goes on, everybody there."""
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    return meeting


def case_of(item: AgendaItem) -> Satsning:
    """Return the case that an item is about."""
    assert item.anmalan is not None
    return item.anmalan.satsning


def verified(world: World) -> None:
    """See that journal and tables agree."""
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_deciding_as_recommended_moves_the_case_and_writes_the_paragraph(world: World, meeting: Meeting) -> None:
    item = add_case(world, meeting)
    paragraf = decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=world.secretary)

    stored = Paragraf.objects.get(item=item)
    beslut = Beslut.objects.get()
    assert (stored.pk, stored.label, stored.outcome, stored.beslut) == (paragraf.pk, "§ 1", Outcome.BIFALL, beslut)
    assert (stored.decided, stored.quorum) == ("Satsningen godkänns.", beslut.quorum)
    assert station_of(world.fresh(case_of(item))).kind == StationKind.BESLUTAD
    assert AgendaItem.objects.get(pk=item.pk).settled_at is not None
    verified(world)


def test_a_matter_without_quorum_is_not_decided_and_takes_no_number(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting, present=3)
    item = add_case(world, meeting)
    with pytest.raises(NoQuorum, match="Inte beslutsfört"):
        decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=world.secretary)
    assert not Paragraf.objects.exists()


def test_a_condition_becomes_an_open_decision(world: World, meeting: Meeting) -> None:
    item = add_case(world, meeting)
    group, due = world.body(ARBETSGRUPP), today() + timedelta(days=60)
    choice = Choice(
        outcome=Outcome.BIFALL,
        condition="Kostnaden redovisas.",
        condition_responsible_id=group.pk,
        condition_due=due,
        duties=(Duty(text="Ta fram en plan."),),
    )
    paragraf = decide(meeting.pk, item.pk, choice, actor=world.secretary)
    assert paragraf.outcome == Outcome.BIFALL_ANDRING
    rows = list(Beslutsuppdrag.objects.order_by("pk").values_list("kind", "text", "responsible", "due"))
    assert rows == [("villkor", "Kostnaden redovisas.", group.pk, due), ("uppdrag", "Ta fram en plan.", None, None)]
    verified(world)


def test_a_bordlagd_matter_stands_on_the_later_agenda(world: World, meeting: Meeting) -> None:
    item, later = add_case(world, meeting), make_meeting(world)
    choice = Choice(outcome=Outcome.BORDLAGGNING, to_meeting_id=later.pk)
    decide(meeting.pk, item.pk, choice, actor=world.secretary)
    again = AgendaItem.objects.get(meeting=later)
    assert (again.anmalan, again.title, again.settled_at) == (item.anmalan, item.title, None)
    assert Paragraf.objects.get().to_meeting == later
    verified(world)


def test_another_matter_is_decided_without_a_move(world: World, meeting: Meeting) -> None:
    matter = OvrigtArende.objects.create(
        body=meeting.body, kind="annat", title="Svar på remiss", forslag="Svaret lämnas.", created_by=world.secretary
    )
    item = add_item(world, meeting, kind=ItemKind.OVRIGT, matter=matter, title="Svar på remiss")
    decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=world.secretary)
    matter.refresh_from_db()
    stored = Paragraf.objects.get()
    assert (stored.decided, stored.beslut, matter.closed_at is None) == ("Svaret lämnas.", None, False)
    verified(world)


def test_a_case_withdrawn_meanwhile_is_refused_and_the_meeting_goes_on(world: World, meeting: Meeting) -> None:
    first, second = add_case(world, meeting), add_case(world, meeting)
    world.do(case_of(first), "aterkalla", world.author, reason="Inte aktuell.")
    with pytest.raises(NotFromHere, match="ligger inte längre på bordet"):
        decide(meeting.pk, first.pk, AS_RECOMMENDED, actor=world.secretary)
    assert decide(meeting.pk, second.pk, AS_RECOMMENDED, actor=world.secretary).label == "§ 1"


def test_a_decision_by_hand_is_refused_once_the_body_has_a_series(world: World, meeting: Meeting) -> None:
    first, second = add_case(world, meeting), world.carried_to(StationKind.BESLUT)
    decide(meeting.pk, first.pk, AS_RECOMMENDED, actor=world.secretary)
    with pytest.raises(NotFromHere, match="för sina möten här"):
        world.do(second, "bifall", world.secretary, inputs=Inputs(decision=world.decision()))


def test_numbers_begin_after_the_highest_recorded_by_hand(world: World, meeting: Meeting) -> None:
    world.paragraph = 13
    world.decide(world.carried_to(StationKind.BESLUT), "bifall")
    item = add_case(world, meeting)
    assert decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=world.secretary).label == "§ 15"
