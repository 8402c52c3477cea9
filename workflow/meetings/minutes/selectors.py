"""Reads over minutes, named by what they return: versions, who adjusts, and what waits for somebody."""

from django.db.models import Prefetch
from django.http import Http404

from governance.models import Membership
from governance.permissions import today
from workflow.meetings.models import AgendaItem, Justerare, Justering, Meeting, Protokoll, Rattelse
from workflow.meetings.rights import may_read_minutes
from workflow.meetings.selectors import seats_at
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import Viewer

RECORDED = (MeetingState.AVSLUTAT, MeetingState.JUSTERAT)
"""The states in which a meeting has minutes to be drawn up or read."""


def meeting_with_minutes(who: Viewer, meeting_id: int) -> Meeting:
    """Return a closed meeting with its body and county.

    Raises:
        Http404: there is none whose minutes the person may read.

    """
    rows = Meeting.objects.select_related("body__county", "chair__person", "secretary__person")
    meeting = rows.filter(pk=meeting_id, state__in=RECORDED).first()
    if meeting is None or not may_read_minutes(who, meeting):
        raise Http404
    return meeting


def with_names(meeting: Meeting) -> Meeting:
    """Return a meeting, read anew, with its county and the names of its chair and secretary; one statement."""
    rows = Meeting.objects.select_related("body__county", "chair__person", "secretary__person")
    return rows.get(pk=meeting.pk)


def versions_of(meeting: Meeting) -> list[Protokoll]:
    """Return every version of the minutes, the newest first, with its adjusters' answers; the PDF is not read."""
    answers = Justering.objects.select_related("membership__person").order_by("pk")
    rectified = Rattelse.objects.select_related("paragraf", "by").order_by("number")
    rows = Protokoll.objects.filter(meeting=meeting).order_by("-number").defer("pdf").select_related("made_by")
    prefetched = (Prefetch("justeringar", queryset=answers), Prefetch("rattelser", queryset=rectified))
    return list(rows.prefetch_related(*prefetched))


def newest(meeting: Meeting) -> Protokoll | None:
    """Return the version that counts, None before minutes are drawn up; the PDF is not read."""
    return Protokoll.objects.filter(meeting=meeting).order_by("-number").defer("pdf").first()


def adjusters_of(meeting: Meeting) -> list[Membership]:
    """Return who adjusts the minutes: the meeting's chair, then those chosen, those replaced left out; two statements.

    It is the only place that knows where those chosen at the opening are kept.
    """
    chosen = list(Justerare.objects.filter(meeting=meeting).order_by("pk").values_list("membership_id", "replaces_id"))
    replaced = {before for _, before in chosen if before}
    ids = [id_ for id_ in (meeting.chair_id, *(id_ for id_, _ in chosen)) if id_ and id_ not in replaced]
    rows = Membership.objects.select_related("person").in_bulk(ids)
    return [rows[id_] for id_ in dict.fromkeys(ids)]


def may_replace(meeting: Meeting) -> list[Membership]:
    """Return those present with a vote who do not adjust already and still sit in the body, by name."""
    taken = {seat.pk for seat in adjusters_of(meeting)}
    taken |= set(Justerare.objects.filter(meeting=meeting).exclude(replaces=None).values_list("replaces_id", flat=True))
    rows = Membership.objects.current(today()).filter(
        body=meeting.body_id, pk__in=meeting.attendance.values("membership_id"), person__is_active=True
    )
    people = {row.person_id for row in Membership.objects.filter(pk__in=taken)}
    votes = {id_ for id_, seat in seats_at(meeting).items() if seat.votes}
    found = rows.select_related("person").order_by("person__name", "pk")
    return [row for row in found if row.pk in votes and row.person_id not in people]


def text_item(meeting: Meeting, item_id: int) -> AgendaItem:
    """Return an item of the meeting that has been settled.

    Raises:
        Http404: there is none.

    """
    item = AgendaItem.objects.select_related("paragraf", "matter").filter(meeting=meeting, pk=item_id).first()
    if item is None or not hasattr(item, "paragraf"):
        raise Http404
    return item
