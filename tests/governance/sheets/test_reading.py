"""Reading sheets: what is written comes back, and everything that is wrong has its place and its remedy."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from unicodedata import normalize

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.errors import Refused
from governance.sheets import Column, Kind, Sheet, read_sheet
from governance.sheets.limits import MOST_BYTES, MOST_UNPACKED
from governance.sheets.misread import is_misread
from governance.sheets.spec import NO_ROWS, letters
from governance.sheets.templates import as_csv, as_workbook
from governance.sheets.values import SheetRow, Value, read_values

COLUMNS = (
    Column("namn", "Namn", required=True),
    Column("fran", "Från och med", Kind.DAY),
    Column("antal", "Antal", Kind.WHOLE),
    Column("ovrigt", "Övrigt"),
)
FORMULA = "Cellen innehåller en formel som inte är uträknad. Öppna filen i Excel och spara, eller skriv värdet."
UNPACKED = (
    "Arbetsboken är för stor när den packas upp. "
    "Flytta raderna till mallen, utan bilder och andra blad, och ladda upp den."
)
DAYS = "Skriv dagen som år, månad, dag: 2026-11-03."
HEADINGS = ["Namn", "Från och med", "Antal", "Övrigt"]


def workbook(rows: Sequence[Sequence[object]], *, headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a workbook of these rows as a spreadsheet would save it."""
    file = BytesIO()
    options = {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)
    return file.getvalue()


