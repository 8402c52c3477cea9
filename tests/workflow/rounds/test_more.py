"""Somebody who was forgotten is asked in the same round."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from viewflow.workflow.models import Process, Task

from governance.models import Person
from governance.permissions import today
from satsningar.models import Handling
from tests.workflow.rounds.conftest import Rounds
from workflow import journal
from workflow.demo.clock import on
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.models import JournalEntry
from workflow.rounds.actions import close_round
from workflow.rounds.answers import answer_remiss
from workflow.rounds.chasing import extend_answer, extend_round
from workflow.rounds.inputs import OnQuestion
from workflow.rounds.models import Round
from workflow.rounds.more import ask_more, not_asked
from workflow.rounds.questions import Question
from workflow.vocabulary import Act, Stance

DAY = timedelta(days=1)


def ids(rounds: Rounds, *codes: str) -> list[int]:
    return [body.pk for body in rounds.contacts(*codes)]


def answer(rounds: Rounds, held: Round, *codes: str) -> None:
    for code in codes:
        replies = {one.number: OnQuestion(Stance.INSTAMMER) for one in held.questions.all()}
        answer_remiss(
            rounds.answer(held, code).pk, actor=rounds.contact(code), stance=Stance.INSTAMMER, replies=replies
        )


def test_more_are_asked_the_same_and_waited_for(rounds: Rounds) -> None:
    held = rounds.remiss("flen", questions=[Question("Räcker det?")])

    added = ask_more(held.pk, actor=rounds.world.officer, receivers=ids(rounds, "trosa", "gnesta"))

    assert [(one.receiver, one.deadline, one.state) for one in added] == [
        ("Trosa kommun", held.deadline, "vantar"),
        ("Gnesta kommun", held.deadline, "vantar"),
    ]
    shared = Handling.objects.filter(satsning=held.satsning, purpose="för synpunkter", revision=held.revision)
    assert shared.count() == 3
    waiting = Task.objects.filter(process=held.process, finished=None)
    assert sorted(task.flow_task.name for task in waiting) == ["answer", "answer", "answer", "close"]
    assert len({str(task.token) for task in waiting}) == 4
    answer(rounds, held, "flen", "trosa")
    assert Round.objects.get(pk=held.pk).is_open
    answer(rounds, held, "gnesta")

    assert Round.objects.get(pk=held.pk).ending == "alla_svarade"
    assert Process.objects.get(pk=held.process_id).status == "DONE"
    assert JournalEntry.objects.filter(act=Act.RUNDA_UTOKAD).count() == 1
    assert journal.verify(rounds.world.county.pk, "Sörmland")[1] is None


def test_more_are_asked_again_and_again_and_closed_with_the_others(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer(rounds, held, "flen")
    for code in ("gnesta", "nykoping", "vingaker"):
        ask_more(held.pk, actor=rounds.world.officer, receivers=ids(rounds, code))
    answer(rounds, held, "nykoping")

    close_round(held.pk, actor=rounds.world.officer)

    states = {one.receiver: one.state for one in held.answers.all()}
    assert [states[f"{name} kommun"] for name in ("Flens", "Trosa", "Gnesta", "Nyköpings", "Vingåkers")] == [
        "besvarad",
        "utebliven",
        "utebliven",
        "besvarad",
        "utebliven",
    ]
    assert not Task.objects.filter(process=held.process_id, finished=None).exists()


def test_nobody_is_asked_twice_by_it(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    officer = rounds.world.officer
    for receivers, said in (
        ([], "Välj minst en mottagare."),
        (ids(rounds, "flen"), "Någon av mottagarna kan inte svara. Välj bland dem som finns i listan."),
        ([held.opened_by_body_id], "Någon av mottagarna kan inte svara. Välj bland dem som finns i listan."),
        (
            ids(rounds, "gnesta") * 2,
            "Kontaktpersoner i Gnesta kommun står två gånger bland mottagarna.",
        ),
    ):
        with pytest.raises(Invalid) as refused:
            ask_more(held.pk, actor=officer, receivers=receivers)
        assert refused.value.errors == {"receivers": [said]}
    assert {body.code for body in not_asked(held.satsning, held)}.isdisjoint({"kontakt-flen", "kontakt-trosa"})
    assert held.answers.count() == 2


def test_nobody_is_asked_too_late(rounds: Rounds) -> None:
    held, officer = rounds.remiss("flen"), rounds.world.officer
    with on(held.deadline + DAY), pytest.raises(Invalid, match="Ge längre tid först"):
        ask_more(held.pk, actor=officer, receivers=ids(rounds, "gnesta"))
    extend_round(held.pk, actor=officer, deadline=today() + 40 * DAY)
    assert ask_more(held.pk, actor=officer, receivers=ids(rounds, "gnesta"))[0].deadline == today() + 40 * DAY
    extend_answer(rounds.answer(held, "gnesta").pk, actor=officer, deadline=today() + 50 * DAY)
    close_round(held.pk, actor=officer)

    with pytest.raises(NotFromHere, match="redan stängd"):
        ask_more(held.pk, actor=officer, receivers=ids(rounds, "trosa"))


def test_page_asks_more(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    address = reverse("runda_fler", args=[held.pk])

    def page(who: Person, receivers: list[int] | None = None) -> tuple[int, str]:
        client = Client()
        client.force_login(who)
        response = client.get(address) if receivers is None else client.post(address, {"receivers": receivers})
        return response.status_code, response.content.decode()

    status, text = page(rounds.world.officer)
    assert (status, "Trosa kommun" in text, "Flens kommun" in text) == (200, True, False)
    assert page(rounds.world.officer, [])[0] == 422
    assert page(rounds.contact("flen"), ids(rounds, "trosa"))[0] == 403
    assert page(rounds.world.officer, ids(rounds, "trosa"))[0] == 302
    assert held.answers.count() == 2
    with pytest.raises(NoMandate):
        ask_more(held.pk, actor=rounds.contact("flen"), receivers=ids(rounds, "gnesta"))
