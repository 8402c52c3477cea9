"""What each part of meetings shows on the meeting's own page: the one list of them, `PARTS`.

A part adds a block to the page in three steps:

1. a function ``(who, meeting, items) -> context or None`` in a module of its own,
   ``workflow/meetings/PART/pa_motet.py``. The meeting is one that the person may read, with its body and county; the
   items are those that stand on its agenda, read already; None means that the part has nothing to show. A block costs
   at most two statements, however much there is;
2. a template ``templates/moten/PART/pa_motet.html`` that finds its context as ``block`` and the meeting as ``meeting``:
   one ``<section class="s-sheet" aria-labelledby="…">`` with a heading of level 2;
3. a line in `PARTS`, in the order that the work is done. `Column.SIDE` is beside the agenda, `Column.MAIN` above it.

The page imports nothing else of the parts. A part that must not import ``planning`` from its own acts may do so from
its ``pa_motet`` module; this module is imported by the views of planning alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from workflow.meetings.after.pa_motet import after_block, open_block
from workflow.meetings.between.pa_motet import between_block
from workflow.meetings.calendar.pa_motet import calendar_block
from workflow.meetings.minutes.pa_motet import minutes_block
from workflow.meetings.models import Meeting
from workflow.meetings.papers.pa_motet import papers_block
from workflow.meetings.planning.pa_motet import calling_block, planning_block
from workflow.meetings.reading.pa_motet import reading_block
from workflow.meetings.selectors import Items
from workflow.meetings.table.pa_motet import table_block
from workflow.rights import Viewer

Shown = Callable[[Viewer, Meeting, Items], Mapping[str, Any] | None]


class Column(Enum):
    """Where on the page a block stands."""

    MAIN = "main"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the meeting's page: its template, what fills it, and where it stands."""

    template: str
    shown: Shown
    column: Column = Column.SIDE


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is shown to somebody: its template, and what the template finds as `block`."""

    template: str
    context: Mapping[str, Any]


PARTS: tuple[Part, ...] = (
    Part("moten/table/pa_motet.html", table_block, Column.MAIN),
    Part("moten/between/pa_motet.html", between_block, Column.MAIN),
    Part("moten/planning/pa_motet.html", planning_block),
    Part("moten/planning/kallelse_pa_motet.html", calling_block),
    Part("moten/reading/pa_motet.html", reading_block, Column.MAIN),
    Part("moten/papers/pa_motet.html", papers_block),
    Part("moten/minutes/pa_motet.html", minutes_block),
    Part("moten/after/oppna_pa_motet.html", open_block, Column.MAIN),
    Part("moten/after/pa_motet.html", after_block),
    Part("moten/calendar/pa_motet.html", calendar_block),
)
"""Every part's block, in the order of the work."""


def blocks_of(who: Viewer, meeting: Meeting, items: Items) -> dict[str, list[Block]]:
    """Return the blocks of the meeting's page for the person, by column, those that have something to show."""
    found: dict[str, list[Block]] = {column.value: [] for column in Column}
    for part in PARTS:
        context = part.shown(who, meeting, items)
        if context is not None:
            found[part.column.value].append(Block(part.template, context))
    return found
