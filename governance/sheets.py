"""The only reader of sheets that people hand in: XLSX or CSV becomes rows of values, and every problem has its place.

What a file is, is known by what it holds and never by its name. Nothing here knows what a sheet is about: whoever reads
one says which columns it has. `governance.sheet_templates` writes the empty sheet from the same columns.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import Enum

from governance.sheetfiles import Found, RawCell, Unreadable, cells_of

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
LONGEST_TEXT = 20_000
"""Characters in one cell."""
LARGEST_WHOLE = 10**15

Value = str | date | int | None

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})\Z")
_WHOLE = re.compile(r"-?\d{1,3}(?:[ \xa0\u202f]?\d{3})*(?:,0+)?(?: ?kr)?\Z|-?\d+(?:,0+)?(?: ?kr)?\Z", re.IGNORECASE)
_NOT_DAY = "Skriv datumet som år-månad-dag, till exempel 2024-11-22."
_NOT_WHOLE = "Skriv ett helt tal, till exempel 1 250 000."


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
    width: int = 24
    help: str = ""
    example: Value = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a sheet, and where: the row as the spreadsheet counts it, the cell and its column."""

    message: str
    row: int = 0
    cell: str = ""
    heading: str = ""

    @property
    def place(self) -> str:
        """Return the place in words; empty for what concerns the whole file."""
        if not self.row:
            return f"Kolumnen ”{self.heading}”" if self.heading else ""
        return f"Rad {self.row}, {self.heading} ({self.cell})" if self.heading else f"Rad {self.row}"

    def __str__(self) -> str:
        """Return place and message."""
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with something in it: its number, and its values by the keys of the columns; None where a cell is empty."""

    number: int
    values: Mapping[str, Value]
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The letter and the heading of each column, by its key."""

    def text(self, key: str) -> str:
        """Return a text, empty where the cell is or where the sheet has no such column."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """Return a day."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def whole(self, key: str) -> int | None:
        """Return a whole number."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None

    def problem(self, key: str, message: str) -> Problem:
        """Return a problem with the value of a column, at its cell; with the row where the sheet has no such column."""
        if key not in self.columns:
            return Problem(message, self.number)
        letter, heading = self.columns[key]
        return Problem(message, self.number, f"{letter}{self.number}", heading)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the rows, and every problem in the order of the sheet. Rows with problems are there too."""

    rows: tuple[SheetRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sheet(data: bytes, columns: Sequence[Column], *, most_rows: int) -> Sheet:
    """Read a sheet whose first row holds the columns' headings, in any order.

    Args:
        data: the whole file, XLSX or CSV.
        columns: those it may have; the required ones it must have, and in every row.
        most_rows: rows of values that are taken; a longer sheet is refused whole.

    """
    known = {heading_key(column.heading): column for column in columns}
    try:
        found = cells_of(data, set(known), most_rows=most_rows)
    except Unreadable as refusal:
        return Sheet(problems=(Problem(str(refusal)),))
    places, problems = _headings(found, columns, known)
    if not places:
        return Sheet(problems=tuple(problems))
    rows = list(_rows(found, places, problems))
    if not rows and not problems:
        problems.append(Problem("Bladet har rubriker men inga rader. Fyll i minst en rad under rubrikerna."))
    problems += [Problem(message, row) for row, message in found.problems]
    return Sheet(tuple(rows), in_order(problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of the sheet, row by row and column by column, the same one once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (one.row, len(one.cell), one.cell)))


def heading_key(text: str) -> str:
    """Return a heading as headings are compared: without case, extra spaces and the star of a required column."""
    return " ".join(unicodedata.normalize("NFC", text).replace("*", " ").casefold().split())


def _headings(
    found: Found, columns: Sequence[Column], known: Mapping[str, Column]
) -> tuple[dict[int, Column], list[Problem]]:
    """Return which column stands where, and what is wrong with the row of headings."""
    problems: list[Problem] = []
    places: dict[int, Column] = {}
    for place in found.columns:
        text = _plain(found.headings[place].value) if place in found.headings else ""
        column = known.get(heading_key(text))
        if column is None:
            problems.append(_unknown_heading(text, place, columns))
        elif column in places.values():
            problems.append(Problem("Kolumnen finns två gånger. Ta bort den ena.", heading=column.heading))
        else:
            places[place] = column
    if not places:
        wanted = ", ".join(column.heading for column in columns if column.required)
        return {}, [Problem(f"Rad 1 ska ha mallens rubriker, minst {wanted}. Hämta mallen och fyll i den.")]
    problems += [
        Problem("Kolumnen saknas. Lägg till den, med rubriken i rad 1.", heading=column.heading)
        for column in columns
        if column.required and column not in places.values()
    ]
    return places, problems


def _unknown_heading(text: str, place: int, columns: Sequence[Column]) -> Problem:
    if not text:
        message = f"Kolumn {letter_of(place)} har innehåll men ingen rubrik. Skriv en av mallens rubriker i rad 1."
        return Problem(message)
    near = get_close_matches(text, [column.heading for column in columns], 1)
    remedy = f"Menar du ”{near[0]}”? Rätta rubriken" if near else "Rätta rubriken"
    return Problem(f"Mallen har ingen sådan kolumn. {remedy} eller ta bort kolumnen.", heading=text)


def letter_of(place: int) -> str:
    """Return the letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rows(found: Found, places: Mapping[int, Column], problems: list[Problem]) -> Iterator[SheetRow]:
    where = {column.key: (letter_of(place), column.heading) for place, column in places.items()}
    for number, cells in found.rows:
        row = SheetRow(number, {}, where)
        values: dict[str, Value] = {}
        wrong: list[Problem] = []
        for place, column in places.items():
            cell = cells.get(place, RawCell(None))
            try:
                values[column.key] = _value(cell, column.kind)
            except ValueError as error:
                values[column.key] = None
                wrong.append(row.problem(column.key, str(error)))
                continue
            if column.required and values[column.key] is None:
                wrong.append(row.problem(column.key, f"Fyll i {column.heading.lower()}."))
        problems += wrong
        yield SheetRow(number, values, where)


def _value(cell: RawCell, kind: Kind) -> Value:
    """Return a cell's value.

    Raises:
        ValueError: with the sentence of what to mend.

    """
    if cell.fault:
        raise ValueError(cell.fault)
    if kind is Kind.DAY:
        return _day(cell.value)
    if kind is Kind.WHOLE:
        return _whole(cell.value)
    text = _plain(cell.value)
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"Texten är {len(text)} tecken. Korta den till högst {LONGEST_TEXT}.")
    return text or None


def _plain(value: object) -> str:
    """Return any value as text, without what cannot be seen."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_seen(text)).strip()


def _seen(text: str) -> Iterable[str]:
    return (sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Cn"})


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        text = _plain(value)
        if not text:
            return None
        if isinstance(value, int | float) and not _DAY.match(text):
            raise ValueError(f"{text} är ett tal och inget datum. {_NOT_DAY}")
        parts = _DAY.match(text)
        try:
            value = date(*(int(part) for part in parts.groups())) if parts else None
        except ValueError:
            value = None
        if value is None:
            raise ValueError(f"”{text[:40]}” är inget datum. {_NOT_DAY}")
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"Året ska ligga mellan {FIRST_DAY.year} och {LAST_DAY.year}.")
    return value


def _whole(value: object) -> int | None:
    text = _plain(value)
    if not text:
        return None
    if isinstance(value, bool | date) or not _WHOLE.match(text):
        raise ValueError(f"”{text[:40]}” går inte att läsa. {_NOT_WHOLE}")
    number = int(re.sub(r"[^\d-]", "", text.partition(",")[0]))
    if abs(number) > LARGEST_WHOLE:
        raise ValueError("Talet är för stort.")
    return number
