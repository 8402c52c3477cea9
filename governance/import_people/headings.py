"""Which row of a sheet holds the headings, and which column each of them names."""

from collections.abc import Sequence
from difflib import get_close_matches

from governance.import_people.limits import LONGEST_CELL, MOST_COLUMNS
from governance.import_people.spec import HEADINGS, Column, Line, Sheet, letters

ALSO: dict[Column, tuple[str, ...]] = {
    Column.NAMN: ("för- och efternamn", "person", "fullständigt namn"),
    Column.EPOST: ("e-postadress", "epost", "epostadress", "mejl", "mail", "e-mail", "email", "mejladress"),
    Column.BEFATTNING: ("titel", "yrkestitel", "tjänst"),
    Column.ORGAN: ("grupp", "organkod", "organ (namn eller kod)"),
    Column.ROLL: ("uppdrag", "roll i organet"),
    Column.FORETRADER: ("organisation", "företräder organisation", "huvudman"),
    Column.FRAN: ("från och med", "fr.o.m.", "start", "startdatum", "första dag"),
    Column.TILL: ("till och med", "t.o.m.", "slut", "slutdatum", "sista dag"),
}
"""Other headings that are understood."""
NEEDED = (Column.NAMN, Column.EPOST)
OF_MEMBERSHIP = (Column.ORGAN, Column.ROLL, Column.FRAN)
EXAMPLE = "exempel:"
"""What the name in the template's example row begins with."""


def plain(text: str) -> str:
    """Return a heading without what people write differently: case, spaces, signs."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


_BY_NAME = {plain(name): column for column in Column for name in (HEADINGS[column], *ALSO[column])}


def is_heading_row(cells: Sequence[str]) -> bool:
    """Tell whether a row names the columns that no file is without."""
    found = {_BY_NAME.get(plain(cell)) for cell in cells if cell}
    return set(NEEDED) <= found


def knows_some(cells: Sequence[str]) -> bool:
    """Tell whether a row names at least two columns, so that it is meant for headings."""
    return len({column for cell in cells if cell and (column := _BY_NAME.get(plain(cell)))}) > 1


def take_headings(sheet: Sheet, number: int, cells: Sequence[str]) -> None:
    """Note where each column stands; what is missing, doubled or unknown is told."""
    for position, cell in enumerate(cells, start=1):
        column = _BY_NAME.get(plain(cell)) if cell else None
        if position > MOST_COLUMNS and cell:
            sheet.problem(
                f"Bladet har fler än {MOST_COLUMNS} kolumner. Ta bort dem som inte hör till mallen.", number, position
            )
            break
        if column is None:
            if cell:
                sheet.notices.append(_unknown(cell, position))
        elif column in sheet.positions:
            first = letters(sheet.positions[column])
            sheet.problem(f"Rubriken ”{cell}” finns redan i kolumn {first}. Ta bort en av dem.", number, position)
        else:
            sheet.positions[column] = position
    _missing(sheet, number)


def _unknown(cell: str, position: int) -> str:
    near = get_close_matches(plain(cell), _BY_NAME, n=1, cutoff=0.75)
    meant = f" Menar du ”{HEADINGS[_BY_NAME[near[0]]]}”?" if near else ""
    return f"Kolumn {letters(position)} har rubriken ”{cell[:60]}” och läses inte.{meant}"


def _missing(sheet: Sheet, number: int) -> None:
    for column in NEEDED:
        if column not in sheet.positions:
            sheet.problem(f"Kolumnen ”{HEADINGS[column]}” saknas. Skriv rubriken som i mallen.", number)
    some = [column for column in (*OF_MEMBERSHIP, Column.TILL, Column.FORETRADER) if column in sheet.positions]
    for column in OF_MEMBERSHIP:
        if some and column not in sheet.positions:
            sheet.problem(
                f"Kolumnen ”{HEADINGS[column]}” saknas. Den behövs när filen har uppdrag; skriv rubriken som i mallen.",
                number,
            )


def take_line(sheet: Sheet, number: int, cells: Sequence[str]) -> None:
    """Add a row, unless it is empty in every known column or the template's own example."""
    values: dict[Column, str] = {}
    for column, position in sheet.positions.items():
        text = cells[position - 1].strip() if position <= len(cells) else ""
        if text:
            values[column] = text[:LONGEST_CELL]
    if values.get(Column.NAMN, "").casefold().startswith(EXAMPLE):
        sheet.notices.append(f"Rad {number} är mallens exempel och läses inte.")
    elif values:
        sheet.lines.append(Line(number, values))
