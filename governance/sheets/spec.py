"""What readers of sheets pass on: the columns a sheet may have, its lines as text, what is wrong with it and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

EXPLAINED = "Så fyller du i"
"""The sheet of a template that explains; nothing is filled in there."""
NO_ROWS = "Filen har inga rader under rubrikerna. Fyll i dem och ladda upp filen."


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    DAY = "datum"
    WHOLE = "heltal"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a sheet may have: the key its values are found by, its heading, and what is said of it."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    """Whether no sheet is without it."""
    width: int = 24
    """In the template, in characters."""
    help: str = ""
    example: str = ""
    also: tuple[str, ...] = ()
    """Other headings that are understood."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a sheet: where, and a sentence that says what and how."""

    row: int
    """The row in the sheet, counted from 1; 0 when it is about the file."""
    position: int
    """The column, counted from 1; 0 when it is about the row."""
    message: str
    heading: str = ""
    """What the column is called."""

    @property
    def place(self) -> str:
        """Return the place as a spreadsheet names it: `C14`, `rad 14`, or nothing for the file."""
        if not self.row:
            return ""
        return f"{letters(self.position)}{self.row}" if self.position else f"rad {self.row}"

    def __str__(self) -> str:
        """Return the place in words, with the name of the column, and the message."""
        if not self.row:
            return self.message
        if not self.position:
            return f"Rad {self.row}: {self.message}"
        column = f"{self.heading} ({self.place})" if self.heading else self.place
        return f"Rad {self.row}, {column}: {self.message}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of the sheet, row by row and column by column, the same one once."""
    return sorted(dict.fromkeys(problems), key=lambda one: (one.row, one.position))


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
    values: Mapping[str, str]


@dataclass(slots=True)
class Sheet:
    """A sheet as read: where each column stands, its rows, what could not be read, and what the reader should know."""

    columns: Sequence[Column] = ()
    """Those it may have."""
    positions: dict[str, int] = field(default_factory=dict)
    """By key, of those it has; counted from 1."""
    heading_row: int = 0
    """The row of headings; 0 where it is not known."""
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def tell(self, message: str, row: int = 0, position: int = 0) -> None:
        """Note something to mend."""
        key = next((key for key, place in self.positions.items() if place == position), "")
        self.problems.append(Problem(row, position, message, self.heading(key)))

    def at(self, row: int, key: str, message: str) -> Problem:
        """Return a problem with the value of a column in a row; with the row where the sheet has no such column."""
        position = self.positions.get(key, 0)
        return Problem(row, position, message, self.heading(key) if position else "")

    def heading(self, key: str) -> str:
        """Return the heading of a column as the template has it, empty for no column."""
        return next((column.heading for column in self.columns if column.key == key), "")

    def told(self) -> list[Problem]:
        """Return what is to mend in what was read, also where nothing was."""
        if self.lines or self.problems:
            return list(self.problems)
        return [Problem(0, 0, NO_ROWS)]

    def unread(self) -> frozenset[tuple[int, int]]:
        """Return row and column of each cell that is told of already, so that nothing more is said of its value."""
        return frozenset((problem.row, problem.position) for problem in self.problems if problem.position)
