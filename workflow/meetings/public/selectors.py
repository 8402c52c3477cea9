"""The only place that says what is open to everyone: adjusted minutes of bodies that publish, nothing with a mark."""

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.http import Http404

from governance.meeting_rules import meeting_rule
from governance.models import Body
from workflow.meetings.models import Justering, Paragraf, Protokoll, Rattelse
from workflow.meetings.rights import unmarked
from workflow.meetings.vocabulary import ItemKind, MeetingState

DECIDED = (ItemKind.ARENDE, ItemKind.OVRIGT)
"""The kinds of item that are decided on; what is opened, noted and closed stands in the minutes alone."""


def publishing_bodies() -> list[Body]:
    """Return the bodies whose adjusted minutes are open to everyone, in the counties' order; one statement."""
    rows = Body.objects.select_related("county").exclude(meeting_rule={}).order_by("county__name", "position", "pk")
    return [body for body in rows if meeting_rule(body).publicerar]


def public_minutes(bodies: Sequence[Body]) -> QuerySet[Protokoll]:
    """Return the minutes of these bodies that everyone may read, the newest meeting first, without their words."""
    rows = Protokoll.objects.filter(
        locked_at__isnull=False, meeting__state=MeetingState.JUSTERAT, meeting__body__in=[body.pk for body in bodies]
    )
    ordered = rows.select_related("meeting__body__county").order_by("-meeting__starts_at", "-pk")
    return ordered.defer("pdf", "content")


def public_decisions(bodies: Sequence[Body]) -> QuerySet[Paragraf]:
    """Return the decisions of these bodies that everyone may read, the newest first, each with its `protokoll_id`."""
    locked = Protokoll.objects.filter(meeting=OuterRef("item__meeting"), locked_at__isnull=False)
    rows = Paragraf.objects.filter(
        unmarked("item__"),
        Exists(locked),
        item__meeting__state=MeetingState.JUSTERAT,
        item__kind__in=DECIDED,
        body__in=[body.pk for body in bodies],
    )
    rows = rows.select_related("item__meeting", "body__county").defer("participants", "votes")
    return rows.annotate(protokoll_id=locked.values("pk")[:1], title=F("item__title")).order_by(
        "-item__meeting__starts_at", "-year", "-number"
    )


def public_protokoll(protokoll_id: int) -> Protokoll:
    """Return minutes that everyone may read, with their adjusters' answers and their corrections.

    Raises:
        Http404: there are none: not adjusted, or of a body that does not publish.

    """
    answers = Prefetch("justeringar", queryset=Justering.objects.order_by("pk"))
    corrections = Rattelse.objects.select_related("paragraf", "by").order_by("number")
    rows = Protokoll.objects.filter(locked_at__isnull=False, meeting__state=MeetingState.JUSTERAT)
    rows = rows.select_related("meeting__body__county").defer("pdf")
    found = rows.prefetch_related(answers, Prefetch("rattelser", queryset=corrections)).filter(pk=protokoll_id).first()
    if found is None or not meeting_rule(found.meeting.body).publicerar:
        raise Http404
    return found
