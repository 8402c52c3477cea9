"""The first tour of the README, word by word: every bold label in it is pressed, followed or marked here."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from satsningar.models import Satsning
from tests.browser.conftest import OpenPage
from tests.factories import sormland
from workflow.demo.people import PASSWORD
from workflow.models import Paragraf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
TOUR = re.search(r"## A first tour.*?(?=\nThen look around)", README, re.DOTALL)
HEADINGS = {"1. Maria writes a proposal", "2. Pontus prepares it", "3. Sten holds a meeting"}


class Guide:
    """Follows the tour in one page, and remembers which of its labels have been used."""

    def __init__(self, page: Page) -> None:
        """Take the page."""
        self.page = page
        self.used: set[str] = set()

    def label(self, text: str) -> str:
        """Return a label that the tour has in bold."""
        self.used.add(text)
        return text

    def log_in(self, who: str) -> None:
        """Log in as the tour says."""
        assert f"`{who}@exempel.test`" in README
        self.page.goto("/konto/login/")
        self.page.get_by_label("E-postadress").fill(f"{who}@exempel.test")
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.page.get_by_role("button", name="Logga in").click()

    def log_out(self) -> None:
        """Log out by the name in the corner."""
        header = self.page.get_by_role("banner")
        header.locator("summary").filter(has_text="Exempel").click()
        header.get_by_role("button", name=self.label("Logga ut")).click()

    def follow(self, text: str) -> None:
        """Follow a link."""
        self.page.get_by_role("main").get_by_role("link", name=self.label(text), exact=True).first.click()

    def press(self, text: str) -> None:
        """Press a button."""
        self.page.get_by_role("main").get_by_role("button", name=self.label(text), exact=True).click()

    def are_here(self, *names: str) -> None:
        """Mark who is here when the meeting opens, and nobody else."""
        for box in self.page.get_by_role("checkbox").all():
            box.set_checked(False)
        for name in names:
            self.page.get_by_role("checkbox", name=name).check()


def test_the_readmes_first_tour_works_word_by_word(open_page: OpenPage) -> None:
    sormland()
    call_command("load_demo", stdout=StringIO())
    page = open_page(width=1280)
    guide = Guide(page)

    maria_writes(guide, page)
    pontus_prepares(guide, page)
    sten_holds_a_meeting(guide, page)

    assert TOUR is not None
    assert set(re.findall(r"\*\*(.+?)\*\*", " ".join(TOUR[0].split()))) - HEADINGS == guide.used


def maria_writes(guide: Guide, page: Page) -> None:
    """Take steps 1 to 4."""
    guide.log_in("maria")
    guide.follow("Samordnad vård hemma")
    guide.follow("Lämna in till beredningsgruppen personcentrering")
    expect(page.get_by_role("main")).to_contain_text("Det går inte än")
    page.get_by_role("link", name=guide.label("Skriv hur ni vet att behovet finns: källan.")).first.click()
    page.get_by_label("Källa till behovet").fill("Journalgranskning av 60 utskrivningar under 2025.")
    guide.press("Spara och gå tillbaka")
    guide.follow("Ange ungefär vad satsningen kostar i kronor. Skriv 0 om den inte kostar något.")
    page.get_by_label("Grov kostnad, kronor").fill("900 000")
    guide.press("Spara och gå tillbaka")
    guide.follow("Lämna in till beredningsgruppen personcentrering")
    guide.press("Lämna in till beredningsgruppen personcentrering")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"LSG \d{4}-\d{4}"))
    guide.log_out()


def pontus_prepares(guide: Guide, page: Page) -> None:
    """Take steps 5 and 6."""
    guide.log_in("pontus")
    guide.follow("Samordnad vård hemma")
    guide.follow("Ta upp till beredning")
    page.get_by_role("radio", name=guide.label("Pontus Exempeldahl")).check()
    guide.press("Ta upp till beredning")
    guide.follow("Begär komplettering")
    page.get_by_label("Varför behövs en komplettering?").fill("Resurserna behöver finnas med innan vi bereder vidare.")
    page.get_by_label("Komplettering av resurser").fill("Skriv vem som avsätter tid, hur mycket och när.")
    guide.press("Begär komplettering")
    expect(page.get_by_role("main")).to_contain_text("Begärd komplettering")
    assert Satsning.objects.filter(station="komplettering").count() == 2
    guide.log_out()


def sten_holds_a_meeting(guide: Guide, page: Page) -> None:
    """Take steps 7 to 9."""
    matter = guide.label("Gemensamma överenskommelser om samsjuklighet")
    agenda, decided = page.get_by_role("link", name=re.compile(matter)), guide.label("Besluta enligt förslaget")
    guide.log_in("sten")
    page.get_by_role("region", name="Nästa möte").get_by_role("link", name=re.compile("^Länsstyrgruppen")).click()
    guide.follow("Öppna mötet")
    adjuster = guide.label("Lars Exempelhult")
    choice = page.get_by_label("Justerare", exact=True)
    choice.select_option(choice.get_by_role("option", name=adjuster).get_attribute("value"))
    guide.are_here(adjuster, guide.label("Lena Exempelborg"), guide.label("Sten Exempelryd"))
    guide.press("Öppna mötet")
    agenda.first.click()
    page.get_by_text(decided, exact=True).click()
    guide.press("Klubba beslutet")
    expect(page).to_have_url(re.compile("/besluta/$"))
    expect(page.get_by_role("main")).to_contain_text("Inte beslutsfört: regionen och 1 kommun deltar")
    page.get_by_role("link", name=guide.label("Dagordning"), exact=True).click()
    for name in ("Laila Exempelbäck", "Leif Exempelnäs", "Linnea Exempelsund", "Linus Exempelmalm"):
        page.get_by_role("button", name=f"{guide.label('Kom')}: {guide.label(name)}").click()
        expect(page.get_by_role("button", name=f"Gick: {name}")).to_be_visible()
    agenda.first.click()
    page.get_by_text(decided, exact=True).click()
    guide.press("Klubba beslutet")
    expect(page.get_by_role("heading", name=re.compile("^§ [0-9]+ Bifall"))).to_be_visible()
    guide.label("Nästa")
    assert len(Paragraf.objects.get(beslut__satsning__uppdrag__titel=matter).participants) == 7
