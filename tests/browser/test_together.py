"""Two people who write at once, and comments from being made to being accepted: in the browser, and accessible."""

import pytest
from playwright.sync_api import expect

from governance.vocabulary import Role, StationKind
from satsningar import content
from tests.browser.conftest import OpenPage
from tests.browser.people import follow, log_in, press, says
from tests.browser.sweeping import faults, sweep
from tests.workflow.coauthors.conftest import Together
from tests.workflow.comments.conftest import ASKS, Talking
from tests.workflow.world import ARBETSGRUPP, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    return make_world()


def test_two_write_at_once_and_choose_field_by_field(world: World, open_page: OpenPage) -> None:
    """Somebody of another organisation and the group's own: both keep what they have changed."""
    together = Together(world, world.make())
    together.joined()
    first, second = (log_in(open_page(), person) for person in (world.author, together.guest))
    for page in (first, second):
        page.goto(f"/satsningar/{together.draft.pk}/")
        page.goto(f"/satsningar/{together.draft.pk}/del/uppdrag/")

    first.get_by_label("Syfte").fill("Gruppens syfte.")
    first.get_by_label("Målgrupp").fill("Gruppens målgrupp.")
    expect(first.locator("[data-autosave-status]")).to_contain_text("Sparat")
    second.get_by_label("Syfte").fill("Gästens syfte.")
    second.get_by_label("Behov", exact=True).fill("Gästens behov.")
    conflict = second.locator(".s-conflict")
    expect(conflict).to_contain_text(f"{world.author.name} har sparat samma del")
    expect(conflict).to_contain_text("Gruppens syfte.")
    chosen = {
        name: conflict.locator(f'[name="val-{name}"]:checked').get_attribute("value")
        for name in ("syfte", "malgrupp", "behov")
    }
    assert chosen == {"syfte": "mitt", "malgrupp": "deras", "behov": "mitt"}
    assert faults(second) == []
    conflict.locator("#val-syfte-bada").check()
    conflict.locator("#val-behov-mitt").check()
    press(second, "Spara det jag har valt")

    says(second, "Sparat: uppdrag.")
    read = content.read(together.draft.pk).part("uppdrag")
    assert read["syfte"] == "Gruppens syfte.\n\nGästens syfte."
    assert (read["malgrupp"], read["behov"]) == ("Gruppens målgrupp.", "Gästens behov.")
    first.goto(f"/satsningar/{together.draft.pk}/")
    expect(first.locator("#andrat")).to_be_visible()
    follow(first, "Se vad som är ändrat")
    expect(first.locator("main")).to_contain_text("Gästens behov.")
    press(first, "Jag har läst ändringarna")
    expect(first.locator("#andrat")).to_have_count(0)


def test_comment_is_made_beside_a_field_answered_and_accepted(world: World, open_page: OpenPage) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    officer, author = log_in(open_page(), world.officer), log_in(open_page(javascript=False), world.author)

    officer.goto(f"/satsningar/{case.pk}/del/uppdrag/")
    officer.get_by_role("link", name="Kommentera målgrupp").click()
    officer.get_by_label("Kommentar", exact=True).fill(ASKS)
    officer.get_by_text("Nämn någon (om det behövs)").click()
    officer.get_by_label(f"{world.author.name}, ").check()
    press(officer, "Skriv kommentaren")
    says(officer, "Kommentaren är skriven.")
    author.goto(f"/satsningar/{case.pk}/kommentarer/?lage=oppen")
    expect(author.locator(".s-comment")).to_contain_text(f"@{world.author.name}")
    author.get_by_role("link", name="Svara eller skriv").click()
    author.get_by_label("Text", exact=True).fill("För äldre med flera sjukdomar.")
    press(author, "Skriv")
    says(author, "Svaret är skrivet.")
    officer.goto(author.url)
    officer.get_by_label("Godta svaret").check()
    press(officer, "Skriv")

    says(officer, "Svaret är godtaget.")
    expect(officer.locator(".s-comment-head")).to_contain_text("Godtagen")


def test_pages_of_comments_and_of_writing_together_are_accessible_and_fit(world: World, open_page: OpenPage) -> None:
    talking = Talking(world, world.carried_to(StationKind.BEREDNING))
    row, other = talking.comment(), talking.comment("Vem betalar sedan?", "ekonomi", "kostnader")
    talking.comment("En synpunkt om hela delen.", "uppdrag", "")
    officer, author = log_in(open_page(), world.officer), log_in(open_page(), world.author)
    case = f"/satsningar/{talking.case.pk}/"
    mine = [f"{case}kommentarer/", f"{case}kommentera/uppdrag/?falt=malgrupp", f"{case}kommentarer/{row.pk}/"]
    assert sweep(officer, [*mine, f"{case}del/uppdrag/", f"{case}gor/begar_komplettering/"]) == {}
    talking.request(row, other)
    talking.save("ekonomi", grov_kostnad="7000.00")
    talking.write(row, "svar", "För äldre.")
    author.goto(f"{case}del/uppdrag/")
    author.locator("details.s-comments summary").first.click()
    assert faults(author) == []
    assert sweep(author, [case, f"{case}komplettering/", f"{case}gor/lamna_komplettering/"]) == {}
    officer.goto(case)
    talking.save("ekonomi", grov_kostnad="8000.00")
    assert sweep(officer, [case, f"{case}andrat/"]) == {}

    together = Together(world, world.make())
    made, draft = together.invite(), f"/satsningar/{together.draft.pk}/"
    guest = log_in(open_page(), together.guest)
    assert sweep(guest, [made.path]) == {}
    together.accept(made)
    together.invite("annan@example.org")
    talking = Talking(world, together.draft)
    talking.save(syfte="Ett syfte.")
    talking.save(syfte="Ett annat syfte.", actor=world.seat(ARBETSGRUPP, Role.LEDAMOT))
    versions = [f"{draft}del/uppdrag/versioner/", f"{draft}del/uppdrag/versioner/2/"]
    assert sweep(author, [draft, f"{draft}medforfattare/", *versions]) == {}
    guest.goto("/medforfattare/ingen-sadan/")
    assert faults(guest) == []
