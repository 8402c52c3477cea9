"""Answers that the clock reminds of: before and after each receiver's last day, and then taken further, each once."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connections, transaction

from governance.permissions import today
from governance.vocabulary import Role
from governance.workdays import workdays_after
from tests.workflow.pages.helping import at, text_of
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.rounds.test_chasing import later
from tests.workflow.world import World, make_world
from workflow.deadlines.jobs import remind_of_last_days
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.journal import verify
from workflow.models import JournalEntry, JournalPayload, Notice
from workflow.rights import path_of
from workflow.rounds.actions import close_round
from workflow.rounds.answers import answer_remiss
from workflow.rounds.chasing import extend_answer, extend_round, remind
from workflow.rounds.models import Round, RoundReminder
from workflow.rounds.reminding import remind_all
from workflow.vocabulary import Act, Stance

DAY = timedelta(days=1)


def on(day: date) -> int:
    """Return how many reminders the clock makes on a day."""
    with later((day - today()).days):
        return remind_all()


def made() -> list[tuple[str, str]]:
    rows = RoundReminder.objects.order_by("pk").select_related("answer__body__organisation")
    return [(row.kind, row.answer.receiver) for row in rows]


def test_answers_are_reminded_of_before_and_after_their_last_day_each_once(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    held = extend_round(held.pk, actor=rounds.world.officer, deadline=today() + 60 * DAY)
    people = [rounds.contact(code) for code in ("flen", "trosa")]
    before = held.deadline - DAY
    assert on(today()) == 0

    assert [on(before), on(before), on(held.deadline)] == [2, 0, 0]
    assert made() == [("fore", "Flens kommun"), ("fore", "Trosa kommun")]
    told = Notice.objects.filter(entry__act=Act.RUNDA_PAMIND)
    assert sorted(told.values_list("person", "expected", "due")) == [
        (person.pk, "Svara", held.deadline) for person in sorted(people, key=lambda one: one.pk)
    ]
    answer_remiss(rounds.answer(held, "flen").pk, actor=people[0], stance=Stance.INSTAMMER)
    after = workdays_after(held.deadline, path_of(held.satsning).frister.after)
    assert [on(after - DAY), on(after), on(after + DAY)] == [0, 1, 0]
    assert made()[2:] == [("efter", "Trosa kommun")]
    entries = JournalEntry.objects.filter(act=Act.RUNDA_PAMIND).order_by("pk")
    assert [entry.actor_id for entry in entries] == [None, None]
    said = JournalPayload.objects.get(entry=entries[1]).content
    assert f"Trosa kommun. Sista dagen att svara var {held.deadline}." in said
    assert verify(rounds.world.county.pk, "Sörmland")[1] is None


def test_what_is_late_for_long_is_taken_to_regionalt_stod_where_the_receiver_has_no_chair(rounds: Rounds) -> None:
    world = rounds.world
    held = rounds.remiss("flen")
    coordinator = world.coordinator
    assert "Fört vidare" not in text_of(at(world.officer).get(held.get_absolute_url()))

    assert on(workdays_after(held.deadline, 10)) == 2

    assert made() == [("efter", "Flens kommun"), ("eskalering", "Flens kommun")]
    further = Notice.objects.filter(entry__act=Act.RUNDA_PAMIND, expected="Se till att svaret kommer in")
    assert list(further.values_list("person", "due")) == [(coordinator.pk, held.deadline)]
    page = text_of(at(world.officer).get(held.get_absolute_url()))
    assert "Fört vidare " in page
    # What was taken further was not said to the receiver that day, so that somebody may still remind it by hand.
    assert [one.receiver for one in remind(held.pk, actor=world.officer)] == ["Flens kommun"]
    assert verify(world.county.pk, "Sörmland")[1] is None


def test_what_is_late_for_long_is_taken_to_the_receivers_chair_alone(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    rounds.contact("flen")
    chair = rounds.world.seat("kontakt-flen", Role.ORDFORANDE)

    assert on(workdays_after(held.deadline, 10)) == 2

    further = Notice.objects.filter(entry__act=Act.RUNDA_PAMIND, expected="Se till att svaret kommer in")
    assert list(further.values_list("person", "due")) == [(chair.pk, held.deadline)]
    assert verify(rounds.world.county.pk, "Sörmland")[1] is None


def test_longer_time_is_reminded_of_anew_and_a_closed_round_is_not(rounds: Rounds) -> None:
    held, officer = rounds.remiss("flen", "trosa"), rounds.world.officer
    assert on(held.deadline - DAY) == 2
    longer = held.deadline + 30 * DAY
    extend_answer(rounds.answer(held, "flen").pk, actor=officer, deadline=longer)

    assert on(held.deadline + DAY) in {0, 1}
    assert on(longer - DAY) >= 1
    assert RoundReminder.objects.filter(kind=Paminnelseslag.FORE, due=longer).count() == 1
    count = RoundReminder.objects.count()
    close_round(held.pk, actor=officer)
    assert on(longer + 60 * DAY) == 0
    assert RoundReminder.objects.count() == count


def test_reminder_by_hand_and_by_the_clock_are_two_on_one_day(rounds: Rounds) -> None:
    held, officer = rounds.remiss("flen"), rounds.world.officer
    with later((held.deadline - DAY - today()).days):
        remind(held.pk, actor=officer)
        assert remind_all() == 1
    assert {row.by_id for row in RoundReminder.objects.all()} == {officer.pk, None}
    assert verify(rounds.world.county.pk, "Sörmland")[1] is None


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "fore", "due": None}, "round_reminder_by_somebody_or_the_clock"),
        ({"kind": "", "due": None}, "round_reminder_by_somebody_or_the_clock"),
    ],
)
def test_reminder_is_somebodys_or_the_clocks(rounds: Rounds, values: dict[str, object], constraint: str) -> None:
    answer = rounds.answer(rounds.remiss("flen"), "flen")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RoundReminder.objects.create(answer=answer, day=today(), **values)


def test_the_clocks_job_reminds_of_answers_too(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    with later((held.deadline - DAY - today()).days):
        remind_of_last_days()
    assert made() == [("fore", "Flens kommun")]


@pytest.mark.django_db(transaction=True)
def test_many_clocks_at_once_make_one_reminder() -> None:
    world: World = make_world()
    rounds = Rounds(world)
    held = rounds.remiss("flen")
    world.seat("kontakt-trosa", Role.KONTAKTPERSON)
    Round.objects.filter(pk=held.pk).update(deadline=today())
    held.answers.update(deadline=today())
    counted: list[int] = []

    def ask() -> None:
        try:
            counted.append(remind_all())
        finally:
            connections.close_all()

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(counted), made()) == ([0, 0, 0, 0, 0, 1], [("fore", "Flens kommun")])
