"""What stands in a calendar, read back by another library than the one that wrote it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.meetings.building import add_case, make_meeting
from tests.workflow.meetings.calendar.conftest import STOCKHOLM, events_in, in_utc, meeting_on, move_to
from tests.workflow.world import World
from workflow.meetings.calendar.events import address_of, feed, invitation, one_line
from workflow.meetings.vocabulary import MeetingState

SWITCHES = [
    (date(2027, 3, 27), 8),
    (date(2027, 3, 28), 7),
    (date(2027, 3, 29), 7),
    (date(2027, 10, 30), 7),
    (date(2027, 10, 31), 8),
    (date(2027, 11, 1), 8),
]
"""Days around the switches, and nine o'clock in Stockholm as an hour of UTC."""


@pytest.mark.parametrize(("day", "hour"), SWITCHES)
def test_a_meeting_begins_at_nine_on_both_sides_of_a_switch(world: World, day: date, hour: int) -> None:
    (event,) = events_in(feed("Möten", [meeting_on(world, day)]))

    assert in_utc(event.dtstart.value) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(hours=3)
    assert (event.dtstart.value.hour, event.dtstart.value.date()) == (9, day)


@pytest.mark.parametrize(("before", "after"), [(SWITCHES[0], SWITCHES[2]), (SWITCHES[3], SWITCHES[5])])
def test_a_meeting_moved_across_a_switch_is_right_in_both_places(
    world: World, before: tuple[date, int], after: tuple[date, int]
) -> None:
    meeting = meeting_on(world, before[0])
    (first,) = events_in(feed("Möten", [meeting]))
    meeting.sequence += 1
    (second,) = events_in(feed("Möten", [move_to(meeting, after[0])]))

    assert first.uid.value == second.uid.value == str(meeting.uid)
    assert (first.sequence.value, second.sequence.value) == ("0", "1")
    assert [in_utc(one.dtstart.value).hour for one in (first, second)] == [before[1], after[1]]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2045, 12, 31)))  # noqa: DTZ001 - by the clock on the wall
def test_the_zone_in_the_file_is_that_of_the_system(clock: datetime) -> None:
    calendar = vobject.readOne(feed("Möten", []).decode())
    zone = calendar.vtimezone.tzinfo
    local = clock.replace(tzinfo=UTC).astimezone(STOCKHOLM).replace(tzinfo=None)
    if local.hour in {2, 3}:
        local = local.replace(hour=12)  # the hours that the switches skip or repeat are nobody's meeting

    assert local.replace(tzinfo=zone).utcoffset() == local.replace(tzinfo=STOCKHOLM).utcoffset()


def test_an_event_says_when_where_and_how_it_stands(world: World) -> None:
    day = date(2027, 5, 4)
    meeting = meeting_on(world, day, title="Extra möte", link="https://mote.example/1", sequence=3)
    (event,) = events_in(feed("Möten", [meeting]))

    assert event.summary.value == "Länsstyrgruppen: Extra möte"
    assert event.location.value == "Exempelsalen"
    assert event.url.value == address_of(meeting) == f"http://127.0.0.1:8000/moten/{meeting.pk}/"
    assert event.description.value == f"https://mote.example/1\n{address_of(meeting)}"
    assert event.sequence.value == "3"
    assert in_utc(event.last_modified.value) == meeting.changed_at.replace(microsecond=0)


@pytest.mark.parametrize("state", list(MeetingState))
def test_the_status_follows_the_meeting(world: World, state: MeetingState) -> None:
    (event,) = events_in(feed("Möten", [make_meeting(world, state=state)]))
    said = {MeetingState.PLANERAT: "TENTATIVE", MeetingState.INSTALLT: "CANCELLED"}
    assert event.status.value == said.get(state, "CONFIRMED")


def test_nothing_of_the_agenda_stands_in_a_calendar(world: World) -> None:
    meeting = make_meeting(world)
    item = add_case(world, meeting)
    assert item.title not in feed("Möten", [meeting]).decode()


def test_the_same_meetings_are_the_same_bytes(world: World) -> None:
    meeting = make_meeting(world)
    assert feed("Möten", [meeting]) == feed("Möten", [meeting])


@given(st.text(), st.text())
def test_a_text_stays_one_line(title: str, place: str) -> None:
    for text in (title, place):
        line = one_line(text)
        assert line.splitlines() in ([line], [])
        assert all(sign.isprintable() for sign in line)


@pytest.mark.parametrize(
    "evil", ["A\r\nBEGIN:VEVENT\r\nUID:x", "A\nATTENDEE:mailto:x@y", 'A";CN="B', "A\x85\u2028B; C, D\\n:", "😀" * 60]
)
def test_what_people_write_does_not_become_properties(world: World, evil: str) -> None:
    meeting = meeting_on(world, date(2027, 5, 4), title=evil[:120], place=evil[:200])
    meeting.body.name = evil
    person: Any = world.secretary
    person.name = evil
    stamp = meeting.changed_at
    sent = invitation(meeting, person, sequence=2, cancelled=False, stamp=stamp)
    for content in (feed(evil, [meeting]), sent):
        (event,) = events_in(content)
        assert event.uid.value == str(meeting.uid)
        assert event.location.value == one_line(evil[:200])
        assert max(len(line) for line in content.split(b"\r\n")) <= 75
    (event,) = events_in(sent)
    assert [one.value for one in event.attendee_list] == [f"mailto:{person.email}"]
    assert event.attendee.params["CN"] == [one_line(evil).replace('"', "'")]


@pytest.mark.parametrize(
    ("cancelled", "method", "status"), [(False, "REQUEST", "CONFIRMED"), (True, "CANCEL", "CANCELLED")]
)
def test_an_invitation_is_to_one_person_from_the_body(world: World, cancelled: bool, method: str, status: str) -> None:
    meeting = meeting_on(world, date(2027, 5, 4), state=MeetingState.KALLAT)
    person = world.secretary
    content = invitation(meeting, person, sequence=4, cancelled=cancelled, stamp=meeting.changed_at)
    calendar = vobject.readOne(content.decode())

    assert calendar.method.value == method
    event = calendar.vevent
    assert (event.status.value, event.sequence.value) == (status, "4")
    assert event.organizer.value == "mailto:satsningar@localhost"
    assert event.attendee.value == f"mailto:{person.email}"


def test_a_meeting_at_midnight_ends_the_same_day_it_should(world: World) -> None:
    meeting = move_to(make_meeting(world), date(2027, 10, 30), time(22), time(23, 30))
    (event,) = events_in(feed("Möten", [meeting]))
    assert (event.dtstart.value.hour, event.dtend.value.hour) == (22, 23)
