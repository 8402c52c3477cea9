"""A whole meeting in the browser: three people at once, a vote, a dropped net, and pages that anybody can use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from governance.permissions import today
from governance.vocabulary import Role
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in, press, says
from tests.browser.sweeping import faults, sweep
from tests.workflow.meetings.building import add_case, add_item, make_meeting, seat_everybody
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.world import STYRGRUPP, World, make_world
from workflow.meetings.between.actions import Brought, propose_per_capsulam
from workflow.meetings.models import AgendaItem, Beslutsuppdrag, Meeting, OvrigtArende, Paragraf, Reservation
from workflow.meetings.table.ballots import open_ballot
from workflow.meetings.table.jav import set_jav
from workflow.meetings.vocabulary import JavState, MeetingState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000
"""Milliseconds that a page may take while three people ask at once."""
WRITTEN = "Kostnaden borde ha prövats tillsammans med budgeten."


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


@pytest.fixture
def wandering(browser: Browser, live_server: object) -> Iterator[Page]:
    """Give a page whose net may drop: what the browser says of that is no fault."""
    context = browser.new_context(viewport={"width": 820, "height": 900}, locale="sv-SE", base_url=str(live_server))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@dataclass
class Room:
    """Three people at the table of one meeting: the secretary, a member, and another whose net drops."""

    secretary: Page
    member: Page
    other: Page
    table: str

    def opened(self, meeting: Meeting, adjuster: int) -> None:
        """Open the meeting; whoever waits sees it without doing anything."""
        self.member.goto(self.table)
        expect(self.member.get_by_role("heading", name="Mötet är inte öppnat")).to_be_visible()
        self.secretary.goto(f"/moten/{meeting.pk}/")
        self.secretary.get_by_role("link", name="Öppna mötet").click()
        self.secretary.get_by_label("Justerare", exact=True).select_option(str(adjuster))
        press(self.secretary, "Öppna mötet")
        says(self.secretary, "Mötet är öppnat.")
        expect(self.member.get_by_role("heading", name="Pågår nu: punkt 1")).to_be_visible()

    def decided(self, item: AgendaItem) -> None:
        """Decide the first matter as proposed; another hears of it."""
        self.other.goto(f"{self.table}{item.pk}/")
        expect(self.other.get_by_role("heading", name="Att besluta")).to_be_visible()
        self.secretary.get_by_role("link", name=item.title).first.click()
        self.secretary.get_by_text("Besluta enligt förslaget", exact=True).click()
        press(self.secretary, "Klubba beslutet")
        for page in (self.secretary, self.other):
            expect(page.get_by_role("heading", name="§ 1 Bifall")).to_be_visible()
        expect(self.other.locator("[data-said]")).to_contain_text("Beslutet är infört: § 1, bifall.")

    def stepped_to(self, item: AgendaItem) -> None:
        """Go on to the next item."""
        self.secretary.get_by_role("button", name="Nästa").click()
        expect(self.secretary.get_by_role("heading", level=1)).to_contain_text(item.title)

    def voted(self, item: AgendaItem, chair: str) -> None:
        """Vote: two on their own devices, the chair's vote recorded by the secretary."""
        for page in (self.member, self.other):
            page.goto(f"{self.table}{item.pk}/")
        self.secretary.get_by_role("heading", name="Begär omröstning").click()
        press(self.secretary, "Öppna omröstningen")
        for page in (self.secretary, self.member, self.other):
            expect(page.get_by_role("heading", name="Omröstning pågår")).to_be_visible()
        self.member.get_by_role("button", name="Ja", exact=True).click()
        expect(self.member.get_by_role("form", name="Din röst")).to_be_hidden()
        self.other.get_by_role("button", name="Nej", exact=True).click()
        tally = self.secretary.locator(".s-tally")
        expect(tally).to_contain_text("1 ja, 1 nej")
        self.secretary.get_by_text("För in andras röster").click()
        self.secretary.get_by_role("button", name=f"Ja: {chair}", exact=True).click()
        expect(tally).to_contain_text("2 ja, 1 nej")
        press(self.secretary, "Avsluta omröstningen")
        expect(self.member.get_by_role("heading", name="Omröstningen är avslutad")).to_be_visible()

    def chosen(self, name: str) -> None:
        """Choose to decide otherwise than proposed."""
        self.secretary.get_by_text("Besluta på annat sätt").click()
        self.secretary.get_by_role("link", name=name).click()

    def reserved(self) -> None:
        """Reserve while the net is away, then again when it is back."""
        unfold = self.other.get_by_text("Reservera dig eller skriv till protokollet")
        expect(unfold).to_be_visible()
        unfold.click()
        text, notice = (
            self.other.get_by_label("Text", exact=True),
            self.other.get_by_text("Ingen kontakt med tjänsten."),
        )
        text.fill(WRITTEN)
        self.other.context.set_offline(True)
        press(self.other, "Anmäl")
        expect(notice).to_be_visible()
        expect(text).to_have_value(WRITTEN)
        assert not Reservation.objects.exists()
        self.other.context.set_offline(False)
        expect(notice).to_be_hidden()
        press(self.other, "Anmäl")
        expect(self.other.locator("#avvikande .s-text")).to_have_text(WRITTEN)


