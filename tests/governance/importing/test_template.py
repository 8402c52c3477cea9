"""The headings that people are read in by, and the template to fill in."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from governance.import_people import template
from governance.import_people.columns import read_people as read_file
from governance.import_people.spec import Column
from governance.models import Person
from tests.governance.importing.conftest import Check, places
from tests.governance.importing.sheets import row, saved, xlsx
from tests.governance.pages.conftest import Counties


def test_headings_that_are_missing_or_doubled_are_all_told() -> None:
    sheet = read_file(xlsx([], heads=["Namn", "Organ", "Namn", "Till"]))

    assert [problem.message for problem in sheet.problems] == [
        "Rubriken ”Namn” finns redan i kolumn A. Ta bort en av dem.",
        "Kolumnen ”E-post” saknas. Skriv rubriken som i mallen.",
        "Kolumnen ”Roll” saknas. Den behövs när filen har uppdrag; skriv rubriken som i mallen.",
        "Kolumnen ”Från” saknas. Den behövs när filen har uppdrag; skriv rubriken som i mallen.",
    ]


@pytest.mark.django_db
def test_a_sheet_without_rows_says_so(check: Check) -> None:
    checked, kept = check(xlsx([]))

    assert kept is None
    assert places(checked) == {"": "Filen har inga rader under rubrikerna. Fyll i dem och ladda upp filen."}


# --- The template ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("make", [template.as_xlsx, template.as_csv])
def test_the_template_is_read_and_its_example_is_not(counties: Counties, check: Check, make: Any) -> None:
    data = make(counties.own)

    sheet = read_file(data)

    assert list(sheet.positions) == list(Column)
    assert sheet.lines == []
    assert sheet.notices == ["Rad 2 är mallens exempel och läses inte."]
    assert sheet.problems == []


@pytest.mark.django_db
def test_the_template_offers_the_countys_own_bodies_roles_and_organisations(counties: Counties) -> None:
    book = openpyxl.load_workbook(BytesIO(template.as_xlsx(counties.own)))

    assert book.sheetnames == ["Personer", "Så fyller du i", "Organ och roller"]
    lists = {
        str(one.sqref)[0]: one.formula1 for one in book["Personer"].data_validations.dataValidation if one.formula1
    }
    assert set(lists) == {"D", "E", "F"}
    bodies = [cell.value for cell in book["Organ och roller"]["A"][1:] if cell.value]
    assert "Arbetsgruppen mobila team" in bodies
    assert len(bodies) == counties.own.bodies.count()
    assert lists["D"] == f"'Organ och roller'!$A$2:$A${len(bodies) + 1}"


@pytest.mark.django_db
def test_the_template_filled_in_is_read_in(counties: Counties, check: Check) -> None:
    book = openpyxl.load_workbook(BytesIO(template.as_xlsx(counties.own)))
    for place, value in enumerate(row(), start=1):
        book["Personer"].cell(3, place, value)

    checked, _ = check(saved(book))

    assert checked.problems == []
    assert checked.difference is not None
    assert checked.difference.counts()["added"] == 1
    assert not Person.objects.filter(email="rut.exempelberg@exempel.test").exists()
