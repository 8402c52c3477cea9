"""Whether what a notice asked for still waits: a colleague may have done it since, or the case may have gone on."""

from collections.abc import Mapping, Sequence

from governance.paths import PathVersion
from workflow.desk.selectors import kinds_waiting
from workflow.desk.vocabulary import DeskKind
from workflow.notices.details import CARRY_OUT, SEE_TO_IT
from workflow.notices.models import Notice
from workflow.notices.vocabulary import Slag
from workflow.rights import Viewer
from workflow.vocabulary import Act

_DONE_AT: Mapping[str, tuple[DeskKind, ...]] = {
    "mote": (DeskKind.LAS,),
    "per_capsulam": (DeskKind.ROST,),
    "protokoll": (DeskKind.JUSTERA,),
    "runda": (DeskKind.SVAR, DeskKind.VIDARE),
}
"""What is done at the page that a notice leads to, as the desk calls it."""


def settled(rows: Sequence[Notice], who: Viewer, paths: Mapping[int, PathVersion]) -> frozenset[int]:
    """Return the keys of those notices whose person no longer needs to do what was expected; at most one statement.

    What the desk does not show in full is taken to wait still, and so is what it never shows.

    Args:
        rows: as `selectors.described` gives them.
        who: the person whose they are.
        paths: every version of a path in the person's counties.

    """
    asking = [row for row in rows if row.expected]
    waiting = kinds_waiting(who, paths) if asking else None
    if waiting is None:
        return frozenset()
    return frozenset(row.pk for row in asking if not _waits(row, waiting))


def _waits(row: Notice, waiting: frozenset[tuple[DeskKind, int]]) -> bool:
    case = row.entry.satsning
    if row.expected == CARRY_OUT or row.page == "utdrag_lista":
        several = DeskKind.VERKSTALL if row.expected == CARRY_OUT else DeskKind.UTDRAG
        return any(kind == several for kind, _ in waiting)
    if row.expected == SEE_TO_IT:
        return True
    if kinds := (DeskKind.AVSTEG,) if row.kind == Slag.AVSTEG else _DONE_AT.get(row.page):
        about = row.page_id if case is None else case.pk
        return any((kind, about) in waiting for kind in kinds)
    return case is None or row.entry.act == Act.OVERLAMNA or case.station_since <= row.entry.at