def test_three_people_hold_a_meeting_at_once(world: World, open_page: OpenPage, wandering: Page) -> None:
    meeting, later = make_meeting(world, state=MeetingState.KALLAT, days=0), make_meeting(world, days=30)
    around = Table(world, meeting)
    case, voted, waits = add_case(world, meeting), around.matter("Avtal om tolkar"), around.matter("Handlingsplan")
    first, second = world.members()[:2]
    chair = world.person(STYRGRUPP, Role.ORDFORANDE).name
    pages = (open_page(width=1440), open_page(width=320), wandering)
    for page in pages:
        page.set_default_timeout(PATIENCE)
    people = (world.secretary, first.person, second.person)
    secretary, member, other = (log_in(page, person) for page, person in zip(pages, people, strict=True))
    room = Room(secretary, member, other, f"/moten/{meeting.pk}/bordet/")
    room.opened(meeting, first.pk)
    room.decided(case)
    room.stepped_to(voted)
    room.voted(voted, chair)
    room.chosen("Bifall med ändring eller villkor")
    secretary.get_by_label("Villkor", exact=True).fill("Kostnaden ryms i budgeten.")
    secretary.get_by_label("Villkoret ska vara uppfyllt senast").fill((today() + timedelta(days=60)).isoformat())
    press(secretary, "För in beslutet: bifall med ändring eller villkor")
    expect(secretary.get_by_role("heading", name="§ 2 Bifall")).to_be_visible()
    room.reserved()
    room.stepped_to(waits)
    room.chosen("Bordläggning")
    secretary.get_by_role("radio").first.check()
    press(secretary, "För in beslutet: bordläggning")
    expect(secretary.get_by_role("heading", name="§ 3 Bordläggning")).to_be_visible()
    secretary.get_by_role("link", name="Avsluta mötet").click()
    press(secretary, "Avsluta mötet")
    says(secretary, "Mötet är avslutat.")
    expect(secretary.get_by_role("link", name="Till protokollet")).to_be_visible()

    outcomes = list(Paragraf.objects.order_by("number").values_list("outcome", "to_meeting"))
    assert outcomes == [("bifall", None), ("bifall_andring", None), ("bordlaggning", later.pk)]
    assert Beslutsuppdrag.objects.get().text == "Kostnaden ryms i budgeten."
    assert Reservation.objects.get().membership_id == second.pk


def test_what_is_being_written_is_never_taken_away(world: World, open_page: OpenPage) -> None:
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    around = Table(world, meeting)
    item, more = around.matter(), around.matter("Ett annat ärende")
    around.decide(item)
    member = world.members()[0]
    page = log_in(open_page(), member.person)
    page.goto(f"/moten/{meeting.pk}/bordet/{item.pk}/")
    page.get_by_text("Reservera dig eller skriv till protokollet").click()
    text = page.get_by_label("Text", exact=True)
    text.fill(WRITTEN)
    around.decide(more)
    expect(page.locator("[data-said]")).to_contain_text("Beslutet är infört: § 2")
    expect(text).to_have_value(WRITTEN)
    expect(text).to_be_focused()


def has_focus(page: Page, selector: str) -> None:
    """Expect what a selector finds to have the focus."""
    expect(page.locator(selector)).to_be_focused()


