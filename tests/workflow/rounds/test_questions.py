"""What is asked in a round, question by question; what is out already; what a samråd is; what gates count."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar.models import Handling, Satsning
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import BEREDNING
from workflow import facts
from workflow.errors import Invalid, NoMandate
from workflow.rounds.actions import close_round, open_round, withdraw_round
from workflow.rounds.answers import answer_remiss, confirm_resources, decline
from workflow.rounds.inputs import OnQuestion
from workflow.rounds.models import Round, RoundQuestion, RoundReply
from workflow.rounds.questions import Question
from workflow.rounds.selectors import possible_receivers
from workflow.vocabulary import RoundEnding, RoundKind, Stance

NEED, STAFF = Question("Stämmer behovet?", "uppdrag"), Question("Kan ni bemanna?", "resurser")
HEALTH = "beredning-halsa"


def samrad(rounds: Rounds, satsning: Satsning, *questions: Question, actor: Person | None = None) -> Round:
    return open_round(
        satsning.pk,
        RoundKind.SAMRAD,
        actor=actor or rounds.world.officer,
        purpose="Samråd under beredningen",
        deadline=today(),
        questions=questions,
        receivers=[rounds.world.body(HEALTH).pk],
    )


def test_questions_are_rows_the_whole_first_and_then_part_by_part(rounds: Rounds) -> None:
    held = rounds.remiss("flen", questions=[STAFF, Question(" \n "), NEED, Question("Vad  saknas?\n")])

    asked = held.questions.values_list("number", "text", "part")
    assert list(asked) == [
        (1, "Vad  saknas?", ""),
        (2, "Stämmer behovet?", "uppdrag"),
        (3, "Kan ni bemanna?", "resurser"),
    ]


def test_every_question_is_answered_with_a_stance(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa", questions=[NEED, STAFF])

    answer = answer_remiss(
        rounds.answer(held, "flen").pk,
        actor=rounds.contact("flen"),
        stance=Stance.MED_ANDRINGAR,
        text="Börja i liten skala.",
        replies={1: OnQuestion(Stance.INSTAMMER), 2: OnQuestion(Stance.AVSTYRKER, "Vi har ingen personal.")},
    )

    assert list(answer.replies.values_list("question__number", "stance", "text")) == [
        (1, "instammer", ""),
        (2, "avstyrker", "Vi har ingen personal."),
    ]


@pytest.mark.parametrize(
    ("replies", "errors"),
    [
        ({}, {"stance-1": ["Välj ett ställningstagande."], "stance-2": ["Välj ett ställningstagande."]}),
        (
            {1: OnQuestion(Stance.AVSTYRKER), 2: OnQuestion(Stance.MED_ANDRINGAR, " ")},
            {"text-1": ["Skriv varför ni avstyrker."], "text-2": ["Skriv vilka ändringar ni vill se."]},
        ),
        ({1: OnQuestion("ja"), 2: OnQuestion(Stance.AVSTAR)}, {"stance-1": ["Välj ett ställningstagande."]}),
        (
            {1: OnQuestion(Stance.BEKRAFTAR), 2: OnQuestion(Stance.AVSTAR, "x" * 20_001)},
            {
                "stance-1": ["Välj ett ställningstagande."],
                "text-2": ["Texten är 20\xa0001 tecken; här ryms 20\xa0000."],
            },
        ),
    ],
)
def test_answer_says_what_is_wrong_at_its_question(
    rounds: Rounds, replies: dict[int, OnQuestion], errors: dict[str, list[str]]
) -> None:
    held = rounds.remiss("flen", questions=[NEED, STAFF])

    with pytest.raises(Invalid) as refused:
        answer_remiss(
            rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER, replies=replies
        )

    assert refused.value.errors == errors
    assert not RoundReply.objects.exists()


def test_decline_answers_no_question_and_says_why(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa", questions=[NEED])
    with pytest.raises(Invalid) as refused:
        decline(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), reason=" ")
    assert refused.value.errors == {"text": ["Skriv varför ni inte svarar."]}

    answer = decline(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), reason="Vi hinner inte.")

    assert (answer.outcome, answer.text, answer.replies.count()) == ("Avböjd", "Vi hinner inte.", 0)
    assert Handling.objects.filter(satsning=held.satsning, kind="remissvar", sender="Flens kommun").count() == 1


def test_what_was_asked_and_answered_is_kept_by_the_database(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa", questions=[NEED])
    answer_remiss(
        rounds.answer(held, "flen").pk,
        actor=rounds.contact("flen"),
        stance=Stance.INSTAMMER,
        replies={1: OnQuestion(Stance.INSTAMMER)},
    )

    for table in (RoundQuestion, RoundReply):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            table.objects.update(text="Något annat")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RoundReply.objects.all().delete()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM workflow_round WHERE id = %s", [held.pk])


# --- What is out already ---------------------------------------------------------------------------------------------


def test_second_remiss_on_the_same_question_is_refused_with_its_name(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    rounds.remiss("flen", satsning=satsning, questions=[NEED, STAFF])

    rounds.remiss("trosa", satsning=satsning, questions=[Question("Räcker tiden?"), Question("Kan ni bemanna?")])
    with pytest.raises(Invalid) as refused:
        rounds.remiss(
            "trosa", satsning=satsning, questions=[Question("Vad saknas?"), Question("kan ni BEMANNA", "resurser")]
        )

    said = (
        "Frågan ”kan ni BEMANNA” är redan ute i remiss: Synpunkter inför länsstyrgruppens beslut. "
        "Ställ andra frågor, eller stäng eller dra tillbaka den som är ute."
    )
    assert refused.value.errors == {"questions": [said]}
    assert Round.objects.count() == 2


def test_second_remiss_with_other_questions_is_sent_and_counted(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    first = rounds.remiss("flen", satsning=satsning, questions=[NEED])

    second = rounds.remiss("flen", satsning=satsning, questions=[STAFF])
    free = rounds.remiss("flen", satsning=satsning)

    assert facts.read(satsning.pk).open_remisser == 3
    for held in (first, second, free):
        close_round(held.pk, actor=rounds.world.officer)
    assert facts.read(satsning.pk).open_remisser == 0
    assert facts.read(satsning.pk).held_remisser == 3


def test_what_is_asked_twice_is_refused_by_the_database_too(rounds: Rounds) -> None:
    held = rounds.remiss("flen", questions=[NEED])

    held.pk, held.process = None, None
    with pytest.raises(IntegrityError, match="round_asks_once"), transaction.atomic():
        held.save()


def test_same_question_is_asked_again_when_the_first_is_closed(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    close_round(rounds.remiss("flen", satsning=satsning, questions=[NEED]).pk, actor=rounds.world.officer)

    assert rounds.remiss("flen", satsning=satsning, questions=[NEED]).is_open


# --- Samråd ----------------------------------------------------------------------------------------------------------


def test_samrad_asks_the_other_preparing_bodies_and_is_answered_as_a_body(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.in_preparation()
    asking = world.body(BEREDNING)
    assert [body.code for body in possible_receivers(satsning, RoundKind.SAMRAD, asking=[asking.pk])] == [HEALTH]

    held = samrad(rounds, satsning, NEED)
    answer = answer_remiss(
        held.answers.get().pk,
        actor=world.person(HEALTH, Role.LEDAMOT),
        stance=Stance.INSTAMMER,
        replies={1: OnQuestion(Stance.INSTAMMER)},
    )

    row = Handling.objects.get(satsning=satsning, kind="samradssvar")
    assert (row.sender, row.receiver, row.status) == (answer.body.name, asking.name, "inkommen")
    assert Round.objects.get(pk=held.pk).ending == RoundEnding.ALLA_SVARADE


def test_samrad_is_no_remiss_to_the_gates(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.in_preparation()
    held = samrad(rounds, satsning, NEED)
    rounds.remiss("flen", satsning=satsning, questions=[NEED])

    assert (facts.read(satsning.pk).open_remisser, facts.read(satsning.pk).open_rounds) == (1, 2)
    close_round(held.pk, actor=world.officer)
    assert facts.read(satsning.pk).held_remisser == 0


def test_samrad_is_for_the_preparing_body(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()

    with pytest.raises(NoMandate, match=r"Beredningsgruppen personcentrering begär samråd\. Du är"):
        samrad(rounds, satsning, actor=rounds.world.author)
    with pytest.raises(NoMandate, match=r"Samråd begärs under beredningen\. Satsningen är i steget Beslutad"):
        samrad(rounds, rounds.decided())


# --- Withdrawing -----------------------------------------------------------------------------------------------------


def test_withdrawn_remiss_keeps_its_answers_and_has_not_been_held(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    with pytest.raises(Invalid) as refused:
        withdraw_round(held.pk, actor=rounds.world.officer, reason="\n")
    assert refused.value.errors == {"reason": ["Skriv varför frågan dras tillbaka."]}

    ended = withdraw_round(held.pk, actor=rounds.world.officer, reason="Fel underlag skickades.")

    assert (ended.ending, ended.ending_reason, ended.is_open) == (RoundEnding.DRAGEN, "Fel underlag skickades.", False)
    assert [rounds.answer(held, code).outcome for code in ("flen", "trosa")] == ["Instämmer", "Frågan drogs tillbaka"]
    known = facts.read(held.satsning_id)
    assert (known.open_remisser, known.held_remisser) == (0, 0)


def test_nothing_is_confirmed_in_a_withdrawn_round(rounds: Rounds) -> None:
    satsning = rounds.decided()
    held = rounds.confirmation(satsning)
    confirm_resources(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"))
    assert len(facts.read(satsning.pk).confirmed) == 1

    withdraw_round(held.pk, actor=rounds.world.author, reason="Budgeten räknas om.")

    assert facts.read(satsning.pk).confirmed == frozenset()
    assert rounds.confirmation(satsning).answers.count() == 3
