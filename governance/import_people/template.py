"""The template to fill in: a workbook with the county's bodies and roles to choose among, or the same as CSV."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from governance.import_people.limits import MOST_ROWS
from governance.import_people.spec import DAYS, HEADINGS, Column
from governance.models import Body, County, Organisation, Seat
from governance.permissions import today
from governance.sorting import swedish
from governance.vocabulary import BodyKind, Role

WIDTHS: Mapping[Column, int] = {
    Column.NAMN: 28,
    Column.EPOST: 32,
    Column.BEFATTNING: 26,
    Column.ORGAN: 38,
    Column.ROLL: 18,
    Column.FORETRADER: 26,
    Column.FRAN: 13,
    Column.TILL: 13,
}
EXPLAINED: Mapping[Column, str] = {
    Column.NAMN: "För- och efternamn, så som det står i protokoll. Måste finnas.",
    Column.EPOST: "Adressen som personen loggar in med. Måste finnas. Samma adress är samma person.",
    Column.BEFATTNING: "Vad personen arbetar som. Får vara tomt.",
    Column.ORGAN: "Organets namn eller kod; se bladet Organ och roller. Tomt om personen bara ska läggas upp.",
    Column.ROLL: "Rollen i organet. Måste finnas när organ är ifyllt.",
    Column.FORETRADER: "Organisationen som personen talar för. Måste finnas i organ som räknar organisationer.",
    Column.FRAN: "Uppdragets första dag: 2026-11-03. Måste finnas när organ är ifyllt.",
    Column.TILL: "Uppdragets sista dag, som räknas in. Tomt betyder tills vidare.",
}
RULES = (
    "En rad är ett uppdrag. Den som har flera uppdrag får en rad för varje, med samma e-postadress.",
    "Raden som börjar med ”Exempel:” läses inte. Ta bort den eller låt den stå.",
    "Den som inte står i filen påverkas inte. Ett uppdrag avslutas med en dag i Till på samma rad som förut.",
    "Sammanfogade celler läses inte. Formler läses som det värde de visar.",
    f"Högst {MOST_ROWS} rader i en fil. Samma fil två gånger ändrar ingenting andra gången.",
    "Ingenting skrivs när du laddar upp filen. Du ser först fel och skillnad, och läser sedan in.",
)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def example(bodies: Sequence[Body], organisations: Sequence[Organisation], roles: Sequence[Role]) -> dict[Column, str]:
    """Return the example row, marked so that it is never read."""
    return {
        Column.NAMN: "Exempel: Rut Exempelberg",
        Column.EPOST: "rut.exempelberg@exempel.test",
        Column.BEFATTNING: "Verksamhetschef",
        Column.ORGAN: bodies[0].name if bodies else "",
        Column.ROLL: str(roles[0].label) if roles else "",
        Column.FORETRADER: organisations[0].name if organisations else "",
        Column.FRAN: today().isoformat(),
        Column.TILL: "",
    }


class _County:
    """What the template is made of."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.organisations = list(Organisation.objects.filter(county=county, ended_on=None).order_by(swedish("name")))
        rows = Body.objects.filter(county=county, ended_on=None).order_by("position", "pk")
        self.bodies = sorted(rows, key=lambda body: body.kind == BodyKind.ORGANISATION)
        held: dict[int, set[str]] = {}
        for body_id, role in Seat.objects.filter(body__in=self.bodies).values_list("body", "role"):
            held.setdefault(body_id, set()).add(role)
        self.roles = {body_id: [role for role in Role if role.value in roles] for body_id, roles in held.items()}
        of_any = {role for roles in self.roles.values() for role in roles}
        self.all_roles = [role for role in Role if role in of_any]

    def example(self) -> dict[Column, str]:
        """Return the example row."""
        first = self.bodies[:1]
        roles = self.roles.get(first[0].pk, []) if first else []
        return example(first, self.organisations, roles)


