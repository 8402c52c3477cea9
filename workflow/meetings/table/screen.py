"""A meeting at the table as somebody sees it: its agenda with outcomes, who is there, what goes on, and what is new."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from workflow.meetings.models import Ballot, Meeting, Paragraf
from workflow.meetings.planning.selectors import Agenda, Row, agenda_of
from workflow.meetings.rights import keeping
from workflow.meetings.table.keeping import MATTERS
from workflow.meetings.table.saying import recorded_in_words
from workflow.meetings.table.selectors import AtTable, around_table, may_speak_for
from workflow.meetings.table.state import Table, read_table
from workflow.meetings.vocabulary import MeetingState
from workflow.quorum import Quorum, Seat
from workflow.rights import Viewer

MANY = 2
"""Open matters that make a section worth deciding at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda at the table: what became of it, and whether it is on or being voted on."""

    row: Row
    paragraf: Paragraf | None
    is_current: bool
    is_voting: bool

    @property
    def color(self) -> str:
        """Return the colour of the outcome's tag."""
        return self.row.outcome_color if self.paragraf else "neutral"

    @property
    def is_open(self) -> bool:
        """Tell whether it stands on the agenda without an outcome."""
        return self.paragraf is None and self.row.number is not None

    @property
    def is_open_matter(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.is_open and self.row.item.kind in MATTERS


@dataclass(frozen=True)
class Screen:
    """A meeting at the table as somebody sees it."""

    meeting: Meeting
    agenda: Agenda
    table: Table
    keeps: bool
    person_id: int
    ballots: tuple[tuple[int, int, bool], ...]
    """Key, item and whether it is open, of every vote."""

    @property
    def goes_on(self) -> bool:
        """Tell whether the meeting goes on."""
        return self.meeting.state == MeetingState.PAGAR

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return the agenda, line by line."""
        voting = {item_id for _, item_id, is_open in self.ballots if is_open}
        return tuple(
            Line(
                row,
                row.item.paragraf if row.item.settled_at else None,
                row.item.pk == self.meeting.current_item_id,
                row.item.pk in voting,
            )
            for row in self.agenda.rows
        )

    @property
    def sections(self) -> Iterator[tuple[str, list[Line], bool]]:
        """Yield each section with its lines, and whether it may be decided at once."""
        name, found = "", list[Line]()
        for line in self.lines:
            if found and line.row.item.section != name:
                yield name, found, self._may_decide(name, found)
                found = []
            name = line.row.item.section
            found.append(line)
        if found:
            yield name, found, self._may_decide(name, found)

    def _may_decide(self, name: str, lines: list[Line]) -> bool:
        return bool(name) and self.keeps and self.goes_on and sum(line.is_open_matter for line in lines) >= MANY

    def line(self, item_id: int | None) -> Line | None:
        """Return an item's line; None where the agenda has none such."""
        return next((line for line in self.lines if line.row.item.pk == item_id), None)

    @property
    def current(self) -> Line | None:
        """Return the line that is on."""
        return self.line(self.meeting.current_item_id)

    def beside(self, item_id: int | None) -> tuple[Line | None, Line | None]:
        """Return the lines before and after an item, of those that stand on the agenda."""
        live = [line for line in self.lines if line.row.number is not None]
        place = next((place for place, line in enumerate(live) if line.row.item.pk == item_id), None)
        if place is None:
            return None, live[0] if live else None
        return live[place - 1] if place else None, live[place + 1] if place + 1 < len(live) else None

    @property
    def quorum(self) -> Quorum:
        """Return whether the body is quorate now, as if nobody had jäv."""
        return self.table.quorum(self.meeting)

    @property
    def around(self) -> list[AtTable]:
        """Return everybody who sits in the body, in its order."""
        return around_table(self.table)

    @property
    def n_present(self) -> int:
        """Return how many are there."""
        return len(self.table.present & self.table.seats.keys())

    @property
    def own(self) -> list[Seat]:
        """Return the seats that the person holds in the body, those who vote first."""
        return may_speak_for(self.table, self.person_id)

    @property
    def chair(self) -> Seat | None:
        """Return who leads the meeting."""
        return self.table.seats.get(self.meeting.chair_id or 0)

    @property
    def secretary(self) -> Seat | None:
        """Return who keeps its minutes."""
        return self.table.seats.get(self.meeting.secretary_id or 0)

    @property
    def open_matters(self) -> list[Line]:
        """Return the matters that wait for a decision."""
        return [line for line in self.lines if line.is_open_matter]

    @property
    def open_others(self) -> list[Line]:
        """Return the other items without an outcome."""
        return [line for line in self.lines if line.is_open and not line.is_open_matter]

    @property
    def news(self) -> Iterator[tuple[str, str]]:
        """Yield what is said aloud when it is new, each under a key of its own."""
        for line in self.lines:
            if line.paragraf is not None:
                yield f"paragraf-{line.paragraf.pk}", recorded_in_words(line.row.item, line.paragraf)
        for key, item_id, is_open in self.ballots:
            voted = self.line(item_id)
            if voted is not None:
                what = "Omröstning öppnad" if is_open else "Omröstningen är avslutad"
                yield f"rost-{key}-{'oppen' if is_open else 'slut'}", f"{what}: {voted.row.title}."
        if self.current is not None and self.goes_on:
            row = self.current.row
            yield f"punkt-{row.item.pk}", f"Punkt {row.number or ''} pågår: {row.title}."
        yield f"antal-{self.n_present}", f"{self.n_present} är här."


def screen_of(who: Viewer, meeting: Meeting) -> Screen:
    """Return the meeting as the person sees it at the table; four statements.

    Args:
        who: a person who may read the meeting.
        meeting: with its body.

    """
    rows = Ballot.objects.filter(item__meeting=meeting).order_by("pk").values_list("pk", "item_id", "closed_at")
    return Screen(
        meeting=meeting,
        agenda=agenda_of(who, meeting),
        table=read_table(meeting),
        keeps=keeping(who, meeting.body) is not None,
        person_id=who.person_id,
        ballots=tuple((key, item_id, closed is None) for key, item_id, closed in rows),
    )
