"""Who plans, leads and reads meetings: computed from body and mandate, as a predicate and as a queryset.

Planning, calling and keeping the records is the secretary's and the chair's (`protokollfora`, `leda_mote`).
A meeting's agenda and papers are read by whoever sits in the body and by regionalt stöd; adjusted minutes by every
current member of a body in the county.
"""

from django.db.models import F, Q, QuerySet

from governance.models import Body
from governance.permissions import Standing
from governance.vocabulary import Mandate
from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import Viewer

_KEEPING = (Mandate.PROTOKOLLFORA, Mandate.LEDA_MOTE)


def keeping(who: Viewer, body: Body) -> Standing | None:
    """Return the standing by which the person plans the body's meetings and keeps their records, or None."""
    return next((one for mandate in _KEEPING for one in who.standings if _is(one, body, mandate)), None)


def _is(standing: Standing, body: Body, mandate: Mandate) -> bool:
    return standing.body_id == body.pk and standing.mandate == mandate


def kept_bodies(who: Viewer) -> frozenset[int]:
    """Return the ids of the bodies whose meetings the person plans and keeps the records of."""
    return frozenset(standing.body_id for standing in who.standings if standing.mandate in _KEEPING)


def may_read_meeting(who: Viewer, meeting: Meeting) -> bool:
    """Tell whether the person may read the meeting, its agenda and papers; `readable_meetings` is the same for many."""
    return meeting.body_id in who.bodies or meeting.body.county_id in who.followed


def readable_meetings(who: Viewer) -> QuerySet[Meeting]:
    """Return the meetings that the person may read; `may_read_meeting` is the same rule for one."""
    return Meeting.objects.filter(Q(body__in=who.bodies) | Q(body__county__in=who.followed))


def may_read_minutes(who: Viewer, meeting: Meeting) -> bool:
    """Tell whether the person may read the minutes; `meetings_with_readable_minutes` is the same rule for many."""
    if may_read_meeting(who, meeting):
        return True
    return meeting.state == MeetingState.JUSTERAT and meeting.body.county_id in who.counties


def meetings_with_readable_minutes(who: Viewer) -> QuerySet[Meeting]:
    """Return the meetings whose minutes the person may read; `may_read_minutes` is the same rule for one."""
    adjusted = Q(state=MeetingState.JUSTERAT, body__county__in=who.counties)
    return Meeting.objects.filter(Q(body__in=who.bodies) | Q(body__county__in=who.followed) | adjusted)


def may_read_secret(who: Viewer, meeting: Meeting) -> bool:
    """Tell whether the person may read what carries a secrecy mark: who sits in the body alone."""
    return meeting.body_id in who.bodies


def is_secret(item: AgendaItem) -> bool:
    """Tell whether an item carries a secrecy mark."""
    return bool(mark_of(item))


def mark_of(item: AgendaItem) -> str:
    """Return the secrecy mark of an item; empty where there is none.

    Its own, that of its matter, or the one that stands in the minutes, which holds until an act has lifted it.
    """
    written = "" if item.mark_lifted_at else item.mark_in_minutes
    return item.sekretess or (item.matter.sekretess if item.matter else "") or written


MARKED = """(i.sekretess <> '' OR coalesce(o.sekretess, '') <> ''
        OR (i.mark_in_minutes <> '' AND i.mark_lifted_at IS NULL))"""
"""`is_secret` in SQL, of an item `i` whose other matter is `o`."""


def unmarked(to_item: str = "") -> Q:
    """Return the condition that an item carries no secrecy mark; `is_secret` is the same rule for one.

    Args:
        to_item: the way from the rows to the item, as in `item__` for paragraphs; empty for items.

    """
    no_matter = Q(**{f"{to_item}matter": None}) | Q(**{f"{to_item}matter__sekretess": ""})
    written = Q(**{f"{to_item}mark_in_minutes": ""}) | Q(**{f"{to_item}mark_lifted_at__isnull": False})
    return Q(**{f"{to_item}sekretess": ""}) & no_matter & written


def read_by_receiver() -> Q:
    """Return the condition that an extract is read by who receives it: no mark was set after the meeting since.

    Who keeps the records chose the receiver of one that was sent with the mark.
    """
    marked_at = "paragraf__item__marked_at"
    return unmarked("paragraf__item__") | Q(**{marked_at: None}) | Q(sent_at__gte=F(marked_at))


def may_read_matter(who: Viewer, matter: OvrigtArende) -> bool:
    """Tell whether the person may read another matter; `readable_matters` is the same rule for many.

    Who sits in the body that decides or in the one that brings the matter, who wrote it, and regionalt stöd; one with a
    secrecy mark the first three alone.
    """
    if {matter.body_id, matter.created_by_body_id} & who.bodies or matter.created_by_id == who.person_id:
        return matter.body.county_id in who.counties
    return matter.body.county_id in who.followed and not matter.sekretess


def readable_matters(who: Viewer) -> QuerySet[OvrigtArende]:
    """Return the other matters that the person may read; `may_read_matter` is the same rule for one."""
    own = Q(body__in=who.bodies) | Q(created_by_body__in=who.bodies) | Q(created_by=who.person_id)
    return OvrigtArende.objects.filter(
        (own & Q(body__county__in=who.counties)) | Q(body__county__in=who.followed, sekretess="")
    )
