"""The only place that writes lists as sheets: XLSX and CSV from the same columns, a part at a time.

Rows come in parts, so that memory does not grow with their number. Text stays text: nothing a person has written
becomes a formula, a link or a number in somebody's spreadsheet.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar, cast

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from governance.permissions import today
from governance.sheets.templates import XLSX

Row = TypeVar("Row")
Cell = str | int | date | None

PART = 200
"""Rows read at a time."""
LONGEST_CELL = 32_000
"""What a cell of a sheet holds, with room to spare."""
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its heading, its width in characters, and what a row has in it."""

    heading: str
    width: int
    value: Callable[[Row], Cell]


def parts(ids: Sequence[int], read: Callable[[Sequence[int]], Sequence[Row]]) -> Iterator[Row]:
    """Yield the rows of these ids in order, `PART` at a time."""
    for start in range(0, len(ids), PART):
        yield from read(ids[start : start + PART])


def as_csv(name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> HttpResponseBase:
    """Return the rows as CSV as Swedish spreadsheets read it: semicolons, UTF-8 with its mark; sent as it is made."""
    response = StreamingHttpResponse(_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(name, "csv")}"'
    return response


def _lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    yield "\ufeff" + _taken(buffer)
    for row in rows:
        writer.writerow([plain(column.value(row)) for column in columns])
        yield _taken(buffer)


def _taken(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def plain(value: Cell) -> str | int:
    """Return a value as a cell of CSV; a text that a spreadsheet would calculate begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


def as_xlsx(name: str, title: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> HttpResponseBase:
    """Return the rows as a workbook with one sheet: the heading stays in sight, dates are dates."""
    # Closed by the response once it is sent.
    file = cast("IO[bytes]", TemporaryFile())  # noqa: SIM115
    write_xlsx(file, title, columns, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name(name, "xlsx"), content_type=XLSX)


def write_xlsx(file: IO[bytes], title: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> None:
    """Write the workbook to a file, a row at a time."""
    options: dict[str, Any] = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        number = book.add_format({"valign": "top"})
        sheet = book.add_worksheet(title[:31])
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.heading, heading)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                match column.value(row):
                    case date() as value:
                        sheet.write_datetime(last, place, value, day)
                    case int() as value:
                        sheet.write_number(last, place, value, number)
                    case str() as value if value:
                        sheet.write_string(last, place, value[:LONGEST_CELL], text)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def file_name(name: str, ending: str) -> str:
    """Return the name a sheet is saved under, with the day it was made."""
    return f"{name}-{today().isoformat()}.{ending}"
