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

from governance.sheet_templates import empty_csv, empty_workbook
from governance.sheetfiles import LARGEST_FILE
from governance.sheets import Column, Kind, Sheet, Value, letter_of, read_sheet

COLUMNS = (
    Column("namn", "Namn", required=True),
    Column("fran", "Från och med", Kind.DAY),
    Column("antal", "Antal", Kind.WHOLE),
    Column("ovrigt", "Övrigt"),
)
DAYS = "Skriv datumet som år-månad-dag, till exempel 2024-11-22."
FORMULA = "Cellen har en formel. Klistra in värdet i stället: kopiera, och välj Klistra in special, Värden."
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


def told(data: bytes, most_rows: int = 100) -> list[str]:
    return [str(problem) for problem in read(data, most_rows).problems]


WORDS = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" \n"), min_size=1, max_size=60)
TEXTS = WORDS.map(str.strip).filter(bool).filter(lambda words: not words.startswith(("=", "'")))
ROWS = st.lists(
    st.tuples(
        TEXTS,
        st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31)),
        st.none() | st.integers(-(10**12), 10**12),
        st.none() | TEXTS,
    ),
    min_size=1,
    max_size=6,
)


def values(rows: Sequence[Sequence[Value]]) -> list[dict[str, Value]]:
    return [
        {
            column.key: normalize("NFC", value) if isinstance(value, str) else value
            for column, value in zip(COLUMNS, row, strict=True)
        }
        for row in rows
    ]


@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_what_is_written_in_a_workbook_is_read(rows: list[tuple[Value, ...]]) -> None:
    sheet = read(workbook(rows))

    assert sheet.problems == ()
    assert [dict(row.values) for row in sheet.rows] == values(rows)
    assert [row.number for row in sheet.rows] == list(range(2, len(rows) + 2))


@settings(deadline=None, max_examples=60)
@given(ROWS, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8-sig", "utf-8", "utf-16"]))
def test_what_is_written_in_a_text_file_is_read(rows: list[tuple[Value, ...]], sign: str, encoding: str) -> None:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=sign)
    writer.writerow(HEADINGS)
    writer.writerows(["" if value is None else str(value) for value in row] for row in rows)

    sheet = read(buffer.getvalue().encode(encoding))

    assert sheet.problems == ()
    assert [dict(row.values) for row in sheet.rows] == values(rows)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda data: b"PK\x03\x04" + data))
def test_any_file_at_all_is_read_or_refused_in_words(data: bytes) -> None:
    sheet = read(data)

    assert sheet.problems != ()
    assert all(problem.message for problem in sheet.problems)


def test_headings_stand_in_any_order_with_star_and_in_any_case() -> None:
    sheet = read(workbook([[7, "Rut"]], headings=["ANTAL", " namn *"]))

    assert [dict(row.values) for row in sheet.rows] == [{"antal": 7, "namn": "Rut"}]
    assert sheet.problems == ()


def test_a_template_is_read_as_empty_and_its_sheet_is_found_among_several() -> None:
    wanted = ["Bladet har rubriker men inga rader. Fyll i minst en rad under rubrikerna."]

    assert told(empty_workbook("Lista", COLUMNS, "Så här.")) == wanted
    assert told(empty_csv(COLUMNS)) == wanted
    book = openpyxl.load_workbook(BytesIO(empty_workbook("Lista", COLUMNS)))
    book["Lista"].append(["Rut"])
    book.move_sheet("Lista", 1)
    file = BytesIO()
    book.save(file)
    assert [row.text("namn") for row in read(file.getvalue()).rows] == ["Rut"]


def test_everything_wrong_is_told_at_once_with_its_cell() -> None:
    data = workbook(
        [[None, "i våras", "många", "x"], ["Rut", 45618, "1 250 kr", None], ["Malte", "2024-02-30", 1.5, None]]
    )

    assert told(data) == [
        "Rad 2, Namn (A2): Fyll i namn.",
        f"Rad 2, Från och med (B2): ”i våras” är inget datum. {DAYS}",
        "Rad 2, Antal (C2): ”många” går inte att läsa. Skriv ett helt tal, till exempel 1 250 000.",
        f"Rad 3, Från och med (B3): 45618 är ett tal och inget datum. {DAYS}",
        f"Rad 4, Från och med (B4): ”2024-02-30” är inget datum. {DAYS}",
        "Rad 4, Antal (C4): ”1,5” går inte att läsa. Skriv ett helt tal, till exempel 1 250 000.",
    ]
    assert read(data).rows[1].whole("antal") == 1250


