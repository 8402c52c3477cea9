"""What pages read of extracts and of what is brought home: for a meeting, a case, a receiver and a desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from governance.permissions import today
from workflow.meetings.after.receivers import Proposed
from workflow.meetings.after.rights import home_rows, readable_extracts, receiving_bodies, sent_before_mark
from workflow.meetings.models import Aterforing, Meeting, Paragraf, Utdrag
from workflow.meetings.rights import is_secret, read_by_receiver
from workflow.rights import Viewer

_WITH = (
    "receiver",
    "delivered_by",
    "paragraf__body",
    "paragraf__beslut",
    "paragraf__item__matter",
    "paragraf__item__meeting__body",
    "paragraf__item__anmalan__satsning",
)


def days_since(when: datetime) -> int:
    """Return how many days ago something happened, by the days in Stockholm."""
    return (today() - timezone.localdate(when)).days


def in_days(count: int) -> str:
    """Return an age in words."""
    return "i dag" if count <= 0 else "1 dag" if count == 1 else f"{count} dagar"


@dataclass(frozen=True, slots=True)
class Sent:
    """An extract on a page: to whom, for what, whether it has come, and whether somebody there can receive it."""

    utdrag: Utdrag
    has_members: bool = True

    @property
    def is_hidden(self) -> bool:
        """Tell whether the matter was marked after it was sent, so that its receiver does not read it any longer."""
        return sent_before_mark(self.utdrag)

    @property
    def age(self) -> str:
        """Return how long it has waited."""
        return in_days(days_since(self.utdrag.sent_at))


def extract_for(who: Viewer, utdrag_id: int) -> Utdrag:
    """Return an extract with all that its page is made of.

    Raises:
        Http404: there is none that the person may read.

    """
    found = readable_extracts(who).select_related(*_WITH).filter(pk=utdrag_id).first()
    if found is None:
        raise Http404
    return found


def extracts_of_meeting(meeting: Meeting) -> dict[int, list[Utdrag]]:
    """Return a meeting's extracts by paragraph, in the county's order of receivers; one statement."""
    rows = Utdrag.objects.filter(paragraf__item__meeting=meeting).select_related("receiver", "delivered_by")
    found: dict[int, list[Utdrag]] = {}
    for one in rows.order_by("receiver__position", "receiver__pk"):
        found.setdefault(one.paragraf_id, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A paragraph on the keeper's page: what has gone out, and what is proposed to."""

    paragraf: Paragraf
    sent: tuple[Sent, ...]
    proposed: tuple[Proposed, ...]
    secret: bool


def paragraph_rows(
    paragrafer: Sequence[Paragraf],
    sent: Mapping[int, Sequence[Utdrag]],
    proposed: Mapping[int, Iterable[Proposed]],
    reached: frozenset[int],
) -> list[ParagraphRow]:
    """Return what the keeper's page shows of each paragraph; no statements."""
    rows = []
    for one in paragrafer:
        for utdrag in sent.get(one.pk, ()):
            utdrag.paragraf = one
        gone = tuple(Sent(utdrag, utdrag.receiver_id in reached) for utdrag in sent.get(one.pk, ()))
        already = {utdrag.utdrag.receiver_id for utdrag in gone}
        left = tuple(row for row in proposed.get(one.pk, ()) if row.body.pk not in already)
        rows.append(ParagraphRow(one, gone, left, is_secret(one.item)))
    return rows


def extracts_of_case(who: Viewer, satsning_id: int) -> list[Utdrag]:
    """Return a case's extracts that the person may read, the newest paragraph first; one statement."""
    rows = readable_extracts(who).filter(paragraf__item__anmalan__satsning=satsning_id)
    rows = rows.select_related("receiver", "paragraf__item__meeting__body")
    return list(rows.order_by("-paragraf__recorded_at", "-paragraf__pk", "receiver__position", "receiver__pk"))


def waiting_extracts(who: Viewer) -> QuerySet[Utdrag]:
    """Return the extracts that wait for the person to receive them, the oldest first."""
    rows = Utdrag.objects.filter(read_by_receiver(), receiver__in=receiving_bodies(who), delivered_at=None)
    return rows.select_related(*_WITH).order_by("sent_at", "pk")


def homes_of(meeting: Meeting) -> list[Aterforing]:
    """Return what is to be brought home from a meeting, in the county's order; one statement."""
    rows = Aterforing.objects.filter(meeting=meeting).select_related("organisation", "returned_by")
    return list(rows.order_by("organisation__position", "pk"))


def not_brought_home(who: Viewer) -> QuerySet[Aterforing]:
    """Return what has not been brought home that the person keeps an eye on, the oldest first."""
    rows = home_rows(who).filter(returned_at=None).select_related("organisation", "meeting__body")
    return rows.annotate(county=F("meeting__body__county")).order_by(
        "opened_at", "meeting", "organisation__position", "pk"
    )
