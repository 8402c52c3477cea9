"""The only place that gathers the rows under the headings into a sheet, whatever file they come from."""

import unicodedata
from collections.abc import Sequence

from governance.errors import Refused
from governance.sheets.headings import Headings
from governance.sheets.limits import LONGEST_TEXT, MOST_COLUMNS
from governance.sheets.misread import is_misread, misread
from governance.sheets.spec import Line, Sheet, letters

EXAMPLE = "exempel:"
"""What the first column of the template's example row begins with."""


def clean(text: str) -> str:
    """Return the text of a cell in one shape: composed signs, line feeds between lines, no space around."""
    text = text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Lines:
    """A sheet in the making: the row of headings is taken first, then each row under it."""

    def __init__(self, headings: Headings, most_rows: int) -> None:
        """Begin an empty sheet; `most_rows` is how many rows are taken."""
        self.sheet = Sheet(headings.columns)
        self._headings = headings
        self._most_rows = most_rows
        self._first = headings.columns[0].key if headings.columns else ""
        self._without_heading: set[int] = set()
        self._headed = frozenset[int]()

    def take_headings(self, number: int, cells: Sequence[str]) -> None:
        """Note where each column stands."""
        self._headings.take(self.sheet, number, cells)
        self._headed = frozenset(position for position, cell in enumerate(cells, start=1) if cell)

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Add a row, unless it is empty in every known column or the template's own example.

        Raises:
            Refused: there are more rows than are taken.

        """
        sheet, width = self.sheet, len(cells)
        values: dict[str, str] = {}
        for key, position in sheet.positions.items():
            if position <= width and (text := cells[position - 1]):
                values[key] = text
        if values.get(self._first, "").casefold().startswith(EXAMPLE):
            sheet.notices.append(f"Rad {number} är mallens exempel och läses inte.")
            return
        if sum(map(bool, cells)) > len(values):
            self._see_without_heading(cells)
        if not values:
            return
        if len(sheet.lines) >= self._most_rows:
            raise Refused(f"Filen har fler än {self._most_rows} rader. Dela upp den i flera.", "file")
        whole = "\n".join(values.values())
        if len(whole) > LONGEST_TEXT or is_misread(whole):
            self._tell_odd(number, values)
        sheet.lines.append(Line(number, values))

    def done(self) -> Sheet:
        """Return the sheet, when every row has been taken."""
        for position in sorted(self._without_heading):
            self.sheet.notices.append(f"Kolumn {letters(position)} har innehåll men ingen rubrik och läses inte.")
        return self.sheet

    def _see_without_heading(self, cells: Sequence[str]) -> None:
        for position, cell in enumerate(cells[:MOST_COLUMNS], start=1):
            if cell and position not in self._headed:
                self._without_heading.add(position)

    def _tell_odd(self, number: int, values: dict[str, str]) -> None:
        for key, text in values.items():
            if len(text) > LONGEST_TEXT:
                self.sheet.problems.append(
                    self.sheet.at(number, key, f"Texten är {len(text)} tecken. Korta den till högst {LONGEST_TEXT}.")
                )
            elif is_misread(text):
                self.sheet.problems.append(self.sheet.at(number, key, misread(text)))
