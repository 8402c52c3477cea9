"""The county file and the guide in the browser: from faults to a load, and a new county's file by keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from governance.countyfile import read_county
from governance.countyfile.ready import ORDER
from governance.models import Body, CountyLoad, Person
from governance.vocabulary import BodyKind
from tests.browser.conftest import OpenPage
from tests.browser.sweeping import faults, sweep
from tests.governance.conftest import SORMLAND
from tests.workflow.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
BASE = "/lansfil/nytt-lan/"


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return Sörmland, loaded."""
    return make_world()


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


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_mended_compared_and_loaded(
    world: World, open_as: OpenAs, tmp_path: Path, *, javascript: bool
) -> None:
    file = tmp_path / "lansfil.toml"
    file.write_text(SORMLAND.replace('slag = "styrgrupp"', 'slag = "styrgrup"'), encoding="utf-8")
    page = open_as(world.coordinator, javascript=javascript)
    page.goto("/arendegang/")
    page.get_by_role("link", name="Länsfil", exact=True).click()
    page.get_by_role("link", name="Sörmland", exact=True).click()

    page.get_by_label("Länsfil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Kontrollera filen").click()

    expect(page).to_have_title("Fel: Kontrollera en länsfil – Satsningar")
    link = page.get_by_role("link", name="Rad 89, organ[1].slag: ”styrgrup” är okänt.")
    if javascript:
        expect(page.locator("ds-error-summary")).to_be_focused()
        assert faults(page) == []
    link.press("Enter")
    expect(page.locator("#rad-89")).to_contain_text("Menade du ”styrgrupp”?")
    expect(page.locator("#rad-89")).to_be_in_viewport()

    box = page.get_by_label("Länsfilen")
    mended = box.input_value().replace('slag = "styrgrup"', 'slag = "styrgrupp"')
    box.fill(mended.replace('namn = "Länsstyrgruppen"', 'namn = "Länets styrgrupp"'))
    page.get_by_role("button", name="Kontrollera", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Det här ändrar filen")
    expect(page.get_by_role("row", name=re.compile("Ändras Organ lansstyrgruppen"))).to_be_visible()
    if javascript:
        assert faults(page) == []
    page.get_by_role("button", name="Ladda filen för Sörmland").click()

    expect(page.get_by_text("Länsfilen för Sörmland är laddad: 1 ändring.")).to_be_visible()
    assert Body.objects.get(code="lansstyrgruppen").name == "Länets styrgrupp"
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Ladda ner det som gäller").click()
    assert "Länets styrgrupp" in Path(downloading.value.path()).read_text(encoding="utf-8")


def press_until(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until the control of that name has the focus, and see that it does."""
    control = page.locator(f'main [name="{name}"]:not([tabindex="-1"])')
    for _ in range(60):
        if control.evaluate_all("controls => controls.includes(document.activeElement)"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{name} is not reached by keyboard")


def type_in(page: Page, name: str, text: str) -> None:
    """Move to a field by keyboard and write in it."""
    press_until(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def at_step(page: Page, step: str) -> None:
    """Wait for a step of the guide."""
    page.wait_for_url(f"**{BASE}{step}/")


def go_on(page: Page, name: str = "fortsatt") -> None:
    """Press a button of the guide by keyboard."""
    press_until(page, name)
    page.keyboard.press("Enter")


def choose_region(page: Page) -> None:
    """Choose Dalarna, leave out a municipality and name another organisation."""
    at_step(page, "region")
    press_until(page, "region")
    page.keyboard.press("Space")
    expect(page.get_by_label("Region Blekinge")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Region Dalarna")).to_be_checked()
    page.keyboard.press("Enter")
    at_step(page, "organisationer")
    press_until(page, "kommuner")
    page.keyboard.press("Space")
    type_in(page, "ovriga-0-namn", 'Vårdbolaget "Nära" AB')
    go_on(page)


def name_bodies(page: Page) -> None:
    """Name two beredningsgrupper and an arbetsgrupp, with a quorum that cannot be."""
    at_step(page, "organ")
    type_in(page, "antal", "99")
    type_in(page, "bereder-0-namn", "Första beredningen")
    go_on(page, "lagg_till_bereder")
    expect(page.locator('[name="bereder-1-namn"]')).to_be_visible()
    type_in(page, "bereder-1-namn", "Gemensamma beredningen")
    type_in(page, "arbetar-0-namn", "Arbetsgruppen")
    page.keyboard.press("Enter")


def choose_path(page: Page) -> None:
    """Choose the path of two levels."""
    at_step(page, "arendegang")
    press_until(page, "arendegang")
    for _ in ORDER[: ORDER.index("tva-nivaer")]:
        page.keyboard.press("ArrowDown")
    press_until(page, "gemensam")
    page.keyboard.type("Gem")
    press_until(page, "grupp-0")
    page.keyboard.type("F")
    go_on(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_guide_is_walked_by_keyboard_alone(world: World, open_as: OpenAs, *, javascript: bool) -> None:
    page = open_as(world.author, javascript=javascript)
    page.goto("/lansfil/")
    page.get_by_role("link", name="Börja i guiden").press("Enter")
    choose_region(page)
    name_bodies(page)

    expect(page).to_have_title(re.compile("^Fel: Organ"))
    expect(page.get_by_role("link", name="Antal kommuner: Skriv ett antal från 1 till 14.")).to_be_visible()
    if javascript:
        expect(page.locator("ds-error-summary")).to_be_focused()
        assert faults(page) == []
    type_in(page, "antal", "8")
    go_on(page, "tillbaka")
    at_step(page, "organisationer")
    expect(page.locator('[name="ovriga-0-namn"]')).to_have_value('Vårdbolaget "Nära" AB')
    go_on(page)
    at_step(page, "organ")
    expect(page.locator('[name="bereder-1-namn"]')).to_have_value("Gemensamma beredningen")
    go_on(page)
    choose_path(page)

    at_step(page, "granska")
    expect(page.get_by_role("heading", level=1)).to_have_text("Länsfilen för Dalarna är klar")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Ladda ner länsfilen").press("Enter")
    assert downloading.value.suggested_filename == "lansfil-dalarna.toml"
    spec = read_county(Path(downloading.value.path()).read_text(encoding="utf-8"))
    assert len(spec.organisations) == 1 + 14 + 1
    assert [body.name for body in spec.bodies if body.kind == BodyKind.BEREDNINGSGRUPP] == [
        "Första beredningen",
        "Gemensamma beredningen",
    ]
    assert "vidare" in {move.code for move in spec.paths[0].moves}


def test_every_page_is_accessible_and_fits(world: World, open_as: OpenAs) -> None:
    technician = Person.objects.create_superuser("drift@example.org", "Exempeldrift", "lösenord")
    page = open_as(technician)
    page.goto(BASE)
    page.get_by_label("Västra Götalandsregionen").check()
    for following in ("organisationer", "organ", "arendegang", "granska"):
        page.get_by_role("button", name="Fortsätt").click()
        page.wait_for_url(f"{BASE}{following}/")
        if following == "organ":
            page.locator('[name="bereder-0-namn"]').fill("Beredningsgruppen")
            page.locator('[name="arbetar-0-namn"]').fill("Arbetsgruppen")
    steps = [f"{BASE}{step}/" for step in ("region", "organisationer", "organ", "arendegang", "granska")]
    assert sweep(page, ["/lansfil/", "/lansfil/kontrollera/", *steps]) == {}

    page.get_by_role("button", name="Gå vidare till att lägga in länet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Det här ändrar filen")
    assert faults(page) == []
    page.get_by_role("button", name="Ladda filen för Västra Götaland").click()
    expect(page.get_by_text("manage.py administrator vastra-gotaland")).to_be_visible()

    page = open_as(world.coordinator)
    row = CountyLoad.objects.get(county=world.county)
    own = [f"/lansfil/{world.county.pk}/", f"/lansfil/{world.county.pk}/andra/", f"/lansfil/laddning/{row.pk}/"]
    assert sweep(page, own) == {}
