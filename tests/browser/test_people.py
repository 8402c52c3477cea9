"""People in and out in the browser: a sheet read in, an invitation used, a leaver's tasks handed over, a new term."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from governance.import_people import check_file
from governance.invitations import invite
from governance.models import Membership, PeopleImport, Person
from governance.permissions import today
from governance.services import add_person
from governance.vocabulary import Role
from tests.browser.conftest import OpenPage
from tests.browser.people import press, says
from tests.browser.sweeping import faults, sweep
from tests.governance.importing.sheets import as_csv, row, xlsx
from tests.workflow.leaving.conftest import DAY, Leaving
from tests.workflow.world import BEREDNING, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
PASSWORD = "en mycket egen fras 93"
LAST = today() + 30 * DAY
FIRST = LAST + DAY


@pytest.fixture
def leaving(transactional_db: None) -> Leaving:
    """Return Sörmland at work, with a case officer who has something open."""
    return Leaving(make_world())


@pytest.fixture
def open_as(open_page: OpenPage, live_server: object) -> OpenAs:
    """Give a function that opens an empty page in which a person is logged in."""

    def make(person: Person, **options: object) -> Page:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = open_page(**options)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(live_server)}])
        return page

    return make


def looks_right(page: Page, *, javascript: bool = True) -> None:
    """Hold the page to what every page is held to; without JavaScript nothing can be asked of it."""
    if javascript:
        assert faults(page) == []


def file(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


GOOD = [
    row(ends_on=LAST),
    row("Bo Exempelsson", "bo@exempel.test", "Kurator i den kommunala hälso- och sjukvården", "fouis"),
]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sheet_is_mended_read_in_and_those_in_it_invited(
    leaving: Leaving, open_as: OpenAs, tmp_path: Path, *, javascript: bool
) -> None:
    page = open_as(leaving.world.coordinator, javascript=javascript)
    page.goto("/personer/")
    page.get_by_role("link", name="Läs in från fil").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Mall för Excel").click()
    assert downloading.value.suggested_filename.endswith(".xlsx")

    broken = file(tmp_path, "personer.csv", as_csv([*GOOD, row("", "fel", role="Kock")]))
    page.get_by_label("Fil", exact=True).set_input_files(broken)
    press(page, "Kontrollera filen")
    expect(page.get_by_role("heading", name="3 saker behöver rättas")).to_be_visible()
    expect(page.get_by_role("rowheader", name="B4")).to_be_visible()
    looks_right(page, javascript=javascript)

    page.get_by_label("Fil", exact=True).set_input_files(file(tmp_path, "personer.xlsx", xlsx(GOOD)))
    press(page, "Kontrollera filen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad filen skulle ändra")
    looks_right(page, javascript=javascript)
    assert not Person.objects.filter(email="bo@exempel.test").exists()
    press(page, "Läs in")
    says(page, "personer.xlsx är inläst")
    looks_right(page, javascript=javascript)

    page.get_by_role("link", name="Bjud in de nya personerna").click()
    looks_right(page, javascript=javascript)
    press(page, "Visa länkar att lämna själv")
    assert page.get_by_label("Länk till Bo Exempelsson").input_value().startswith("http")
    looks_right(page, javascript=javascript)
    assert Membership.objects.filter(person__email="bo@exempel.test").count() == 1


def test_who_is_who_is_answered_before_reading_in(leaving: Leaving, open_as: OpenAs, tmp_path: Path) -> None:
    name = leaving.officer.name
    page = open_as(leaving.world.coordinator)
    page.goto("/personer/las-in/")
    data = xlsx([row(name, "annan@exempel.test", body="fouis")])
    page.get_by_label("Fil", exact=True).set_input_files(file(tmp_path, "personer.xlsx", data))
    press(page, "Kontrollera filen")
    expect(page.get_by_role("heading", name="Är det samma person?")).to_be_visible()
    assert faults(page) == []

    press(page, "Läs in")
    expect(page.get_by_text("Svara först på om det är samma person.")).to_be_visible()
    page.get_by_label(f"Ja, samma som {name}").check()
    press(page, "Spara svaren och visa skillnaden")
    press(page, "Läs in")

    says(page, "är inläst")
    assert leaving.officer.memberships.count() == 2


def test_an_invitation_is_used_once(leaving: Leaving, open_page: OpenPage) -> None:
    kim = add_person(actor=leaving.world.coordinator, email="kim@exempel.test", name="Kim Exempel")
    made = invite(actor=leaving.world.coordinator, person=kim)
    page = open_page()
    page.goto(made.path)
    assert faults(page) == []
    press(page, "Spara lösenordet")
    expect(page).to_have_title("Fel: Välj ditt lösenord – Satsningar")
    assert faults(page) == []

    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_label("Lösenordet en gång till").fill(PASSWORD)
    press(page, "Spara lösenordet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")
    page.get_by_label("E-postadress").fill("kim@exempel.test")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    press(page, "Logga in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitt arbete")

    other = open_page()
    response = other.request.get(made.path)
    assert response.status == 410
    other.set_content(response.text())
    expect(other.get_by_role("heading", level=1)).to_have_text("Länken gäller inte")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_leaver_has_open_is_handed_over(leaving: Leaving, open_as: OpenAs, *, javascript: bool) -> None:
    page = open_as(leaving.world.coordinator, javascript=javascript)
    page.goto(f"/personer/{leaving.officer.pk}/")
    expect(page.get_by_role("heading", name="Har öppet")).to_be_visible()
    looks_right(page, javascript=javascript)
    page.get_by_role("link", name="Avsluta").first.click()
    looks_right(page, javascript=javascript)
    page.get_by_label("Ny handläggare").select_option(label=leaving.colleague.name)
    press(page, "Avsluta uppdraget")

    says(page, "1 satsning har fått ny handläggare.")
    assert leaving.world.fresh(leaving.case).handlaggare_id == leaving.colleague.pk


@pytest.mark.parametrize("javascript", [True, False])
def test_a_new_term_is_put_together_looked_through_and_begun(
    leaving: Leaving, open_as: OpenAs, *, javascript: bool
) -> None:
    page = open_as(leaving.world.coordinator, javascript=javascript)
    page.goto(f"/organ/{leaving.world.body(BEREDNING).pk}/")
    page.get_by_role("link", name="Ny mandatperiod").click()
    looks_right(page, javascript=javascript)
    page.get_by_label("Sista dag i den gamla perioden").fill(LAST.isoformat())
    page.get_by_label("Första dag i den nya perioden").fill(FIRST.isoformat())
    press(page, "Fortsätt")

    page.get_by_role("group", name=leaving.officer.name).get_by_label("Ny period").select_option(label="Slutar")
    page.get_by_role("button", name="Lägg till en person").click()
    page.get_by_label("E-postadress").fill("rut@exempel.test")
    page.get_by_label("Namn", exact=True).fill("Rut Exempelberg")
    page.get_by_role("group", name="Ny i organet").get_by_label("Roll").select_option(label="Ledamot")
    page.get_by_role("group", name="Ny i organet").get_by_label("Företräder").select_option(index=1)
    looks_right(page, javascript=javascript)
    press(page, "Granska den nya perioden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska den nya perioden")
    looks_right(page, javascript=javascript)

    press(page, "Ändra")
    expect(page.get_by_label("Namn", exact=True)).to_have_value("Rut Exempelberg")
    press(page, "Granska den nya perioden")
    page.get_by_label(f"Handläggare efter {leaving.officer.name}").select_option(label=leaving.colleague.name)
    press(page, "Börja den nya perioden")

    says(page, "har en ny period")
    assert Membership.objects.get(person=leaving.officer).ends_on == LAST
    assert Membership.objects.get(person__email="rut@exempel.test").starts_on == FIRST


def test_pages_are_accessible_and_fit(leaving: Leaving, open_as: OpenAs) -> None:
    world = leaving.world
    world.seat(BEREDNING, Role.LEDAMOT)
    add_person(actor=world.coordinator, email="ny@exempel.test", name="Ylva Utan-Lösenord")
    check_file(xlsx(GOOD), "Personer i länets organ 2027.xlsx", actor=world.coordinator, county=world.county)
    upload = PeopleImport.objects.get()
    officer = Membership.objects.get(person=leaving.officer)
    body = officer.body_id

    found = sweep(
        open_as(world.coordinator),
        [
            "/personer/?visa=oinbjudna",
            "/personer/las-in/",
            f"/personer/las-in/{upload.pk}/",
            "/personer/bjud-in/",
            f"/personer/{leaving.officer.pk}/",
            f"/uppdrag/{officer.pk}/avsluta/",
            f"/organ/{body}/ny-period/",
            f"/organ/{body}/ny-period/?sista={LAST}&forsta={FIRST}",
        ],
    )

    assert found == {}
