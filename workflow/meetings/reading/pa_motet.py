"""What reading shows on the meeting's own page: how much is left to read, and where to go on."""

from typing import Any

from workflow.meetings.models import Meeting
from workflow.meetings.reading.selectors import first_unread, lines_among, shows_marks
from workflow.meetings.selectors import Items
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import Viewer

_NOTHING_YET = frozenset({MeetingState.PLANERAT, MeetingState.INSTALLT})


def reading_block(who: Viewer, meeting: Meeting, items: Items) -> dict[str, Any] | None:
    """Return what the person has left to read of a called meeting, and where it begins; no statements."""
    if meeting.state in _NOTHING_YET:
        return None
    lines = [one for one in lines_among(who, meeting, items) if one.has_papers]
    if not lines:
        return None
    unread = sum(one.is_unread for one in lines)
    return {
        "count": len(lines),
        "unread": unread,
        "has_begun": unread < len(lines),
        "shows_marks": shows_marks(who, meeting),
        "target": first_unread(lines) or lines[0],
    }
