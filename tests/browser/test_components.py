"""Every component in the browser: accessible and within the screen, light and dark, and doing what it says."""

from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from satsningar.cleaning import NOT_MONEY
from tests.browser import component_urls
from tests.browser.conftest import OpenPage
from tests.browser.watch import too_wide, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.browser.component_urls"),
    pytest.mark.django_db(transaction=True),
]

PAUSE_OF_SAVING = 2_500
"""Milliseconds in which a form that was not quite saved would have been sent again."""
STATUS = "[data-autosave-status]"


@pytest.fixture(autouse=True)
def saved() -> list[dict[str, Any]]:
    component_urls.SAVED.clear()
    return component_urls.SAVED


def open_components(open_page: OpenPage, **options: Any) -> Page:
    page = open_page(**options)
    page.goto("/komponenter/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 820, 1440])
def test_components_are_accessible_and_fit(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_components(open_page, width=width, scheme=scheme)

    assert violations(page) == []
    assert too_wide(page) == []


@pytest.mark.parametrize("width", [320, 1440])
def test_components_fit_without_javascript(open_page: OpenPage, width: int) -> None:
    page = open_components(open_page, width=width, javascript=False)

    expect(page.locator("markdown-toolbar").first).to_be_hidden()
    expect(page.get_by_role("button", name="Förhandsgranska").first).to_be_hidden()
    expect(page.get_by_role("button", name="Lägg till en kostnad")).to_be_visible()


def test_stepper_folds_on_a_narrow_screen(open_page: OpenPage) -> None:
    wide = open_components(open_page, width=1440)
    narrow = open_components(open_page, width=320)

    expect(wide.locator("[aria-current=step]")).to_contain_text("Beredning")
    expect(wide.get_by_text("Steg 3 av 8: Beredning")).to_be_hidden()
    expect(narrow.get_by_text("Steg 3 av 8: Beredning")).to_be_visible()


def test_ctrl_k_focuses_the_search_box(open_page: OpenPage) -> None:
    page = open_components(open_page)

    page.keyboard.press("Control+k")

    expect(page.get_by_role("searchbox", name="Sök bland satsningar")).to_be_focused()


def test_skip_link_is_first_and_leads_to_the_content(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/om/kakor/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_user_menu_closes_with_escape_and_gives_focus_back(open_page: OpenPage) -> None:
    page = open_components(open_page)
    menu = page.locator("details[data-menu]")

    menu.locator("summary").click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Logga ut")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
def test_chosen_colours_hold_without_a_flash(open_page: OpenPage, javascript: bool) -> None:
    page = open_components(open_page, scheme="light", javascript=javascript)

    page.locator("details[data-menu] summary").click()
    page.get_by_role("button", name="Mörkt").click()

    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    assert page.url.endswith("/komponenter/")


def test_error_summary_takes_focus_and_leads_to_the_fields(open_page: OpenPage) -> None:
    page = open_components(open_page)
    page.get_by_label("Titel", exact=True).fill("")
    page.get_by_label("Kostnad i kronor").fill("en miljon")
    page.get_by_role("button", name="Spara och gå tillbaka").click()

    summary = page.locator("ds-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Fel: Mobila team i hela länet – Satsningar")
    expect(summary).to_contain_text(f"Kostnad i kronor: {NOT_MONEY}")
    expect(page.get_by_label("Kostnad i kronor")).to_have_value("en miljon")
    assert violations(page) == []
    summary.get_by_role("link", name="Kostnad i kronor").click()

    expect(page.get_by_label("Kostnad i kronor")).to_be_focused()
    expect(page.get_by_label("Kostnad i kronor")).to_have_accessible_description(f"Hela kronor. Fel: {NOT_MONEY}")


def test_rows_are_added_and_removed_by_keyboard(open_page: OpenPage) -> None:
    page = open_components(open_page)

    page.get_by_role("button", name="Lägg till en kostnad").press("Enter")
    expect(page.get_by_label("År", exact=True).nth(2)).to_be_focused()
    page.keyboard.type("2028")
    page.get_by_role("button", name="Ta bort kostnaden 1").press("Enter")

    expect(page.get_by_role("button", name="Ta bort kostnaden 2")).to_be_visible()
    expect(page.get_by_role("button", name="Ta bort kostnaden 3")).to_be_hidden()
    expect(page.get_by_role("button", name="Ta bort kostnaden 1")).to_be_focused()
    assert page.locator("[name=kostnader-TOTAL_FORMS]").input_value() == "3"
    assert page.locator("[name=kostnader-0-DELETE]").is_checked()
    assert violations(page) == []


def test_preview_shows_the_text_and_comes_back(open_page: OpenPage) -> None:
    page = open_components(open_page)
    text = page.get_by_label("Behov")
    text.fill("- ett\n- **två**")
    button = page.locator("[data-preview]").first

    button.click()
    expect(page.get_by_role("group", name="Förhandsgranskning").locator("li strong")).to_have_text("två")
    assert violations(page) == []
    button.click()

    expect(text).to_be_focused()
    expect(text).to_have_value("- ett\n- **två**")


def test_formatting_buttons_work(open_page: OpenPage) -> None:
    page = open_components(open_page)
    text = page.get_by_label("Behov")
    text.fill("viktigt")
    text.select_text()

    page.get_by_role("button", name="Fetstil").first.click()

    expect(text).to_have_value("**viktigt**")


WORD = """<html><body><p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
<span>&nbsp;&nbsp;&nbsp; </span></span>Ett <b>viktigt</b> skäl</p><p class=MsoListParagraphCxSpLast
style='mso-list:l0 level1 lfo1'><span>·<span>&nbsp;&nbsp; </span></span>Två</p>
<table><tr><td><p>År</p></td><td><p>Antal</p></td></tr><tr><td>2025</td><td>7 | 8</td></tr></table></body></html>"""


def test_what_is_pasted_from_word_keeps_lists_and_tables(open_page: OpenPage) -> None:
    page = open_components(open_page)
    text = page.get_by_label("Behov")
    text.focus()

    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true,
                                                                              cancelable: true}));
        }""",
        WORD,
    )

    expect(text).to_have_value("- Ett **viktigt** skäl\n\n- Två\n\n| År | Antal |\n| --- | --- |\n| 2025 | 7 \\| 8 |")


def test_autosave_saves_and_says_when(open_page: OpenPage, saved: list[dict[str, Any]]) -> None:
    page = open_components(open_page)

    page.get_by_label("Titel", exact=True).fill("Mobila team")
    expect(page.locator(STATUS)).to_have_text("Sparat 14.05")
    page.get_by_label("Titel", exact=True).fill("Mobila team i länet")
    expect(page.locator(STATUS)).to_have_text("Sparar …")
    expect(page.locator(STATUS)).to_have_text("Sparat 14.05")

    page.wait_for_timeout(PAUSE_OF_SAVING)

    assert [(post["titel"], post["version"]) for post in saved] == [("Mobila team", "7"), ("Mobila team i länet", "8")]


def test_autosave_shows_what_is_wrong_and_keeps_the_text(open_page: OpenPage, saved: list[dict[str, Any]]) -> None:
    page = open_components(open_page)
    title = page.get_by_label("Titel", exact=True)

    title.fill("för lång")

    expect(page.get_by_text("Titeln är för lång.")).to_be_visible()
    expect(title).to_have_value("för lång")
    expect(title).to_have_attribute("aria-invalid", "true")
    assert saved == []
    title.fill("kort")
    expect(page.locator(STATUS)).to_have_text("Sparat 14.05")
    expect(page.get_by_text("Titeln är för lång.")).to_be_hidden()
    expect(title).not_to_have_attribute("aria-invalid", "true")


def test_autosave_shows_both_texts_when_somebody_else_has_saved(open_page: OpenPage) -> None:
    page = open_components(open_page)
    form = page.locator("form[data-autosave]")

    form.get_by_label("Titel", exact=True).fill("krock")

    conflict = form.locator(".s-conflict")
    expect(conflict).to_be_focused()
    expect(conflict).to_contain_text("Per Lund har sparat samma del")
    expect(conflict.get_by_role("button", name="Spara min text")).to_be_visible()
    expect(form.get_by_label("Titel", exact=True)).to_have_value("krock")


def test_autosave_keeps_trying_when_the_network_fails(open_page: OpenPage, saved: list[dict[str, Any]]) -> None:
    page = open_page()
    page.goto("/komponenter/")
    tried: list[str] = []

    def fail_once(route: Route) -> None:
        tried.append(route.request.url)
        if len(tried) == 1:
            route.fulfill(status=200, content_type="text/html", body="<p>Logga in på det trådlösa nätet</p>")
        else:
            route.continue_()

    page.route("**/komponenter/spara/", fail_once)
    page.get_by_label("Titel", exact=True).fill("Envis")
    expect(page.locator(STATUS)).to_contain_text("Inte sparat: ingen kontakt med tjänsten")

    expect(page.locator(STATUS)).to_have_text("Sparat 14.05")
    assert [post["titel"] for post in saved] == ["Envis"]


def test_autosave_says_when_one_is_logged_out_and_saves_later(open_page: OpenPage, saved: list[dict[str, Any]]) -> None:
    page = open_components(open_page)

    page.get_by_label("Titel", exact=True).fill("utloggad")

    expect(page.locator(STATUS)).to_contain_text("du är utloggad. Logga in i en ny flik")
    expect(page.locator(STATUS)).to_have_text("Sparat 14.05")
    assert [post["titel"] for post in saved] == ["inloggningen", "utloggad"]


def test_leaving_with_unsaved_text_warns(open_page: OpenPage) -> None:
    page = open_components(open_page)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)

    page.get_by_label("Titel", exact=True).press_sequentially("!")
    page.goto("/komponenter/")

    assert asked == ["beforeunload"]
