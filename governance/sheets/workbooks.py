"""The only place that reads a workbook: bounded before it is unpacked, values alone, one visible sheet."""

import warnings
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from governance.errors import Refused
from governance.sheets.bounds import DAMAGED, Part, look_through, range_of
from governance.sheets.days import DAYS_FROM_1904
from governance.sheets.headings import Headings
from governance.sheets.limits import MOST_COLUMNS
from governance.sheets.lines import Lines, clean
from governance.sheets.spec import EXPLAINED, Kind, Sheet

_FAILURES = (
    *(BadZipFile, InvalidFileException, ExpatError, SyntaxError, zlib.error, EOFError, OSError, KeyError, IndexError),
    *(
        ValueError,
        TypeError,
        AttributeError,
        NotImplementedError,
        RuntimeError,
        OverflowError,
        ArithmeticError,
        AssertionError,
    ),
)
"""What reading a workbook that is not as it should be raises, in its libraries."""
_TOP = 1_000
"""Rows among which the headings are looked for, empty ones included."""


def read_xlsx(data: bytes, headings: Headings, most_rows: int) -> Sheet:
    """Return the rows of the one visible sheet that has the headings.

    Raises:
        Refused: the workbook cannot be read, unpacks to too much, has no such sheet or several, or more rows than are
            taken.

    """
    try:
        parts = look_through(data)
        with warnings.catch_warnings():
            # What a workbook has that is not read (validation lists, odd styles) is nothing to tell.
            warnings.simplefilter("ignore")
            return _read(data, parts, Lines(headings, most_rows), headings)
    except Refused:
        raise
    except _FAILURES:
        raise Refused(DAMAGED, "file") from None


def _read(data: bytes, parts: Mapping[str, Part], lines: Lines, headings: Headings) -> Sheet:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    try:
        chosen, heading, notices = _choose(book, headings)
        part = parts[_path(chosen)]
        formulas = _formulas(data, chosen.title) if part.has_formulas else frozenset()
        sheet = _rows_of(chosen, heading, formulas, lines, is_1904=book.epoch == CALENDAR_MAC_1904)
    finally:
        book.close()
    sheet.notices[:0] = notices
    if part.hides_rows:
        sheet.notices.append("Bladet har dolda rader. De läses som de andra.")
    for left, top, right, bottom in part.merged:
        if bottom >= heading:
            cells = range_of((left, top, right, bottom))
            sheet.tell(f"Cellerna {cells} är sammanfogade. Dela upp dem och skriv värdet i varje cell.", top, left)
    return sheet


def _path(worksheet: Any) -> str:
    return str(worksheet._worksheet_path).lstrip("/")  # noqa: SLF001 - the only way to a sheet's own part


def _choose(book: Any, headings: Headings) -> tuple[Any, int, list[str]]:
    """Return the sheet to read, the number of its row of headings, and what to tell of the others."""
    found = []
    hidden, half = [], []
    for worksheet in book.worksheets:
        if worksheet.title == EXPLAINED:
            continue
        number, whole = headings.row_among(_start_of(worksheet))
        if number and worksheet.sheet_state != "visible":
            hidden.append(worksheet.title)
        elif whole:
            found.append((worksheet, number))
        elif number:
            half.append((worksheet, number))
    found = found or half[:1]
    names = ", ".join(f"”{title}”" for title in hidden)
    if not found:
        raise Refused(
            f"Uppgifterna ligger på ett dolt blad: {names}. Visa bladet." if hidden else headings.absent, "file"
        )
    if len(found) > 1:
        several = ", ".join(f"”{worksheet.title}”" for worksheet, _ in found)
        raise Refused(f"Flera blad har uppgifter: {several}. Lämna ett av dem kvar.", "file")
    notices = [f"Dolda blad läses inte: {names}."] if hidden else []
    return (*found[0], notices)


def _start_of(worksheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows at the top, where the headings are looked for."""
    for number, row in _cells(worksheet):
        if number > _TOP:
            return
        yield number, [_text(cell.value) for cell in row]


def _cells(worksheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield each row with its number, whatever the sheet says of its own size."""
    if not hasattr(worksheet, "reset_dimensions"):
        return
    worksheet.reset_dimensions()
    skipped = None
    for number, row in enumerate(worksheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        # The library gives one and the same row for all that a sheet skips, a million of them if need be.
        if row is not skipped:
            yield number, row
        skipped = row


def _formulas(data: bytes, title: str) -> frozenset[tuple[int, int]]:
    """Return row and column of each cell that holds a formula; the values come from another reading."""
    book = load_workbook(BytesIO(data), read_only=True)
    try:
        return frozenset(
            (number, position)
            for number, row in _cells(book[title])
            for position, cell in enumerate(row, start=1)
            if getattr(cell, "data_type", "") == "f"
        )
    finally:
        book.close()


def _rows_of(
    worksheet: Any, heading: int, formulas: frozenset[tuple[int, int]], lines: Lines, *, is_1904: bool
) -> Sheet:
    sheet = lines.sheet
    days: list[int] = []
    calculated = 0
    for number, row in _cells(worksheet):
        if number < heading:
            continue
        cells = [_text(cell.value) for cell in row]
        if number == heading:
            lines.take_headings(number, cells)
            days = _days_of(sheet) if is_1904 else []
            continue
        if formulas or any(cells):
            _shift(cells, days, row)
            calculated += _tell_odd(sheet, number, row, formulas)
            lines.take(number, cells)
    if calculated:
        sheet.notices.append(
            "En cell innehåller en formel. Värdet som den visar har lästs."
            if calculated == 1
            else f"{calculated} celler innehåller formler. Värdet som de visar har lästs."
        )
    return lines.done()


def _days_of(sheet: Sheet) -> list[int]:
    days = (column.key for column in sheet.columns if column.kind is Kind.DAY)
    return [sheet.positions[key] for key in days if key in sheet.positions]


def _shift(cells: list[str], days: list[int], row: tuple[Any, ...]) -> None:
    """Let a plain number in a column of days count from 1900 in a workbook that counts from 1904."""
    for position in days:
        if (
            position <= len(cells)
            and isinstance(row[position - 1].value, int | float)
            and cells[position - 1].isdecimal()
        ):
            cells[position - 1] = str(int(cells[position - 1]) + DAYS_FROM_1904)


def _tell_odd(sheet: Sheet, number: int, row: tuple[Any, ...], formulas: frozenset[tuple[int, int]]) -> int:
    """Tell cells that are errors or were never calculated; return how many hold a formula with a value."""
    calculated = 0
    for position in sheet.positions.values():
        cell = row[position - 1] if position <= len(row) else None
        kind = getattr(cell, "data_type", "")
        is_formula = (number, position) in formulas
        if kind == "e":
            sheet.tell(f"Cellen visar felet {_text(getattr(cell, 'value', ''))}. Skriv värdet.", number, position)
        elif is_formula and _text(getattr(cell, "value", None)) == "":
            sheet.tell(
                "Cellen innehåller en formel som inte är uträknad. Öppna filen i Excel och spara, eller skriv värdet.",
                number,
                position,
            )
        calculated += is_formula
    return calculated


def _text(value: Any) -> str:
    """Return a cell's value as it is kept and checked: text, as a Swedish spreadsheet shows it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value.replace("_x000D_", "") if "_x000D_" in value else value)
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return str(value.date() if isinstance(value, datetime) else value)