def as_csv(county: County) -> bytes:
    """Return the template as Swedish spreadsheets read CSV: semicolons, UTF-8 with its mark."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS[column] for column in Column)
    row = _County(county).example()
    writer.writerow(row[column] for column in Column)
    return ("\ufeff" + buffer.getvalue()).encode()


def as_xlsx(county: County) -> bytes:
    """Return the template as a workbook: a sheet to fill in, one that explains, one of bodies and their roles."""
    known, file = _County(county), BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": f"Personer och uppdrag i {county}"})
        formats = _Formats(book)
        people, explained, lists = (
            book.add_worksheet(name) for name in ("Personer", "Så fyller du i", "Organ och roller")
        )
        _people(people, known, formats)
        _explained(explained, formats)
        _lists(lists, known, formats)
    return file.getvalue()


class _Formats:
    def __init__(self, book: Any) -> None:
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.example = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
        self.prose = book.add_format({"text_wrap": True, "valign": "top"})


def _people(sheet: Any, known: _County, formats: _Formats) -> None:
    row = known.example()
    for place, column in enumerate(Column):
        sheet.set_column(place, place, WIDTHS[column], formats.day if column in DAYS else formats.text)
        sheet.write_string(0, place, HEADINGS[column], formats.heading)
        if row[column]:
            sheet.write_string(1, place, row[column], formats.example)
    sheet.freeze_panes(1, 0)
    lists = {
        Column.ORGAN: (0, len(known.bodies)),
        Column.ROLL: (3, len(known.all_roles)),
        Column.FORETRADER: (5, len(known.organisations)),
    }
    for column, (place, count) in lists.items():
        name = xl_col_to_name(place)
        if count:
            _choose(sheet, column, {"source": f"='Organ och roller'!${name}$2:${name}${count + 1}"})
    for column in DAYS:
        place = list(Column).index(column)
        sheet.data_validation(
            2,
            place,
            MOST_ROWS,
            place,
            {
                "validate": "any",
                "input_title": HEADINGS[column],
                "input_message": "Skriv dagen som år, månad, dag: 2026-11-03.",
            },
        )


def _choose(sheet: Any, column: Column, options: dict[str, Any]) -> None:
    """Offer a list to choose from; something else may be written and is checked when the file is uploaded."""
    place = list(Column).index(column)
    sheet.data_validation(
        2,
        place,
        MOST_ROWS,
        place,
        {
            "validate": "list",
            "error_type": "warning",
            "error_title": HEADINGS[column],
            "error_message": "Det här finns inte i listan på bladet Organ och roller.",
            **options,
        },
    )


def _explained(sheet: Any, formats: _Formats) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, "Kolumn", formats.heading)
    sheet.write_string(0, 1, "Vad du skriver", formats.heading)
    for number, column in enumerate(Column, start=1):
        sheet.write_string(number, 0, HEADINGS[column], formats.prose)
        sheet.write_string(number, 1, EXPLAINED[column], formats.prose)
    for number, rule in enumerate(RULES, start=len(Column) + 2):
        sheet.write_string(number, 1, rule, formats.prose)


def _lists(sheet: Any, known: _County, formats: _Formats) -> None:
    headings = ("Organ i länet", "Kod", "Roller i organet", "Roller", "", "Organisationer")
    for place, heading in enumerate(headings):
        sheet.set_column(place, place, 38 if place in {0, 2} else 24)
        sheet.write_string(0, place, heading, formats.heading)
    for number, body in enumerate(known.bodies, start=1):
        sheet.write_string(number, 0, body.name, formats.prose)
        sheet.write_string(number, 1, body.code, formats.prose)
        roles = ", ".join(role.label.lower() for role in known.roles.get(body.pk, []))
        sheet.write_string(number, 2, roles, formats.prose)
    for number, role in enumerate(known.all_roles, start=1):
        sheet.write_string(number, 3, str(role.label), formats.prose)
    for number, organisation in enumerate(known.organisations, start=1):
        sheet.write_string(number, 5, organisation.name, formats.prose)
    sheet.freeze_panes(1, 0)
