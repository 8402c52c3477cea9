"""A case written out, in a browser: chosen, downloaded, printed on white paper; and a timeline unfolded."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from governance.vocabulary import StationKind
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in
from tests.workflow.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


def downloaded(page: Page, link: str) -> tuple[str, bytes]:
    """Press a link and return the file that comes, with its name."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_case_is_chosen_and_downloaded(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    reference = world.fresh(satsning).reference
    page = log_in(open_page(), world.author)
    page.goto(f"/satsningar/{satsning.pk}/")
    page.get_by_role("link", name="Skriv ut eller hämta som PDF eller Word").click()
    expect(page).to_have_title("Skriv ut – Mobila team i hela länet – Satsningar")

    page.get_by_label("Innehåll").select_option("1")
    page.get_by_label("Omfång").select_option("delar")
    page.get_by_role("button", name="Visa").click()

    expect(page.get_by_role("article")).to_contain_text("Innehållet är revision 1")
    name, pdf = downloaded(page, "Hämta som PDF")
    assert name == f"{reference} Mobila team i hela länet, revision 1.pdf"
    assert "Innehållet är revision 1" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    name, docx = downloaded(page, "Hämta som Word (DOCX)")
    assert name == f"{reference} Mobila team i hela länet, revision 1.docx"
    assert docx.startswith(b"PK")


def test_page_is_printed_on_white_without_what_is_around_it(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    page = log_in(open_page(scheme="dark"), world.author)
    page.goto(f"/satsningar/{satsning.pk}/utskrift/")
    expect(page.get_by_role("button", name="Skriv ut sidan")).to_be_visible()

    page.emulate_media(media="print", color_scheme="dark")

    for around in (".s-header", ".s-footer", ".s-paper-choices", ".s-crumbs"):
        expect(page.locator(around)).to_be_hidden()
    dark, light = (
        page.evaluate(f"getComputedStyle(document.querySelector('.s-paper h1')).{name}")
        for name in ("color", "opacity")
    )
    assert light == "1"
    assert max(int(number) for number in re.findall(r"\d+", dark)[:3]) < 90
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    first = sheets.pages[0]
    assert [round(float(side)) for side in (first.mediabox.width, first.mediabox.height)] == [595, 842]
    assert "Mitt arbete" not in first.extract_text()
    assert f"1 ({len(sheets.pages)})" in first.extract_text()


def test_case_is_printed_without_javascript(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    page = log_in(open_page(javascript=False), world.author)
    page.goto(f"/satsningar/{satsning.pk}/utskrift/?omfang=historik")

    expect(page.get_by_role("button", name="Skriv ut sidan")).to_be_hidden()
    expect(page.get_by_role("heading", name="Händelser")).to_be_visible()
    assert downloaded(page, "Hämta som PDF")[1].startswith(b"%PDF")


def test_earlier_events_are_unfolded(world: World, open_page: OpenPage) -> None:
    satsning = world.carried_to(StationKind.SLUTFORD)
    page = log_in(open_page(), world.author)
    page.goto(f"/satsningar/{satsning.pk}/")
    first = page.get_by_text("Skapade satsningen")
    expect(first).to_be_hidden()

    page.get_by_text("tidigare händelser").click()

    expect(first).to_be_visible()
