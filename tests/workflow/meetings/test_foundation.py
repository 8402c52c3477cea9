"""What the tables of meetings hold whoever writes to them."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from governance.vocabulary import Role
from tests.workflow.meetings.building import add_case, add_item, make_meeting, seat_everybody
from tests.workflow.world import BEREDNING, STYRGRUPP, World
from workflow.meetings.acts import StaleMeeting, lock
from workflow.meetings.models import AgendaItem, Meeting, Underlag
from workflow.meetings.papers.content import Tabled, TabledFile, as_json, from_json
from workflow.meetings.rights import (
    may_read_meeting,
    may_read_minutes,
    meetings_with_readable_minutes,
    readable_meetings,
)
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.rights import viewer


def test_a_case_stands_on_one_agenda_at_a_time(world: World) -> None:
    first = add_case(world, make_meeting(world))
    second = make_meeting(world, days=50)
    with pytest.raises(IntegrityError, match="item_anmalan_on_one_agenda"), transaction.atomic():
        add_item(world, second, kind=ItemKind.ARENDE, anmalan=first.anmalan)
    first.settled_at = timezone.now()
    first.save()
    assert add_item(world, second, kind=ItemKind.ARENDE, anmalan=first.anmalan).meeting == second


def test_an_item_is_one_thing(world: World) -> None:
    item = add_case(world, make_meeting(world))
    with pytest.raises(IntegrityError, match="item_is_one_thing"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(kind=ItemKind.INFORMATION)


def test_frozen_papers_have_a_number_of_their_own(world: World) -> None:
    item = add_case(world, make_meeting(world))
    Underlag.objects.create(
        item=item, number=1, content="{}", sha256="0" * 64, frozen_at=timezone.now(), frozen_by=world.secretary
    )
    with pytest.raises(IntegrityError, match="underlag_number_once"), transaction.atomic():
        Underlag.objects.create(
            item=item, number=1, content="{}", sha256="1" * 64, frozen_at=timezone.now(), frozen_by=world.secretary
        )


def test_a_meeting_seen_before_somebody_changed_it_is_stale(world: World) -> None:
    meeting = make_meeting(world)
    Meeting.objects.filter(pk=meeting.pk).update(edition=2)
    with pytest.raises(StaleMeeting), transaction.atomic():
        lock(meeting.pk, expected_edition=1)


@pytest.mark.parametrize("state", list(MeetingState))
def test_who_reads_a_meeting_is_one_rule_in_two_shapes(world: World, state: MeetingState) -> None:
    meeting = make_meeting(world, state=state)
    seat_everybody(world, meeting)
    adjusted = state == MeetingState.JUSTERAT
    expected = {
        world.secretary: (True, True),
        world.person(STYRGRUPP, Role.ADJUNGERAD): (True, True),
        world.coordinator: (True, True),
        world.person(BEREDNING, Role.LEDAMOT): (False, adjusted),
        world.author: (False, adjusted),
    }
    for person, (reads, reads_minutes) in expected.items():
        who = viewer(person)
        assert (may_read_meeting(who, meeting), may_read_minutes(who, meeting)) == (reads, reads_minutes)
        assert readable_meetings(who).filter(pk=meeting.pk).exists() == reads
        assert meetings_with_readable_minutes(who).filter(pk=meeting.pk).exists() == reads_minutes


@given(st.text(), st.text(), st.lists(st.text()))
def test_papers_are_read_back_as_they_were_frozen(title: str, forslag: str, gaps: list[str]) -> None:
    tabled = Tabled(title=title, forslag=forslag, gaps=tuple(gaps), parts={"uppdrag": {"titel": title}})
    tabled = replace(tabled, files=(TabledFile("bilaga", 7, title, 3, "0" * 64),), avsteg=({"gate": "beslut"},))
    assert from_json(as_json(tabled)) == tabled
