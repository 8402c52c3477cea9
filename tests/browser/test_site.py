"""The pages that everybody meets, logged in or not, in the browser."""

import pytest
from playwright.sync_api import expect

from config import sidor
from governance.models import Person
from tests.browser.conftest import OpenPage
from tests.browser.sweeping import faults
from tests.browser.watch import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "ett långt lösenord 17"
OPEN = ["/konto/login/", "/konto/password/reset/", "/finns-inte/", *(f"/om/{slug}/" for slug, _ in sidor.PAGES)]
OWN = ["/konto/password/change/", "/konto/tvastegs/", "/konto/tvastegs/totp/activate/", "/konto/logout/"]


@pytest.fixture
def person(transactional_db: None) -> Person:
    person = Person(email="karin.ekstrom@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1440, "dark")])
def test_open_pages_are_accessible_and_fit(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width=width, scheme=scheme)

    found = {}
    for address in OPEN:
        page.goto(address)
        found[address] = violations(page) + too_wide(page)

    assert found == {address: [] for address in OPEN}


@pytest.mark.parametrize("javascript", [True, False])
def test_person_logs_in_by_keyboard(open_page: OpenPage, person: Person, javascript: bool) -> None:
    page = open_page(javascript=javascript)
    page.goto("/konto/login/?next=/om/kakor/")

    page.get_by_label("E-postadress").fill(person.email)
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_label("Lösenord").press("Enter")
    expect(page).to_have_title("Fel: Logga in – Satsningar")
    if javascript:
        expect(page.locator("ds-error-summary")).to_be_focused()
        assert violations(page) == []
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_label("Lösenord").press("Enter")

    expect(page).to_have_url("/om/kakor/")
    expect(page.get_by_text(person.email).first).to_be_attached()


def test_own_pages_are_accessible_and_fit(open_page: OpenPage, person: Person) -> None:
    page = open_page(width=320)
    page.goto("/konto/login/?next=/om/kakor/")
    page.get_by_label("E-postadress").fill(person.email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_label("Lösenord").press("Enter")
    expect(page).to_have_url("/om/kakor/")

    found = {}
    for address in OWN:
        page.goto(address)
        found[address] = violations(page) + too_wide(page)

    assert found == {address: [] for address in OWN}


def test_sweep_finds_what_is_faint_in_the_dark_alone_and_what_has_no_name(open_page: OpenPage) -> None:
    page = open_page()
    page.set_content(
        "<html lang='sv'><title>Prov</title><style>@media (prefers-color-scheme: dark) {p {color: #ccc}}</style>"
        "<main><h1>Prov</h1><p>Syns inte i mörker.</p><button></button></main></html>"
    )

    found = faults(page)

    assert [fault.split(":")[:2] for fault in found] == [
        ["dark", " color-contrast"],
        ["light", " button-name"],
        ["narrow", " button-name"],
    ]
