"""What the table shows on the meeting's own page: opening it, going to it, and declaring jäv beforehand."""

from typing import Any

from workflow.meetings.models import Meeting
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import Items
from workflow.meetings.table.opening import may_open
from workflow.meetings.vocabulary import MeetingForm, MeetingState
from workflow.rights import Viewer

_SHOWN = {MeetingState.KALLAT, MeetingState.PAGAR, MeetingState.AVSLUTAT, MeetingState.JUSTERAT}


def table_block(who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return the way to the table, for a meeting around one that has been called; no statements."""
    if meeting.form != MeetingForm.SAMMANTRADE or meeting.state not in _SHOWN:
        return None
    called = meeting.state == MeetingState.KALLAT
    return {
        "opens": may_open(meeting) and keeping(who, meeting.body) is not None,
        "is_called": called,
        "goes_on": meeting.state == MeetingState.PAGAR,
        "may_declare": called and meeting.body_id in who.bodies,
    }
