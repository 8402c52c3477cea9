"""A county comes in and goes on: registration from a sheet, and satsningar begun from something, in the browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from governance.models import Person
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.browser.conftest import OpenPage
from tests.browser.people import follow, log_in, press, says, write
from tests.browser.sweeping import faults, sweep
from tests.workflow.beginnings.test_mallar import kept
from tests.workflow.beginnings.test_publishing import make_neighbour, published, taken_over
from tests.workflow.registration.conftest import DECIDED, SOURCE
from tests.workflow.registration.test_sheet import line, sheet
from tests.workflow.world import ARBETSGRUPP, World, make_world
from workflow.registration.actions import register
from workflow.registration.entries import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    world = make_world()
    world.members()
    return world


def registered(world: World) -> Satsning:
    """Return a case registered afterwards, still being written in."""
    said = Entry(
        ansvarig_grupp=world.body(ARBETSGRUPP),
        titel="Trygg hemgång",
        station="genomforande",
        decided_on=DECIDED,
        source=SOURCE,
    )
    id_, _ = register(said, actor=world.coordinator)
    return Satsning.objects.get(pk=id_)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sheet_is_mended_and_registered(
    world: World, open_page: OpenPage, tmp_path: Path, *, javascript: bool
) -> None:
    wrong, right = tmp_path / "fel.xlsx", tmp_path / "ratt.xlsx"
    wrong.write_bytes(sheet(line(), line(titel="En till", station="Beslut", source=None)))
    right.write_bytes(sheet(line(), line(titel="En till", station="Breddinförande")))
    page = log_in(open_page(javascript=javascript), world.coordinator)
    page.goto("/satsningar/")
    follow(page, "Registrera i efterhand")
    follow(page, "Registrera från ett blad")

    page.locator('input[type="file"]').set_input_files(wrong)
    press(page, "Kontrollera bladet")
    expect(page.locator("main")).to_contain_text("En sak behöver rättas")
    expect(page.get_by_role("rowheader", name="D3")).to_be_visible()
    assert not javascript or faults(page) == []
    page.locator('input[type="file"]').set_input_files(right)
    press(page, "Kontrollera bladet")
    expect(page.locator("main")).to_contain_text("2 satsningar registreras")
    assert not javascript or faults(page) == []
    press(page, "Registrera 2 satsningar")

    says(page, "2 satsningar är registrerade.")
    follow(page, "Trygg hemgång")
    expect(page.get_by_role("heading", name="Inskrivningen pågår")).to_be_visible()
    follow(page, "Skriv in, och ange när det är klart")
    press(page, "Inskrivningen är klar")
    says(page, "Inskrivningen är klar.")
    expect(page.locator(".s-tags").first).to_contain_text("Registrerad i efterhand")
    assert Satsning.objects.count() == 2


def test_one_is_registered_by_hand(world: World, open_page: OpenPage) -> None:
    page = log_in(open_page(), world.coordinator)
    page.goto("/satsningar/registrera/")
    press(page, "Kontrollera")
    expect(page.locator("ds-error-summary")).to_be_focused()
    assert faults(page) == []

    write(page, "titel", "Trygg hemgång")
    write(page, "ansvarig_grupp", world.body(ARBETSGRUPP).pk)
    write(page, "station", "genomforande")
    write(page, "decided_on", DECIDED.isoformat())
    write(page, "source", SOURCE)
    press(page, "Kontrollera")
    expect(page.get_by_role("heading", name="Det här registreras")).to_be_visible()
    assert faults(page) == []
    press(page, "Ändra")
    expect(page.locator('[name="source"]')).to_have_value(SOURCE)
    press(page, "Kontrollera")
    press(page, "Registrera satsningen")

    says(page, "Satsningen är registrerad.")


def test_a_new_satsning_begins_from_an_earlier_one(world: World, open_page: OpenPage) -> None:
    world.carried_to(StationKind.INLAMNAD)
    page = log_in(open_page(), world.author)
    page.goto("/satsningar/ny/")
    follow(page, "En tidigare satsning i länet")
    page.wait_for_url("**/tidigare/**")
    follow(page, "Mobila team i hela länet")
    page.wait_for_url("**fran=**")
    write(page, "titel", "Mobila team, andra försöket")
    press(page, "Skapa utkastet")

    marks = page.get_by_text("Kopierad, inte granskad", exact=True)
    expect(marks).to_have_count(len(DECIDED_PARTS))
    expect(page.locator("main")).to_contain_text("Gå igenom det som är kopierat i ekonomi.")
    page.locator(".s-gap-details summary").click()
    page.get_by_role("link", name="Gå igenom det som är kopierat i uppdrag.").click()
    page.wait_for_url("**/del/uppdrag/**")
    assert faults(page) == []
    press(page, "Jag har gått igenom delen")
    says(page, "Genomgången: uppdrag.")
    expect(marks).to_have_count(len(DECIDED_PARTS) - 1)
    follow(page, "Ekonomi")
    press(page, "Spara och gå tillbaka")
    expect(marks).to_have_count(len(DECIDED_PARTS) - 2)


def test_pages_are_accessible_and_narrow(world: World, open_page: OpenPage) -> None:
    running, written_in = world.carried_to(StationKind.GENOMFORANDE), registered(world)
    mall, found = kept(world), published(world, running)
    person: Person = make_neighbour()
    new = taken_over(person, found)
    stod, granne = log_in(open_page(), world.coordinator), log_in(open_page(), person)
    own = [f"/satsningar/{written_in.pk}/{page}" for page in ("", "inskrivning/", "del/uppdrag/", "publicera/")]

    assert sweep(stod, ["/satsningar/registrera/blad/", "/satsningar/", "/laget/", *own]) == {}
    assert sweep(stod, ["/mallar/", "/mallar/ny/", f"/mallar/{mall.pk}/", f"/satsningar/{running.pk}/publicera/"]) == {}
    assert sweep(stod, ["/satsningar/ny/", f"/satsningar/ny/?fran=mall-{mall.pk}", "/satsningar/ny/tidigare/"]) == {}
    theirs = [
        "/publicerade/",
        f"/publicerade/{found.pk}/",
        f"/satsningar/{new.pk}/",
        f"/satsningar/{new.pk}/del/omfattning/",
    ]
    assert sweep(granne, theirs) == {}