def text(rows: Sequence[Sequence[str]], sign: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV of these rows."""
    return "\r\n".join(sign.join(row) for row in [HEADINGS, *rows]).encode(encoding)


def read(data: bytes, most_rows: int = 100) -> Sheet:
    return read_sheet(data, COLUMNS, most_rows=most_rows)


def rows(data: bytes) -> list[SheetRow]:
    """Return the rows of a sheet that nothing is wrong with."""
    found, problems = read_values(read(data))
    assert problems == []
    return found


def told(data: bytes, most_rows: int = 100) -> list[str]:
    """Return everything that is to mend, with its place."""
    try:
        return [str(problem) for problem in read_values(read(data, most_rows))[1]]
    except Refused as refusal:
        return [refusal.message]


WORDS = st.text(
    st.characters(categories=("L", "N", "P", "S"), include_characters=" \n"),
    min_size=1,
    max_size=60,
)
TEXTS = WORDS.map(str.strip).filter(bool).filter(lambda words: not (words.startswith(("=", "'")) or is_misread(words)))
SHEETS = st.lists(
    st.tuples(
        TEXTS,
        st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31)),
        st.none() | st.integers(-(10**12), 10**12),
        st.none() | TEXTS,
    ),
    min_size=1,
    max_size=6,
)


def values(written: Sequence[Sequence[Value]]) -> list[dict[str, Value]]:
    return [
        {
            column.key: normalize("NFC", value) if isinstance(value, str) else value
            for column, value in zip(COLUMNS, row, strict=True)
        }
        for row in written
    ]


@settings(deadline=None, max_examples=60)
@given(SHEETS)
def test_what_is_written_in_a_workbook_is_read(written: list[tuple[Value, ...]]) -> None:
    found = rows(workbook(written))

    assert [dict(row.values) for row in found] == values(written)
    assert [row.number for row in found] == list(range(2, len(written) + 2))


@settings(deadline=None, max_examples=60)
@given(SHEETS, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8-sig", "utf-8", "utf-16"]))
def test_what_is_written_in_a_text_file_is_read(written: list[tuple[Value, ...]], sign: str, encoding: str) -> None:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=sign)
    writer.writerow(HEADINGS)
    writer.writerows(["" if value is None else str(value) for value in row] for row in written)

    assert [dict(row.values) for row in rows(buffer.getvalue().encode(encoding))] == values(written)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda data: b"PK\x03\x04" + data))
def test_any_file_at_all_is_read_or_refused_in_words(data: bytes) -> None:
    sentences = told(data)

    assert sentences
    assert all(sentence.endswith((".", "?")) for sentence in sentences)


def test_headings_stand_in_any_order_with_star_and_in_any_case() -> None:
    found = rows(workbook([[7, "Rut"]], headings=["ANTAL", " namn *"]))

    assert [dict(row.values) for row in found] == [{"antal": 7, "namn": "Rut"}]


def test_a_template_is_read_as_empty_and_its_sheet_is_found_among_several() -> None:
    template = as_workbook("Lista", COLUMNS, rules=["Så här."], most_rows=100)

    assert told(template) == [NO_ROWS]
    assert told(as_csv(COLUMNS)) == [NO_ROWS]
    book = openpyxl.load_workbook(BytesIO(template))
    book["Lista"].append(["Rut"])
    book.move_sheet("Lista", 1)
    file = BytesIO()
    book.save(file)
    assert [row.text("namn") for row in rows(file.getvalue())] == ["Rut"]
    assert read(file.getvalue()).notices == ["Rad 2 är mallens exempel och läses inte."]


def test_everything_wrong_is_told_at_once_with_its_cell() -> None:
    data = workbook(
        [[None, "i våras", "många", "x"], ["Rut", 2024, "1 250 kr", None], ["Malte", "2024-02-30", 1.5, None]]
    )

    assert told(data) == [
        "Rad 2, Namn (A2): Fyll i namn.",
        f"Rad 2, Från och med (B2): ”i våras” är ingen dag. {DAYS}",
        "Rad 2, Antal (C2): ”många” går inte att läsa. Skriv ett helt tal, till exempel 1 250 000.",
        f"Rad 3, Från och med (B3): ”2024” är ett tal, ingen dag. {DAYS}",
        f"Rad 4, Från och med (B4): Dagen 2024-02-30 finns inte. {DAYS}",
        "Rad 4, Antal (C4): ”1,5” går inte att läsa. Skriv ett helt tal, till exempel 1 250 000.",
    ]
    assert read_values(read(data))[0][1].whole("antal") == 1250


def test_headings_that_are_wrong_twice_missing_or_absent_are_told() -> None:
    data = workbook([["x", "y", "z"]], headings=["Nam", "Antal", "antal"])

    assert told(data) == [
        "Rad 1: Kolumnen ”Namn” saknas. Skriv rubriken som i mallen.",
        "Rad 1, A1: Mallen har ingen kolumn ”Nam”. Menar du ”Namn”? Rätta rubriken, eller ta bort kolumnen.",
        "Rad 1, C1: Rubriken ”antal” finns redan i kolumn B. Ta bort en av dem.",
        "Rad 2, Antal (B2): ”y” går inte att läsa. Skriv ett helt tal, till exempel 1 250 000.",
    ]
    assert told(workbook([["Rut"]], headings=["Vem"])) == [
        "Filen har ingen rad med rubriken ”Namn”. Hämta mallen och fyll i den, eller skriv rubrikerna på första raden."
    ]


def test_columns_without_a_heading_or_with_another_are_told_and_left_out() -> None:
    data = workbook([["Rut", "överst", "070", None, "x"]], headings=["Namn", "", "Telefon"])

    assert [dict(row.values) for row in rows(data)] == [{"namn": "Rut"}]
    assert read(data).notices == [
        "Kolumn C har rubriken ”Telefon” och läses inte.",
        "Kolumn B har innehåll men ingen rubrik och läses inte.",
        "Kolumn E har innehåll men ingen rubrik och läses inte.",
    ]


def test_formulas_faults_and_merged_cells_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append(["Rut", "=TODAY()", "#REF!", "x"])
    sheet["C2"].data_type = "e"
    sheet.append(["Malte", None, None, "y"])
    sheet.merge_cells("A3:B4")
    file = BytesIO()
    book.save(file)

    assert told(file.getvalue()) == [
        f"Rad 2, Från och med (B2): {FORMULA}",
        "Rad 2, Antal (C2): Cellen visar felet #REF!. Skriv värdet.",
        "Rad 3, Namn (A3): Cellerna A3:B4 är sammanfogade. Dela upp dem och skriv värdet i varje cell.",
    ]
    assert told(text([["Rut", "=1+1", "", ""]])) == [
        "Rad 2, Från och med (B2): Cellen innehåller en formel. Skriv värdet i stället."
    ]


def test_what_our_own_sheets_guard_against_calculation_comes_back_as_it_was() -> None:
    assert rows(text([["'=Rut", "", "", "'-"]]))[0].values == {
        "namn": "=Rut",
        "fran": None,
        "antal": None,
        "ovrigt": "-",
    }


def test_files_saved_as_something_else_say_what_they_are() -> None:
    document, sheet = BytesIO(), BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("mimetype", "x")
        archive.writestr("content.xml", "<x/>")

    assert told(document.getvalue())[0].startswith("Det här är ett Word-dokument.")
    assert told(sheet.getvalue())[0].startswith("Det här är ett OpenDocument-kalkylblad")
    assert told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")[0].startswith("Filen är sparad i ett äldre Excel-format (.xls)")
    assert told(b"%PDF-1.7 ...")[0].startswith("Det här är en PDF")
    assert told(b"<html><table></table></html>")[0].startswith("Det här är en webbsida")
    assert told(b"PK\x03\x04 trasig")[0].startswith("Filen är skadad")
    assert told(workbook([["Rut"]])[:900])[0].startswith("Filen är skadad")
    assert told(b"")[0].startswith("Filen är tom")
    assert told(b"x" * (MOST_BYTES + 1))[0].startswith("Filen är större än 5 MB")


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (MOST_UNPACKED + 1))

    assert told(file.getvalue()) == [UNPACKED]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_encodings_that_spreadsheets_save_in_are_read(encoding: str) -> None:
    found = rows(text([["Åsa Öberg", "2024-11-22", "1 250 000", "ä"]], encoding=encoding))

    assert dict(found[0].values) == {
        "namn": "Åsa Öberg",
        "fran": date(2024, 11, 22),
        "antal": 1_250_000,
        "ovrigt": "ä",
    }


def test_letters_lost_on_the_way_are_told() -> None:
    wrecked = text([["Åsa", "", "", ""]], encoding="utf-8").decode("cp1252").encode("utf-8")

    for data in (wrecked, workbook([["Ã…sa"]])):
        assert told(data)[-1].startswith("Rad 2, Namn (A2): ”Ã…sa” har sparats med fel teckenkodning")
    assert told(wrecked)[0].startswith("Rad 1, B1: ”FrÃ¥n och med” har sparats med fel teckenkodning")
    assert told(b"Namn;Antal\nR\x81ut;1")[0].startswith("Filens tecken går inte att läsa.")
    assert told(b"Namn;Antal\n\x00;1")[0].startswith("Filens tecken går inte att läsa.")
    assert told(b'Namn;Antal\n"Rut;1')[0].startswith("Rad 2: Raden går inte att läsa: ett citattecken saknas")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_too_many_rows_are_refused_whole(kind: str) -> None:
    written = [[f"Person {number}", "", "", ""] for number in range(501)]
    data = text(written) if kind == "csv" else workbook(written)

    assert told(data, most_rows=500) == ["Filen har fler än 500 rader. Dela upp den i flera."]
    assert told(data, most_rows=501) == []


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    assert [row.number for row in rows(workbook([["Rut"], [None], ["Malte"]]))] == [2, 4]


def test_a_text_that_is_too_long_is_told() -> None:
    assert told(text([["x" * 20_001, "", "", ""]])) == [
        "Rad 2, Namn (A2): Texten är 20001 tecken. Korta den till högst 20000."
    ]


def test_columns_have_the_letters_of_spreadsheets() -> None:
    names = ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]

    assert [letters(position) for position in (1, 26, 27, 52, 53, 702, 703)] == names
