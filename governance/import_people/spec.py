"""What the import passes from step to step: a sheet as read, rows as checked, what is wrong, asked and changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from governance.vocabulary import Role


class Column(StrEnum):
    """A column of the sheet; the value is its name in what is kept of an upload."""

    NAMN = "namn"
    EPOST = "epost"
    BEFATTNING = "befattning"
    ORGAN = "organ"
    ROLL = "roll"
    FORETRADER = "foretrader"
    FRAN = "fran"
    TILL = "till"


HEADINGS: Mapping[Column, str] = {
    Column.NAMN: "Namn",
    Column.EPOST: "E-post",
    Column.BEFATTNING: "Befattning",
    Column.ORGAN: "Organ",
    Column.ROLL: "Roll",
    Column.FORETRADER: "Företräder",
    Column.FRAN: "Från",
    Column.TILL: "Till",
}
"""The headings of the template; `headings.ALSO` says what else is understood."""
DAYS = frozenset({Column.FRAN, Column.TILL})


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something to mend in the file: where, and a sentence that says what and how."""

    row: int
    """The row in the sheet, counted from 1; 0 when it is about the file."""
    position: int
    """The column, counted from 1; 0 when it is about the row."""
    message: str

    @property
    def place(self) -> str:
        """Return the place as a spreadsheet names it: `C14`, `rad 14`, or nothing for the file."""
        if not self.row:
            return ""
        return f"{letters(self.position)}{self.row}" if self.position else f"rad {self.row}"


def letters(position: int) -> str:
    """Return a column's letters as a spreadsheet names it: 1 is A, 27 is AA."""
    found = ""
    while position:
        position, left = divmod(position - 1, 26)
        found = chr(ord("A") + left) + found
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: its number and what stands in each known column, as text; empty cells are left out."""

    number: int
    values: Mapping[Column, str]


@dataclass(slots=True)
class Sheet:
    """A sheet as read: where each column stands, its rows, what could not be read, and what the reader should know."""

    positions: dict[Column, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def problem(self, message: str, row: int = 0, position: int = 0) -> None:
        """Note something to mend."""
        self.problems.append(Problem(row, position, message))


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A checked row: who, and in which role; without a body it is about the person alone."""

    number: int
    email: str
    name: str
    title: str
    body_id: int | None = None
    role: Role | None = None
    represents_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Whether somebody with a new address is somebody of the same name who is there already."""

    email: str
    name: str
    row: int
    candidates: tuple[tuple[str, str], ...]
    """Address and words of each one it may be."""
    answer: str = ""
    """The address of the one it is, `ANOTHER`, or empty when not answered."""


ANOTHER = "annan"
"""The answer that they are two."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who will be added."""

    email: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody whose name or title the sheet says otherwise."""

    person_id: int
    email: str
    before: tuple[str, str]
    """Name and title."""
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeatChange:
    """A membership that will be added, ended, or that is there already."""

    email: str
    name: str
    body_id: int
    role: Role
    represents_id: int | None
    starts_on: date
    ends_on: date | None
    person_id: int | None = None
    membership_id: int | None = None
    ended_before: date | None = None
    """For one that will end: the last day it has now, if any."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the sheet would change, and how much it would leave as it is."""

    people: tuple[NewPerson, ...] = ()
    changed: tuple[ChangedPerson, ...] = ()
    added: tuple[SeatChange, ...] = ()
    ended: tuple[SeatChange, ...] = ()
    unchanged: tuple[SeatChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.people or self.changed or self.added or self.ended)

    def counts(self) -> dict[str, int]:
        """Return how many of each there are."""
        names = ("people", "changed", "added", "ended", "unchanged")
        return {name: len(getattr(self, name)) for name in names}


@dataclass(slots=True)
class Checked:
    """The outcome of a check: everything to mend, everything to answer and, when nothing is to mend, the difference."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    difference: Difference | None = None
    digest: str = ""
    """A mark of the difference, by which it is known to have been seen."""

    @property
    def unanswered(self) -> list[Question]:
        """Return the questions that have no answer."""
        return [question for question in self.questions if not question.answer]


Kept = dict[str, Any]


def to_kept(sheet: Sheet) -> Kept:
    """Return a sheet as JSON, to be kept between check and write."""
    return {
        "positions": {column.value: position for column, position in sheet.positions.items()},
        "lines": [[line.number, dict(line.values)] for line in sheet.lines],
        "notices": sheet.notices,
    }


def from_kept(kept: Kept) -> Sheet:
    """Return the sheet that `to_kept` made JSON of."""
    return Sheet(
        positions={Column(name): position for name, position in kept["positions"].items()},
        # A column equals its value, so that what is kept can be looked up by either.
        lines=[Line(number, values) for number, values in kept["lines"]],
        notices=list(kept["notices"]),
    )
