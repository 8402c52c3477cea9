"""Minutes in the browser: drawn up, adjusted by two, rectified and read by everyone, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.people import follow, log_in, press, says, write
from tests.browser.sweeping import sweep
from tests.workflow.meetings.minutes_building import hold_meeting
from tests.workflow.world import World, make_world
from workflow.meetings.minutes.actions import save_text
from workflow.meetings.minutes.rectifying import rectify
from workflow.meetings.minutes.rounds import ask_for_correction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


@pytest.mark.parametrize("javascript", [True, False])
def test_minutes_go_from_the_records_to_everyone(world: World, open_page: OpenPage, javascript: bool) -> None:
    held = hold_meeting(world).publishing()
    address = f"/moten/{held.meeting.pk}/protokoll/"
    secretary = log_in(open_page(javascript=javascript), world.secretary)
    secretary.goto(address)
    press(secretary, "Upprätta protokollet")
    says(secretary, "Version 1 av protokollet är upprättad.")
    follow(secretary, "§ 2 Svar på remiss")
    write(secretary, "text", "Direktören föredrog.")
    press(secretary, "Spara och gå tillbaka")
    expect(secretary.get_by_text("har ändrats sedan version 1 upprättades")).to_be_visible()
    press(secretary, "Upprätta ny version")
    press(secretary, "Skicka version 2 för justering")
    says(secretary, "Version 2 är skickad för justering.")

    for seat, said in ((held.adjuster, "Du har godkänt protokollet."), (held.chair, "Det är justerat.")):
        page = log_in(open_page(javascript=javascript, width=320), seat.person)
        follow(page, str(held.meeting))
        expect(page.get_by_text("Direktören föredrog.")).to_be_visible()
        press(page, "Svara på justeringen")
        expect(page.get_by_text("Välj om du godkänner protokollet eller begär rättelse.").first).to_be_visible()
        page.get_by_label("Jag godkänner protokollet").check()
        press(page, "Svara på justeringen")
        says(page, said)

    anybody = open_page(javascript=javascript)
    anybody.goto("/om/offentlighet/")
    follow(anybody, "Beslut och protokoll")
    follow(anybody, "Svar på remiss")
    expect(anybody.get_by_text("Direktören föredrog.")).to_be_visible()
    expect(anybody.get_by_text("§ 3 Ärende med sekretessmarkering")).to_be_visible()
    expect(anybody.get_by_text("Kvarnhemligt")).to_have_count(0)


def test_pages_of_minutes_are_accessible_and_fit(world: World, open_page: OpenPage) -> None:
    held = hold_meeting(world).publishing()
    address = f"/moten/{held.meeting.pk}/protokoll/"
    secretary, adjuster = log_in(open_page(), world.secretary), log_in(open_page(), held.adjuster.person)
    assert sweep(secretary, [address]) == {}
    first = held.send()
    assert sweep(secretary, [address, f"{address}text/{held.items[1].pk}/"]) == {}
    assert sweep(adjuster, ["/", f"{address}justering/"]) == {}
    ask_for_correction(first.pk, "Det saknas **något**.", actor=held.adjuster.person)
    assert sweep(secretary, ["/", address]) == {}
    save_text(held.items[1].pk, "Direktören föredrog.", actor=world.secretary, expected=1)
    last = held.adjusted()
    rectify(last.pk, held.items[1].paragraf.pk, "Ska vara 3.", "Skrivfel.", actor=world.secretary)
    assert sweep(secretary, [address, f"{address}skillnad/2/", f"{address}ratta/"]) == {}
    assert sweep(secretary, [f"{address}sekretess/{one.pk}/" for one in held.items[1:3]]) == {}
    anybody = open_page()
    assert sweep(anybody, ["/offentligt/", "/offentligt/?q=finns+inte", f"/offentligt/protokoll/{last.pk}/"]) == {}
