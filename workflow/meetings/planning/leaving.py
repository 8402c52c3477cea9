"""What leaves an agenda, and late items that a meeting takes up all the same."""

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from workflow.meetings.acts import record
from workflow.meetings.planning.actions import written_reason
from workflow.meetings.planning.agenda import live_item
from workflow.meetings.planning.keeper import OPEN_AGENDA, NotNow, locked
from workflow.meetings.vocabulary import MeetingState
from workflow.vocabulary import Act


@transaction.atomic
def remove(meeting_id: int, item_id: int, *, reason: str = "", actor: Person, expected_edition: int) -> None:
    """Take an item off an agenda: before the kallelse it is gone, afterwards it stands there as withdrawn, with why.

    Once the meeting goes on it leaves by `table.withdrawing.withdraw_item` alone, with a paragraph of the minutes.

    Effects, in order: the meeting is locked, the item is deleted or marked, the meeting's edition goes up, the journal
    is written. A matter goes back to the body's backlog.

    Args:
        meeting_id: whose agenda.
        item_id: the item.
        reason: why; needed once the kallelse has gone out.
        actor: who takes it off.
        expected_edition: the meeting's edition as the actor saw it.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting, NotNow: as `keeper.locked`; NotNow also where the meeting
            goes on, or the item is settled or has left the agenda.
        Invalid: the kallelse has gone out and there is no reason.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=OPEN_AGENDA, expected_edition=expected_edition)
    item = live_item(meeting, item_id)
    if meeting.state == MeetingState.PAGAR:
        raise NotNow(f"Mötet har öppnats. Låt ”{item.title}” utgå vid bordet: då står det i protokollet varför.")
    payload = {"what": f"Tog bort ”{item.title}” från dagordningen.", "item": item.pk}
    if meeting.state == MeetingState.PLANERAT and not item.jav.exists():
        item.delete()
    else:
        needed = meeting.state != MeetingState.PLANERAT
        missing = "Kallelsen har gått ut. Skriv varför punkten utgår; det står kvar på dagordningen."
        item.withdraw_reason = written_reason(reason, missing) if needed else "Togs bort före kallelsen."
        item.withdrawn_at = timezone.now()
        item.save()
        payload["reason"] = item.withdraw_reason
    record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=standing, payload=payload)


@transaction.atomic
def accept_late(
    meeting_id: int, item_id: int, *, accepted: bool, actor: Person, expected_edition: int | None = None
) -> None:
    """Write that the meeting takes up a late item, or does not after all.

    Effects, in order: the meeting is locked, the item is marked, the meeting's edition goes up, the journal is written.

    Args:
        meeting_id: the meeting.
        item_id: the late item.
        accepted: what the meeting said.
        actor: who keeps the meeting's records or leads it.
        expected_edition: the meeting's edition as the actor saw it, where it matters.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeper.locked`.
        NotNow: the meeting is not open, or the item is not late, is settled or has left the agenda.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=MeetingState.values, expected_edition=expected_edition)
    if meeting.state != MeetingState.PAGAR:
        raise NotNow("Om en sent anmäld punkt tas upp avgör mötet självt, sedan det har öppnats.")
    item = live_item(meeting, item_id)
    if not item.is_late:
        raise NotNow(f"Punkten ”{item.title}” är anmäld i tid och tas upp ändå.")
    if item.late_accepted == accepted:
        return
    item.late_accepted = accepted
    item.save(update_fields=["late_accepted"])
    what = "Mötet tar upp" if accepted else "Mötet tar inte upp"
    payload = {"what": f"{what} den sent anmälda punkten ”{item.title}”.", "item": item.pk, "accepted": accepted}
    record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=standing, payload=payload)
