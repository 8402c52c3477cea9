"""What several parts of meetings read: a meeting for whoever may read it, its items, and who sits in the body."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from governance.models import Body
from governance.vocabulary import BodyKind, Mandate
from workflow.decisions import seats_of
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.rights import may_read_meeting
from workflow.quorum import Seat
from workflow.rights import Viewer

Items = Sequence[AgendaItem]
"""What stands on an agenda, in its order, as one person reads it (`meetings.reading.selectors.with_reading`)."""


def readable_meeting(who: Viewer, meeting_id: int) -> Meeting:
    """Return the meeting with its body.

    Raises:
        Http404: there is none that the person may read.

    """
    meeting = Meeting.objects.select_related("body", "body__county").filter(pk=meeting_id).first()
    if meeting is None or not may_read_meeting(who, meeting):
        raise Http404
    return meeting


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return what stands on the agenda, in its order, with what each item is about; those withdrawn left out."""
    rows = AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None)
    return rows.select_related("anmalan__satsning", "matter", "paragraf").order_by("position", "pk")


def seats_at(meeting: Meeting) -> Mapping[int, Seat]:
    """Return everybody who sits in the body on the meeting's day by membership id; one statement."""
    return seats_on(meeting.body, meeting.day)


def seats_on(body: Body, day: date) -> Mapping[int, Seat]:
    """Return everybody who sits in the body on a day, with vote by the mandate that its kind decides by; one statement.

    A preparing body decides on its own matters by its mandate to prepare.
    """
    return seats_of(body.pk, day, Mandate.BEREDA if body.kind == BodyKind.BEREDNINGSGRUPP else Mandate.BESLUTA)
