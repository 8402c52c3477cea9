"""What comes of decisions in the browser: sent, received and brought home with and without JavaScript, at any width."""

import pytest
from playwright.sync_api import expect

from governance.permissions import today
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in, press, says, write
from tests.browser.sweeping import sweep
from tests.workflow.meetings.after_building import FLEN, After
from tests.workflow.meetings.test_after_acts import add
from tests.workflow.world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def after(transactional_db: None) -> After:
    """Give a meeting whose minutes are adjusted."""
    return After(make_world())


@pytest.mark.parametrize("javascript", [True, False])
def test_extract_is_sent_received_and_brought_home(after: After, open_page: OpenPage, javascript: bool) -> None:
    after.decided_case(condition="Flen är med från start.")
    contact_person = after.contact()
    page = log_in(open_page(javascript=javascript), after.world.secretary)
    page.goto(f"/moten/{after.meeting.pk}/utdrag/")
    press(page, "Expediera")
    says(page, "1 paragraf är expedierad. Mottagarna ser utdragen på Mitt arbete.")

    contact = log_in(open_page(javascript=javascript, width=320), contact_person)
    contact.get_by_role("link", name="§ 1").first.click()
    press(contact, "Bekräfta att vi har tagit emot")
    says(contact, "har tagit emot utdraget.")
    contact.goto("/")
    contact.get_by_role("link", name="Det här berör").first.click()
    press(contact, "Markera som återfört")
    expect(contact.get_by_text("Välj hur besluten återfördes.").first).to_be_visible()
    contact.get_by_label("Nämnd eller styrelse").check()
    write(contact, "held_on", today().isoformat())
    press(contact, "Markera som återfört")
    says(contact, "Mötets beslut är återförda till Flens kommun.")

    page.goto(f"/moten/{after.meeting.pk}/utdrag/")
    expect(page.get_by_role("region", name="Återfört till organisationerna")).to_contain_text("nämnd eller styrelse")


def test_pages_of_what_comes_of_decisions_are_accessible_and_fit(after: After, open_page: OpenPage) -> None:
    paragraf = after.decided_case(condition="Flen är med från start.")
    matter, secret = after.decided_matter(), after.decided_matter(sekretess="OSL 26 kap. 1 §", title="Utnämning")
    contact_person = after.contact()
    after.send(paragraf)
    duty = add(after, paragraf)
    extract, meeting = after.sent_to(paragraf, FLEN), f"/moten/{after.meeting.pk}/"
    case = f"/satsningar/{paragraf.item.anmalan.satsning_id}/" if paragraf.item.anmalan else ""
    secretary, contact = log_in(open_page(), after.world.secretary), log_in(open_page(), contact_person)
    coordinator = log_in(open_page(), after.world.coordinator)

    assert (
        sweep(
            secretary,
            [
                "/",
                f"{meeting}utdrag/",
                f"{meeting}utdrag/{matter.item_id}/",
                f"{meeting}utdrag/{secret.item_id}/",
                f"{meeting}utdrag/{matter.item_id}/uppdrag/",
                f"/beslut-att-verkstalla/{duty.pk}/",
                case,
            ],
        )
        == {}
    )
    brief = f"{meeting}beror/{after.organisation().pk}/"
    assert sweep(contact, ["/", "/utdrag/", f"/utdrag/{extract.pk}/", brief]) == {}
    assert sweep(coordinator, ["/aterforing/", "/beslut-att-verkstalla/", f"/organ/{after.meeting.body_id}/"]) == {}
