"""What the calendar shows on a meeting's own page: whom its invitations have not reached, and one's own calendar."""

from typing import Any

from governance.letters import NOT_SENT, sends_mail
from workflow.meetings.models import Invitation, Meeting
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import Items
from workflow.meetings.vocabulary import MeetingForm
from workflow.rights import Viewer


def calendar_block(who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return how the letters have gone, for whoever keeps the body's records; for others the link alone.

    One statement for the former, none for the latter. A decision between meetings stands in no calendar.
    """
    if meeting.form != MeetingForm.SAMMANTRADE:
        return None
    if keeping(who, meeting.body) is None or meeting.called_at is None:
        return {"keeps": False}
    rows = Invitation.objects.filter(meeting=meeting).order_by("pk")
    letters = list(rows.values_list("sent_at", "failed", "membership__person__name"))
    counts = {
        "sent": sum(sent is not None for sent, _, _ in letters),
        "waiting": sum(sent is None and not why for sent, why, _ in letters),
    }
    failed = [(name, why) for _, why, name in letters if why]
    shown = [(name, why) for name, why in failed if why != NOT_SENT]
    return {"keeps": True, "failed": shown, "sends": sends_mail(), **counts}
