"""What a person sees of notices: only what is still the person's to read, unread first, by keyset pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet, Subquery

from governance.permissions import today
from governance.vocabulary import Mandate
from satsningar.models import Handling, Uppdrag
from workflow.avsteg.models import Avsteg
from workflow.coauthors.models import Medforfattare
from workflow.meetings.models import AgendaItem, OvrigtArende
from workflow.meetings.rights import unmarked
from workflow.notices.models import Notice
from workflow.notices.vocabulary import Slag
from workflow.rights import Viewer
from workflow.vocabulary import Avstegslage

PAGE = 50
COUNTED = 100
"""Unread notices are counted as far as this; more are shown as 99+."""


def visible(who: Viewer) -> QuerySet[Notice]:
    """Return the person's notices about what the person may read today.

    About a case, `workflow.rights.readable` is the same rule; about anything else, whoever still sits in the body
    through which it concerned the person, and regionalt stöd.
    """
    case = (
        Q(entry__satsning__submitted_at__isnull=False)
        | Q(entry__satsning__ansvarig_grupp__in=who.bodies)
        | Q(entry__satsning__county__in=who.followed)
        | Q(entry__satsning__created_by=who.person_id)
        | Q(entry__satsning__in=Medforfattare.objects.holding(who.person_id, today()).values("satsning"))
    )
    waivers = [standing.body_id for standing in who.standings if standing.mandate == Mandate.GE_AVSTEG]
    if waivers:
        asked = Avsteg.objects.filter(satsning=OuterRef("entry__satsning"), body__in=waivers)
        case |= Q(Exists(asked.exclude(svar__outcome=Avstegslage.ATERTAGET)))
    other = Q(entry__satsning=None) & (Q(body__in=who.bodies) | Q(entry__county__in=who.followed))
    return Notice.objects.filter(
        Q(entry__satsning__isnull=False) & case | other, person=who.person_id, entry__county__in=who.counties
    )


def unread_count(who: Viewer) -> Func:
    """Return the number of unread notices, as far as they are counted, for the statement of another page part."""
    unread = visible(who).filter(read_at=None).order_by().values("pk")[:COUNTED]
    return Func(ArraySubquery(unread), function="cardinality", output_field=IntegerField())


def described(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """Add what is said of a notice: title of the case, and whether a secrecy mark lets nothing be said."""
    marked = Handling.objects.filter(satsning=OuterRef("entry__satsning")).exclude(secrecy="")
    items = AgendaItem.objects.filter(~unmarked(), anmalan__satsning=OuterRef("entry__satsning"))
    secret = OvrigtArende.objects.filter(pk=OuterRef("page_id")).exclude(sekretess="")
    at_meetings = AgendaItem.objects.filter(~unmarked(), matter=OuterRef("page_id"))
    return rows.select_related(
        "entry__actor", "entry__body", "entry__satsning__ansvarig_grupp", "entry__county", "body"
    ).annotate(
        title=Subquery(Uppdrag.objects.filter(satsning=OuterRef("entry__satsning")).values("titel")),
        is_hushed=Q(Exists(marked))
        | Q(Q(page="ovrigt_arende") & Q(Exists(secret) | Exists(at_meetings)))
        | Q(Q(kind=Slag.BESLUT) & Exists(items)),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """Some notices, and where the next page begins; empty when there is none."""

    rows: Sequence[Notice]
    following: str


def page_of(who: Viewer, *, kind: str = "", only_unread: bool = False, begins: str = "") -> Page:
    """Return a page of the person's notices, the unread first, the newest first among each; at most two statements.

    Args:
        who: whose.
        kind: of one kind alone.
        only_unread: nothing that has been read.
        begins: as `Page.following` of the page before.

    """
    rows = described(visible(who)).order_by("-entry_id")
    if kind:
        rows = rows.filter(kind=kind)
    was_read, after = _place(begins)
    unread, read = rows.filter(read_at=None), rows.filter(read_at__isnull=False)
    found: list[Notice] = []
    if not was_read:
        found = list((unread.filter(entry_id__lt=after) if after else unread)[: PAGE + 1])
    if len(found) <= PAGE and not only_unread:
        older = read.filter(entry_id__lt=after) if was_read and after else read
        found += older[: PAGE + 1 - len(found)]
    shown = found[:PAGE]
    return Page(shown, _cursor(shown[-1]) if len(found) > PAGE else "")


def _cursor(last: Notice) -> str:
    return f"{'l' if last.read_at else 'o'}{last.entry_id}"


def _place(text: str) -> tuple[bool, int]:
    """Return whether a page begins among those read, and after which entry; the beginning for what is no such place."""
    digits = text[1:]
    if text[:1] not in {"l", "o"} or not (digits.isascii() and digits.isdigit()) or len(digits) > 15:  # noqa: PLR2004 - longer than any key
        return False, 0
    return text[0] == "l", int(digits)
