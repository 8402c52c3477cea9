"""What decisions between meetings show on the meeting's own page: the way to the answers."""

from typing import Any

from django.utils import timezone

from workflow.meetings.models import Meeting
from workflow.meetings.selectors import Items
from workflow.meetings.vocabulary import MeetingForm, MeetingState
from workflow.rights import Viewer


def between_block(_who: Viewer, meeting: Meeting, _items: Items) -> dict[str, Any] | None:
    """Return where a decision per capsulam is answered, and by when; no statements."""
    if meeting.form != MeetingForm.PER_CAPSULAM:
        return None
    return {"waits": meeting.state == MeetingState.KALLAT, "answer_by": timezone.localdate(meeting.ends_at)}
