"""Meetings at given times, and reading a calendar back by another library than the one that wrote it."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import vobject

from tests.workflow.meetings.building import make_meeting
from tests.workflow.world import World
from workflow.meetings.models import Meeting

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def move_to(meeting: Meeting, day: date, starts: time = time(9), ends: time = time(12)) -> Meeting:
    """Return the meeting moved to a day in Stockholm."""
    meeting.starts_at = datetime.combine(day, starts, STOCKHOLM)
    meeting.ends_at = datetime.combine(day, ends, STOCKHOLM)
    meeting.papers_due = meeting.kallelse_due = day
    meeting.save()
    return meeting


def meeting_on(world: World, day: date, **columns: Any) -> Meeting:
    """Return a meeting of länsstyrgruppen on a day, from nine to twelve in Stockholm."""
    meeting = make_meeting(world, body=columns.pop("body", None))
    for name, value in columns.items():
        setattr(meeting, name, value)
    return move_to(meeting, day)


def events_in(content: bytes) -> list[Any]:
    """Return the events of a calendar as vobject reads them, by the zone that the file itself describes."""
    calendar = vobject.readOne(content.decode())
    assert [zone.tzid.value for zone in calendar.vtimezone_list] == [STOCKHOLM.key]
    return list(getattr(calendar, "vevent_list", []))


def in_utc(moment: datetime) -> datetime:
    """Return a moment as UTC."""
    return moment.astimezone(UTC)