def test_headings_that_are_wrong_twice_missing_or_absent_are_told() -> None:
    data = workbook([["x", "y", "z"]], headings=["Nam", "Antal", "antal"])

    assert told(data) == [
        "Kolumnen ”Nam”: Mallen har ingen sådan kolumn. Menar du ”Namn”? Rätta rubriken eller ta bort kolumnen.",
        "Kolumnen ”Antal”: Kolumnen finns två gånger. Ta bort den ena.",
        "Kolumnen ”Namn”: Kolumnen saknas. Lägg till den, med rubriken i rad 1.",
        "Rad 2, Antal (B2): ”y” går inte att läsa. Skriv ett helt tal, till exempel 1 250 000.",
    ]
    assert told(workbook([["Rut"]], headings=["Vem"])) == [
        "Rad 1 ska ha mallens rubriker, minst Namn. Hämta mallen och fyll i den."
    ]
    data = workbook([["Rut", "överst"]], headings=["Namn"])
    assert told(data) == ["Kolumn B har innehåll men ingen rubrik. Skriv en av mallens rubriker i rad 1."]


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
        "Rad 2, Antal (C2): Cellen visar ett fel från kalkylprogrammet. Skriv värdet.",
        "Rad 3: Cellerna A3:B4 är sammanslagna. Dela upp dem så att varje cell har sitt eget värde.",
    ]
    assert told(text([["Rut", "=1+1", "", ""]]))[0].startswith("Rad 2, Från och med (B2): Cellen har en formel")


def test_what_our_own_sheets_guard_against_calculation_comes_back_as_it_was() -> None:
    assert read(text([["'=Rut", "", "", "'-"]])).rows[0].values["namn"] == "=Rut"


def test_files_saved_as_something_else_say_what_they_are() -> None:
    document, sheet = BytesIO(), BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("content.xml", "<x/>")

    assert told(document.getvalue())[0].startswith("Filen är ingen Excel-arbetsbok.")
    assert told(sheet.getvalue())[0].startswith("Filen är ett OpenDocument-blad (.ods).")
    assert told(b"\xd0\xcf\x11\xe0\xa1\xb1")[0].startswith("Filen är sparad i ett äldre Excel-format (.xls)")
    assert told(b"%PDF-1.7 ...")[0].startswith("Filen är varken")
    assert told(b"<html><table></table></html>")[0].startswith("Filen är varken")
    assert told(b"PK\x03\x04 trasig")[0].startswith("Filen är skadad")
    assert told(workbook([["Rut"]])[:900])[0].startswith("Filen är skadad")
    assert told(b"")[0].startswith("Filen är tom")
    assert told(b"x" * (LARGEST_FILE + 1))[0].startswith("Filen är större än 3 MB")


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (41 * 1024 * 1024))

    assert told(file.getvalue()) == [
        "Arbetsboken är för stor när den packas upp. Kopiera listan till en ny, tom arbetsbok."
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_encodings_that_spreadsheets_save_in_are_read(encoding: str) -> None:
    sheet = read(text([["Åsa Öberg", "2024-11-22", "1 250 000", "ä"]], encoding=encoding))

    assert dict(sheet.rows[0].values) == {
        "namn": "Åsa Öberg",
        "fran": date(2024, 11, 22),
        "antal": 1_250_000,
        "ovrigt": "ä",
    }


def test_letters_lost_on_the_way_are_told() -> None:
    wrecked = text([["Åsa", "", "", ""]], encoding="utf-8").decode("cp1252").encode("utf-8")

    assert told(wrecked)[0].startswith("Filens å, ä och ö har blivit andra tecken.")
    assert told(b"Namn;Antal\nR\x81ut;1")[0].startswith("Filen är ingen text")
    assert told(b"Namn;Antal\n\x00;1")[0].startswith("Filen är varken")
    assert told(b'Namn;Antal\n"Rut;1')[0].startswith("Raderna i filen går inte att skilja åt.")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_too_many_rows_are_refused_whole(kind: str) -> None:
    rows = [[f"Person {number}", "", "", ""] for number in range(5000)]
    data = text(rows) if kind == "csv" else workbook(rows)

    assert told(data, most_rows=500) == [
        "Bladet har 5000 rader; här ryms 500. Dela upp listan, eller ta bort tomma rader under den."
    ]


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    sheet = read(workbook([["Rut"], [None], ["Malte"]]))

    assert [row.number for row in sheet.rows] == [2, 4]


def test_a_text_that_is_too_long_is_told() -> None:
    assert told(text([["x" * 20_001, "", "", ""]])) == [
        "Rad 2, Namn (A2): Texten är 20001 tecken. Korta den till högst 20000."
    ]


def test_columns_have_the_letters_of_spreadsheets() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
