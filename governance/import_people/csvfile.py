"""The only place that reads CSV: which signs it is written in, what stands between the columns, and its rows."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from governance.errors import Refused
from governance.import_people.headings import is_heading_row, knows_some, take_headings, take_line
from governance.import_people.limits import HEADINGS_WITHIN, MOST_ROWS
from governance.import_people.spec import HEADINGS, Column, Sheet

_SEPARATORS = ";,\t"
_MISREAD = re.compile("Ã[\u0080-¿¥¤¶„…–—]|\ufffd")
"""What å, ä and ö become when UTF-8 has been saved as if it were Windows-1252."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
NO_HEADINGS = (
    f"Filen har ingen rad med rubrikerna ”{HEADINGS[Column.NAMN]}” och ”{HEADINGS[Column.EPOST]}”. "
    "Hämta mallen och fyll i den, eller skriv rubrikerna på första raden."
)
TOO_MANY = f"Filen har fler än {MOST_ROWS} rader. Dela upp den i flera."


def read_csv(data: bytes) -> Sheet:
    """Return the rows of a CSV file.

    Raises:
        Refused: it is no text, or has no headings.

    """
    sheet = Sheet()
    text = _decode(data, sheet)
    rows = list(_rows(text, _separator(text), sheet))
    found = next((place for place, (_, row) in enumerate(rows[:HEADINGS_WITHIN]) if is_heading_row(row)), None)
    if found is None:
        found = next((place for place, (_, row) in enumerate(rows[:HEADINGS_WITHIN]) if knows_some(row)), None)
    if found is None:
        if sheet.problems:
            return sheet
        raise Refused(NO_HEADINGS, "file")
    take_headings(sheet, *rows[found])
    for number, row in rows[found + 1 :]:
        _tell_odd(sheet, number, row)
        take_line(sheet, number, row)
        if len(sheet.lines) > MOST_ROWS:
            raise Refused(TOO_MANY, "file")
    return sheet


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
    raise Refused("Filens tecken går inte att läsa. Spara den som CSV UTF-8 eller som Excel-arbetsbok (.xlsx).", "file")


def _guessed(text: str) -> str:
    words = [word.strip(";,\t\"'") for word in re.findall(r"[^\s;,]*[^\x00-\x7f][^\s;,]*", text)]
    sample = ", ".join(f"”{word[:30]}”" for word in words[:3])
    return (
        "Filen är inte sparad som UTF-8 och har lästs som Windows-1252, så som äldre svensk Excel sparar. "
        f"Kontrollera att å, ä och ö blev rätt: {sample}. Är de fel sparar du filen som CSV UTF-8."
    )


def _separator(text: str) -> str:
    """Return what stands between the columns: what the file says itself, else what the first lines hold most of."""
    first = text.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) == len("sep=;") and first[-1] in _SEPARATORS:
        return first[-1]
    start = "\n".join(text.split("\n")[:HEADINGS_WITHIN])
    for separator in _SEPARATORS:
        try:
            read = list(csv.reader(StringIO(start, newline=""), delimiter=separator))
        except csv.Error:
            continue
        if any(is_heading_row([cell.strip() for cell in row]) for row in read):
            return separator
    return max(_SEPARATORS, key=start.count)


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
            sheet.problem(
                "Raden går inte att läsa: ett citattecken saknas eller står fel. Rätta eller ta bort det.",
                number,
            )
            return
        cells = [cell.strip() for cell in row]
        if any(cells) and not cells[0].lower().startswith("sep="):
            yield number, cells


def _tell_odd(sheet: Sheet, number: int, row: list[str]) -> None:
    known = set(sheet.positions.values())
    for position, cell in enumerate(row, start=1):
        if position in known and cell.startswith("="):
            sheet.problem("Cellen innehåller en formel. Skriv värdet i stället.", number, position)
        elif position in known and _MISREAD.search(cell):
            sheet.problem(
                f"”{cell[:40]}” har sparats med fel teckenkodning: å, ä eller ö har blivit andra tecken. "
                "Spara filen på nytt som CSV UTF-8, eller skriv om texten.",
                number,
                position,
            )
