"""What papers show on the meeting's own page."""

from typing import Any

from workflow.meetings.models import Handlingssamling, Meeting
from workflow.meetings.rights import may_read_secret
from workflow.meetings.selectors import Items
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import Viewer


def papers_block(who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return when the newest PDF of the meeting's papers was made; None where the meeting was cancelled."""
    if meeting.state == MeetingState.INSTALLT:
        return None
    rows = Handlingssamling.objects.filter(meeting=meeting)
    rows = rows if may_read_secret(who, meeting) else rows.filter(with_secret=False)
    return {"made_at": rows.order_by("-edition", "-pk").values_list("made_at", flat=True).first()}
