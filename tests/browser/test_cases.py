"""Every page of a case is accessible, light and dark, wide and narrow, as the people who use it see it."""

import pytest
from playwright.sync_api import Page, expect

from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in, press, write
from tests.browser.sweeping import faults, sweep
from tests.workflow.world import World, make_world
from workflow.edits import save_part
from workflow.inputs import Inputs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    world = make_world()
    world.members()
    return world


def of(satsning: Satsning, *pages: str) -> list[str]:
    """Return addresses below a case's own."""
    return [f"/satsningar/{satsning.pk}/{page}" for page in pages]


def test_authors_pages_of_a_draft(world: World, open_page: OpenPage) -> None:
    draft = world.make()
    world.fill(draft, "uppdrag", "omfattning", "ekonomi", "uppfoljning")
    page = log_in(open_page(), world.author)

    assert sweep(page, ["/", "/satsningar/ny/", *of(draft, "", "gor/lamna_in/", "gor/aterkalla/", "bilagor/")]) == {}
    assert sweep(page, of(draft, *[f"del/{code}/" for code in PARTS])) == {}


def test_pages_of_a_case_in_preparation(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    asked = world.carried_to(StationKind.KOMPLETTERING)
    officer, author = log_in(open_page(), world.officer), log_in(open_page(), world.author)
    moves = ("utlatande/", "handlaggare/", "gor/begar_komplettering/", "gor/anmal/")

    assert sweep(officer, ["/", *of(satsning, "", "del/uppdrag/", "del/koppling/", "revisioner/1/", *moves)]) == {}
    assert sweep(author, of(asked, "", "komplettering/", "del/ekonomi/", "gor/lamna_komplettering/")) == {}
    assert sweep(officer, of(asked, "komplettering/", "jamfor/?fran=1&till=nu")) == {}


def test_pages_of_a_matter_on_the_table(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    member = log_in(open_page(), world.seat("lansstyrgruppen", Role.LEDAMOT))
    secretary = log_in(open_page(), world.secretary)
    moves = [f"gor/{move}/" for move in ("bifall", "avslag", "aterremiss", "bordlaggning")]

    assert sweep(member, ["/", *of(satsning, "")]) == {}
    assert sweep(secretary, ["/", *of(satsning, "", *moves)]) == {}


def test_pages_of_a_running_case(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    value = {"titel": "Mobila team i hela länet", "syfte": "Ett helt nytt syfte."}
    save_part(satsning.pk, "uppdrag", value, actor=world.author, expected_version=0)
    author = log_in(open_page(), world.author)
    contact = log_in(open_page(), world.seat("kontakt-trosa", Role.KONTAKTPERSON))
    parts = [f"del/{code}/" for code in ("uppdrag", "varden", "lage", "inforande", "slutrapport")]

    assert sweep(author, of(satsning, "", *parts, "jamfor/?fran=nu&till=forslag", "jamfor/?fran=1&till=nu")) == {}
    assert sweep(contact, ["/", *of(satsning, "", "del/lage/", "diarienummer/", "min-organisation/")]) == {}
    assert sweep(author, of(satsning, "utskrift/", "utskrift/?revision=1&omfang=historik", "min-organisation/")) == {}


def test_pages_that_refuse(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    draft = world.make()
    page, secretary = log_in(open_page(), world.author), log_in(open_page(), world.secretary)

    page.goto(f"/satsningar/{satsning.pk}/gor/bifall/")
    expect(page).to_have_title("Fel: Det här får du inte göra – Satsningar")
    assert faults(page) == []
    page.goto("/satsningar/999999/")
    assert faults(page) == []
    _stale_and_incomplete(page, world, draft)
    _without_quorum(secretary, satsning)


def _stale_and_incomplete(page: Page, world: World, draft: Satsning) -> None:
    page.goto(f"/satsningar/{draft.pk}/gor/aterkalla/")
    world.do(draft, "byt_ansvarig_grupp", world.coordinator, reason="Prov.", inputs=_other_group(world))
    write(page, "reason", "Vi har ingen som leder arbetet.")
    press(page, "Återkalla satsningen")
    expect(page).to_have_title("Fel: Det här får du inte göra – Satsningar")
    expect(page.locator("main")).to_contain_text("Vi har ingen som leder arbetet.")
    assert faults(page) == []


def _other_group(world: World) -> Inputs:
    world.person("arbetsgrupp-egenmonitorering", Role.LEDAMOT)
    return Inputs(ansvarig_grupp_id=world.body("arbetsgrupp-egenmonitorering").pk)


def _without_quorum(page: Page, satsning: Satsning) -> None:
    page.goto(f"/satsningar/{satsning.pk}/gor/bifall/")
    press(page, "Bifall")
    expect(page.locator("ds-error-summary")).to_be_focused()
    assert faults(page) == []
    write(page, "meeting_date", today().isoformat())
    write(page, "paragraph", "§ 1")
    page.locator('input[name$="-deltog"]').first.check()
    press(page, "Bifall")
    expect(page.get_by_role("heading", name="Det gick inte")).to_be_visible()
    expect(page.locator('[name="paragraph"]')).to_have_value("§ 1")
    assert faults(page) == []


def test_conflict_is_readable(world: World, open_page: OpenPage) -> None:
    satsning = world.make()
    page = log_in(open_page(javascript=True), world.author)
    page.goto(f"/satsningar/{satsning.pk}/del/uppdrag/")
    world.fill(satsning, "uppdrag")

    write(page, "syfte", "Ett annat syfte.")
    press(page, "Spara och gå tillbaka")

    expect(page.locator(".s-conflict")).to_be_focused()
    expect(page.locator(".s-conflict")).to_contain_text("Ett annat syfte.")
    assert faults(page) == []
