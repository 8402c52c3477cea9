"""The only place that makes values of the text in a sheet: days and whole numbers, each fault told at its cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from governance.errors import Refused
from governance.sheets.days import read_day
from governance.sheets.spec import Column, Kind, Line, Problem, Sheet, in_order

FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_WHOLE = 10**15

Value = str | date | int | None

_WHOLE = re.compile(r"-?\d{1,3}(?:[ \xa0\u202f]?\d{3})*(?:,0+)?(?: ?kr)?\Z|-?\d+(?:,0+)?(?: ?kr)?\Z", re.IGNORECASE)
_NOT_WHOLE = "Skriv ett helt tal, till exempel 1 250 000."


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with something in it: its number, and its values by the keys of the columns; None where a cell is empty."""

    number: int
    values: Mapping[str, Value]
    sheet: Sheet

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
        return self.sheet.at(self.number, key, message)


def read_values(sheet: Sheet) -> tuple[list[SheetRow], list[Problem]]:
    """Return the rows with their values, and everything to mend so far, in the order of the sheet.

    What is to mend in the sheet as read is among it; so is a required cell that is empty. Rows with problems are there
    too, with None for what could not be read.
    """
    problems = sheet.told()
    unread = sheet.unread()
    columns = [column for column in sheet.columns if column.key in sheet.positions]
    rows = []
    for line in sheet.lines:
        values: dict[str, Value] = {}
        for column in columns:
            if (line.number, sheet.positions[column.key]) in unread:
                values[column.key] = None
                continue
            try:
                values[column.key] = _value(line, column)
            except Refused as refusal:
                values[column.key] = None
                problems.append(sheet.at(line.number, column.key, refusal.message))
        rows.append(SheetRow(line.number, values, sheet))
    return rows, in_order(problems)


def _value(line: Line, column: Column) -> Value:
    """Return a cell's value.

    Raises:
        Refused: with the sentence of what to mend.

    """
    text = line.values.get(column.key, "")
    if not text:
        if column.required:
            raise Refused(f"Fyll i {column.heading.lower()}.")
        return None
    if column.kind is Kind.DAY:
        return _day(text)
    return _whole(text) if column.kind is Kind.WHOLE else text


def _day(text: str) -> date:
    found = read_day(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused(f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.")
    return found


def _whole(text: str) -> int:
    if not _WHOLE.match(text):
        raise Refused(f"”{text[:40]}” går inte att läsa. {_NOT_WHOLE}")
    number = int(re.sub(r"[^\d-]", "", text.partition(",")[0]))
    if abs(number) > LARGEST_WHOLE:
        raise Refused("Talet är för stort.")
    return number
