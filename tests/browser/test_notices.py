"""Notices and letters in the browser: no page of them sticks out or stops a screen reader; read by a press."""

import pytest
from playwright.sync_api import expect

from governance.models import Person
from governance.vocabulary import Role, StationKind
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in
from tests.browser.sweeping import faults, sweep
from tests.workflow.world import ARBETSGRUPP, World, make_world
from workflow.models import Delivery
from workflow.notices.sending import send_due
from workflow.notices.sorting import sort_new

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer(transactional_db: None) -> Person:
    """Give the officer, who is told of a case handed in; letters have been written, and a decision waits."""
    world: World = make_world()
    officer = world.officer
    world.seat(ARBETSGRUPP, Role.LEDAMOT)
    world.also(officer, "regionalt-stod", Role.SAMORDNARE)
    world.carried_to(StationKind.INLAMNAD)
    world.carried_to(StationKind.BESLUTAD)
    sort_new()
    send_due()
    return officer


def test_pages_of_notices_and_letters_are_whole(officer: Person, open_page: OpenPage) -> None:
    page = log_in(open_page(), officer)
    letter = Delivery.objects.order_by("pk")[0]
    addresses = ["/notiser/", "/notiser/?slag=runda", "/notiser/val/", "/utskick/", "/utskick/beslut/"]
    assert sweep(page, [*addresses, f"/utskick/brev/{letter.pk}/"]) == {}


def test_a_notice_is_read_by_a_press_and_the_count_goes_down(officer: Person, open_page: OpenPage) -> None:
    page = log_in(open_page(width=320), officer)
    page.goto("/notiser/")
    count = page.locator(".s-notices-count")
    before = int(count.inner_text().split()[0])
    page.get_by_role("button", name="Markera som läst").first.click()
    expect(count).to_contain_text(str(before - 1))
    page.get_by_role("button", name="Markera alla som lästa").click()
    expect(page.get_by_text("Allt är markerat som läst.")).to_be_visible()
    expect(count).to_have_count(0)
    assert faults(page) == []
