"""Sheets for the tests: rows as a workbook or as CSV, good ones and odd ones."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from governance.import_people.columns import COLUMNS
from tests.governance.pages.conftest import DAY

HEADS = tuple(column.heading for column in COLUMNS)
Row = Sequence[Any]
START = date(2026, 1, 1)


def row(  # noqa: PLR0917 - the columns of a sheet
    name: str = "Rut Exempelberg",
    email: str = "rut@exempel.test",
    title: str = "Chef",
    body: str = "Arbetsgruppen mobila team",
    role: str = "Ledamot",
    represents: str = "",
    starts_on: Any = START,
    ends_on: Any = None,
) -> list[Any]:
    """Return a row that is right, but for what is given."""
    return [name, email, title, body, role, represents, starts_on, ends_on]


def xlsx(rows: Iterable[Row], *, heads: Row = HEADS, title: str = "Personer") -> bytes:
    """Return a workbook with these rows under the headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(heads))
    for one in rows:
        sheet.append(list(one))
    return saved(book)


def saved(book: Any) -> bytes:
    """Return a workbook as the bytes of a file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(rows: Iterable[Row], *, heads: Row = HEADS, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return the rows as CSV."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(["" if cell is None else cell for cell in one] for one in rows)
    return buffer.getvalue().encode(encoding)


def with_part(data: bytes, name: str, change: Any) -> bytes:
    """Return a workbook in which a part's bytes are what `change` makes of them; a part that is missing is added."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        for one in names:
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
        if name not in names:
            new.writestr(name, change(b""))
    return file.getvalue()


__all__ = ["DAY", "HEADS", "START", "as_csv", "row", "saved", "with_part", "xlsx"]
