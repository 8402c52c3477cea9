"""The only place that reads CSV: which signs it is written in, what stands between the columns, and its rows."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from io import StringIO

from governance.errors import Refused
from governance.sheets.headings import Headings
from governance.sheets.limits import HEADINGS_WITHIN
from governance.sheets.lines import Lines, clean
from governance.sheets.spec import Sheet

_SEPARATORS = ";,\t"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_STARTS_A_FORMULA = ("=", "+", "-", "@")
_UNREADABLE = "Filens tecken går inte att läsa. Spara den som CSV UTF-8 eller som Excel-arbetsbok (.xlsx)."


def read_csv(data: bytes, headings: Headings, most_rows: int) -> Sheet:
    """Return the rows of a CSV file.

    Raises:
        Refused: it is no text, has no headings, or more rows than are taken.

    """
    lines = Lines(headings, most_rows)
    sheet = lines.sheet
    text = _decode(data, sheet)
    separator = _separator(text, headings)
    heading, _ = headings.row_among(_rows(text, separator, Sheet()))
    rows = _rows(text, separator, sheet)
    if not heading:
        deque(rows, maxlen=0)
        if sheet.problems:
            return sheet
        raise Refused(headings.absent, "file")
    for number, row in rows:
        if number == heading:
            lines.take_headings(number, row)
        elif number > heading:
            _tell_formulas(sheet, number, row)
            lines.take(number, [_unguarded(cell) for cell in row])
    return lines.done()


def _decode(data: bytes, sheet: Sheet) -> str:
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_utf16 else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            break
        if encoding == "cp1252":
            sheet.notices.append(_guessed(text))
        return text.removeprefix("\ufeff")
    raise Refused(_UNREADABLE, "file")


def _guessed(text: str) -> str:
    words = [word.strip(";,\t\"'") for word in re.findall(r"[^\s;,]*[^\x00-\x7f][^\s;,]*", text)]
    sample = ", ".join(f"”{word[:30]}”" for word in words[:3])
    return (
        "Filen är inte sparad som UTF-8 och har lästs som Windows-1252, så som äldre svensk Excel sparar. "
        f"Kontrollera att å, ä och ö blev rätt: {sample}. Är de fel sparar du filen som CSV UTF-8."
    )


def _separator(text: str, headings: Headings) -> str:
    """Return what stands between the columns: what the file says itself, else what gives the most of the headings."""
    first = text.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) == len("sep=;") and first[-1] in _SEPARATORS:
        return first[-1]
    start = "\n".join(text.split("\n", HEADINGS_WITHIN)[:HEADINGS_WITHIN])

    def worth(separator: str) -> tuple[int, int]:
        rows = _rows(start, separator, Sheet())
        return max((headings.count_in(row) for _, row in rows), default=0), start.count(separator)

    return max(_SEPARATORS, key=worth)


def _rows(text: str, separator: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with its number as a spreadsheet counts it."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            sheet.tell(
                "Raden går inte att läsa: ett citattecken saknas eller står fel. Rätta eller ta bort det.",
                number,
            )
            return
        cells = [clean(cell) for cell in row]
        if any(cells) and not (number == 1 and cells[0].lower().startswith("sep=")):
            yield number, cells


def _unguarded(text: str) -> str:
    """Return a text without the apostrophe that our own sheets put before what a spreadsheet would calculate."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS_A_FORMULA) else text


def _tell_formulas(sheet: Sheet, number: int, row: list[str]) -> None:
    for position in sheet.positions.values():
        if position <= len(row) and row[position - 1].startswith("="):
            sheet.tell("Cellen innehåller en formel. Skriv värdet i stället.", number, position)
