"""The whole way, from draft to completed, as people at browsers: with JavaScript, without, and by keyboard alone."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from governance.permissions import today
from governance.vocabulary import Role
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.browser.conftest import OpenPage
from tests.browser.people import follow, log_in, press, says, write, write_part
from tests.factories import complete_value
from tests.workflow.world import World, make_world
from workflow import journal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GROUP = "Arbetsgruppen mobila team"
PREPARING = "beredningsgruppen personcentrering"
TITLE = "Mobila team i hela länet"
PARTICIPANTS = ("region-sormland", "eskilstuna", "flen")
"""The organisations that take part: those that `complete_value` names."""


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    world = make_world()
    world.members()
    return world


@dataclass
class Way:
    """A satsning on its way, and the people who carry it, each at a browser of their own."""

    world: World
    author: Page
    officer: Page
    secretary: Page
    paragraph: int = 0

    @property
    def satsning(self) -> Satsning:
        """The one there is."""
        return Satsning.objects.get()

    def at(self, page: Page) -> None:
        """Go to the case's page."""
        page.goto(f"/satsningar/{self.satsning.pk}/")

    def fill(self, *parts: str) -> None:
        """Write parts by their forms, so that they lack nothing."""
        for code in parts:
            self.author.goto(f"/satsningar/{self.satsning.pk}/del/{code}/")
            write_part(self.author, complete_value(content.read(self.satsning.pk), code))
            press(self.author, "Spara och gå tillbaka")
            says(self.author, f"Sparat: {PartCode(code).label.lower()}.")

    def state(self) -> None:
        """Write the preparing body's statement."""
        page = self.officer
        page.goto(f"/satsningar/{self.satsning.pk}/utlatande/")
        write(page, "text", "Satsningen svarar mot behovet och är väl förankrad.")
        write(page, "rekommendation", "tillstyrkan")
        write(page, "forslag", "Länsstyrgruppen bifaller satsningen.")
        press(page, "Spara och gå tillbaka")
        says(page, "Utlåtandet är sparat.")

    def bring(self, proposed: str) -> None:
        """Bring the case before the deciding body."""
        self.state()
        follow(self.officer, "Anmäl till beslut i länsstyrgruppen")
        write(self.officer, "proposed_move", proposed)
        press(self.officer, "Anmäl till beslut i länsstyrgruppen")
        says(self.officer, "Satsningen är anmäld till beslut i länsstyrgruppen.")

    def decide(self, button: str, done: str, **more: str) -> None:
        """Record a decision of a meeting today where everybody was."""
        self.paragraph += 1
        page = self.secretary
        page.goto("/")
        follow(page, TITLE)
        follow(page, button)
        write(page, "meeting_date", today().isoformat())
        write(page, "paragraph", f"§ {self.paragraph}")
        for box in page.locator('input[name$="-deltog"]').all():
            box.check()
        for name, answer in more.items():
            write(page, name, answer)
        press(page, button)
        says(page, done)


