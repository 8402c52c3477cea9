"""The overview, bodies, path and people in the browser: accessible, within the screen, usable by keyboard."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from governance.models import Person
from governance.vocabulary import Role, StationKind
from tests.browser.conftest import OpenPage
from tests.browser.watch import too_wide, violations
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return Sörmland at work, with cases at several steps and somebody who has never logged in."""
    world = make_world()
    world.members()
    for kind in (StationKind.UTKAST, StationKind.BEREDNING, StationKind.BESLUT, StationKind.SLUTFORD):
        world.carried_to(kind)
    world.seat(ARBETSGRUPP, Role.SEKRETERARE)
    Person.objects.create_user("ny@example.org", "Ylva Utan-Lösenord")
    return world


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


def pages(world: World) -> list[str]:
    member = world.body(STYRGRUPP).memberships.all()[0]
    new = Person.objects.get(email="ny@example.org")
    return [
        "/laget/",
        "/laget/?sortera=-dagar&steg=alla&organ=&sena=",
        "/satsningar/",
        "/satsningar/?q=mobila&steg=beredning",
        "/satsningar/?q=finnsinte",
        "/organ/",
        f"/organ/{member.body_id}/",
        f"/uppdrag/nytt/?organ={member.body_id}",
        f"/uppdrag/{member.pk}/avsluta/",
        "/arendegang/",
        "/malbild/",
        "/personer/",
        "/personer/ny/",
        f"/personer/{new.pk}/",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1440, "dark")])
def test_pages_are_accessible_and_fit(world: World, open_as: OpenAs, width: int, scheme: str) -> None:
    page = open_as(world.coordinator, width=width, scheme=scheme)

    found = {}
    for address in pages(world):
        page.goto(address)
        found[address] = violations(page) + too_wide(page)
        found[address] += ["sideways"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")

    assert found == {address: [] for address in pages(world)}


def test_refusals_and_what_is_wrong_are_accessible(world: World, open_as: OpenAs) -> None:
    page = open_as(world.author, width=320)
    page.goto("/personer/")
    assert violations(page) == []
    expect(page.get_by_role("link", name="Vilka som sitter i Länsgemensamt regionalt stöd")).to_be_visible()

    page = open_as(world.coordinator)
    page.goto("/personer/ny/")
    page.get_by_role("button", name="Lägg upp personen").click()

    expect(page).to_have_title("Fel: Ny person – Satsningar")
    expect(page.locator("ds-error-summary")).to_be_focused()
    assert violations(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_is_added_let_in_and_given_a_role(world: World, open_as: OpenAs, javascript: bool) -> None:
    page = open_as(world.coordinator, javascript=javascript)
    page.goto("/personer/")
    page.get_by_role("link", name="Ny person").click()
    page.get_by_label("Namn").fill("Kim Ny")
    page.get_by_label("E-postadress").fill("kim@example.org")
    page.get_by_role("button", name="Lägg upp personen").click()
    page.get_by_role("button", name="Gör en länk för att välja lösenord").click()
    expect(page.get_by_role("textbox", name="Länk")).to_have_value(re.compile(r"^http://.+/inbjudan/.+"))

    page.get_by_label("Organ", exact=True).select_option(label="Arbetsgruppen mobila team")
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_label("Roll", exact=True).select_option(label="Ledamot")
    page.get_by_role("button", name="Lägg till uppdraget").click()

    expect(page.get_by_text("Kim Ny är ledamot i Arbetsgruppen mobila team")).to_be_visible()
    expect(page.get_by_role("link", name="Avsluta uppdraget i Arbetsgruppen mobila team")).to_be_visible()


@pytest.mark.parametrize("order", ["", "?sortera=-dagar&steg=alla"])
def test_laget_shows_all_of_its_table_at_any_width(world: World, open_as: OpenAs, order: str) -> None:
    page = open_as(world.coordinator)
    page.goto(f"/laget/{order}")
    box, cut = page.locator(".s-scroll:has(> .s-tracking)"), []
    for width in (320, 768, 820, 1024, 1280, 1366, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        cut += [width] * box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert cut == []


def test_laget_is_narrowed_and_widened_by_keyboard(world: World, open_as: OpenAs) -> None:
    page = open_as(world.coordinator)
    page.goto("/laget/")
    expect(page.get_by_role("heading", name="3 satsningar")).to_be_visible()

    page.get_by_label("Steg", exact=True).select_option(label="Beredning")
    page.get_by_role("button", name="Visa").press("Enter")
    expect(page.get_by_role("heading", name="1 satsning")).to_be_visible()
    page.get_by_role("link", name="Steg: Beredning – ta bort filtret").press("Enter")

    expect(page.get_by_role("heading", name="3 satsningar")).to_be_visible()
    page.get_by_role("link", name="Dagar").press("Enter")
    expect(page.get_by_role("columnheader", name="Dagar")).to_have_attribute("aria-sort", "ascending")


def test_the_search_in_the_head_leads_to_the_list(world: World, open_as: OpenAs) -> None:
    page = open_as(world.coordinator)
    page.goto("/malbild/")

    page.keyboard.press("Control+k")
    page.keyboard.type("mobil")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="4 satsningar för ”mobil”")).to_be_visible()


def test_the_sheet_is_downloaded(world: World, open_as: OpenAs) -> None:
    page = open_as(world.coordinator)
    page.goto("/laget/")

    with page.expect_download() as downloading:
        page.get_by_role("link", name="Excel").click()

    assert downloading.value.suggested_filename.endswith(".xlsx")
