"""What waits for whom, in one statement."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from tests.factories import make_person
from tests.workflow.rounds.conftest import Rounds
from workflow.rights import viewer
from workflow.rounds.actions import close_round
from workflow.rounds.answers import answer_remiss, hand_over
from workflow.rounds.chasing import extend_round
from workflow.rounds.selectors import rounds_of, waiting_answers
from workflow.vocabulary import Stance


def waiting_for(person: Person) -> list[str]:
    return [f"{answer.receiver}: {answer.round.satsning_id}" for answer in waiting_answers(viewer(person))]


def test_waiting_answers_are_those_the_person_may_give(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    later = rounds.remiss("flen")
    extend_round(held.pk, actor=rounds.world.officer, deadline=today() + timedelta(days=30))
    expected = [f"Flens kommun: {later.satsning_id}", f"Flens kommun: {held.satsning_id}"]

    assert waiting_for(rounds.contact("flen")) == expected
    assert waiting_for(rounds.contact("trosa")) == [f"Trosa kommun: {held.satsning_id}"]
    assert waiting_for(rounds.world.officer) == []
    assert waiting_for(make_person()) == []


def test_waiting_answers_leave_out_what_is_given_or_closed(rounds: Rounds) -> None:
    answered, closed = rounds.remiss("flen", "trosa"), rounds.remiss("flen")
    contact = rounds.contact("flen")

    answer_remiss(rounds.answer(answered, "flen").pk, actor=contact, stance=Stance.INSTAMMER)
    close_round(closed.pk, actor=rounds.world.officer)

    assert waiting_for(contact) == []


def test_waiting_answer_follows_whom_it_was_handed_over_to(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    first, colleague = rounds.contact("flen"), rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    third = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    hand_over(rounds.answer(held, "flen").pk, actor=first, to_id=colleague.pk)
    expected = [f"Flens kommun: {held.satsning_id}"]

    assert (waiting_for(first), waiting_for(colleague), waiting_for(third)) == ([], expected, [])

    Membership.objects.filter(person=colleague).update(ends_on=today() - timedelta(days=1))
    assert (waiting_for(first), waiting_for(colleague), waiting_for(third)) == (expected, [], expected)


def test_waiting_answers_wait_for_nobody_whose_membership_has_ended(rounds: Rounds) -> None:
    rounds.remiss("flen")
    contact = rounds.contact("flen")
    Membership.objects.filter(person=contact).update(ends_on=today() - timedelta(days=1))

    assert waiting_for(contact) == []


def test_reads_cost_the_same_however_many_there_are(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    who = viewer(rounds.contact("flen"))
    counts = []
    for codes in (("flen",), ("flen", "trosa", "gnesta", "nykoping")):
        close_round(rounds.remiss(*codes, satsning=satsning).pk, actor=rounds.world.officer)
        rounds.remiss("flen")
        with CaptureQueriesContext(connection) as captured:
            for answer in waiting_answers(who):
                assert (answer.receiver, answer.round.satsning.station) == ("Flens kommun", "beredning")
        waiting = len(captured)
        with CaptureQueriesContext(connection) as captured:
            for held in rounds_of(satsning):
                assert [answer.receiver for answer in held.answers.all()]
                assert held.opened_by_body.name
        counts.append((waiting, len(captured)))

    assert counts == [(1, 2), (1, 2)]
