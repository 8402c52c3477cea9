"""Work that takes time in the browser: followed to its end without a touch, or by the link where there is no script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.people import log_in
from tests.browser.sweeping import faults
from tests.running import RunJobs
from tests.workflow.jobb.test_jobb import begin
from tests.workflow.world import World, make_world
from workflow.jobb.models import Jobblage, Jobbstatus

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county at work."""
    return make_world()


def test_page_follows_the_work_by_itself_and_then_stops_asking(
    world: World, open_page: OpenPage, run_jobs: RunJobs
) -> None:
    row = begin(world)
    page = log_in(open_page(width=320), world.secretary)
    page.goto(reverse("jobb", args=[row.pk]))
    expect(page.get_by_role("status")).to_have_text("Arbetet väntar på sin tur.")
    page.evaluate("document.querySelector('[role=status]').isTheFirst = true")
    page.get_by_role("link", name="Uppdatera sidan").focus()
    found = faults(page)

    Jobbstatus.objects.update(state=Jobblage.PAGAR, done=3, total=4, message="Ärende 3 av 4")
    expect(page.get_by_role("status")).to_have_text("Mer än tre fjärdedelar är klara.")
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 3)
    expect(page.get_by_role("link", name="Uppdatera sidan")).to_be_focused()
    found += faults(page)
    Jobbstatus.objects.update(state=Jobblage.VANTAR)
    run_jobs()
    expect(page.get_by_role("status")).to_have_text("Arbetet är klart.")
    found += faults(page)

    assert found == []
    # The region that is read aloud stays; only its words change.
    expect(page.get_by_role("status")).to_have_js_property("isTheFirst", value=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(5000)
    assert asked == []
    page.get_by_role("link", name="Öppna resultatet").click()
    page.wait_for_url("**/hjalp/")


def test_page_is_followed_by_its_link_without_scripts(world: World, open_page: OpenPage, run_jobs: RunJobs) -> None:
    row = begin(world)
    page = log_in(open_page(javascript=False), world.secretary)
    page.goto(reverse("jobb", args=[row.pk]))
    expect(page.get_by_text("Du kan lämna sidan.")).to_be_visible()
    Jobbstatus.objects.update(state=Jobblage.MISSLYCKAD, finished_at=row.created_at)
    page.get_by_role("link", name="Uppdatera sidan").click()
    expect(page.get_by_role("status")).to_have_text("Det gick inte att bli klar.")

    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_role("status")).to_have_text("Arbetet väntar på sin tur.")
    run_jobs()
    page.get_by_role("link", name="Uppdatera sidan").click()

    expect(page.get_by_role("link", name="Öppna resultatet")).to_be_visible()
