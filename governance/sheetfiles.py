"""The only place that opens the files of sheets: XLSX by openpyxl, CSV in the encodings that spreadsheets save it in.

Cells come out as they lie there; what they mean is asked by `governance.sheets`.
"""

import csv
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import openpyxl

LARGEST_FILE = 3 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
"""Bytes of a workbook when it is unpacked; more is no list that a person has written."""
MOST_COLUMNS = 100

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SAVE_AS = "Öppna den i ditt kalkylprogram och välj Spara som: Excel-arbetsbok (.xlsx) eller CSV UTF-8."
_MISREAD = re.compile("Ã[¤¥¶…„–]|ï¿½|\ufffd")
"""What å, ä and ö become when UTF-8 is read as something else and saved again."""
_FORMULA = "Cellen har en formel. Klistra in värdet i stället: kopiera, och välj Klistra in special, Värden."
_FAULT = "Cellen visar ett fel från kalkylprogrammet. Skriv värdet."
_STARTS_A_FORMULA = ("=", "+", "-", "@")


class Unreadable(Exception):  # noqa: N818 - reads as what has happened
    """The file is no sheet that can be read; the message says what it is and how to save it."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it lies in the file; `fault` is the sentence of why its value cannot be taken."""

    value: object
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The cells of a sheet: the headings by column, the rows that hold something, and what is wrong with whole rows."""

    headings: Mapping[int, RawCell]
    rows: Sequence[tuple[int, Mapping[int, RawCell]]]
    problems: Sequence[tuple[int, str]] = ()

    @property
    def columns(self) -> list[int]:
        """Return the columns that have something in them, counted from 0."""
        return sorted({*self.headings, *(place for _, cells in self.rows for place in cells)})


def cells_of(data: bytes, headings: Collection[str], *, most_rows: int) -> Found:
    """Return the cells of the sheet that has the headings, or else of the first one.

    Args:
        data: the whole file.
        headings: those to look for, in small letters.
        most_rows: rows below the headings that are taken.

    Raises:
        Unreadable: it is no such file, or too much.

    """
    if not data.strip():
        raise Unreadable("Filen är tom. Välj den fil som du har fyllt i.")
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"Filen är större än {LARGEST_FILE // 1024 // 1024} MB. Ta bort bilder och dela upp bladet.")
    if data.startswith(b"PK"):
        return _from_workbook(data, headings, most_rows)
    return _from_text(data, headings, most_rows)


def _too_long(count: int, most: int) -> Unreadable:
    return Unreadable(
        f"Bladet har {count} rader; här ryms {most}. Dela upp listan, eller ta bort tomma rader under den."
    )


def _from_workbook(data: bytes, headings: Collection[str], most_rows: int) -> Found:
    _refuse_other_archives(data)
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves out (drop-down lists, colours) is nothing that is read here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), keep_links=False)
    except Exception as error:  # a damaged workbook breaks in as many ways as it has parts
        raise Unreadable(f"Filen är skadad och går inte att öppna. {_SAVE_AS}") from error
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise Unreadable("Arbetsboken har inget synligt blad.")
    return _from_worksheet(next((one for one in sheets if _has_headings(one, headings)), sheets[0]), most_rows)


def _refuse_other_archives(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(f"Filen är skadad och går inte att öppna. {_SAVE_AS}") from None
    if "xl/workbook.xml" not in names:
        what = "ett OpenDocument-blad (.ods)" if "content.xml" in names else "ingen Excel-arbetsbok"
        raise Unreadable(f"Filen är {what}. {_SAVE_AS}")
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable("Arbetsboken är för stor när den packas upp. Kopiera listan till en ny, tom arbetsbok.")


def _has_headings(sheet: Any, headings: Collection[str]) -> bool:
    first = next(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS, values_only=True), ())
    words = {" ".join(str(value).replace("*", " ").casefold().split()) for value in first if value is not None}
    return bool(words & set(headings))


def _from_worksheet(sheet: Any, most_rows: int) -> Found:
    if sheet.max_row > most_rows + 1:
        raise _too_long(sheet.max_row - 1, most_rows)
    lines = [
        (number, {place: raw for place, cell in enumerate(cells) if (raw := _of_cell(cell)) is not None})
        for number, cells in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)), 1)
    ]
    merged = [
        (area.min_row, f"Cellerna {area.coord} är sammanslagna. Dela upp dem så att varje cell har sitt eget värde.")
        for area in sheet.merged_cells.ranges
    ]
    return Found(lines[0][1] if lines else {}, [line for line in lines[1:] if line[1]], sorted(merged))


def _of_cell(cell: Any) -> RawCell | None:
    kind, value = getattr(cell, "data_type", "n"), cell.value
    if kind == "f":
        return RawCell(None, _FORMULA)
    if kind == "e":
        return RawCell(None, _FAULT)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return RawCell(value.replace("_x000D_", "") if isinstance(value, str) else value)


def _from_text(data: bytes, headings: Collection[str], most_rows: int) -> Found:
    text = _decoded(data)
    lines: list[tuple[int, dict[int, RawCell]]] = []
    try:
        for number, cells in enumerate(_records(text, headings), 1):
            line = {place: _of_text(cell) for place, cell in enumerate(cells[:MOST_COLUMNS]) if cell.strip()}
            if number == 1 or line:
                lines.append((number, line))
            if len(lines) > most_rows + 1:
                raise _too_long(sum(1 for _ in text.splitlines()) - 1, most_rows)
    except csv.Error:
        raise Unreadable(f"Raderna i filen går inte att skilja åt. {_SAVE_AS}") from None
    return Found(lines[0][1] if lines else {}, lines[1:])


def _records(text: str, headings: Collection[str]) -> Iterator[list[str]]:
    """Yield the rows, parted by the sign that gives the most of the headings."""
    first = text.lstrip("\n").partition("\n")[0]
    counted = Counter(
        {
            sign: len({" ".join(word.strip('"* ').casefold().split()) for word in first.split(sign)} & set(headings))
            for sign in (";", ",", "\t")
        }
    )
    return csv.reader(StringIO(text, newline=""), delimiter=counted.most_common(1)[0][0], strict=True)


def _of_text(cell: str) -> RawCell:
    if cell.lstrip().startswith("="):
        return RawCell(None, _FORMULA)
    # Our own sheets put an apostrophe before what a spreadsheet would calculate.
    return RawCell(cell[1:] if cell.startswith("'") and cell[1:].startswith(_STARTS_A_FORMULA) else cell)


def _decoded(data: bytes) -> str:
    """Return a text file's text.

    Raises:
        Unreadable: it is no text, or its letters are lost.

    """
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(f"Filen är sparad i ett äldre Excel-format (.xls) eller har ett lösenord. {_SAVE_AS}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise Unreadable(f"Filen är ingen text och inget blad som går att läsa. {_SAVE_AS}")
    if "\x00" in text or text.lstrip().startswith(("%PDF", "<", "{\\rtf")):
        raise Unreadable(f"Filen är varken en Excel-arbetsbok eller CSV. {_SAVE_AS}")
    if _MISREAD.search(text):
        raise Unreadable(
            "Filens å, ä och ö har blivit andra tecken. Spara om originalet som CSV UTF-8 eller som .xlsx."
        )
    return text
