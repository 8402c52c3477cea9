"""Avsteg and help in the browser: asked for and granted with and without JavaScript, read at any width."""

import pytest
from playwright.sync_api import expect

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from tests.browser.conftest import OpenPage
from tests.browser.people import follow, log_in, press, says, write
from tests.browser.sweeping import faults, sweep
from tests.workflow.avsteg.conftest import ECONOMY, REASON, Asking
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


@pytest.fixture
def asking(world: World) -> Asking:
    """Give the acts around avsteg."""
    return Asking(world)


@pytest.mark.parametrize("javascript", [True, False])
def test_avsteg_is_asked_for_granted_and_read(
    world: World, asking: Asking, open_page: OpenPage, javascript: bool
) -> None:
    satsning = asking.without_economy()
    page = log_in(open_page(javascript=javascript, width=320), world.author)
    page.goto(f"/satsningar/{satsning.pk}/")
    page.locator(".s-gap-details summary").click()
    page.get_by_role("link", name="Be om avsteg från kravet Ekonomin är komplett").click()
    press(page, "Skicka begäran")
    expect(page).to_have_title(f"Fel: Be om avsteg – {title_of(satsning)} – Satsningar")
    write(page, "reason", REASON)
    press(page, "Skicka begäran")
    says(page, "Avsteg är begärt från ”Ekonomin är komplett”.")
    page.locator(".s-gap-details summary").click()
    expect(page.get_by_role("link", name="Avsteg begärt från kravet Ekonomin är komplett")).to_be_visible()

    chair = log_in(open_page(javascript=javascript), asking.chair)
    expect(chair.get_by_text("Svara på begäran om avsteg")).to_be_visible()
    chair.get_by_role("region", name="Senare").get_by_role("link").first.click()
    press(chair, "Skicka svaret")
    if javascript:
        expect(chair.locator("ds-error-summary")).to_be_focused()
    chair.get_by_label("Medge avsteget").check()
    write(chair, "reason", "Kostnaden ryms i regionens budget.")
    chair.get_by_label("Jag har inte jäv i ärendet").check()
    press(chair, "Skicka svaret")
    says(chair, "Avsteget är medgivet.")

    page.goto(f"/satsningar/{satsning.pk}/")
    expect(page.locator("#avsteg")).to_be_visible()
    expect(page.locator(".s-next")).to_contain_text("eftersom avsteg är medgivet")


def title_of(satsning: Satsning) -> str:
    return str(satsning.uppdrag.titel)


def test_pages_of_avsteg_are_accessible_and_fit(world: World, asking: Asking, open_page: OpenPage) -> None:
    satsning = asking.without_economy(also=(PartCode.RESURSER, PartCode.UPPFOLJNING))
    granted = asking.granted(satsning)
    asking.answer(asking.ask(satsning, "del_resurser"), "avslaget")
    waiting = asking.ask(satsning, "del_uppfoljning")
    on_the_table = asking.without_economy()
    asking.granted(on_the_table)
    world.state(on_the_table)
    world.do(on_the_table, "anmal", world.officer)
    author, chair = log_in(open_page(), world.author), log_in(open_page(), asking.chair)
    secretary, coordinator = log_in(open_page(), world.secretary), log_in(open_page(), world.coordinator)
    case = f"/satsningar/{satsning.pk}/"

    assert sweep(author, [case, f"{case}avsteg/beslut/del_resurser/", f"{case}avsteg/{granted.pk}/"]) == {}
    assert sweep(chair, ["/", f"{case}avsteg/{waiting.pk}/", "/avsteg/", "/avsteg/?lage=forfallet"]) == {}
    papers = f"/satsningar/{on_the_table.pk}/"
    assert sweep(secretary, [papers, f"{papers}gor/bifall/", f"{papers}revisioner/2/", "/"]) == {}
    assert sweep(coordinator, ["/avsteg/", "/laget/?avsteg=nagot"]) == {}
    author.goto(f"{case}avsteg/beslut/{ECONOMY}/")
    assert faults(author) == []


ROLES: dict[str, tuple[str, Role]] = {
    "group": (ARBETSGRUPP, Role.LEDAMOT),
    "preparing": ("beredning-personcentrering", Role.HANDLAGGARE),
    "member": (STYRGRUPP, Role.LEDAMOT),
    "secretary": (STYRGRUPP, Role.SEKRETERARE),
    "support": ("regionalt-stod", Role.SAMORDNARE),
    "contact": ("kontakt-trosa", Role.KONTAKTPERSON),
    "observer": (ARBETSGRUPP, Role.ADJUNGERAD),
}


@pytest.mark.parametrize("role", ROLES)
def test_first_visit_of_each_role_is_accessible_and_fits(world: World, open_page: OpenPage, role: str) -> None:
    world.carried_to(StationKind.BESLUT)
    page = log_in(open_page(), world.seat(*ROLES[role]))

    assert sweep(page, ["/"]) == {}
    page.set_viewport_size({"width": 320, "height": 800})
    above = page.locator(".s-columns > .s-stack").bounding_box()
    guide = page.locator(".s-guide").bounding_box()
    assert above is not None
    assert guide is not None
    assert guide["y"] >= above["y"] + above["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_guide_is_put_away_and_had_back(world: World, open_page: OpenPage, javascript: bool) -> None:
    page = log_in(open_page(javascript=javascript), world.author)
    press(page, "Visa inte igen")
    says(page, "Genomgången visas inte igen.")
    expect(page.locator(".s-guide")).to_have_count(0)

    page.locator("footer").get_by_role("link", name="Hjälp").click()
    press(page, "Visa på Mitt arbete igen genomgången Du som arbetar i en arbetsgrupp")

    expect(page.get_by_role("heading", name="Du som arbetar i en arbetsgrupp")).to_be_visible()


def test_help_is_accessible_and_fits(world: World, open_page: OpenPage) -> None:
    draft = world.make()
    page = log_in(open_page(), world.author)
    nobody = log_in(open_page(), Person.objects.create_user("ingen@example.org", "Exempelingen", "lösenord"))

    assert sweep(page, ["/hjalp/", "/hjalp/delar/"]) == {}
    assert sweep(nobody, ["/", "/hjalp/", "/hjalp/delar/"]) == {}
    page.goto(f"/satsningar/{draft.pk}/del/uppfoljning/")
    page.get_by_text("Så gör du den här delen bra").click()
    assert faults(page) == []
    follow(page, "Hjälp till alla delar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad delarna är till för")
