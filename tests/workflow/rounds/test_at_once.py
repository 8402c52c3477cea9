"""Several at once: one wins, the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from governance.permissions import today
from governance.vocabulary import Role
from satsningar.models import Handling
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import BEREDNING, make_world
from workflow import journal
from workflow.errors import Refusal
from workflow.models import JournalEntry
from workflow.rounds.actions import close_round, open_round
from workflow.rounds.answers import answer_remiss
from workflow.rounds.chasing import remind
from workflow.rounds.drafts import save_draft
from workflow.rounds.inputs import Reply
from workflow.rounds.models import Round, RoundDraft, RoundReminder
from workflow.vocabulary import Act, AnswerState, RoundKind, Stance

Call = Callable[[], object]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rounds(transactional_db: None) -> Rounds:
    """Return Sörmland at work, where every act is a transaction of its own."""
    return Rounds(make_world())


def at_once(*calls: Call) -> list[str]:
    """Make the calls in a thread each, all at the same moment; return the kind of each outcome."""
    barrier = Barrier(len(calls))

    def run(call: Call) -> str:
        try:
            barrier.wait(timeout=20)
            call()
        except Refusal:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def recorded(act: Act) -> int:
    return JournalEntry.objects.filter(act=act).count()


def chain_holds(rounds: Rounds) -> bool:
    return journal.verify(rounds.world.county.pk, "Sörmland")[1] is None


def test_two_answers_for_one_receiver_at_once(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer = rounds.answer(held, "flen")
    people = [rounds.contact("flen"), rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)]

    outcomes = at_once(
        *(
            lambda person=person: answer_remiss(answer.pk, actor=person, stance=Stance.INSTAMMER, text=person.name)
            for person in people
        )
    )

    given = rounds.answer(held, "flen")
    assert outcomes == ["done", "refused"]
    assert given.answered_by is not None
    assert given.text == given.answered_by.name
    assert recorded(Act.RUNDA_BESVARAD) == Handling.objects.filter(kind="remissvar").count() == 1
    assert chain_holds(rounds)


def test_last_answers_at_once_end_the_round_once(rounds: Rounds) -> None:
    codes = ["flen", "trosa", "gnesta", "nykoping"]
    held = rounds.remiss(*codes)
    people = {code: rounds.contact(code) for code in codes}
    answers = {code: rounds.answer(held, code).pk for code in codes}

    outcomes = at_once(
        *(lambda code=code: answer_remiss(answers[code], actor=people[code], stance=Stance.INSTAMMER) for code in codes)
    )

    ended = Round.objects.get(pk=held.pk)
    assert outcomes == ["done"] * 4
    assert not ended.is_open
    assert ended.process is not None
    assert ended.process.status == "DONE"
    assert recorded(Act.RUNDA_BESVARAD) == 4
    assert chain_holds(rounds)


def test_answer_and_close_at_once(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    contact, officer = rounds.contact("flen"), rounds.world.officer
    answer = rounds.answer(held, "flen").pk

    outcomes = at_once(
        lambda: answer_remiss(answer, actor=contact, stance=Stance.INSTAMMER),
        lambda: close_round(held.pk, actor=officer),
    )

    came_in = "refused" not in outcomes
    assert not Round.objects.get(pk=held.pk).is_open
    assert rounds.answer(held, "flen").state == (AnswerState.BESVARAD if came_in else AnswerState.UTEBLIVEN)
    assert rounds.answer(held, "trosa").state == AnswerState.UTEBLIVEN
    assert chain_holds(rounds)


def test_reminders_at_once_reach_a_receiver_once(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    people = [rounds.world.officer, rounds.world.person(BEREDNING, Role.ORDFORANDE)]

    outcomes = at_once(*(lambda person=person: remind(held.pk, actor=person) for person in people))

    assert outcomes == ["done", "refused"]
    assert RoundReminder.objects.count() == 2
    assert chain_holds(rounds)


def test_answer_sent_and_draft_saved_at_once(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer, colleague = rounds.answer(held, "flen").pk, rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    contact = rounds.contact("flen")

    outcomes = at_once(
        lambda: answer_remiss(answer, actor=contact, stance=Stance.INSTAMMER),
        lambda: save_draft(answer, Reply(text="Mer"), actor=colleague, expected_version=0),
    )

    assert outcomes in (["done", "done"], ["done", "refused"])
    assert rounds.answer(held, "flen").state == AnswerState.BESVARAD
    assert not RoundDraft.objects.exists()


def test_two_remisser_opened_at_once(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    people = [rounds.world.officer, rounds.world.person(BEREDNING, Role.ORDFORANDE)]
    receivers = [body.pk for body in rounds.contacts("flen")]

    outcomes = at_once(
        *(
            lambda person=person: open_round(
                satsning.pk,
                RoundKind.REMISS,
                actor=person,
                purpose="Synpunkter",
                deadline=today(),
                receivers=receivers,
            )
            for person in people
        )
    )

    assert outcomes == ["done", "refused"]
    assert Round.objects.count() == recorded(Act.RUNDA_OPPNAD) == 1
