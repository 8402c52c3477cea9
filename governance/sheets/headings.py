"""The only place that knows which row of a sheet holds the headings, and which column each of them names."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from governance.sheets.limits import HEADINGS_WITHIN, MOST_COLUMNS
from governance.sheets.misread import is_misread, misread
from governance.sheets.spec import Column, Sheet, letters

_FEWEST = 2
"""Headings that a row names before it is taken for a row of them."""
_ALIKE = 0.75


def plain(text: str) -> str:
    """Return a heading without what people write differently: case, spaces, signs, the star of what is required."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum())


class Headings:
    """The headings by which the columns are known."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Take the columns that a sheet may have."""
        self.columns = columns
        self.required = [column for column in columns if column.required]
        self._by_name = {plain(name): column for column in columns for name in (column.heading, *column.also)}

    @property
    def absent(self) -> str:
        """Return the sentence of a file that has no row of headings."""
        names = [f"”{column.heading}”" for column in self.required]
        listed = " och ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        row = "rubriken" if len(names) == 1 else "rubrikerna"
        return (
            f"Filen har ingen rad med {row} {listed}. "
            "Hämta mallen och fyll i den, eller skriv rubrikerna på första raden."
        )

    def named(self, text: str) -> Column | None:
        """Return the column that a heading names."""
        return self._by_name.get(plain(text)) if text else None

    def are_all_in(self, cells: Sequence[str]) -> bool:
        """Tell whether a row names the columns that no sheet is without, and is more than a word among others."""
        found = {column.key for cell in cells if (column := self.named(cell))}
        return bool(found) and all(column.key in found for column in self.required)

    def count_in(self, cells: Iterable[str]) -> int:
        """Return how many cells of a row name a column."""
        return sum(self.named(cell) is not None for cell in cells)

    def row_among(self, rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[int, bool]:
        """Return the number of the row of headings (0 for none) and whether it has those that no sheet is without.

        Args:
            rows: the first ones of the sheet, with their numbers; those with something in them count.

        """
        half = seen = 0
        for number, cells in rows:
            if seen >= HEADINGS_WITHIN:
                break
            if not any(cells):
                continue
            seen += 1
            if self.are_all_in(cells):
                return number, True
            if not half and self.count_in(cells) >= _FEWEST:
                half = number
        return half, False

    def take(self, sheet: Sheet, number: int, cells: Sequence[str]) -> None:
        """Note where each column stands; what is missing, doubled or unknown is told."""
        sheet.heading_row = number
        unknown = []
        for position, cell in enumerate(cells, start=1):
            column = self.named(cell)
            if position > MOST_COLUMNS and cell:
                sheet.tell(
                    f"Bladet har fler än {MOST_COLUMNS} kolumner. Ta bort dem som inte hör till mallen.",
                    *(number, position),
                )
                break
            if column is None:
                unknown += [(position, cell)] if cell else []
            elif column.key in sheet.positions:
                first = letters(sheet.positions[column.key])
                sheet.tell(f"Rubriken ”{cell}” finns redan i kolumn {first}. Ta bort en av dem.", number, position)
            else:
                sheet.positions[column.key] = position
        for position, cell in unknown:
            self._tell_unknown(sheet, number, position, cell)
        for column in self.required:
            if column.key not in sheet.positions:
                sheet.tell(f"Kolumnen ”{column.heading}” saknas. Skriv rubriken som i mallen.", number)

    def _tell_unknown(self, sheet: Sheet, number: int, position: int, cell: str) -> None:
        """Tell of a column that is not read; one that seems to be a missing one misspelt is to mend."""
        if is_misread(cell):
            sheet.tell(misread(cell), number, position)
            return
        near = get_close_matches(plain(cell), self._by_name, n=1, cutoff=_ALIKE)
        meant = self._by_name[near[0]] if near else None
        if meant is not None and meant.key not in sheet.positions:
            sheet.tell(
                f"Mallen har ingen kolumn ”{cell[:60]}”. Menar du ”{meant.heading}”? "
                "Rätta rubriken, eller ta bort kolumnen.",
                *(number, position),
            )
            return
        ask = f" Menar du ”{meant.heading}”?" if meant else ""
        sheet.notices.append(f"Kolumn {letters(position)} har rubriken ”{cell[:60]}” och läses inte.{ask}")
