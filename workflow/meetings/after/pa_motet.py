"""What a meeting's own page shows of what comes after it."""

from typing import Any

from governance import prepared
from workflow.meetings.after.open_duties import counted_on, open_duties
from workflow.meetings.models import Meeting
from workflow.meetings.rights import keeping, may_read_secret
from workflow.meetings.selectors import Items
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import Viewer

ENDED = (MeetingState.AVSLUTAT, MeetingState.JUSTERAT)
COMING = (MeetingState.PLANERAT, MeetingState.KALLAT, MeetingState.PAGAR)
SHOWN = 10
"""Open decisions on a meeting's page; the rest is behind ”visa alla”."""
_COUNTS = """
WITH mine AS (
    SELECT p.id FROM workflow_paragraf p JOIN workflow_agendaitem i ON i.id = p.item_id WHERE i.meeting_id = %(meeting)s
), extracts AS (
    SELECT count(*) AS sent, count(delivered_at) AS delivered FROM workflow_utdrag JOIN mine ON mine.id = paragraf_id
), homes AS (
    SELECT count(*) AS homes, count(returned_at) AS returned FROM workflow_aterforing WHERE meeting_id = %(meeting)s
), duties AS (
    SELECT count(*) AS open FROM workflow_beslutsuppdrag JOIN mine ON mine.id = paragraf_id WHERE done_at IS NULL
)
SELECT sent, delivered, homes, returned, open FROM extracts, homes, duties
"""


def after_block(who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return how far extracts, what is brought home and what is to be carried out have come; one statement.

    None before the meeting has ended.
    """
    if meeting.state not in ENDED:
        return None
    [row] = prepared.fetch_all(_COUNTS, {"meeting": meeting.pk})
    counts = dict(zip(("sent", "delivered", "homes", "returned", "open"), row, strict=True))
    may_send = meeting.state == MeetingState.JUSTERAT and keeping(who, meeting.body) is not None
    return {**counts, "may_send": may_send}


def open_block(who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return what the standing item of open decisions is about: those of the body, oldest first; two statements.

    None once the meeting has ended, and where the body has none.
    """
    if meeting.state not in COMING:
        return None
    day = counted_on(meeting)
    duties = open_duties(meeting.body, day, with_secret=may_read_secret(who, meeting))
    return {"duties": duties[:SHOWN], "count": len(duties), "as_of": day} if duties else None
