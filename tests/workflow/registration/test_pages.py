"""The pages of registration: who meets them, what they check and say, and the mark that stays."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.sheets import read_sheet
from governance.sheets.limits import MOST_BYTES, TOO_LARGE
from governance.sheets.spec import NO_ROWS
from governance.vocabulary import Role
from satsningar.models import Satsning
from tests.governance.sheets.test_reading import workbook
from tests.workflow.registration.conftest import Enter, MakeEntry
from tests.workflow.registration.test_sheet import line, sheet
from tests.workflow.test_rights import everybody
from tests.workflow.world import ARBETSGRUPP, World
from workflow.registration.actions import register
from workflow.registration.columns import COLUMNS

ONE, SHEET = "/satsningar/registrera/", "/satsningar/registrera/blad/"
MARK = "Registrerad i efterhand"


def said(world: World, **other: Any) -> dict[str, Any]:
    form = {
        "titel": "Trygg hemgång",
        "ansvarig_grupp": world.body(ARBETSGRUPP).pk,
        "station": "genomforande",
        "decided_on": "2024-11-22",
        "source": "LSG protokoll 2024-11-22 § 31",
    }
    return form | other


def text_of(response: Any) -> str:
    return str(response.content.decode())


def upload(client: Client, data: bytes, **more: Any) -> Any:
    return client.post(SHEET, {"blad": SimpleUploadedFile("blad.xlsx", data)} | more)


@pytest.mark.parametrize("address", [ONE, SHEET, "/satsningar/registrera/mall.xlsx"])
def test_only_regionalt_stod_meets_the_pages(world: World, enter: Enter, address: str) -> None:
    for label, person in everybody(world).items():
        if label == "inactive":
            continue
        expected = 200 if label in {"coordinator", "other county"} else 403
        assert enter(person).get(address).status_code == expected, label
    assert Client().get(address).status_code == 302


def test_one_is_checked_then_registered(world: World, enter: Enter) -> None:
    client = enter(world.coordinator)

    checked = client.post(ONE, said(world, reference="lsg 2024-31"))
    assert "LSG 2024-0031" in text_of(checked)
    assert not Satsning.objects.exists()
    changed = client.post(ONE, said(world, andra="1"))
    assert 'value="Trygg hemgång"' in text_of(changed)
    made = client.post(ONE, said(world, bekraftad="1"), follow=True)

    satsning = Satsning.objects.get()
    assert made.redirect_chain == [(f"/satsningar/{satsning.pk}/", 302)]
    assert "Inskrivningen pågår" in text_of(made)
    assert "LSG protokoll 2024-11-22 § 31" in text_of(made)


def test_errors_stand_at_their_fields(world: World, enter: Enter) -> None:
    response = enter(world.coordinator).post(ONE, said(world, titel="", source="", decided_on="22 november"))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"titel", "decided_on"}
    response = enter(world.coordinator).post(ONE, said(world, source="", decided_on="", since="1980-01-01"))
    assert set(response.context["form"].errors) == {"source", "decided_on", "since"}


def test_another_countys_group_is_no_choice(world: World, enter: Enter) -> None:
    stranger = everybody(world)["other county"]

    response = enter(stranger).post(ONE, said(world))

    assert set(response.context["form"].errors) == {"ansvarig_grupp"}
    assert not Satsning.objects.exists()


def test_a_sheet_is_checked_then_registered(world: World, enter: Enter) -> None:
    client = enter(world.coordinator)
    checked = upload(client, sheet(line(), line(titel="En till")))
    assert checked.status_code == 200
    assert "2 satsningar registreras" in text_of(checked)
    assert not Satsning.objects.exists()

    token = checked.context["token"]
    made = client.post(SHEET, {"kontrollerat": token}, follow=True)
    again = client.post(SHEET, {"kontrollerat": token}, follow=True)

    assert Satsning.objects.count() == 2
    assert "2 satsningar är registrerade." in text_of(made)
    assert "Alla satsningar i bladet är redan registrerade." in text_of(again)
    skipped = text_of(upload(client, sheet(line(), line(titel="Ny"))))
    assert "1 satsning registreras" in skipped
    assert "1 finns redan och hoppas över" in skipped


def test_a_sheet_with_errors_writes_nothing_and_lists_them(world: World, enter: Enter) -> None:
    response = upload(enter(world.coordinator), sheet(line(), line(titel="Två", station="Beslut")))

    assert response.status_code == 422
    assert "En sak behöver rättas" in text_of(response)
    assert ">D3</th>" in text_of(response)
    assert response.context["token"] == ""
    assert not Satsning.objects.exists()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x00\x01"])
def test_a_file_that_is_no_sheet_is_told(world: World, enter: Enter, data: bytes) -> None:
    response = upload(enter(world.coordinator), data)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"blad"}


def test_what_to_know_of_the_file_is_shown_with_what_will_be_registered(world: World, enter: Enter) -> None:
    headings = [column.heading for column in COLUMNS]
    data = workbook([[*line(), "Ring Rut"]], headings=[*headings, "Anteckning"])

    page = text_of(upload(enter(world.coordinator), data))

    assert "Kolumn S har rubriken ”Anteckning” och läses inte." in page
    assert "1 satsning registreras" in page


def test_a_heading_misspelt_is_to_mend_so_that_nothing_is_lost(world: World, enter: Enter) -> None:
    headings = ["Behovv" if column.heading == "Behov" else column.heading for column in COLUMNS]

    response = upload(enter(world.coordinator), workbook([line(uppdrag__behov="Många åker in.")], headings=headings))

    assert response.status_code == 422
    assert "Menar du ”Behov”?" in text_of(response)
    assert response.context["token"] == ""


def test_a_file_that_is_too_large_is_refused_at_the_field_before_it_is_read(world: World, enter: Enter) -> None:
    response = upload(enter(world.coordinator), b"x" * (MOST_BYTES + 1))

    assert response.context["form"].errors == {"blad": [TOO_LARGE]}


def test_no_file_is_told_at_the_field(world: World, enter: Enter) -> None:
    response = enter(world.coordinator).post(SHEET, {})

    assert response.context["form"].errors == {"blad": ["Välj en fil."]}


def test_what_was_checked_by_somebody_else_or_altered_is_not_registered(world: World, enter: Enter) -> None:
    token = upload(enter(world.coordinator), sheet(line())).context["token"]
    colleague = enter(world.seat("regionalt-stod", Role.SAMORDNARE))

    for client, sent in ((colleague, token), (enter(world.coordinator), token[:-1]), (colleague, "")):
        response = client.post(SHEET, {"kontrollerat": sent}, follow=True)
        assert "Kontrollen är för gammal." in text_of(response)
    assert not Satsning.objects.exists()


def test_a_sheet_is_checked_anew_when_it_is_registered(world: World, enter: Enter, entry: MakeEntry) -> None:
    client = enter(world.coordinator)
    token = upload(client, sheet(line(reference="LSG 2024-0031"))).context["token"]
    register(entry(titel="Hann före", reference="LSG 2024-0031"), actor=world.coordinator)

    response = client.post(SHEET, {"kontrollerat": token})

    assert response.status_code == 422
    assert "har redan satsningen ”Hann före”" in text_of(response)
    assert Satsning.objects.count() == 1


def test_templates_have_the_columns(world: World, enter: Enter) -> None:
    client = enter(world.coordinator)

    for ending in ("xlsx", "csv"):
        response = client.get(f"/satsningar/registrera/mall.{ending}")
        sheet = read_sheet(response.content, COLUMNS, most_rows=1)
        assert [problem.message for problem in sheet.told()] == [NO_ROWS]
        assert sheet.notices == ["Rad 2 är mallens exempel och läses inte."]
    assert client.get("/satsningar/registrera/mall.exe").status_code == 404


def test_the_mark_stays_everywhere(world: World, enter: Enter, entry: MakeEntry) -> None:
    id_, _ = register(entry(), actor=world.coordinator)
    ordinary = world.make()
    client = enter(world.coordinator)
    assert "Inskrivningen är klar" in text_of(client.get(f"/satsningar/{id_}/inskrivning/"))

    edition = Satsning.objects.values_list("edition", flat=True).get(pk=id_)
    done = client.post(f"/satsningar/{id_}/inskrivning/", {"edition": edition}, follow=True)

    assert "De vanliga reglerna" in text_of(client.get(f"/satsningar/{id_}/inskrivning/"))
    assert "Inskrivningen pågår" not in text_of(done)
    assert text_of(done).count(MARK) >= 2
    assert text_of(client.get(f"/satsningar/{id_}/revisioner/1/")).count("Inskriven i efterhand") == 1
    assert MARK not in text_of(client.get(f"/satsningar/{ordinary.pk}/"))
    for address in ("/satsningar/", "/laget/"):
        assert text_of(client.get(address)).count('data-color="neutral">Registrerad i efterhand') == 1
    for address in ("/satsningar.xlsx", "/laget.xlsx"):
        book = openpyxl.load_workbook(BytesIO(b"".join(client.get(address).streaming_content)))  # type: ignore[attr-defined]
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        place = rows[0].index(MARK)
        assert sorted(str(row[place]) for row in rows[1:]) == ["Ja", "None"]


def test_writing_in_is_of_registered_cases_alone(world: World, enter: Enter, entry: MakeEntry) -> None:
    id_, _ = register(entry(), actor=world.coordinator)

    assert enter(world.coordinator).get(f"/satsningar/{world.make().pk}/inskrivning/").status_code == 404
    assert enter(world.officer).post(f"/satsningar/{id_}/inskrivning/", {"edition": "1"}).status_code == 403
    assert enter(world.coordinator).post(f"/satsningar/{id_}/inskrivning/", {"edition": "å"}).status_code == 409


def test_parts_say_that_what_was_is_written_in(world: World, enter: Enter, entry: MakeEntry) -> None:
    id_, _ = register(entry(), actor=world.coordinator)

    page = text_of(enter(world.coordinator).get(f"/satsningar/{id_}/del/uppdrag/"))

    assert "Du skriver in det som gällde" in page
    assert "Ändringsförslag" not in page


def test_a_registered_case_costs_one_statement_more_than_a_draft(
    world: World, enter: Enter, entry: MakeEntry, django_assert_num_queries: Any
) -> None:
    id_, _ = register(entry(), actor=world.coordinator)
    ordinary = world.make()
    client = enter(world.coordinator)
    for address in (f"/satsningar/{id_}/", f"/satsningar/{ordinary.pk}/"):
        client.get(address)
    with CaptureQueriesContext(connection) as plain:
        client.get(f"/satsningar/{ordinary.pk}/")
    # What was said when it was registered, and whether what is decided is published; a draft asks who is invited to it.
    with django_assert_num_queries(len(plain) + 1):
        client.get(f"/satsningar/{id_}/")
