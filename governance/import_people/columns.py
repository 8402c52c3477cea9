"""The columns of the sheet that people are read in from, and what is demanded of them together."""

from governance import sheets
from governance.import_people.spec import Column
from governance.sheets import Kind, Sheet

MOST_ROWS = 5_000
"""Rows with something in them, the headings left out."""
COLUMNS: tuple[sheets.Column, ...] = (
    sheets.Column(
        Column.NAMN,
        "Namn",
        required=True,
        width=28,
        help="För- och efternamn, så som det står i protokoll. Måste finnas.",
        also=("för- och efternamn", "person", "fullständigt namn"),
    ),
    sheets.Column(
        Column.EPOST,
        "E-post",
        required=True,
        width=32,
        help="Adressen som personen loggar in med. Måste finnas. Samma adress är samma person.",
        also=("e-postadress", "epost", "epostadress", "mejl", "mail", "e-mail", "email", "mejladress"),
    ),
    sheets.Column(
        Column.BEFATTNING,
        "Befattning",
        width=26,
        help="Vad personen arbetar som. Får vara tomt.",
        also=("titel", "yrkestitel", "tjänst"),
    ),
    sheets.Column(
        Column.ORGAN,
        "Organ",
        width=38,
        help="Organets namn eller kod; se bladet Organ och roller. Tomt om personen bara ska läggas upp.",
        also=("grupp", "organkod", "organ (namn eller kod)"),
    ),
    sheets.Column(
        Column.ROLL,
        "Roll",
        width=18,
        help="Rollen i organet. Måste finnas när organ är ifyllt.",
        also=("uppdrag", "roll i organet"),
    ),
    sheets.Column(
        Column.FORETRADER,
        "Företräder",
        width=26,
        help="Organisationen som personen talar för. Måste finnas i organ som räknar organisationer.",
        also=("organisation", "företräder organisation", "huvudman"),
    ),
    sheets.Column(
        Column.FRAN,
        "Från",
        Kind.DAY,
        width=13,
        help="Uppdragets första dag: 2026-11-03. Måste finnas när organ är ifyllt.",
        also=("från och med", "fr.o.m.", "start", "startdatum", "första dag"),
    ),
    sheets.Column(
        Column.TILL,
        "Till",
        Kind.DAY,
        width=13,
        help="Uppdragets sista dag, som räknas in. Tomt betyder tills vidare.",
        also=("till och med", "t.o.m.", "slut", "slutdatum", "sista dag"),
    ),
)
OF_MEMBERSHIP = (Column.ORGAN, Column.ROLL, Column.FRAN)


def read_people(data: bytes) -> Sheet:
    """Return what a file holds; a sheet with some of the columns of a membership has those that none is without.

    Raises:
        Refused: the file cannot be read at all.

    """
    sheet = sheets.read_sheet(data, COLUMNS, most_rows=MOST_ROWS)
    missing = [column for column in OF_MEMBERSHIP if column not in sheet.positions]
    if missing and any(column in sheet.positions for column in (*OF_MEMBERSHIP, Column.TILL, Column.FORETRADER)):
        for column in missing:
            sheet.tell(
                f"Kolumnen ”{sheet.heading(column)}” saknas. Den behövs när filen har uppdrag; "
                "skriv rubriken som i mallen.",
                sheet.heading_row,
            )
    return sheet
