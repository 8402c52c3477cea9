"""What minutes show on the meeting's own page."""

from typing import Any

from workflow.meetings.minutes.selectors import RECORDED, newest
from workflow.meetings.minutes.showing import state_of
from workflow.meetings.models import Meeting
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import Items
from workflow.rights import Viewer


def minutes_block(who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return how far a closed meeting's minutes have come; at most two statements."""
    if meeting.state not in RECORDED:
        return None
    found = newest(meeting)
    state, colour = state_of(meeting, found)
    return {"state": state, "color": colour, "protokoll": found, "keeps": keeping(who, meeting.body) is not None}
