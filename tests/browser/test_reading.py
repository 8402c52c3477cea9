"""Reading in the browser: by keyboard, without a network, and at any width; what a device keeps and when it goes."""

import json

import pytest
from playwright.sync_api import Page, expect

from governance.models import Membership
from tests.browser.conftest import OpenPage
from tests.browser.people import becomes_true, log_in, press, says, without_network
from tests.browser.sweeping import faults, sweep
from tests.workflow.meetings.reading.helping import Called, called, other_member
from tests.workflow.world import make_world
from workflow.meetings.models import PrivateNote, ReadMark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLET, UPRIGHT = 820, 1180
KEPT = "async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys())"
KEPT += ".map(one => new URL(one.url).pathname)))).flat().filter(path => path.includes('/las/'))"
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('satsningar-'))"


@pytest.fixture
def made(transactional_db: None) -> Called:
    """Give a called meeting whose papers are read."""
    return called(make_world())


def kept(page: Page, *paths: str) -> None:
    """Expect the device to keep these matters, and the page that says what is not kept."""
    expected = sorted([*paths, "/moten/las/utan-nat/"])
    said = json.dumps(expected, separators=(",", ":"))
    becomes_true(page, f"async (said) => JSON.stringify((await ({KEPT})()).sort()) === said", said)