def test_the_focus_goes_to_what_was_done(world: World, open_page: OpenPage) -> None:
    """By the keyboard alone: a press that stays, one that leads to a page, and one that is refused."""
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    around, (first, second) = Table(world, meeting), world.members()[:2]
    item = around.matter()
    page = log_in(open_page(width=820), world.secretary)
    table = f"/moten/{meeting.pk}/bordet/"
    page.goto(table)
    page.get_by_role("button", name=f"Gick: {first.person.name}", exact=True).press("Enter")
    has_focus(page, f"#plats-{first.pk}")
    expect(page.locator("[data-said]")).to_have_text(f"{first.person.name} har gått.")
    page.get_by_role("button", name=f"Gick: {around.chair.person.name}", exact=True).press("Enter")
    has_focus(page, "[data-refused]")

    page.goto(f"{table}{item.pk}/")
    page.locator("#anmal-jav > summary").press("Enter")
    page.get_by_label("Vem har jäv?").select_option(str(second.pk))
    page.get_by_label("Varför?").fill("Leder verksamheten.")
    page.locator("#anteckna-jav").press("Enter")
    has_focus(page, "h2#jav")
    page.locator(f"#inte-jav-{second.pk}").press("Enter")
    has_focus(page, f"#jav-{second.pk}")

    page.locator("#begar-omrostning > summary").press("Enter")
    page.locator("#oppna-rost").press("Enter")
    has_focus(page, "#omrostning")
    page.locator("#for-in-roster > summary").press("Enter")
    page.locator(f"#for-ja-{second.pk}").press("Enter")
    expect(page.locator(".s-tally")).to_contain_text("1 ja")
    has_focus(page, "#omrostning")
    page.locator("#avsluta-rost").press("Enter")
    has_focus(page, "#omrostning")

    page.locator("#besluta").press("Enter")
    page.locator("#klubba-nu").press("Enter")
    says(page, "Beslutet är infört: § 1, bifall.")
    has_focus(page, ".s-messages")


@pytest.mark.parametrize("width", [1440, 320])
def test_the_table_works_without_javascript(world: World, open_page: OpenPage, width: int) -> None:
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    item = Table(world, meeting).matter()
    page = log_in(open_page(javascript=False, width=width), world.secretary)
    page.goto(f"/moten/{meeting.pk}/bordet/")
    expect(page.get_by_role("link", name="Uppdatera")).to_be_visible()
    name = world.members()[0].person.name
    page.get_by_role("button", name=f"Gick: {name}", exact=True).click()
    says(page, f"{name} har gått.")
    page.goto(f"/moten/{meeting.pk}/bordet/{item.pk}/")
    page.get_by_text("Besluta enligt förslaget", exact=True).click()
    press(page, "Klubba beslutet")
    says(page, "Beslutet är infört: § 1, bifall.")


def test_pages_of_the_table_are_accessible_and_fit(world: World, open_page: OpenPage) -> None:
    called = make_meeting(world, state=MeetingState.KALLAT, days=0)
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    make_meeting(world, days=30)
    seat_everybody(world, meeting)
    around = Table(world, meeting)
    add_item(world, called)
    waiting, done, voting = around.case("Beslut"), around.matter("Klart"), around.matter("Röstas", "Beslut")
    info = add_item(world, meeting, section="Information")
    around.decide(done)
    seats = world.members()
    set_jav(meeting.pk, waiting.pk, seats[0].pk, state=JavState.JAV, reason="Leder.", actor=world.secretary)
    open_ballot(meeting.pk, voting.pk, yes="Bifall", no="Avslag", actor=world.secretary)
    around.set_rule(per_capsulam=True, delegation=True)
    matters = [
        OvrigtArende.objects.create(
            body=meeting.body, kind="annat", title=title, forslag="Svaret lämnas.", created_by=world.secretary
        )
        for title in ("Frågas", "Väntar")
    ]
    asked = propose_per_capsulam(
        meeting.body_id, Brought(matter_id=matters[0].pk), answer_by=today(), actor=world.secretary
    )
    at, body = f"/moten/{meeting.pk}/bordet/", meeting.body_id
    pages = [
        at,
        f"/moten/{called.pk}/bordet/",
        f"/moten/{meeting.pk}/",
        f"{at}avsluta/",
        f"{at}avsnitt/?avsnitt=Beslut",
    ]
    pages += [f"{at}{one.pk}/" for one in (waiting, done, voting, info)]
    choices = ("", "?val=bifall_andring", "?val=aterremiss", "?val=bordlaggning", "?val=avslag")
    pages += [f"{at}{waiting.pk}/annat/{choice}" for choice in choices]
    pages += [f"/moten/{asked.pk}/svar/", f"/moten/{asked.pk}/", f"/mellan-moten/{body}/"]
    secretary = log_in(open_page(), world.secretary)
    assert sweep(secretary, pages) == {}
    secretary.goto(f"{at}{waiting.pk}/annat/?val=aterremiss")
    press(secretary, "För in beslutet: återremiss")
    expect(secretary.get_by_text("Skriv varför.").first).to_be_visible()
    assert faults(secretary) == []
    member = log_in(open_page(), seats[1].person)
    own = [at, f"{at}{voting.pk}/", f"{at}{done.pk}/", f"/moten/{called.pk}/jav/", f"/moten/{asked.pk}/svar/", "/"]
    assert sweep(member, own) == {}
    chair = log_in(open_page(), world.person(STYRGRUPP, Role.ORDFORANDE))
    assert sweep(chair, [f"/mellan-moten/{body}/delegation/?vad=arende-{matters[1].pk}"]) == {}
