"""Small files that would hold a worker for long: each refused in a sentence, before a library reads it."""

from typing import Any

import pytest

from governance.errors import Refused
from governance.import_people.columns import read_people
from governance.sheets import limits
from tests.governance.importing.sheets import row, with_part, xlsx
from workflow.registration.sheet import read_satsningar

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
pytestmark = pytest.mark.timeout(60)
"""Reading what these hold would take minutes; what is refused before that takes a moment."""


def merged(*refs: str) -> Any:
    ranges = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    return lambda text: text.replace(b"</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>".encode())


def rows(content: str) -> Any:
    return lambda text: text.replace(b"</sheetData>", f"{content}</sheetData>".encode())


def wide(columns: int, deep: int, cell: str = "<c><v>1</v></c>") -> str:
    return f"<row>{cell * columns}</row>" * deep


@pytest.mark.parametrize("read", [read_people, read_satsningar])
@pytest.mark.parametrize(
    ("part", "change", "sentence"),
    [
        (SHEET, merged("A1:XFD1048576"), "sammanfogade"),
        (SHEET, merged(*(f"A{at}:CV{at + 400}" for at in range(1, 60))), "sammanfogade"),
        (SHEET, merged(*(f"A{at}:B{at}" for at in range(1, limits.MOST_MERGED + 2))), "sammanfogade"),
        (SHEET, rows(wide(2_000, 500)), f"fler än {limits.MOST_CELLS} celler"),
        (SHEET, rows(wide(1_000_000, 1, "<c/>")), f"fler än {limits.MOST_CELLS} celler"),
        (SHEET, rows(wide(2_000, 500).replace("<", "<x:").replace("<x:/", "</x:")), "celler"),
        (SHEET, rows("<row r='7'/>" * 1_000_000), f"fler än {limits.MOST_ROWS_WRITTEN} rader"),
        (SHEET, rows("<row r = '&#49;048577'><c><v>1</v></c></row>"), "skadad"),
        (SHEET, rows("<hyperlink/>" * 500_000), "för stor"),
        (STYLES, lambda text: text.replace(b"</cellXfs>", b"<xf/>" * 500_000 + b"</cellXfs>"), "för stor"),
        (STRINGS, lambda _: b"<sst>" + b"<si><t>x</t></si>" * 500_000 + b"</sst>", "celler"),
        (BOOK, lambda text: text.replace(b"</sheets>", b"<sheet/>" * 200 + b"</sheets>"), "för stor"),
        (BOOK, lambda text: text.replace(b"<sheets>", b"<sheets", 1), "skadad"),
        (STYLES, lambda text: text + b"<", "skadad"),
    ],
)
def test_a_small_file_with_too_much_in_it_is_refused_at_once(read: Any, part: str, change: Any, sentence: str) -> None:
    data = with_part(xlsx([row()]), part, change)
    assert len(data) < 200_000

    with pytest.raises(Refused, match=sentence):
        read(data)


def test_a_part_is_counted_whatever_its_name_says() -> None:
    data = with_part(
        xlsx([row()]), "xl/worksheets/sheet1.png", lambda _: f"<worksheet>{wide(2_000, 500)}</worksheet>".encode()
    )

    with pytest.raises(Refused, match=f"fler än {limits.MOST_CELLS} celler"):
        read_people(data)


@pytest.mark.parametrize("last", ["<row r='1048576'/>", "<row r='1048576' hidden='true'><c s='0'/></row>"])
def test_rows_that_a_sheet_only_skips_cost_nothing(last: str) -> None:
    """Spreadsheets write the last rows there are, when a whole column has a format."""
    data = with_part(xlsx([row()]), SHEET, rows(last))

    assert len(read_people(data).lines) == 1
