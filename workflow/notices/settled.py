"""Whether what a notice asked for still waits: a colleague may have done it since, or the case may have gone on."""

from collections.abc import Mapping, Sequence

from governance.paths import PathVersion
from workflow.desk.selectors import kinds_waiting
from workflow.desk.vocabulary import DeskKind
from workflow.meetings.models import Beslutsuppdrag
from workflow.notices.details import CARRY_OUT, SEE_TO_IT
from workflow.notices.models import Notice
from workflow.notices.vocabulary import Slag
from workflow.rights import Viewer
from workflow.rounds.reminding import TAKEN_FURTHER
from workflow.vocabulary import Act

_DONE_AT: Mapping[str, tuple[DeskKind, ...]] = {
    "mote": (DeskKind.LAS,),
    "per_capsulam": (DeskKind.ROST,),
    "protokoll": (DeskKind.JUSTERA,),
    "runda": (DeskKind.SVAR,),
}
"""What is done at the page that a notice leads to, as the desk calls it."""


def settled(rows: Sequence[Notice], who: Viewer, paths: Mapping[int, PathVersion]) -> frozenset[int]:
    """Return the keys of those notices whose person no longer needs to do what was expected; at most two statements.

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
    carries_out = any(row.expected == CARRY_OUT for row in asking) and _carries_out(who)
    return frozenset(
        row.pk for row in asking if not (carries_out if row.expected == CARRY_OUT else _waits(row, waiting))
    )


def _carries_out(who: Viewer) -> bool:
    """Tell whether a body of the person's has a decision to carry out; the desk shows it when the meeting has ended."""
    return Beslutsuppdrag.objects.filter(responsible__in=who.bodies, done_at=None).exists()


def _waits(row: Notice, waiting: frozenset[tuple[DeskKind, int]]) -> bool:
    case = row.entry.satsning
    if row.page == "utdrag_lista":
        return any(kind == DeskKind.UTDRAG for kind, _ in waiting)
    if row.expected in {SEE_TO_IT, TAKEN_FURTHER}:
        return True
    if kinds := (DeskKind.AVSTEG,) if row.kind == Slag.AVSTEG else _DONE_AT.get(row.page):
        about = row.page_id if case is None else case.pk
        return any((kind, about) in waiting for kind in kinds)
    return case is None or row.entry.act == Act.OVERLAMNA or case.station_since <= row.entry.at
