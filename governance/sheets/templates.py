"""The only writer of sheets to fill in: headings, a marked example, and what each column takes; or the same as CSV."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from governance.sheets.days import FORM
from governance.sheets.spec import EXPLAINED, Column, Kind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
EXAMPLE = "Exempel: "
"""What the example begins with, by which it is known and never read."""
RULES = (
    f"Raden som börjar med ”{EXAMPLE.strip()}” läses inte. Ta bort den eller låt den stå.",
    "Kolumner med stjärna måste finnas.",
    "Sammanfogade celler läses inte. Formler läses som det värde de visar.",
)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of the sheet of lists: its heading, what stands in it, and the column that it is to choose from for."""

    heading: str
    values: Sequence[str] = ()
    key: str = ""
    width: int = 24


def as_workbook(  # noqa: PLR0913 - the parts of a template
    title: str,
    columns: Sequence[Column],
    *,
    rules: Sequence[str],
    most_rows: int,
    example: Mapping[str, str] | None = None,
    lists_title: str = "",
    lists: Sequence[Listed] = (),
) -> bytes:
    """Return an XLSX: a sheet to fill in, one that explains, and one of lists to choose from where there are any.

    Args:
        title: the name of the first sheet, at most 31 characters.
        columns: those of the sheet, in order.
        rules: what is said under the explanations, beside what is true of every sheet.
        most_rows: rows that are taken.
        example: what the example says in each column; what the columns themselves say when it is left out.
        lists_title: the name of the sheet of lists.
        lists: its columns.

    """
    file, shown = BytesIO(), _example(columns, example)
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": title})
        formats = _Formats(book)
        sheet = book.add_worksheet(title)
        _to_fill_in(sheet, columns, shown, formats)
        _explained(book.add_worksheet(EXPLAINED), columns, shown, (*rules, *RULES), formats)
        _guided(sheet, columns, most_rows)
        if lists:
            _listed(book.add_worksheet(lists_title), lists, formats)
            _chosen(sheet, columns, lists_title, lists, most_rows)
    return file.getvalue()


def as_csv(columns: Sequence[Column], example: Mapping[str, str] | None = None) -> bytes:
    """Return a CSV of headings and example as Swedish spreadsheets read it: semicolons, UTF-8 with its mark."""
    shown, buffer = _example(columns, example), StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading_of(column) for column in columns)
    writer.writerow(shown[column.key] for column in columns)
    return ("\ufeff" + buffer.getvalue()).encode()


def heading_of(column: Column) -> str:
    """Return a column's heading with a star where it must be there."""
    return f"{column.heading} *" if column.required else column.heading


def _example(columns: Sequence[Column], said: Mapping[str, str] | None) -> dict[str, str]:
    """Return the example by key, marked in the first column."""
    shown = {column.key: column.example if said is None else said.get(column.key, "") for column in columns}
    return shown | {columns[0].key: EXAMPLE + shown[columns[0].key]}


class _Formats:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.example = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
        self.prose = book.add_format({"text_wrap": True, "valign": "top"})
        self.of = {
            Kind.TEXT: book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            Kind.WHOLE: book.add_format({"num_format": "# ##0", "valign": "top"}),
        }


def _to_fill_in(sheet: Any, columns: Sequence[Column], shown: Mapping[str, str], formats: _Formats) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, formats.of[column.kind])
        sheet.write_string(0, place, heading_of(column), formats.heading)
        if shown[column.key]:
            sheet.write_string(1, place, shown[column.key], formats.example)
    sheet.freeze_panes(1, 0)


def _explained(
    sheet: Any, columns: Sequence[Column], shown: Mapping[str, str], rules: Sequence[str], formats: _Formats
) -> None:
    for place, (word, width) in enumerate((("Kolumn", 28), ("Vad du skriver", 80), ("Exempel", 40))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, word, formats.heading)
    for number, column in enumerate(columns, start=1):
        cells = (heading_of(column), column.help, shown[column.key].removeprefix(EXAMPLE))
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text, formats.prose)
    for number, rule in enumerate(rules, start=len(columns) + 2):
        sheet.write_string(number, 1, rule, formats.prose)


def _guided(sheet: Any, columns: Sequence[Column], most_rows: int) -> None:
    """Say at each day how it is written."""
    for place, column in enumerate(columns):
        if column.kind is Kind.DAY:
            said = {"validate": "any", "input_title": column.heading, "input_message": FORM}
            sheet.data_validation(2, place, most_rows, place, said)


def _listed(sheet: Any, lists: Sequence[Listed], formats: _Formats) -> None:
    for place, one in enumerate(lists):
        sheet.set_column(place, place, one.width)
        sheet.write_string(0, place, one.heading, formats.heading)
        for number, text in enumerate(one.values, start=1):
            sheet.write_string(number, place, text, formats.prose)
    sheet.freeze_panes(1, 0)


def _chosen(sheet: Any, columns: Sequence[Column], title: str, lists: Sequence[Listed], most_rows: int) -> None:
    """Offer what is listed to choose from; something else may be written and is checked when the file is sent in."""
    places = {column.key: place for place, column in enumerate(columns)}
    for number, one in enumerate(lists):
        if not one.key or not one.values:
            continue
        place, name = places[one.key], xl_col_to_name(number)
        said = {
            "validate": "list",
            "error_type": "warning",
            "error_title": columns[place].heading,
            "error_message": f"Det här finns inte i listan på bladet {title}.",
            "source": f"='{title}'!${name}$2:${name}${len(one.values) + 1}",
        }
        sheet.data_validation(2, place, most_rows, place, said)
