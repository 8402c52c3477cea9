"""What has been decided between a body's meetings, for the standing item that reports it."""

from collections.abc import Sequence

from django.db.models import Q

from workflow.meetings.models import Meeting, Paragraf
from workflow.meetings.vocabulary import MeetingForm, MeetingState


def between_since_last(meeting: Meeting) -> Sequence[Paragraf]:
    """Return the paragraphs of decisions between meetings that this meeting is the first to hear of; two statements.

    Those settled since the body's meeting before this one was opened, and before this one was, in their order.

    Args:
        meeting: a meeting of the body, of any state.

    """
    met = Meeting.objects.filter(body=meeting.body_id, form=MeetingForm.SAMMANTRADE).exclude(opened_at=None)
    before = met.exclude(pk=meeting.pk).order_by("-opened_at")
    if meeting.opened_at is not None:
        before = before.filter(opened_at__lt=meeting.opened_at)
    last = before.values_list("opened_at", flat=True).first()
    rows = Paragraf.objects.filter(body=meeting.body_id, item__meeting__state__in=_OVER)
    rows = rows.exclude(item__meeting__form=MeetingForm.SAMMANTRADE)
    since = Q(recorded_at__gte=last) if last else Q()
    until = Q(recorded_at__lt=meeting.opened_at) if meeting.opened_at else Q()
    return list(
        rows.filter(since & until).select_related("item__meeting", "item__matter", "beslut").order_by("year", "number")
    )


_OVER = (MeetingState.AVSLUTAT, MeetingState.JUSTERAT)
