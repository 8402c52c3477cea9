"""The only place that writes iCalendar: a meeting as an event, a calendar of many, and the invitation to one.

Times are Stockholm's, with the rule of the zone in the file, so that a client without one of its own shows them right
on both sides of the switches in March and October. Nothing of an agenda stands in an event.
"""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Component, Event, vCalAddress, vText

from governance.models import Person
from workflow.meetings.models import Meeting
from workflow.meetings.vocabulary import MeetingState

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PRODUCT = "-//Satsningar//Möten//SV"
REFRESH = "PT6H"
"""How often a client is asked to fetch a feed again."""

_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""The rule of the European Union since 1996: the last Sunday of March and of October, at 01.00 UTC.

Written out: what the library makes of the system's zone puts the switch in March an hour late.
"""


def address_of(meeting: Meeting) -> str:
    """Return the whole address of a meeting's page."""
    return f"{settings.SITE_URL}{meeting.get_absolute_url()}"


def name_of(meeting: Meeting) -> str:
    """Return what a meeting is called in a calendar, on one line."""
    return one_line(f"{meeting.body.name}: {meeting.title}" if meeting.title else meeting.body.name)


def place_of(meeting: Meeting) -> str:
    """Return where a meeting is held, on one line; the link where it has no place."""
    return one_line(meeting.place or meeting.link)


def one_line(text: str) -> str:
    """Return a text without line breaks and control characters: they would end a header or a line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def feed(name: str, meetings: Iterable[Meeting]) -> bytes:
    """Return a calendar of meetings, the same bytes as long as nothing in it has changed.

    Args:
        name: what the calendar is called.
        meetings: each with its body.

    """
    calendar = _calendar()
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, one_line(name))
    calendar.add("X-WR-TIMEZONE", STOCKHOLM.key)
    calendar.add("X-PUBLISHED-TTL", REFRESH)
    refresh = vText(REFRESH)
    refresh.params["VALUE"] = "DURATION"
    calendar.add("REFRESH-INTERVAL", refresh)
    calendar.add("METHOD", "PUBLISH")
    for meeting in meetings:
        calendar.add_component(_event(meeting, sequence=meeting.sequence, stamp=meeting.changed_at))
    return bytes(calendar.to_ical())


def invitation(meeting: Meeting, person: Person, *, sequence: int, cancelled: bool, stamp: datetime) -> bytes:
    """Return what invites a person to a meeting, or takes the invitation back.

    Args:
        meeting: with its body.
        person: who is invited.
        sequence: higher than in what was sent before.
        cancelled: whether it is taken back: the meeting is cancelled, or the person no longer a member.
        stamp: when this was made.

    """
    calendar = _calendar()
    calendar.add("METHOD", "CANCEL" if cancelled else "REQUEST")
    event = _event(meeting, sequence=sequence, stamp=stamp, cancelled=cancelled)
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = _parameter(meeting.body.name)
    event.add("ORGANIZER", organizer)
    attendee = vCalAddress(f"mailto:{one_line(person.email)}")
    attendee.params["CN"] = _parameter(person.name)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    event.add("ATTENDEE", attendee)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _parameter(text: str) -> str:
    """Return a name as it may stand in a parameter: a quotation mark cannot."""
    return one_line(text).replace('"', "'")


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add_component(Component.from_ical(_ZONE))
    return calendar


def _event(meeting: Meeting, *, sequence: int, stamp: datetime, cancelled: bool = False) -> Event:
    event = Event()
    event.add("UID", str(meeting.uid))
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", timezone.localtime(stamp, ZoneInfo("UTC")))
    event.add("LAST-MODIFIED", timezone.localtime(meeting.changed_at, ZoneInfo("UTC")))
    event.add("DTSTART", timezone.localtime(meeting.starts_at, STOCKHOLM))
    event.add("DTEND", timezone.localtime(meeting.ends_at, STOCKHOLM))
    event.add("SUMMARY", name_of(meeting))
    if place := place_of(meeting):
        event.add("LOCATION", place)
    address = address_of(meeting)
    event.add("URL", address)
    event.add("DESCRIPTION", "\n".join(line for line in (one_line(meeting.link), address) if line))
    event.add("STATUS", _status(meeting, cancelled=cancelled))
    return event


def _status(meeting: Meeting, *, cancelled: bool) -> str:
    if cancelled or meeting.state == MeetingState.INSTALLT:
        return "CANCELLED"
    return "TENTATIVE" if meeting.state == MeetingState.PLANERAT else "CONFIRMED"
