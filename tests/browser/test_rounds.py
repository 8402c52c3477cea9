"""Every page of a round is accessible, light and dark, wide and narrow; an answer saves itself and is sent."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from governance.permissions import today
from tests.browser.conftest import OpenPage
from tests.browser.people import log_in
from tests.browser.sweeping import faults, sweep
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import make_world
from workflow.rounds.addenda import add_to_answer
from workflow.rounds.answers import answer_remiss, decline
from workflow.rounds.chasing import extend_answer, remind
from workflow.rounds.drafts import save_draft
from workflow.rounds.inputs import OnQuestion, Reply
from workflow.rounds.models import Round, RoundDraft
from workflow.rounds.questions import Question
from workflow.vocabulary import RoundKind, Stance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTIONS = [
    Question("Stämmer beskrivningen av behovet med er bild?", "uppdrag"),
    Question("Kan er organisation bemanna enligt planen, och i så fall från när?", "resurser"),
    Question("Vad saknas för att ni ska kunna tillstyrka?"),
]


@pytest.fixture
def rounds(transactional_db: None) -> Rounds:
    """Give the county with somebody in every seat."""
    world = make_world()
    world.members()
    return Rounds(world)


def answered(rounds: Rounds) -> Round:
    """Return an open remiss with an answer that is added to, one declined, and two that are waited for."""
    held = rounds.remiss("flen", "trosa", "gnesta", "vingaker", questions=QUESTIONS)
    flen = rounds.answer(held, "flen").pk
    replies = {
        1: OnQuestion(Stance.INSTAMMER),
        2: OnQuestion(Stance.AVSTYRKER, "Hemsjukvårdssamordningen saknar personal."),
        3: OnQuestion(Stance.AVSTAR, "Vi återkommer."),
    }
    answer_remiss(flen, actor=rounds.contact("flen"), stance=Stance.MED_ANDRINGAR, text="Börja 2028.", replies=replies)
    add_to_answer(flen, actor=rounds.contact("flen"), text="Nämnden har nu beslutat.")
    decline(rounds.answer(held, "trosa").pk, actor=rounds.contact("trosa"), reason="Vi hinner inte.")
    remind(held.pk, actor=rounds.world.officer, answer_ids=[rounds.answer(held, "gnesta").pk])
    later = today() + timedelta(days=30)
    extend_answer(rounds.answer(held, "vingaker").pk, actor=rounds.world.officer, deadline=later)
    return held


def test_pages_of_whoever_asks(rounds: Rounds, open_page: OpenPage) -> None:
    held = answered(rounds)
    page = log_in(open_page(), rounds.world.officer)
    mine = f"/rundor/{held.pk}/"

    pages = [f"{mine}{ending}" for ending in ("", "sammanstallning/", "stang/", "dra-tillbaka/", "forlang/", "fler/")]
    pages += [f"/rundor/svar/{rounds.answer(held, 'gnesta').pk}/forlang/"]
    pages += [f"/satsningar/{held.satsning_id}/rundor/ny/{kind.value}/" for kind in RoundKind]
    assert sweep(page, pages) == {}


def test_pages_of_those_who_answer(rounds: Rounds, open_page: OpenPage) -> None:
    held = answered(rounds)
    gnesta, flen = rounds.answer(held, "gnesta").pk, rounds.answer(held, "flen").pk
    draft = Reply(Stance.INSTAMMER, "Än så länge", {2: OnQuestion(Stance.INSTAMMER, "Från hösten.")})
    save_draft(gnesta, draft, actor=rounds.contact("gnesta"), expected_version=0)
    page = log_in(open_page(), rounds.contact("gnesta"))
    assert sweep(page, [f"/rundor/svar/{gnesta}/{ending}" for ending in ("", "avboj/", "lamna-over/")]) == {}

    page = log_in(open_page(), rounds.contact("flen"))
    assert sweep(page, [f"/rundor/{held.pk}/", f"/rundor/svar/{flen}/", f"/rundor/svar/{flen}/komplettera/"]) == {}


def test_answer_saves_itself_and_is_sent(rounds: Rounds, open_page: OpenPage) -> None:
    held = rounds.remiss("flen", "trosa", questions=QUESTIONS[:1])
    page = log_in(open_page(), rounds.contact("flen"))
    page.goto(f"/rundor/svar/{rounds.answer(held, 'flen').pk}/")

    page.get_by_label("Svar på fråga 1").fill("Ja, det stämmer.")
    expect(page.get_by_role("status").filter(has_text="Sparat")).to_be_visible()
    assert RoundDraft.objects.get().content["replies"] == [[1, "", "Ja, det stämmer."]]

    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("heading", name="2 saker behöver rättas")).to_be_visible()
    assert faults(page) == []
    choose(page, "Er syn på fråga 1")
    choose(page, "Er samlade syn")
    page.get_by_role("button", name="Skicka svaret").click()

    expect(page.get_by_text("Svaret från Flens kommun är skickat.")).to_be_visible()
    assert rounds.answer(held, "flen").replies.get().text == "Ja, det stämmer."


def choose(page: Page, question: str) -> None:
    page.get_by_role("group", name=question).get_by_label("Instämmer", exact=True).check()


def test_questions_are_added_one_by_one(rounds: Rounds, open_page: OpenPage) -> None:
    satsning = rounds.in_preparation()
    page = log_in(open_page(), rounds.world.officer)
    page.goto(f"/satsningar/{satsning.pk}/rundor/ny/remiss/")

    page.get_by_label("Fråga", exact=True).fill("Räcker resurserna?")
    page.get_by_label("Gäller").select_option("resurser")
    page.get_by_role("button", name="Lägg till en fråga").click()
    page.get_by_label("Fråga", exact=True).nth(1).fill("Vad saknas?")
    page.get_by_label("Trosa kommun").check()
    page.get_by_role("button", name="Skicka remissen").click()

    expect(page.get_by_text("Remissen är skickad.")).to_be_visible()
    assert list(Round.objects.get().questions.values_list("text", "part")) == [
        ("Vad saknas?", ""),
        ("Räcker resurserna?", "resurser"),
    ]
