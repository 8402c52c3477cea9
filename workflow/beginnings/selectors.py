"""What the pages of beginning from something show."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from satsningar.models import Satsning
from satsningar.selectors import search
from satsningar.vocabulary import PartCode
from workflow.links import address
from workflow.models import Forlaga, Mall
from workflow.rights import Viewer, may_read, readable

SHOWN = 30
"""Earlier satsningar that are offered at a time; the rest is found by words."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a case began from, where that is read if it may be, and what did not come along."""

    label: str
    url: str
    gone: str
    left: tuple[tuple[str, str], ...]


def source_of(who: Viewer, satsning: Satsning) -> Source | None:
    """Return what a case began from."""
    found = Forlaga.objects.filter(satsning=satsning.pk).select_related("tidigare", "publicering").first()
    if found is None:
        return None
    url, gone = "", ""
    if found.tidigare is not None and may_read(who, found.tidigare):
        url = address("satsning", found.tidigare.pk)
    if found.publicering is not None:
        if found.publicering.withdrawn_at is None:
            url = address("publicerad", found.publicering.pk)
        else:
            gone = "Länet har tagit tillbaka publiceringen. Det som kopierades finns kvar här."
    left = tuple((PartCode(part).label, text) for part, text in found.left_behind)
    return Source(found.label, url, gone, left)


def left_of(satsning_id: int, part: str) -> list[str]:
    """Return what did not come along into a part when the case was begun."""
    found: Sequence[Sequence[str]] = (
        Forlaga.objects.filter(satsning=satsning_id).values_list("left_behind", flat=True).first() or []
    )
    return [text for code, text in found if code == part]


def templates_for(counties: Collection[int]) -> QuerySet[Mall]:
    """Return the templates that counties offer, by name."""
    return Mall.objects.filter(county__in=counties, ended_at=None).order_by("name", "pk")


def earlier_cases(who: Viewer, counties: Collection[int], words: str) -> tuple[list[Satsning], bool]:
    """Return the newest satsningar that the person may begin from, with their titles, and whether there are more.

    Args:
        who: the person.
        counties: those whose groups the person may make a satsning for.
        words: what they are found by; empty finds all.

    """
    found = search(readable(who).filter(county__in=counties), words).filter(uppdrag__isnull=False)
    rows = found.annotate(titel=F("uppdrag__titel")).select_related("ansvarig_grupp").order_by("-last_act_at", "-pk")
    shown: list[Satsning] = list(rows[: SHOWN + 1])
    return shown[:SHOWN], len(shown) > SHOWN
