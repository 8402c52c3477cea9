"""The answers put together: per question and per part, as a page, a sheet and a document."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from governance.models import Person
from tests.factories import make_person
from tests.workflow.rounds.conftest import Rounds
from workflow.papers.value import texts_of
from workflow.rounds.actions import close_round, withdraw_round
from workflow.rounds.addenda import add_to_answer
from workflow.rounds.answers import answer_remiss, confirm_resources, decline
from workflow.rounds.compiled import Compilation, compiled
from workflow.rounds.inputs import OnQuestion
from workflow.rounds.models import Round
from workflow.rounds.paper import lines_of, paper_of
from workflow.rounds.questions import Question
from workflow.rounds.selectors import round_with_answers
from workflow.vocabulary import Stance

QUESTIONS = [Question("Kan ni bemanna?", "resurser"), Question("Vad saknas?"), Question("Stämmer behovet?", "uppdrag")]
FORMULA = "=1+1"


def answered(rounds: Rounds) -> Round:
    """Return a remiss that one agrees with, one has changes to, one declines and one has not answered."""
    held = rounds.remiss("flen", "trosa", "gnesta", "vingaker", questions=QUESTIONS)
    answer_remiss(
        rounds.answer(held, "flen").pk,
        actor=rounds.contact("flen"),
        stance=Stance.INSTAMMER,
        replies={
            1: OnQuestion(Stance.AVSTAR),
            2: OnQuestion(Stance.INSTAMMER, "Ja, väl."),
            3: OnQuestion(Stance.INSTAMMER),
        },
    )
    answer_remiss(
        rounds.answer(held, "trosa").pk,
        actor=rounds.contact("trosa"),
        stance=Stance.MED_ANDRINGAR,
        text="Börja i liten skala.",
        replies={
            1: OnQuestion(Stance.MED_ANDRINGAR, "Tid."),
            2: OnQuestion(Stance.INSTAMMER),
            3: OnQuestion(Stance.AVSTYRKER, FORMULA),
        },
    )
    decline(rounds.answer(held, "gnesta").pk, actor=rounds.contact("gnesta"), reason="Vi hinner inte.")
    return held


def put_together(held: Round) -> Compilation:
    return compiled(round_with_answers(held.pk))


def get(person: Person, name: str, *args: object) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=args))


def test_stances_are_counted_as_a_whole_and_per_question(rounds: Rounds) -> None:
    found = put_together(answered(rounds))

    assert {one.title: dict(one.counts) for one in found.everything} == {
        "Sammantaget": {
            "Instämmer": 1,
            "Instämmer med ändringar": 1,
            "Avstyrker": 0,
            "Avböjde": 1,
            "Har inte svarat": 1,
        },
        "Fråga 1": {
            "Instämmer": 0,
            "Instämmer med ändringar": 1,
            "Avstyrker": 0,
            "Tar inte ställning": 1,
            "Avböjde": 1,
            "Har inte svarat": 1,
        },
        "Fråga 2": {
            "Instämmer": 2,
            "Instämmer med ändringar": 0,
            "Avstyrker": 0,
            "Tar inte ställning": 0,
            "Avböjde": 1,
            "Har inte svarat": 1,
        },
        "Fråga 3": {
            "Instämmer": 1,
            "Instämmer med ändringar": 0,
            "Avstyrker": 1,
            "Tar inte ställning": 0,
            "Avböjde": 1,
            "Har inte svarat": 1,
        },
    }


def test_questions_stand_by_part_and_receivers_side_by_side(rounds: Rounds) -> None:
    found = put_together(answered(rounds))

    assert [(about, [one.title for one in those]) for about, those in found.parts] == [
        ("Hela satsningen", ["Fråga 1"]),
        ("Uppdrag", ["Fråga 2"]),
        ("Resurser", ["Fråga 3"]),
    ]
    assert [(answer.receiver, [one.outcome for one in opinions]) for answer, opinions in found.matrix] == [
        ("Flens kommun", ["Instämmer", "Tar inte ställning", "Instämmer", "Instämmer"]),
        ("Gnesta kommun", ["Avböjd"] * 4),
        ("Trosa kommun", ["Instämmer med ändringar", "Instämmer med ändringar", "Instämmer", "Avstyrker"]),
        ("Vingåkers kommun", ["Väntar på svar"] * 4),
    ]


def test_confirmations_are_counted_as_such(rounds: Rounds) -> None:
    held = rounds.confirmation()
    confirm_resources(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"))
    decline(rounds.answer(held, "eskilstuna").pk, actor=rounds.contact("eskilstuna"), reason="Ingen budget.")
    close_round(held.pk, actor=rounds.world.author)

    assert put_together(held).whole.counts == (("Bekräftar", 1), ("Avböjde", 1), ("Har inte svarat", 1))


def test_page_shows_everything_to_readers_and_nothing_to_strangers(rounds: Rounds) -> None:
    held = answered(rounds)

    response = get(rounds.contact("vingaker"), "runda_sammanstallning", held.pk)
    text = response.content.decode()

    assert response.status_code == 200
    for words in (
        "Kan ni bemanna?",
        "Börja i liten skala.",
        "Vi hinner inte.",
        "3 av 4 har svarat",
        "Vingåkers kommun",
    ):
        assert words in text
    assert get(make_person(), "runda_sammanstallning", held.pk).status_code == 404


@pytest.mark.parametrize(
    ("ending", "begins"), [("xlsx", b"PK"), ("csv", "\ufeff".encode()), ("pdf", b"%PDF"), ("docx", b"PK")]
)
def test_answers_are_given_as_a_file(rounds: Rounds, ending: str, begins: bytes) -> None:
    held = answered(rounds)

    response = get(rounds.world.author, "runda_fil", held.pk, ending)
    body = b"".join(response.streaming_content) if response.streaming else response.content

    assert (response.status_code, body.startswith(begins)) == (200, True)
    assert f".{ending}" in response.headers["Content-Disposition"]
    assert get(make_person(), "runda_fil", held.pk, ending).status_code == 404


def test_file_of_another_kind_is_not_there(rounds: Rounds) -> None:
    assert get(rounds.world.author, "runda_fil", answered(rounds).pk, "odt").status_code == 404


def test_sheet_has_a_line_for_each_receiver_and_question(rounds: Rounds) -> None:
    held = answered(rounds)
    response = get(rounds.world.author, "runda_fil", held.pk, "xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet is not None

    rows = [row[:6] for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert len(rows) == 4 * 4 == len(list(lines_of(put_together(held))))
    assert rows[0] == ("Flens kommun", None, None, "Sammantaget", "Instämmer", None)
    assert ("Trosa kommun", "Resurser", 3, "Kan ni bemanna?", "Avstyrker", FORMULA) in rows
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_document_says_what_was_added_and_that_an_answer_was_withdrawn(rounds: Rounds) -> None:
    held = answered(rounds)
    answer = rounds.answer(held, "flen")
    add_to_answer(answer.pk, actor=rounds.contact("flen"), text="Nämnden har beslutat.")
    withdraw_round(held.pk, actor=rounds.world.officer, reason="Fel underlag.")

    said = " ".join(texts_of(paper_of(put_together(held), "Mobila team")))

    for words in ("Tillbakadragen", "Frågan drogs tillbaka", "Nämnden har beslutat.", "3 av 4", "Börja i liten skala."):
        assert words in said


def test_paper_of_the_case_says_what_was_answered_to_each_question(rounds: Rounds) -> None:
    held = answered(rounds)

    text = get(rounds.world.author, "utskrift", held.satsning_id).content.decode()

    for words in ("Fråga 3 om resurser", "Kan ni bemanna?", "Ja, väl.", "Vi hinner inte."):
        assert words in text


def test_pages_cost_the_same_however_many_answer(rounds: Rounds) -> None:
    few = rounds.remiss("flen", questions=QUESTIONS[:1])
    many = answered(rounds)
    answer_remiss(
        rounds.answer(few, "flen").pk,
        actor=rounds.contact("flen"),
        stance=Stance.INSTAMMER,
        replies={1: OnQuestion(Stance.INSTAMMER)},
    )
    client = Client()
    client.force_login(rounds.world.officer)

    for name in ("runda", "runda_sammanstallning"):
        counts = set()
        for held in (few, many):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(name, args=[held.pk])).status_code == 200
            counts.add(len(captured))
        assert len(counts) == 1
