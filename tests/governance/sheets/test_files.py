"""Files that are not what they seem: each refused in a sentence that says what to do, or read with a warning."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from governance.errors import Refused
from governance.import_people.columns import MOST_ROWS
from governance.import_people.columns import read_people as read_file
from governance.import_people.spec import Column
from governance.sheets import Problem, Sheet, files, limits
from tests.governance.importing.sheets import HEADS, as_csv, row, saved, with_part, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def zipped(*names: str, **contents: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, contents.get("content", b"<a/>"))
    return file.getvalue()


def names(sheet: Sheet) -> list[str]:
    return [line.values[Column.NAMN] for line in sheet.lines]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "tom"),
        (b"\xef\xbb\xbf\r\n\r\n", "tom"),
        (b"\x00" * 3000, "tom"),
        (b"x" * (limits.MOST_BYTES + 1), "större än 5 MB"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "äldre Excel-format"),
        (b"<html><body><table><tr><td>Namn</td></tr></table></body></html>", "webbsida"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "webbsida eller XML"),
        (b"{\\rtf1 hej}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "image/png"),
        (zipped("word/document.xml"), "Word"),
        (zipped("ppt/presentation.xml"), "PowerPoint"),
        (zipped("xl/workbook.xml", "xl/vbaProject.bin"), "makron"),
        (zipped("xl/workbook.bin"), "binär"),
        (zipped("mimetype", "content.xml"), "OpenDocument"),
        (zipped("hej.txt"), "zip-fil"),
        (zipped("xl/workbook.xml"), "skadad"),
        (xlsx([row()])[:-400], "skadad"),
        (b"PK\x03\x04" + b"\x00" * 100, "skadad"),
        (b"hej", "rubrikerna"),
        (b"a;b;c\n1;2;3\n", "rubrikerna"),
        (b"Namn;E-post\nRut\x00;rut@exempel.test\n", "tecken"),
        (b"Namn;E-post\n\x81\x8d;rut@exempel.test\n", "tecken"),
        (xlsx([row()], heads=["a", "b", "c"]), "rubrikerna"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_a_remedy(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_file(data)

    assert sentence in refusal.value.message
    assert refusal.value.field == "file"


def test_every_byte_cut_from_a_workbook_is_refused_or_read() -> None:
    """Whatever stands in a file, it is a sheet or a sentence; never a failure."""
    data = xlsx([row()])
    outcomes = set()
    for place in range(0, len(data), 97):
        broken = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        try:
            read_file(broken)
            outcomes.add("read")
        except Refused:
            outcomes.add("refused")
    assert "refused" in outcomes


# --- How large -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [xlsx, as_csv])
def test_5000_rows_are_read_and_one_more_is_refused(make: Callable[..., bytes]) -> None:
    rows = [row(f"Exempel {number}", f"e{number}@exempel.test") for number in range(MOST_ROWS)]

    assert len(read_file(make(rows)).lines) == 5000
    with pytest.raises(Refused, match="fler än 5000 rader"):
        read_file(make([*rows, row()]))


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = with_part(xlsx([row()]), SHEET, lambda _: b" " * (limits.MOST_UNPACKED + 1))
    assert len(bomb) < 1_000_000

    with pytest.raises(Refused, match="för stor när den packas upp"):
        read_file(bomb)


def test_a_workbook_of_very_many_parts_is_refused() -> None:
    with pytest.raises(Refused, match="för stor"):
        read_file(zipped("xl/workbook.xml", *(f"xl/media/{number}.xml" for number in range(400))))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1),
        lambda text: text.decode().encode("utf-16"),
        lambda text: text.replace(b'<row r="2"', b'<row r="999999999"'),
        lambda text: text.replace(b'<row r="2"', b'<row r="1048577"'),
        lambda text: text.replace(b'r="A2"', b'r="ZZZZZZZ2"'),
        lambda text: text.replace(b'r="A2"', b'r="hej"'),
        lambda text: text.replace(b"</sheetData>", b""),
        lambda text: text[: len(text) // 2],
    ],
)
def test_a_workbook_with_a_part_that_is_not_as_it_should_be_is_refused(change: Any) -> None:
    with pytest.raises(Refused, match="skadad"):
        read_file(with_part(xlsx([row()]), SHEET, change))


def test_a_row_far_down_is_read_where_it_stands() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(HEADS))
    for place, value in enumerate(row(), start=1):
        sheet.cell(60_000, place, value)

    (line,) = read_file(saved(book)).lines

    assert line.number == 60_000


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    data = with_part(
        xlsx([row(), row("Bo Exempelsson", "bo@exempel.test")]),
        SHEET,
        lambda text: text.replace(b'<dimension ref="A1:H3"', b'<dimension ref="A1:B2"'),
    )

    assert names(read_file(data)) == ["Rut Exempelberg", "Bo Exempelsson"]


def test_more_columns_than_are_taken_are_told() -> None:
    heads = [*HEADS, *(f"Annat {number}" for number in range(60))]

    (problem,) = read_file(xlsx([row()], heads=heads)).problems

    assert (problem.row, problem.message[:31]) == (1, "Bladet har fler än 50 kolumner.")


# --- What a workbook holds -------------------------------------------------------------------------------------------


def test_a_formula_with_a_value_is_read_and_one_without_is_refused_where_it_stands() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx([row(), row("Bo", "bo@exempel.test")])))
    book.active["A2"] = '=CONCATENATE("Rut"," Exempelberg")'
    book.active["C3"] = "=A1"
    data = with_part(
        saved(book),
        SHEET,
        lambda text: (
            text.replace(b'<v></v></c><c r="B2"', b'<v>Rut E</v></c><c r="B2"')
            .replace(b'<v /></c><c r="B2"', b'<v>Rut E</v></c><c r="B2"')
            .replace(b'<c r="A2"', b'<c t="str" r="A2"')
        ),
    )

    sheet = read_file(data)

    assert names(sheet)[0] == "Rut E"
    assert [(problem.place, problem.message) for problem in sheet.problems] == [
        ("C3", "Cellen innehåller en formel som inte är uträknad. Öppna filen i Excel och spara, eller skriv värdet.")
    ]
    assert "2 celler innehåller formler. Värdet som de visar har lästs." in sheet.notices


def test_an_error_in_a_cell_is_told() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx([row()])))
    book.active["D2"] = "#REF!"
    book.active["D2"].data_type = "e"

    assert [problem.place for problem in read_file(saved(book)).problems] == ["D2"]


def test_merged_cells_are_told_and_those_above_the_headings_are_let_be() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx([row(), row("Bo", "bo@exempel.test")])))
    book.active.insert_rows(1)
    book.active["A1"] = "Personer i länet"
    book.active.merge_cells("A1:H1")
    book.active.merge_cells("D3:D4")

    sheet = read_file(saved(book))

    assert sheet.problems == [
        Problem(3, 4, "Cellerna D3:D4 är sammanfogade. Dela upp dem och skriv värdet i varje cell.", "Organ")
    ]


def test_a_hidden_sheet_is_not_read() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx([row()])))
    hidden = book.create_sheet("Gamla")
    hidden.append(list(HEADS))
    hidden.append(row("Dold Exempel", "dold@exempel.test"))
    hidden.sheet_state = "hidden"

    sheet = read_file(saved(book))

    assert names(sheet) == ["Rut Exempelberg"]
    assert "Dolda blad läses inte: ”Gamla”." in sheet.notices


def test_sheets_where_it_cannot_be_known_which_to_read_are_refused() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx([row()])))
    book.active.sheet_state = "hidden"
    book.create_sheet("Tomt")
    with pytest.raises(Refused, match="dolt blad: ”Personer”"):
        read_file(saved(book))

    book.active.sheet_state = "visible"
    book["Personer"].sheet_state = "visible"
    book["Tomt"].append(list(HEADS))
    with pytest.raises(Refused, match="Flera blad har uppgifter: ”Personer”, ”Tomt”"):
        read_file(saved(book))


def test_hidden_rows_are_read_and_told() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx([row(), row("Bo", "bo@exempel.test")])))
    book.active.row_dimensions[3].hidden = True

    sheet = read_file(saved(book))

    assert len(sheet.lines) == 2
    assert "Bladet har dolda rader. De läses som de andra." in sheet.notices


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx([row(starts_on=44_561)])))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    (line,) = read_file(saved(book)).lines

    assert line.values[Column.FRAN] == "46023"


# --- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_whatever_stands_between_and_however_it_is_saved(separator: str, encoding: str) -> None:
    sheet = read_file(as_csv([row("Åsa Öberg, född Ek")], separator=separator, encoding=encoding))

    assert names(sheet) == ["Åsa Öberg, född Ek"]
    guessed = [notice for notice in sheet.notices if "Windows-1252" in notice]
    assert len(guessed) == (encoding == "cp1252")
    assert all("”Åsa”" in notice and "CSV UTF-8" in notice for notice in guessed)


def test_csv_saved_twice_over_is_told_where_it_shows() -> None:
    twice = as_csv([row("Åsa Öberg")], encoding="utf-8").decode("cp1252", "replace").encode()

    (problem,) = [one for one in read_file(twice).problems if one.place == "A2"]

    assert "fel teckenkodning" in problem.message


def test_csv_with_an_open_quote_is_told_at_its_row() -> None:
    data = b'Namn;E-post\r\nRut;rut@exempel.test\r\n"Bo;bo@exempel.test\r\n'

    sheet = read_file(data)

    assert [problem.place for problem in sheet.problems] == ["rad 3"]


def test_csv_rows_are_numbered_as_a_spreadsheet_does() -> None:
    data = b'sep=;\r\nNamn;E-post\r\n\r\n"Rut\r\nExempelberg";rut@exempel.test\r\nBo;bo@exempel.test\r\n'

    assert [line.number for line in read_file(data).lines] == [4, 5]


def test_a_formula_in_csv_is_refused_where_it_stands() -> None:
    sheet = read_file(as_csv([row('=HYPERLINK("x")')]))

    assert [(problem.place, problem.message) for problem in sheet.problems] == [
        ("A2", "Cellen innehåller en formel. Skriv värdet i stället.")
    ]


# --- Headings --------------------------------------------------------------------------------------------------------


def test_other_headings_are_understood_and_unknown_ones_told() -> None:
    heads = ["Mejladress", "PERSON", "Titel", "Grupp", "roll", "Huvudman", "Fr.o.m.", "t.o.m", "Telefon", "Organn"]
    values = ["rut@exempel.test", "Rut", "Chef", "x", "y", "z", "2026-01-01", "", "070", ""]

    sheet = read_file(xlsx([values], heads=heads))

    assert set(sheet.positions) == set(Column)
    assert sheet.notices == [
        "Kolumn I har rubriken ”Telefon” och läses inte.",
        "Kolumn J har rubriken ”Organn” och läses inte. Menar du ”Organ”?",
    ]


def test_every_kind_of_file_that_is_refused_says_how_to_save_it() -> None:
    assert "spara som" in files.SAVE
