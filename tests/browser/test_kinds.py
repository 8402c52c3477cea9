"""Two counties in the browser: a pre-study, a matter handed over to a nämnd, and the choice of county, accessible."""

import pytest
from playwright.sync_api import expect

from governance.vocabulary import Role
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in
from tests.browser.sweeping import sweep
from tests.factories import orebro, sormland
from tests.workflow.hands import Hands
from tests.workflow.test_orebro import GROUP, LEDNING, LIMIT, MUNICIPALITIES, NAMND, to_study, to_table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hands(transactional_db: None) -> Hands:
    """Give Örebro län beside Sörmland, with everybody who votes in its seats."""
    sormland()
    found = Hands(orebro())
    found.voters(LEDNING, ("region-orebro-lan", *MUNICIPALITIES[:7]))
    found.voters(NAMND, ("region-orebro-lan", *MUNICIPALITIES[:4]))
    return found


def test_pages_of_a_pre_study_and_of_a_matter_handed_over(hands: Hands, open_page: OpenPage) -> None:
    hands.make(GROUP, "Dyr satsning")
    to_table(hands, LIMIT + 1)
    dear = hands.id
    hands.make(GROUP)
    to_study(hands)
    author, secretary = log_in(open_page(), hands.author), log_in(open_page(), hands.person(LEDNING, Role.SEKRETERARE))

    case = f"/satsningar/{hands.id}/"
    assert sweep(author, [case, f"{case}del/forstudierapport/"]) == {}
    assert sweep(secretary, [f"/satsningar/{dear}/", f"/satsningar/{dear}/gor/overlamna/"]) == {}


def test_somebody_in_both_counties_chooses_one(hands: Hands, open_page: OpenPage) -> None:
    hands.make("vsht-aldre", "Digital levnadsberättelse")
    hands.write("uppdrag", "omfattning")
    hands.act("lamna_in")
    person = hands.seat("beredning-orebro", Role.ADJUNGERAD)
    other = Hands(sormland()).seat("fouis", Role.HANDLAGGARE)
    other.memberships.update(person=person)
    page = log_in(open_page(), person)

    pages = ["/organ/", "/malbild/", "/malbild/?lan=orebro", "/arendegang/?lan=orebro", "/laget/", "/satsningar/"]
    assert sweep(page, pages) == {}
    page.goto("/organ/")
    page.get_by_role("navigation", name="Välj län").get_by_role("link", name="Örebro län").click()
    expect(page).to_have_url("/organ/?lan=orebro")
    expect(page.get_by_text("Länsstyrgruppen")).to_have_count(0)
