"""The calendar page in the browser: an address made and shown without JavaScript, and read at any width."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.people import log_in, press
from tests.browser.sweeping import faults, sweep
from tests.workflow.meetings.building import make_meeting
from tests.workflow.world import World, make_world
from workflow.meetings.models import CalendarAddress
from workflow.meetings.vocabulary import MeetingState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_address_is_made_and_shown_once(world: World, open_page: OpenPage, javascript: bool) -> None:
    page = log_in(open_page(javascript=javascript, width=320), world.secretary)
    page.goto("/kalender/")
    press(page, "Skapa adress till mina möten")
    field = page.get_by_label("Adressen", exact=True)
    address = field.input_value()
    assert "/kalender/" in address
    if javascript:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        press(page, "Kopiera adressen")
        expect(page.get_by_text("Kopierad.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == address
        assert faults(page) == []
    else:
        expect(page.get_by_role("button", name="Kopiera")).to_have_count(0)
    page.goto("/kalender/")
    expect(field).to_have_count(0)
    press(page, "Ta bort adressen till mina möten")
    expect(page.get_by_role("button", name="Skapa adress till mina möten")).to_be_visible()
    assert not CalendarAddress.objects.exists()


def test_the_pages_of_the_calendar_are_for_everybody(world: World, open_page: OpenPage) -> None:
    meeting = make_meeting(world, state=MeetingState.KALLAT)
    page = log_in(open_page(), world.secretary)
    assert sweep(page, ("/kalender/", f"/moten/{meeting.pk}/")) == {}