@pytest.mark.parametrize("javascript", [True, False], ids=["with javascript", "without javascript"])
def test_satsning_travels_the_whole_way(world: World, open_page: OpenPage, javascript: bool) -> None:
    author, officer, secretary = (
        log_in(open_page(javascript=javascript), person) for person in (world.author, world.officer, world.secretary)
    )
    way = Way(world, author, officer, secretary)

    follow(author, "Ny satsning")
    write(author, "titel", TITLE)
    press(author, "Skapa utkastet")
    says(author, "Utkastet är skapat.")
    follow(author, f"Lämna in till {PREPARING}")
    expect(author.get_by_role("heading", name="Det går inte än: det här saknas")).to_be_visible()
    way.fill(*DECIDED_PARTS)
    follow(author, f"Lämna in till {PREPARING}")
    press(author, f"Lämna in till {PREPARING}")
    says(author, f"Satsningen är inlämnad till {PREPARING}.")

    officer.goto("/")
    follow(officer, TITLE)
    follow(officer, "Ta upp till beredning")
    press(officer, "Ta upp till beredning")
    follow(officer, "Begär komplettering")
    write(officer, "reason", "Ekonomin efter projektet är oklar.")
    write(officer, "begaran_ekonomi", "Vem betalar efter projektet?")
    press(officer, "Begär komplettering")
    says(officer, "Komplettering är begärd från arbetsgruppen mobila team.")

    author.goto("/")
    follow(author, TITLE)
    follow(author, "Svara på begäran")
    author.wait_for_url("**/komplettering/")
    author.locator("textarea").first.fill("Region och kommun delar lika, se delen.")
    press(author, "Spara och gå tillbaka")
    follow(author, f"Lämna kompletteringen till {PREPARING}")
    press(author, f"Lämna kompletteringen till {PREPARING}")

    way.bring("bifall")
    way.decide("Bifall", "Beslutet är infört.")
    _confirm_resources(way, open_page, javascript=javascript)
    way.fill(PartCode.VARDEN)
    follow(author, "Starta genomförandet")
    press(author, "Starta genomförandet")
    follow(author, "Påbörja uppföljningen")
    press(author, "Påbörja uppföljningen")
    way.fill(PartCode.UPPFOLJNINGSRAPPORT)

    way.bring("breddinfor")
    way.decide("Besluta om breddinförande", "Satsningen är i breddinförande.")
    way.fill(PartCode.LAGE, PartCode.SLUTRAPPORT)
    way.bring("slutfor")
    way.decide("Slutför", "Satsningen är slutförd.")

    way.at(author)
    expect(author.get_by_role("heading", name="Satsningen är avslutad")).to_be_visible()
    assert way.satsning.station == "slutford"
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def _confirm_resources(way: Way, open_page: OpenPage, *, javascript: bool) -> None:
    """Let the contact of every taking-part organisation confirm, each at a browser of their own."""
    way.at(way.author)
    follow(way.author, "Be om bekräftelse av resurser")
    write(way.author, "purpose", "Bekräfta tid och personal")
    for box in way.author.locator('input[name="receivers"]').all():
        box.check()
    way.author.locator("main form button[type=submit]").last.click()
    expect(way.author.locator("main")).to_contain_text("Bekräfta tid och personal")
    for code in PARTICIPANTS:
        contact = log_in(open_page(javascript=javascript), way.world.seat(f"kontakt-{code}", Role.KONTAKTPERSON))
        follow(contact, TITLE)
        write(contact, "stance", "bekraftar")
        press(contact, "Skicka svaret")
        says(contact, "är skickat.")
        contact.close()


def test_move_is_made_by_keyboard_alone(world: World, open_page: OpenPage) -> None:
    satsning = world.make()
    page = log_in(open_page(), world.author)
    page.goto(f"/satsningar/{satsning.pk}/")

    _tab_to(page, "Återkalla satsningen")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Återkalla satsningen – Mobila team i hela länet – Satsningar")
    _tab_to(page, "Varför återkallar ni satsningen?")
    page.keyboard.type("Behovet löstes på annat sätt.")
    _tab_to(page, "Återkalla satsningen")
    page.keyboard.press("Enter")

    says(page, "Satsningen är återkallad.")
    assert world.fresh(satsning).station == "aterkallad"


def _tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until what has the focus is called `name`."""
    page.wait_for_load_state()
    for _ in range(most):
        page.keyboard.press("Tab")
        called = page.evaluate(
            "() => { const one = document.activeElement; const labels = [...(one.labels ?? [])];"
            " return (labels.map((label) => label.textContent).join(' ') || one.textContent).trim(); }"
        )
        if called == name:
            return
    pytest.fail(f"{name} is not reached by Tab")


def test_part_saves_itself_and_a_colleagues_text_is_never_overwritten(world: World, open_page: OpenPage) -> None:
    satsning = world.make()
    first, second = (log_in(open_page(), world.author) for _ in range(2))
    for page in (first, second):
        page.goto(f"/satsningar/{satsning.pk}/del/uppdrag/")

    first.get_by_label("Syfte").fill("Det första syftet.")
    expect(first.locator("[data-autosave-status]")).to_contain_text("Sparat")
    second.get_by_label("Syfte").fill("Det andra syftet.")
    expect(second.locator("[data-autosave-status]")).to_contain_text("någon annan har sparat samma del")
    expect(second.locator(".s-conflict")).to_contain_text("Det första syftet.")
    expect(second.locator(".s-conflict")).to_contain_text("Det andra syftet.")
    press(second, "Spara det jag har valt")

    says(second, "Sparat: uppdrag.")
    assert content.read(satsning.pk).part("uppdrag")["syfte"] == "Det andra syftet."


def test_preview_shows_the_text_as_it_will_look(world: World, open_page: OpenPage) -> None:
    satsning = world.make()
    page = log_in(open_page(), world.author)
    page.goto(f"/satsningar/{satsning.pk}/del/uppdrag/")

    page.get_by_label("Syfte").fill("Ett **viktigt** syfte.")
    page.locator(".s-markdown", has=page.locator("#id_syfte")).get_by_role("button", name="Förhandsgranska").click()

    expect(page.locator("#id_syfte_visning strong")).to_have_text("viktigt")
