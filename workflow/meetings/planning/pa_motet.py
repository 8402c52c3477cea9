"""What planning shows on the meeting's own page: what its keeper does next, and the kallelse."""

from typing import Any

from governance.permissions import today
from workflow.meetings.models import Meeting
from workflow.meetings.planning.keeper import BEFORE_OPENING, OPEN_AGENDA
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import Items
from workflow.meetings.vocabulary import MeetingForm, MeetingState
from workflow.rights import Viewer


def planning_block(who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return what whoever plans the meeting may do with it; None for everybody else, and when it is over."""
    is_table = meeting.form == MeetingForm.SAMMANTRADE
    if not is_table or keeping(who, meeting.body) is None or meeting.state not in OPEN_AGENDA:
        return None
    planned = meeting.state == MeetingState.PLANERAT
    return {
        "may_change": meeting.state in BEFORE_OPENING,
        "calls": planned,
        "is_late": planned and meeting.kallelse_due < today(),
    }


def calling_block(_who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return the link to the kallelse, once it has gone out."""
    called = meeting.called_at if meeting.form == MeetingForm.SAMMANTRADE else None
    return {"at": called} if called else None
