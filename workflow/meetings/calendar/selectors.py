"""Which meetings stand in a calendar, and which calendars a person may have."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from governance.meeting_rules import MEETS
from governance.models import Body, Membership
from workflow.meetings.models import CalendarAddress, Meeting
from workflow.meetings.vocabulary import MeetingForm
from workflow.rights import Viewer

LOOKS_BACK = timedelta(days=365)
MOST_EVENTS = 500
"""Meetings in one feed, those furthest ahead first."""


def meetings_in(address: CalendarAddress) -> list[Meeting]:
    """Return the meetings of a calendar, in their order; one statement.

    One's own are those on whose day one sits in the body: with a membership that has ended, the body's later meetings
    are gone. A decision between meetings is no meeting.
    """
    rows = Meeting.objects.filter(form=MeetingForm.SAMMANTRADE, starts_at__gte=timezone.now() - LOOKS_BACK)
    rows = rows.filter(body=address.body_id) if address.body_id else rows.filter(_sits_there(address.person_id))
    newest = rows.select_related("body").order_by("-starts_at", "-pk")[:MOST_EVENTS]
    return list(newest)[::-1]


def _sits_there(person_id: int) -> Exists:
    own = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("starts_at__date")),
        body=OuterRef("body"),
        person=person_id,
        starts_on__lte=OuterRef("starts_at__date"),
    )
    return Exists(own)


def bodies_to_choose(who: Viewer) -> QuerySet[Body]:
    """Return the bodies that hold meetings which the person may read."""
    rows = Body.objects.filter(Q(pk__in=who.bodies) | Q(county__in=who.followed), kind__in=MEETS, ended_on=None)
    return rows.order_by(F("county__name"), "position", "pk")


def addresses_of(person_id: int) -> dict[int | None, CalendarAddress]:
    """Return a person's addresses by body, one's own meetings under None; one statement."""
    return {row.body_id: row for row in CalendarAddress.objects.filter(person=person_id)}
