"""Matters that are no satsning in the browser: brought without JavaScript, and read at any width."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.people import follow, log_in, press, says, write
from tests.browser.sweeping import sweep
from tests.workflow.meetings.building import make_meeting
from tests.workflow.meetings.matters.conftest import Matters
from tests.workflow.world import World, make_world
from workflow.meetings.models import OvrigtArende
from workflow.meetings.planning.matters.files import add_files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_matter_is_brought_and_put_on_an_agenda(world: World, open_page: OpenPage, javascript: bool) -> None:
    meeting = make_meeting(world)
    page = log_in(open_page(javascript=javascript, width=320), world.secretary)
    page.goto("/ovriga-arenden/")
    follow(page, "Anmäl ett ärende")
    press(page, "Anmäl ärendet")
    expect(page.locator("h1")).to_have_text("Anmäl ett ärende")
    page.get_by_label("Svar på remiss").check()
    write(page, "title", "Svar på remiss om samordnad habilitering och rehabilitering")
    write(page, "forslag", "Svaret lämnas.")
    press(page, "Anmäl ärendet")
    says(page, "Ärendet är anmält till Länsstyrgruppen")
    page.get_by_label("Möte").select_option(str(meeting.pk))
    press(page, "Lägg på dagordningen")
    says(page, "Svar på remiss om samordnad habilitering och rehabilitering står på dagordningen.")
    assert OvrigtArende.objects.get().agenda_items.count() == 1


def test_the_pages_of_matters_are_for_everybody(world: World, open_page: OpenPage) -> None:
    matters = Matters(world)
    matter, waiting = matters.make(), matters.make()
    add_files(waiting.pk, [SimpleUploadedFile("bedomningsunderlag-habilitering.txt", b"A")], actor=world.secretary)
    matters.on_agenda(matter)
    body = matter.body_id
    make_meeting(world, days=40)
    page = log_in(open_page(), world.secretary)
    addresses = (
        "/ovriga-arenden/",
        "/ovriga-arenden/?lage=atertaget",
        f"/ovriga-arenden/nytt/{body}/",
        f"/ovriga-arenden/{matter.pk}/",
        f"/ovriga-arenden/{waiting.pk}/",
        f"/ovriga-arenden/{waiting.pk}/andra/",
    )
    assert sweep(page, addresses) == {}
