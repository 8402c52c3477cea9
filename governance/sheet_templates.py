"""The only writer of empty sheets to fill in: the headings, and a second sheet that says what each column takes."""

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

from governance.sheets import Column, Kind

EXPLAINED = "Så fyller du i"


def empty_workbook(title: str, columns: Sequence[Column], intro: str = "") -> bytes:
    """Return an XLSX with the headings on its first sheet and every column explained on its second.

    Args:
        title: the name of the first sheet, at most 31 characters.
        columns: those of the sheet, in order.
        intro: what is said above the explanations.

    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        formats = {
            Kind.TEXT: text,
            Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            Kind.WHOLE: book.add_format({"num_format": "# ##0", "valign": "top"}),
        }
        sheet = book.add_worksheet(title)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, formats[column.kind])
            sheet.write_string(0, place, heading_of(column), bold)
        sheet.freeze_panes(1, 0)
        explained = book.add_worksheet(EXPLAINED)
        explained.set_column(0, 0, 30)
        explained.set_column(1, 2, 60)
        first = 0
        if intro:
            explained.merge_range(0, 0, 0, 2, intro, text)
            explained.set_row(0, 60)
            first = 2
        for place, word in enumerate(("Kolumn", "Vad den ska innehålla", "Exempel")):
            explained.write_string(first, place, word, bold)
        for number, column in enumerate(columns, first + 1):
            explained.write_string(number, 0, heading_of(column), text)
            explained.write_string(number, 1, column.help, text)
            explained.write_string(number, 2, _shown(column), text)
    return file.getvalue()


def empty_csv(columns: Sequence[Column]) -> bytes:
    """Return a CSV with the headings alone, as Swedish spreadsheets read it."""
    buffer = StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow([heading_of(column) for column in columns])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def heading_of(column: Column) -> str:
    """Return a column's heading with a star where it must be filled in."""
    return f"{column.heading} *" if column.required else column.heading


def _shown(column: Column) -> str:
    if isinstance(column.example, date):
        return column.example.isoformat()
    return "" if column.example is None else str(column.example)
