"""What answers wait for whom, as the desk has them, and what the reads cost."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from tests.factories import make_person
from tests.workflow.desks import lines
from tests.workflow.rounds.conftest import Rounds
from workflow.desk.selectors import desk_of
from workflow.desk.turns import paths_of
from workflow.desk.vocabulary import DeskKind
from workflow.rights import viewer
from workflow.rounds.actions import close_round
from workflow.rounds.answers import answer_remiss, hand_over
from workflow.rounds.chasing import extend_round
from workflow.rounds.models import Round
from workflow.rounds.selectors import rounds_of
from workflow.vocabulary import Stance


def waiting(person: Person) -> list[tuple[str, int]]:
    """Return for whom each answer on somebody's desk is to be given, and the case, in the desk's order."""
    return [(line.hints[1], line.about) for line in lines(person, DeskKind.SVAR)]


def flen(*rounds: Round) -> list[tuple[str, int]]:
    return [("Du svarar för Flens kommun", held.satsning_id) for held in rounds]


def test_waiting_answers_are_those_the_person_may_give(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    later = rounds.remiss("flen")
    extend_round(held.pk, actor=rounds.world.officer, deadline=today() + timedelta(days=30))

    assert waiting(rounds.contact("flen")) == flen(later, held)
    assert waiting(rounds.contact("trosa")) == [("Du svarar för Trosa kommun", held.satsning_id)]
    assert waiting(rounds.world.officer) == []
    assert waiting(make_person()) == []


def test_waiting_answers_leave_out_what_is_given_or_closed(rounds: Rounds) -> None:
    answered, closed = rounds.remiss("flen", "trosa"), rounds.remiss("flen")
    contact = rounds.contact("flen")
    assert waiting(contact) == flen(answered, closed)

    answer_remiss(rounds.answer(answered, "flen").pk, actor=contact, stance=Stance.INSTAMMER)
    close_round(closed.pk, actor=rounds.world.officer)

    assert waiting(contact) == []


def test_waiting_answer_follows_whom_it_was_handed_over_to(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    first, colleague = rounds.contact("flen"), rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    third = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    hand_over(rounds.answer(held, "flen").pk, actor=first, to_id=colleague.pk)
    expected = flen(held)

    assert (waiting(first), waiting(colleague), waiting(third)) == ([], expected, [])

    Membership.objects.filter(person=colleague).update(role=Role.SEKRETERARE)
    assert (waiting(first), waiting(colleague), waiting(third)) == (expected, [], expected)
    Membership.objects.filter(person=colleague).update(role=Role.KONTAKTPERSON)
    assert (waiting(first), waiting(colleague), waiting(third)) == ([], expected, [])
    Membership.objects.filter(person=colleague).update(ends_on=today() - timedelta(days=1))
    assert (waiting(first), waiting(colleague), waiting(third)) == (expected, [], expected)


def test_waiting_answers_wait_for_nobody_whose_membership_has_ended(rounds: Rounds) -> None:
    held, contact = rounds.remiss("flen"), rounds.contact("flen")
    assert waiting(contact) == flen(held)

    Membership.objects.filter(person=contact).update(ends_on=today() - timedelta(days=1))

    assert waiting(contact) == []


def test_reads_cost_the_same_however_many_there_are(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    who = viewer(rounds.contact("flen"))
    paths = paths_of(who)
    counts = []
    for codes in (("flen",), ("flen", "trosa", "gnesta", "nykoping")):
        close_round(rounds.remiss(*codes, satsning=satsning).pk, actor=rounds.world.officer)
        rounds.remiss("flen")
        with CaptureQueriesContext(connection) as captured:
            found = desk_of(who, paths).lines
        assert {(line.kind, line.hints[1]) for line in found} == {(DeskKind.SVAR, "Du svarar för Flens kommun")}
        desk = len(captured)
        with CaptureQueriesContext(connection) as captured:
            for held in rounds_of(satsning):
                assert [answer.receiver for answer in held.answers.all()]
                assert held.opened_by_body.name
        counts.append((len(found), desk, len(captured)))

    assert counts == [(1, 3, 2), (2, 3, 2)]
