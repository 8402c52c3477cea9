"""Who is to be sent what of a meeting's calendar: rows and jobs, written with the act that calls, changes or cancels.

There is one row for each person who has been invited. A new version of the invitation raises its sequence and asks for
a job; a job that comes late finds a higher sequence and leaves the sending to the one that was asked for then.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from governance import jobs
from governance.models import Person
from workflow.meetings.calendar.jobs import send_invitation
from workflow.meetings.models import Invitation, Meeting
from workflow.meetings.planning.keeper import locked
from workflow.meetings.selectors import seats_at
from workflow.meetings.vocabulary import MeetingForm, MeetingState

INVITES = frozenset({MeetingState.KALLAT, MeetingState.PAGAR, MeetingState.INSTALLT})
"""The states in which members are sent what has changed; what is only planned goes to nobody."""


def queue_invitations(meeting: Meeting, *, actor: Person) -> int:  # noqa: ARG001 - as every act says who
    """Queue invitations, updates and cancellations of a meeting; return how many letters will go out.

    The caller holds the meeting's lock and has written what it changed, `sequence` too where time, place or state
    changed. Effects, in order: a row is written for each member who has none, one that is behind is brought up to the
    meeting's sequence, one of somebody who no longer sits in the body becomes a cancellation; a job is asked for each.
    Called again without a change it does nothing.

    Args:
        meeting: as `acts.lock` gave it.
        actor: who did what the letters tell of.

    """
    if meeting.form != MeetingForm.SAMMANTRADE or meeting.state not in INVITES:
        return 0
    rows = _rows_by_person(meeting)
    cancelled = meeting.state == MeetingState.INSTALLT
    seats: Mapping[int, int] = {} if cancelled else {s.person_id: s.membership_id for s in seats_at(meeting).values()}
    queued: list[Invitation] = []
    for person_id, membership_id in seats.items():
        row = rows.get(person_id)
        if row is None:
            row = Invitation(meeting=meeting, membership_id=membership_id, sequence=meeting.sequence)
            queued.append(row)
        elif row.is_cancelled or row.sequence < meeting.sequence:
            queued.append(_raised(row, meeting, is_cancelled=False))
    gone = (row for person_id, row in rows.items() if person_id not in seats and not row.is_cancelled)
    queued.extend(_raised(row, meeting, is_cancelled=True) for row in gone)
    return _queue(queued)


def _queue(rows: Sequence[Invitation]) -> int:
    for row in rows:
        row.queued_at, row.sent_at, row.failed = timezone.now(), None, ""
        row.save()
        jobs.defer(send_invitation, invitation_id=row.pk, sequence=row.sequence)
    return len(rows)


def send_again(meeting_id: int, *, actor: Person) -> int:
    """Queue letters to those whom none has reached, and to who has come or gone since; return how many.

    Effects, in order: the meeting is locked; what `queue_invitations` does; a job is asked for each letter that the
    mail server has not taken.

    Args:
        meeting_id: a meeting that has been called.
        actor: who keeps the body's records.

    Raises:
        Meeting.DoesNotExist, NoMandate, NotNow: as `planning.keeper.locked`.

    """
    with transaction.atomic():
        meeting, _ = locked(meeting_id, actor=actor, states=INVITES)
        queued = queue_invitations(meeting, actor=actor)
        failed = Invitation.objects.select_for_update().filter(meeting=meeting, sent_at=None).exclude(failed="")
        return queued + _queue(list(failed.order_by("pk")))


def _rows_by_person(meeting: Meeting) -> dict[int, Invitation]:
    """Return the newest row of each person who has been invited, locked; one statement."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("membership").filter(meeting=meeting)
    return {row.membership.person_id: row for row in rows.order_by("is_cancelled", "pk").reverse()}


def _raised(row: Invitation, meeting: Meeting, *, is_cancelled: bool) -> Invitation:
    row.is_update = not row.is_cancelled and (row.is_update or row.sent_at is not None)
    row.sequence = max(meeting.sequence, row.sequence + 1)
    row.is_cancelled = is_cancelled
    return row
