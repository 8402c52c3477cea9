"""The desk, absence and standing still as somebody uses them: accessible, and no wider than a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from governance.models import Membership
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in, press, says
from tests.browser.sweeping import sweep
from tests.workflow.deadlines.test_deadlines import came, late_by
from tests.workflow.world import BEREDNING, World, make_world
from workflow.absence.acts import delegate
from workflow.deadlines.reminding import remind_all
from workflow.deadlines.stopping import stop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return Sörmland at work: one case late and standing still, one with days left, and somebody away."""
    found = make_world()
    first, second = (found.carried_to(kind) for kind in (StationKind.INLAMNAD, StationKind.BEREDNING))
    late_by(first, 12)
    came(second, today() - timedelta(days=3))
    stop(first.pk, "annat", "Väntar på lokaler", actor=found.officer, expected_edition=found.fresh(first).edition)
    remind_all()
    seat = Membership.objects.get(person=found.officer)
    colleague = found.seat(BEREDNING, Role.HANDLAGGARE)
    delegate(seat.pk, colleague.pk, today(), today() + timedelta(days=9), actor=found.officer)
    return found


def test_pages_around_the_desk(world: World, open_page: OpenPage) -> None:
    first = Satsning.objects.order_by("pk")[0]
    case = f"/satsningar/{first.pk}/"
    seat = Membership.objects.get(person=world.officer)
    officer = log_in(open_page(), world.officer)
    support = log_in(open_page(), world.coordinator)

    assert (
        sweep(officer, ["/", "/?slag=drag", case, f"{case}star-still/", "/franvaro/", f"/franvaro/ny/{seat.pk}/"]) == {}
    )
    assert sweep(support, ["/", "/laget/", "/satsningar/"]) == {}


@pytest.mark.parametrize("javascript", [True, False])
def test_absence_is_reported_and_taken_back(world: World, open_page: OpenPage, javascript: bool) -> None:
    person = world.officer
    page = log_in(open_page(javascript=javascript, width=320), person)
    page.goto("/franvaro/")
    page.get_by_role("button", name="Återkalla").first.click()
    says(page, "Frånvaron är återkallad.")
    page.get_by_role("link", name="Välj vem som ersätter dig").first.click()
    press(page, "Anmäl frånvaron")
    expect(page.get_by_text("Välj ett av alternativen.").first).to_be_visible()
