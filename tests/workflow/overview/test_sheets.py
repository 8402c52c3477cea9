"""The lists as sheets: the same rows as on the page, every text a text, dates as dates."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.models import Uppdrag
from tests.workflow.overview.conftest import Enter
from tests.workflow.world import World
from workflow.overview import sheets
from workflow.overview.sheets import plain


def csv_rows(response: Any) -> list[dict[str, str]]:
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def xlsx_rows(response: Any) -> list[dict[str, Any]]:
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    assert sheet is not None
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def test_laget_as_xlsx_holds_what_the_page_shows(world: World, enter: Enter) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    world.make("Ett utkast")

    response = enter(world.coordinator).get("/laget.xlsx?steg=beredning")

    assert response["Content-Disposition"] == f'attachment; filename="laget-{today()}.xlsx"'
    (row,) = xlsx_rows(response)
    assert row["Ärendenummer"] == case.reference
    assert row["I steget sedan"] == datetime(today().year, today().month, today().day)  # noqa: DTZ001 - as sheets have it
    assert (row["Dagar i steget"], row["Saknas, antal"]) == (0, 3)
    assert row["Saknas"] == (
        "Utlåtande: Skriv utlåtandet.; Utlåtande: Välj rekommendation: tillstyrkan eller avstyrkan.; "
        "Utlåtande: Skriv förslaget till beslut."
    )


def test_the_workbook_keeps_its_heading_in_sight(world: World, enter: Enter) -> None:
    world.make()

    response = enter(world.coordinator).get("/satsningar.xlsx")

    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:N2"
    assert sheet.column_dimensions["B"].width > 40


def test_csv_opens_in_swedish_spreadsheets(world: World, enter: Enter) -> None:
    world.make("Läkemedelsautomater; i hemtjänsten")

    response = enter(world.coordinator).get("/satsningar.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.getvalue()
    assert text.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter=";")
    assert (row["Titel"], row["Steg"]) == ("Läkemedelsautomater; i hemtjänsten", "Utkast")


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_no_text_becomes_a_formula(world: World, enter: Enter, text: str) -> None:
    case = world.make()
    Uppdrag.objects.filter(pk=case.pk).update(titel=text)
    client = enter(world.coordinator)

    assert csv_rows(client.get("/laget.csv"))[0]["Titel"] == f"'{text}"
    response = client.get("/laget.xlsx")
    workbook = load_workbook(io.BytesIO(response.getvalue()))
    cells = [cell for row in workbook["Läget"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert plain("vanlig = text") == "vanlig = text"


def test_sheets_are_read_in_parts_and_whole(world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "PART", 2)
    for number in range(5):
        world.make(f"Satsning {number}")
    client = enter(world.coordinator)

    expected = [f"Satsning {number}" for number in range(5)]
    assert sorted(row["Titel"] for row in csv_rows(client.get("/satsningar.csv"))) == expected
    assert sorted(row["Titel"] for row in xlsx_rows(client.get("/laget.xlsx"))) == expected


@pytest.mark.parametrize("address", ["/laget.csv", "/satsningar.csv"])
def test_a_sheet_holds_only_what_one_may_read(world: World, enter: Enter, address: str) -> None:
    world.make("Ett utkast")
    world.carried_to(StationKind.INLAMNAD)
    other = world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT)

    assert [row["Titel"] for row in csv_rows(enter(other).get(address))] == ["Mobila team i hela länet"]


def test_other_kinds_of_sheet_are_not_found(world: World, enter: Enter) -> None:
    client = enter(world.coordinator)
    assert {client.get(address).status_code for address in ("/laget.pdf", "/satsningar.exe")} == {404}
