"""The papers of a meeting as one PDF in the browser: asked for, waited for, fetched, made anew."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import OpenPage
from tests.browser.people import log_in
from tests.browser.sweeping import faults
from tests.running import RunJobs
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.meetings.papers.test_freezing import add_matter
from tests.workflow.papers.checks import bookmarks_of
from tests.workflow.world import World, make_world
from workflow.meetings.models import AgendaItem, Handlingssamling

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county at work."""
    return make_world()


def test_set_is_asked_for_waited_for_and_fetched(
    world: World, open_page: OpenPage, run_jobs: RunJobs, tmp_path: Path
) -> None:
    meeting = make_meeting(world)
    add_matter(world, meeting)
    page = log_in(open_page(width=320), world.secretary)
    page.goto(reverse("handlingar", args=[meeting.pk]))
    found = faults(page)
    page.get_by_role("button", name="Skapa alla handlingar som en PDF").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handlingar till")
    run_jobs()
    page.get_by_role("link", name="Öppna resultatet").click()
    expect(page.get_by_text("Aktuell", exact=True)).to_be_visible()
    found += faults(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hämta PDF:en").click()
    fetched.value.save_as(tmp_path / "handlingar.pdf")
    assert bookmarks_of(PdfReader(tmp_path / "handlingar.pdf")) == [
        "Föredragningslista",
        "1. Handlingsplan för samsjuklighet",
    ]

    add_item(world, meeting, title="Nytt på listan")
    page.reload()
    expect(page.get_by_text("Dagordningen eller handlingarna har ändrats sedan PDF:en gjordes.")).to_be_visible()
    found += faults(page)
    assert found == []
    page.get_by_role("button", name="Gör en ny PDF").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handlingar till")
    page.goto(reverse("handlingar", args=[meeting.pk]))
    expect(page.get_by_text("En ny PDF görs nu: 0 av 2 punkter är klara.")).to_be_visible()
    assert faults(page) == []


def test_meetings_page_leads_to_the_papers(world: World, open_page: OpenPage) -> None:
    meeting = make_meeting(world)
    page = log_in(open_page(javascript=False), world.secretary)
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Alla handlingar som en PDF").click()
    expect(page.get_by_text("Det står inget på dagordningen än")).to_be_visible()
    assert not AgendaItem.objects.exists()
    assert not Handlingssamling.objects.exists()
