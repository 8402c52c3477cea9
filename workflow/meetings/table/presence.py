"""Who comes and who goes: the only writer of attendance and of its events, each of which the journal has."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from workflow.errors import Invalid, NotFromHere
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem, Attendance, AttendanceEvent, Meeting
from workflow.meetings.selectors import seats_at
from workflow.meetings.table.ballots import refuse_while_voting
from workflow.meetings.table.keeping import keep, touch
from workflow.vocabulary import Act


def enter_all(meeting: Meeting, memberships: Collection[int], *, actor: Person, at: datetime) -> list[list[Any]]:
    """Let everybody who is there at the opening be in the room; two statements.

    Returns what the act of the caller says of it in the journal, under `narvaro`.
    """
    Attendance.objects.bulk_create(
        (Attendance(meeting=meeting, membership_id=id_, is_present=True) for id_ in memberships),
        update_conflicts=True,
        unique_fields=["meeting", "membership"],
        update_fields=["is_present"],
    )
    return enter_events(meeting, memberships, actor=actor, at=at)


def enter_events(meeting: Meeting, memberships: Iterable[int], *, actor: Person, at: datetime) -> list[list[Any]]:
    """Write that members came at the opening, and return it as the journal says it; one statement."""
    events = [
        AttendanceEvent(meeting=meeting, membership_id=id_, is_present=True, at=at, recorded_by=actor)
        for id_ in memberships
    ]
    AttendanceEvent.objects.bulk_create(events)
    return [said_of(event) for event in events]


def said_of(event: AttendanceEvent) -> list[Any]:
    """Return an event as the journal keeps it: who, at which item, and whether it was to come."""
    return [event.membership_id, event.item_id, event.is_present]


def set_presence(
    meeting_id: int, membership_id: int, *, is_present: bool, actor: Person, is_remote: bool = False
) -> None:
    """Record that somebody has come or gone, at the item that is on; who is as before is left so.

    Effects, in order: the meeting is locked, attendance and its event are written, its edition goes up, and the journal
    is written.

    Raises:
        Invalid: the one named does not sit in the body on the meeting's day.
        NotFromHere: the chair cannot go and still lead, the meeting or a matter, or a vote goes on.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        meeting = kept.meeting
        seat = seats_at(meeting).get(membership_id)
        if seat is None:
            raise Invalid({"membership": [f"Bara den som sitter i {meeting.body.name} antecknas som närvarande."]})
        before = Attendance.objects.filter(meeting=meeting, membership=membership_id).first()
        was_present = before is not None and before.is_present
        if is_present == was_present and (before is None or before.is_remote == is_remote):
            return
        if is_present != was_present:
            refuse_while_voting(meeting.current_item_id)
        if not is_present and meeting.chair_id == membership_id:
            raise NotFromHere(f"{seat.name} leder mötet. Byt ordförande innan {seat.name} går.")
        if not is_present and (led := _led_by(meeting, membership_id)):
            raise NotFromHere(f"{seat.name} leder punkten ”{led}”. Byt ordförande för den innan {seat.name} går.")
        Attendance.objects.update_or_create(
            meeting=meeting,
            membership_id=membership_id,
            defaults={"is_present": is_present, "is_remote": is_remote},
        )
        at, events = timezone.now(), list[list[Any]]()
        what = f"{seat.name} är med på distans." if is_remote else f"{seat.name} är med i rummet."
        if is_present != was_present:
            event = AttendanceEvent.objects.create(
                meeting=meeting,
                membership_id=membership_id,
                item_id=meeting.current_item_id,
                is_present=is_present,
                at=at,
                recorded_by=actor,
            )
            events, what = [said_of(event)], f"{seat.name} {'kom' if is_present else 'gick'}."
        payload = {"what": what, "member": [membership_id, seat.name], "distans": is_remote, "narvaro": events}
        record(meeting, Act.NARVARO, actor=actor, standing=kept.standing, payload=payload, at=at)


def _led_by(meeting: Meeting, membership_id: int) -> str | None:
    """Return the title of an open matter that somebody leads in the chair's place."""
    rows = AgendaItem.objects.filter(meeting=meeting, chair=membership_id, settled_at=None, withdrawn_at=None)
    return rows.values_list("title", flat=True).first()


def set_current(meeting_id: int, item_id: int, *, actor: Person) -> None:
    """Let an item of the agenda be the one that is on.

    Raises:
        AgendaItem.DoesNotExist: the agenda has no such item.
        NotFromHere: it has left the agenda, or a vote on the one before goes on.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        item = AgendaItem.objects.filter(meeting=kept.meeting).get(pk=item_id)
        if item.withdrawn_at is not None:
            raise NotFromHere(f"”{item.title}” har utgått från dagordningen.")
        if kept.meeting.current_item_id != item.pk:
            refuse_while_voting(kept.meeting.current_item_id)
        kept.meeting.current_item = item
        touch(kept.meeting)
