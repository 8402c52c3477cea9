"""Planning in the browser: a meeting is planned, its agenda ordered by keyboard, called to and read, at any width."""

import pytest
from playwright.sync_api import expect

from governance.vocabulary import Role
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in, press, says
from tests.browser.sweeping import faults, sweep
from tests.workflow.meetings.planning.helping import a_day, edition, planned, put, titles, waiting
from tests.workflow.world import STYRGRUPP, World, make_world
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.calling import call
from workflow.meetings.planning.leaving import remove

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_meeting_is_planned_ordered_and_called(world: World, open_page: OpenPage, javascript: bool) -> None:
    title = waiting(world).satsning.uppdrag.titel
    page = log_in(open_page(javascript=javascript, width=320), world.secretary)
    page.get_by_role("link", name="Möten", exact=True).click()
    page.get_by_role("link", name="Planera ett möte").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Planera ett möte")
    page.wait_for_load_state()  # the script that counts the last days listens from then on
    page.get_by_label("Dag", exact=True).fill(a_day().isoformat())
    if javascript:
        page.get_by_label("Dag", exact=True).press("Tab")
    else:
        press(page, "Räkna ut sista dagar")
    expect(page.get_by_text("Kallelse senast")).to_be_visible()
    page.get_by_label("Börjar").fill("09:00")
    page.get_by_label("Slutar").fill("12:00")
    press(page, "Planera mötet")
    says(page, "Mötet är planerat.")

    page.get_by_role("link", name="Ordna dagordningen").first.click()
    press(page, f"Lägg på dagordningen {title}")
    says(page, f"{title} står på dagordningen.")
    up = page.get_by_role("button", name=f"Upp {title}")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".s-item", has_text=title).locator(".s-item-number")).to_have_text("Punkt 7")
    expect(page.get_by_role("button", name=f"Upp {title}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".s-item", has_text=title).locator(".s-item-number")).to_have_text("Punkt 6")
    minutes = page.get_by_label(f"Minuter för {title}")
    minutes.fill("45")
    minutes.press("Enter")
    says(page, "Ordning och tider är sparade.")
    meeting = Meeting.objects.get()
    assert titles(meeting).index(title) == 5

    page.get_by_role("link", name="Kalla till mötet").click()
    press(page, "Kalla till mötet")
    says(page, "Kallelsen har gått ut.")
    expect(page.locator("main").get_by_text("Kallat", exact=True)).to_be_visible()


def test_pages_of_planning_are_accessible_and_fit(world: World, open_page: OpenPage) -> None:
    first, second, anmalan = planned(world), planned(world, 60), waiting(world)
    item = put(world, first)
    AgendaItem.objects.filter(meeting=first).update(duration=25)
    secretary = log_in(open_page(), world.secretary)
    one, two = f"/moten/{first.pk}/", f"/moten/{second.pk}/"
    pages = ["/moten/", "/moten/ny/", "/moten/ny/aret/", f"/moten/mall/{first.body_id}/", "/", one]
    pages += [f"{one}{name}/" for name in ("dagordning", "dagordning/information", "andra", "stall-in", "kalla")]
    pages += [f"{one}dagordning/{item.pk}/", f"{one}dagordning/{item.pk}/ta-bort/"]
    pages += [f"/satsningar/{anmalan.satsning_id}/", f"/organ/{first.body_id}/"]
    assert sweep(secretary, pages) == {}
    secretary.goto("/moten/ny/aret/")
    secretary.get_by_label("Dagar", exact=True).fill("2029-02-08\n2029-12-25")
    secretary.get_by_label("Börjar").fill("09:00")
    secretary.get_by_label("Slutar").fill("12:00")
    press(secretary, "Kontrollera dagarna")
    expect(secretary.get_by_role("button", name="Planera 2 möten")).to_be_visible()
    assert faults(secretary) == []
    secretary.goto(f"{two}dagordning/")
    AgendaItem.objects.filter(meeting=second).update(title="Ändrad")
    Meeting.objects.filter(pk=second.pk).update(edition=7)
    press(secretary, "Spara ordning och tider")
    expect(secretary.get_by_text("Någon annan har ändrat mötet")).to_be_visible()
    assert faults(secretary) == []

    call(first.pk, actor=world.secretary, expected_edition=edition(first))
    remove(first.pk, item.pk, reason="Ofullständigt.", actor=world.secretary, expected_edition=edition(first))
    other = AgendaItem.objects.filter(meeting=first, withdrawn_at=None)[0]
    member = log_in(open_page(), world.person(STYRGRUPP, Role.LEDAMOT))
    assert sweep(member, [one, f"{one}dagordning/", f"{one}kallelse/", "/moten/", "/"]) == {}
    assert sweep(secretary, [one, f"{one}dagordning/", f"{one}dagordning/{other.pk}/tillagg/"]) == {}