def test_matters_are_read_on_by_keyboard_and_focus_is_never_behind_the_bar(made: Called, open_page: OpenPage) -> None:
    page = log_in(open_page(width=TABLET, height=UPRIGHT), made.reader.person)
    page.get_by_role("listitem").filter(has_text="Läs inför mötet").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"2. {made.case.title}")
    expect(page.get_by_text("Du har läst punkten.")).to_be_visible()
    assert ReadMark.objects.get().item_id == made.case.pk

    page.get_by_role("link", name="Nästa").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"3. {made.matter.title}")
    page.get_by_role("link", name="Föregående").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"2. {made.case.title}")
    page.wait_for_load_state()
    covered = []
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
                const one = document.activeElement, bar = document.querySelector(".s-reading-bar");
                if (one === document.body || bar.contains(one)) return one === document.body ? "ended" : "";
                const box = one.getBoundingClientRect();
                const isSeen = box.top < bar.getBoundingClientRect().top && box.bottom > 0;
                return isSeen ? "" : one.outerHTML.slice(0, 120);
            }"""
        )
        if told == "ended":
            break
        covered += [told] if told else []
    assert covered == []
    page.get_by_text("1 av 5").click()
    page.get_by_role("link", name=made.information.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"5. {made.information.title}")


def test_what_it_costs_is_shown_in_full_at_any_width(made: Called, open_page: OpenPage) -> None:
    page = log_in(open_page(), made.reader.person)
    page.goto(made.address(made.case))
    box = page.locator(".s-scroll:has(> .s-reading-years)")
    box.evaluate("""box => {
        const [head, row] = box.querySelectorAll("tr");
        head.append(Object.assign(document.createElement("th"), {textContent: "Del av heltid", className: "s-number"}));
        row.append(Object.assign(document.createElement("td"), {textContent: "120 %", className: "s-number"}));
        row.cells[1].textContent = "12\u00a0250\u00a0000\u00a0kr";
    }""")
    cut = []
    for width in (320, 768, TABLET, 900, 1024, 1440):
        page.set_viewport_size({"width": width, "height": UPRIGHT})
        cut += [width] * box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert cut == []


def test_what_was_opened_is_read_without_a_network_and_goes_at_logout(made: Called, open_page: OpenPage) -> None:
    page = log_in(open_page(width=TABLET, height=UPRIGHT), made.reader.person)
    case, matter, third = (made.address(one) for one in (made.case, made.matter, made.information))
    page.goto(case)
    kept(page, case)
    page.goto(made.address(made.secret))
    page.goto(matter)
    kept(page, case, matter)
    page.get_by_label("Min anteckning").fill("Skrivet med nät")
    expect(page.get_by_text("Sparat")).to_be_visible()
    page.goto(case)
    holds = "async (path) => (await (await caches.match(path)).text()).includes('Skrivet med nät')"
    becomes_true(page, holds, matter)

    with without_network(page):
        page.goto(case)
        expect(page.get_by_text("Du läser en sparad kopia från")).to_be_visible()
        expect(page.get_by_role("heading", name="Förslag till beslut")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.s-reading-bar')).position") == "fixed"
        page.get_by_label("Min anteckning").fill("Skrivet utan nät")
        page.get_by_role("link", name="Nästa").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"3. {made.matter.title}")
        expect(page.get_by_text("Du läser en sparad kopia från")).to_be_visible()
        expect(page.get_by_label("Min anteckning")).to_have_value("Skrivet med nät")
        page.goto(third)
        expect(page.get_by_role("heading", level=1)).to_have_text("Punkten är inte sparad på enheten")
        expect(page.locator("[data-sparade] a")).to_have_count(2)
        assert not PrivateNote.objects.filter(item=made.case).exists()

    page.goto(matter)
    expect(page.get_by_text("Du läser en sparad kopia från")).to_be_hidden()
    page.wait_for_function(f"() => ({DRAFTS})().length === 0")
    assert PrivateNote.objects.get(item=made.case).text == "Skrivet utan nät"

    page.locator(".s-user > summary").click()
    press(page, "Logga ut")
    becomes_true(page, "async () => (await caches.keys()).length === 0")
    assert page.evaluate(DRAFTS) == []
    page.goto("/konto/login/")
    assert page.evaluate("async () => (await caches.keys()).length") == 0


def test_another_persons_log_in_takes_the_copies_away(made: Called, open_page: OpenPage) -> None:
    page = log_in(open_page(), made.reader.person)
    page.goto(made.address(made.case))
    kept(page, made.address(made.case))
    page.context.clear_cookies()
    log_in(page, other_member(made.world))
    becomes_true(page, "async () => (await caches.keys()).length === 0")


def test_a_note_saves_itself_and_shows_both_texts_of_two_devices(made: Called, open_page: OpenPage) -> None:
    first, second = (log_in(open_page(width=320), made.reader.person) for _ in range(2))
    for page in (first, second):
        page.goto(made.address(made.case))
    first.get_by_label("Min anteckning").fill("Från telefonen")
    expect(first.get_by_text("Sparat")).to_be_visible()
    second.get_by_label("Min anteckning").fill("Från plattan")
    expect(second.get_by_role("heading", name="Du har ändrat anteckningen på en annan enhet")).to_be_visible()
    expect(second.locator(".s-conflict").get_by_text("Från telefonen")).to_be_visible()
    assert faults(second) == []
    press(second, "Spara den jag har skrivit här")
    says(second, "Anteckningen är sparad.")
    assert PrivateNote.objects.get().text == "Från plattan"


def test_reading_works_without_scripts(made: Called, open_page: OpenPage) -> None:
    page = log_in(open_page(javascript=False, width=TABLET, height=UPRIGHT), made.reader.person)
    page.goto(made.address(made.matter))
    page.get_by_label("Min anteckning").fill("Fråga om planen")
    press(page, "Spara anteckningen")
    says(page, "Anteckningen är sparad.")
    press(page, "Markera som läst")
    says(page, "Punkten är markerad som läst.")
    assert ReadMark.objects.get().item_id == made.matter.pk


def test_pages_of_reading_are_accessible_and_fit(made: Called, open_page: OpenPage) -> None:
    reader: Membership = made.reader
    PrivateNote.objects.create(item=made.case, person=reader.person, text="Fråga om kostnaden.")
    page = log_in(open_page(), reader.person)
    items = (made.opening, made.case, made.matter, made.secret, made.information, made.duties)
    pages = [*(made.address(one) for one in items), f"/moten/{made.meeting.pk}/las/anteckningar/"]
    assert sweep(page, [*pages, f"/moten/{made.meeting.pk}/", "/moten/las/utan-nat/", "/"]) == {}


def test_first_screen_of_a_normal_matter_fits_a_tablet_upright(made: Called, open_page: OpenPage) -> None:
    page = log_in(open_page(width=TABLET, height=UPRIGHT), made.reader.person)
    page.goto(made.address(made.case))
    expect(page.get_by_role("heading", name="Förslag till beslut")).to_be_visible()
    bottom = page.evaluate("document.querySelector('.s-reading-first').getBoundingClientRect().bottom")
    bar = page.evaluate("document.querySelector('.s-reading-bar').getBoundingClientRect().top")
    assert bottom <= bar
    for name in ("Föregående", "Nästa"):
        link = page.get_by_role("link", name=name)
        if link.count():
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 44
