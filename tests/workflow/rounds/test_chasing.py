"""Longer time, reminders and late answers; each day is counted from noon in Stockholm."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.models import Person
from governance.permissions import today
from satsningar.models import Satsning
from tests.factories import make_person
from tests.workflow.rounds.conftest import IN_TWO_WEEKS, Rounds
from workflow.demo.clock import ago, on
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.journal import verify
from workflow.models import JournalEntry, Notice
from workflow.rounds.actions import close_round
from workflow.rounds.answers import answer_remiss
from workflow.rounds.chasing import extend_answer, extend_round, remind
from workflow.rounds.models import Round, RoundReminder
from workflow.vocabulary import Act, Stance

DAY = timedelta(days=1)


@contextmanager
def later(days: int) -> Iterator[None]:
    """Let it be some days later."""
    with on(today() + days * DAY):
        yield


def deadlines(rounds: Rounds, held: Round) -> dict[str, int]:
    """Return the days left for the round and for each of its receivers."""
    fresh = Round.objects.get(pk=held.pk)
    rows = {answer.receiver: answer.deadline for answer in fresh.answers.all()}
    return {name: (day - today()).days for name, day in {"runda": fresh.deadline, **rows}.items()}


def test_longer_time_is_given_to_all_who_have_not_answered(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa", "gnesta")
    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    extend_answer(rounds.answer(held, "trosa").pk, actor=rounds.world.officer, deadline=today() + 40 * DAY)

    extend_round(held.pk, actor=rounds.world.officer, deadline=today() + 30 * DAY, reason="Jul och nyår.")

    assert deadlines(rounds, held) == {"runda": 30, "Flens kommun": 14, "Trosa kommun": 40, "Gnesta kommun": 30}
    entry = JournalEntry.objects.select_related("payload").filter(act=Act.RUNDA_FORLANGD)[0]
    assert "Jul och nyår." in entry.payload.content
    assert "Gnesta kommun" in entry.payload.content


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (None, "Ange när svaren senast ska ha kommit in."),
        (-1, "Sista svarsdag kan inte ha passerat."),
        (14, "Välj en dag efter {}, som är sista svarsdag nu."),
    ],
)
def test_longer_time_must_be_longer(rounds: Rounds, days: int | None, message: str) -> None:
    held = rounds.remiss("flen")
    day = None if days is None else today() + days * DAY
    acts: list[Callable[[], object]] = [
        lambda: extend_round(held.pk, actor=rounds.world.officer, deadline=day),
        lambda: extend_answer(rounds.answer(held, "flen").pk, actor=rounds.world.officer, deadline=day),
    ]

    for act in acts:
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.errors == {"deadline": [message.format(held.deadline)]}


def test_longer_time_is_not_given_to_who_has_answered_or_when_it_is_closed(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    with pytest.raises(NotFromHere, match="Flens kommun har redan svarat"):
        extend_answer(rounds.answer(held, "flen").pk, actor=rounds.world.officer, deadline=today() + 30 * DAY)

    close_round(held.pk, actor=rounds.world.officer)

    with pytest.raises(NotFromHere, match="redan stängd"):
        extend_round(held.pk, actor=rounds.world.officer, deadline=today() + 30 * DAY)
    with pytest.raises(NotFromHere, match="redan stängd"):
        extend_answer(rounds.answer(held, "trosa").pk, actor=rounds.world.officer, deadline=today() + 30 * DAY)


def test_receiver_is_reminded_once_a_day(rounds: Rounds) -> None:
    held, officer = rounds.remiss("flen", "trosa"), rounds.world.officer
    flen = rounds.answer(held, "flen")

    assert [one.receiver for one in remind(held.pk, actor=officer, answer_ids=[flen.pk, flen.pk])] == ["Flens kommun"]
    with pytest.raises(NotFromHere, match="Flens kommun har redan fått en påminnelse i dag"):
        remind(held.pk, actor=officer, answer_ids=[flen.pk])
    assert [one.receiver for one in remind(held.pk, actor=officer)] == ["Trosa kommun"]
    with pytest.raises(NotFromHere, match="Alla som inte har svarat har redan fått en påminnelse i dag"):
        remind(held.pk, actor=officer)
    with later(1):
        assert [one.receiver for one in remind(held.pk, actor=officer)] == ["Flens kommun", "Trosa kommun"]

    assert JournalEntry.objects.filter(act=Act.RUNDA_PAMIND).count() == 3
    assert RoundReminder.objects.count() == 4
    with pytest.raises(IntegrityError, match="round_reminder_once_a_day"), transaction.atomic():
        RoundReminder.objects.create(answer=flen, day=today(), by=officer)


def test_each_is_reminded_of_their_own_last_day(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa", "gnesta")
    people = {code: rounds.contact(code) for code in ("flen", "trosa", "gnesta")}
    longer = today() + 40 * DAY
    extend_answer(rounds.answer(held, "trosa").pk, actor=rounds.world.officer, deadline=longer)

    remind(held.pk, actor=rounds.world.officer)

    rows = Notice.objects.filter(entry__act=Act.RUNDA_PAMIND)
    assert dict(rows.values_list("person", "due")) == {
        people["flen"].pk: held.deadline,
        people["trosa"].pk: longer,
        people["gnesta"].pk: held.deadline,
    }
    assert verify(rounds.world.county.pk, "Sörmland")[1] is None


def test_nobody_is_reminded_of_what_is_answered_closed_or_not_asked(rounds: Rounds) -> None:
    held, other = rounds.remiss("flen", "trosa"), rounds.remiss("flen")
    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)

    with pytest.raises(NotFromHere, match="Flens kommun har redan svarat"):
        remind(held.pk, actor=rounds.world.officer, answer_ids=[rounds.answer(held, "flen").pk])
    for ids in ([0], [], [rounds.answer(other, "flen").pk]):
        with pytest.raises(Invalid, match="Välj vem som ska påminnas"):
            remind(held.pk, actor=rounds.world.officer, answer_ids=ids)
    close_round(held.pk, actor=rounds.world.officer)
    with pytest.raises(NotFromHere, match="redan stängd"):
        remind(held.pk, actor=rounds.world.officer)
    assert not RoundReminder.objects.exists()


def test_answers_are_chased_by_those_who_asked(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    acts: list[Callable[[Person], object]] = [
        lambda who: extend_round(held.pk, actor=who, deadline=today() + 30 * DAY),
        lambda who: extend_answer(rounds.answer(held, "flen").pk, actor=who, deadline=today() + 30 * DAY),
        lambda who: remind(held.pk, actor=who),
    ]

    for act in acts:
        for who in (rounds.contact("flen"), rounds.world.author, rounds.world.coordinator):
            with pytest.raises(NoMandate, match="Beredningsgruppen personcentrering har skickat ut frågan"):
                act(who)
        with pytest.raises(Satsning.DoesNotExist):
            act(make_person())


@pytest.mark.parametrize(("days", "late"), [(0, False), (14, False), (15, True)])
def test_answer_is_marked_when_it_comes_after_the_last_day(rounds: Rounds, days: int, *, late: bool) -> None:
    held = rounds.remiss("flen", "trosa")
    assert held.deadline == today() + IN_TWO_WEEKS

    with later(days):
        answer = answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)

    assert answer.late is late


def test_answer_in_the_longer_time_is_not_late(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    extend_answer(rounds.answer(held, "flen").pk, actor=rounds.world.officer, deadline=today() + 20 * DAY)

    with later(16):
        given = [
            answer_remiss(rounds.answer(held, code).pk, actor=rounds.contact(code), stance=Stance.INSTAMMER).late
            for code in ("flen", "trosa")
        ]

    assert given == [False, True]


def test_time_that_has_run_out_is_made_longer(rounds: Rounds) -> None:
    with on(ago(40)):
        held = rounds.remiss("flen")
    assert Round.objects.get(pk=held.pk).is_late

    extend_round(held.pk, actor=rounds.world.officer, deadline=today())

    assert not Round.objects.get(pk=held.pk).is_late
