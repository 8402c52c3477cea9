"""Several at the table at once: numbers have no gaps, one of two decisions wins."""

from collections import Counter

import pytest

from governance.models import Person
from governance.vocabulary import Role
from tests.workflow.meetings.building import add_item, make_meeting, seat_everybody
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.test_at_once import THREADS, at_once
from tests.workflow.world import STYRGRUPP, World, make_world
from workflow.errors import NotFromHere, Refusal
from workflow.meetings.models import Meeting, Paragraf, Paragrafserie
from workflow.meetings.table.ballots import cast, open_ballot
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice
from workflow.meetings.table.closing import close_meeting
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import MeetingState, Outcome


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return Sörmland, committed, so that every thread sees it."""
    return make_world()


def meetings(world: World, count: int) -> list[Meeting]:
    """Return so many meetings of today that go on."""
    found = [make_meeting(world, state=MeetingState.PAGAR) for _ in range(count)]
    for meeting in found:
        seat_everybody(world, meeting)
    return found


def numbers() -> list[int]:
    """Return the numbers given, in their order."""
    return list(Paragraf.objects.order_by("number").values_list("number", flat=True))


def test_numbers_have_no_gaps_when_many_meetings_close_and_decide_at_once(world: World) -> None:
    closing, deciding = meetings(world, THREADS // 2), meetings(world, THREADS // 2)
    for meeting in closing:
        add_item(world, meeting)
        add_item(world, meeting)
    matters = [Table(world, meeting).matter() for meeting in deciding]
    refused = Table(world, deciding[0]).matter()
    Table(world, deciding[1]).leave(*world.members())
    secretary = world.secretary

    done = at_once(
        *(lambda pk=meeting.pk: close_meeting(pk, actor=secretary) for meeting in closing),
        *(lambda pk=item.meeting_id, key=item.pk: decide(pk, key, AS_RECOMMENDED, actor=secretary) for item in matters),
    )

    assert Counter(isinstance(one, Refusal) for one in done) == {False: THREADS - 1, True: 1}
    given = 2 * len(closing) + len(matters) - 1
    assert numbers() == list(range(1, given + 1))
    assert Paragrafserie.objects.get().last == given
    assert refused.meeting_id == deciding[0].pk
    assert Table(world, deciding[0]).is_sound()


def test_of_two_chairs_deciding_one_matter_one_is_told_that_it_is_decided(world: World) -> None:
    [meeting] = meetings(world, 1)
    table = Table(world, meeting)
    item, people = table.case(), (world.secretary, world.person(STYRGRUPP, Role.ORDFORANDE))

    def say(actor: Person) -> object:
        return decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=actor)

    done = at_once(*(lambda actor=actor: say(actor) for actor in people))

    [refusal] = [one for one in done if isinstance(one, Exception)]
    assert isinstance(refusal, NotFromHere)
    assert "är redan behandlad: § 1" in str(refusal)
    assert numbers() == [1]
    assert table.is_sound()


def test_a_decision_and_a_withdrawal_at_once_leave_one_of_them(world: World) -> None:
    [meeting] = meetings(world, 1)
    table = Table(world, meeting)
    item, author, secretary = table.case(), world.author, world.secretary
    assert item.anmalan is not None
    case = item.anmalan.satsning

    done = at_once(
        lambda: decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=secretary),
        lambda: world.do(case, "aterkalla", author, reason="Inte aktuell."),
    )

    assert Counter(isinstance(one, Refusal) for one in done) == {False: 1, True: 1}
    assert (world.fresh(case).station == "beslutad") == (numbers() == [1])
    assert table.is_sound()


def test_matters_of_two_meetings_put_off_to_one_come_there_both(world: World) -> None:
    held = meetings(world, 2)
    later = make_meeting(world)
    items = [Table(world, meeting).matter() for meeting in held]
    secretary, choice = world.secretary, Choice(outcome=Outcome.BORDLAGGNING, to_meeting_id=later.pk)

    done = at_once(*(lambda item=item: decide(item.meeting_id, item.pk, choice, actor=secretary) for item in items))

    assert [one for one in done if isinstance(one, Exception)] == []
    assert sorted(later.items.values_list("matter", flat=True)) == sorted(item.matter_id or 0 for item in items)
    assert numbers() == [1, 2]


def test_votes_of_many_at_once_are_all_counted_once(world: World) -> None:
    [meeting] = meetings(world, 1)
    table = Table(world, meeting)
    members = table.members()
    ballot = open_ballot(meeting.pk, table.matter().pk, yes="Bifall", no="Avslag", actor=world.secretary)

    done = at_once(
        *(
            lambda seat=seat: cast(meeting.pk, ballot, seat.pk, "ja", actor=Person.objects.get(pk=seat.person_id))
            for seat in (*members[:5], *members[:5])
        )
    )

    assert sum(isinstance(one, Refusal) for one in done) == len(members[:5])
