"""Absence: who may stand in for whom, what is refused with which sentence, and what is recorded."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Franvaro, Membership, Person
from governance.permissions import standings, today
from governance.vocabulary import Mandate, Role, StationKind
from tests.workflow.desks import desk, lines
from tests.workflow.meetings.planning.helping import a_plan
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow import journal
from workflow.absence.acts import delegate, in_force, revoke
from workflow.comments.actions import comment
from workflow.desk.vocabulary import BesideKind, DeskKind
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.inputs import Inputs
from workflow.meetings.planning.actions import plan
from workflow.models import JournalEntry, RoundAnswer
from workflow.rounds.actions import open_round
from workflow.rounds.answers import hand_over
from workflow.rounds.questions import Question
from workflow.vocabulary import RoundKind

WEEK = timedelta(days=7)


def seat_of(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def away(person: Person, other: Person, first: date | None = None, last: date | None = None) -> Franvaro:
    begins = first or today()
    return delegate(seat_of(person).pk, other.pk, begins, last or begins + WEEK, actor=person)


def sound(world: World) -> bool:
    return journal.verify(world.county.pk, world.county.name)[1] is None


def colleague(world: World) -> Person:
    return world.seat(BEREDNING, Role.HANDLAGGARE)


def test_colleague_stands_in_and_both_see_it(world: World) -> None:
    one, other = world.officer, colleague(world)

    made = away(one, other)

    assert [(row.kind, row.title, row.due) for row in desk(other).away] == [
        (BesideKind.ERSATTER, one.name, made.ends_on)
    ]
    assert [(row.kind, row.title) for row in desk(one).away] == [(BesideKind.BORTA, other.name)]
    assert f"Du ersätter <b>{one.name}</b>" in text_of(at(other).get("/"))
    assert "tjänstgör organets ersättare" in text_of(at(one).get("/franvaro/"))
    assert JournalEntry.objects.order_by("-number")[0].act == "franvaro"
    assert sound(world)
    Franvaro.objects.update(substitute=one)
    assert not sound(world)


def test_what_the_substitute_does_is_recorded_as_done_for_the_absent(world: World) -> None:
    one, other = world.officer, colleague(world)
    case = world.carried_to(StationKind.INLAMNAD)
    away(one, other)

    world.do(case, "ta_upp", other, inputs=Inputs(handlaggare_id=other.pk))

    page = text_of(at(other).get(url("satsning", case)))
    assert f"Ersätter {one.name}" in page
    assert {standing.acts_for for standing in standings(other.pk)} == {one.name}
    assert sound(world)


def test_comments_of_the_substitute_are_recorded_as_made_for_the_absent(world: World) -> None:
    one, other = world.officer, colleague(world)
    case = world.carried_to(StationKind.BEREDNING)
    away(one, other)

    comment(case.pk, "uppdrag", "", "Vem betalar?", actor=other)

    assert f"Ersätter {one.name}" in text_of(at(other).get(url("satsning", case)))
    assert sound(world)


def test_what_the_substitute_does_around_the_table_is_recorded_as_their_own(world: World) -> None:
    one, other = world.officer, world.person(BEREDNING, Role.ORDFORANDE)
    away(one, other)

    plan(world.body(BEREDNING).pk, a_plan(), actor=other)

    assert "ersatter" not in JournalEntry.objects.get(act="mote_planerat").payload.content
    assert {held.mandate: held.acts_for for held in standings(other.pk)} == {
        Mandate.BEREDA: one.name,
        Mandate.LEDA_MOTE: "",
        Mandate.PROTOKOLLFORA: "",
    }


def test_answers_handed_to_the_absent_come_to_the_substitute_while_it_lasts(world: World) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    one, other = (world.seat("kontakt-trosa", Role.KONTAKTPERSON) for _ in range(2))
    open_round(
        case.pk,
        RoundKind.REMISS,
        actor=world.officer,
        purpose="Vad tycker ni?",
        deadline=today() + WEEK,
        questions=[Question("Är det rätt?", "")],
        receivers=[seat_of(one).body_id],
    )
    answer = RoundAnswer.objects.get()
    hand_over(answer.pk, to_id=one.pk, actor=other)
    assert lines(other, DeskKind.SVAR) == []

    made = away(one, other)
    assert [line.key for line in lines(other, DeskKind.SVAR)] == [answer.pk]
    revoke(made.pk, actor=one)

    assert lines(other, DeskKind.SVAR) == []
    assert desk(other).away == []
    with pytest.raises(NotFromHere):
        revoke(made.pk, actor=one)


def test_it_ends_with_the_membership_of_either(world: World) -> None:
    one, other = world.officer, colleague(world)
    away(one, other)
    Membership.objects.filter(person=one).update(ends_on=today() - timedelta(days=1))

    assert desk(other).away == []
    assert {standing.acts_for for standing in standings(other.pk)} == {""}


def test_refusals_each_have_their_sentence(world: World) -> None:
    one, other = world.officer, colleague(world)
    third = colleague(world)
    stranger = world.author
    day = today()
    own = seat_of(one)

    def said(substitute: Person, first: date, last: date) -> str:
        with pytest.raises(Invalid) as refused:
            delegate(own.pk, substitute.pk, first, last, actor=one)
        return str(refused.value)

    assert said(one, day, day) == "Du kan inte ersätta dig själv. Välj en kollega."
    assert said(stranger, day, day) == "Välj en kollega som har samma uppdrag som du."
    assert said(other, day, day - WEEK) == "Sista dagen är före den första."
    assert said(other, day - WEEK, day - timedelta(days=1)) == "Perioden har redan varit."
    assert said(other, day, day + timedelta(days=400)) == "Välj högst ett år."
    Membership.objects.filter(pk=own.pk).update(ends_on=day + WEEK)
    assert "Ditt uppdrag slutar" in said(other, day, day + 2 * WEEK)
    Membership.objects.filter(pk=own.pk).update(ends_on=None)
    away(third, other, day + 4 * WEEK, day + 5 * WEEK)
    assert "är själv frånvarande" in said(third, day + 4 * WEEK, day + 6 * WEEK)
    made = away(one, other)
    assert "Du har redan anmält frånvaro" in said(third, day + timedelta(days=7), day + 2 * WEEK)
    assert Franvaro.objects.count() == 2
    with pytest.raises(Invalid, match="Ni kan inte ersätta varandra"):
        away(other, one)
    with pytest.raises(Invalid, match="går ersättningen runt"):
        away(other, third)
    with pytest.raises(NoMandate):
        delegate(own.pk, other.pk, day, day, actor=other)
    with pytest.raises(Franvaro.DoesNotExist):
        revoke(made.pk, actor=other)


def test_votes_are_not_handed_over(world: World) -> None:
    member, _ = (world.seat(STYRGRUPP, Role.LEDAMOT) for _ in range(2))

    page = at(member).get(f"/franvaro/ny/{seat_of(member).pk}/")

    assert page.status_code == 403
    assert "Röster och beslut vid bordet lämnas inte över" in text_of(page)
    with pytest.raises(NoMandate, match="organets ersättare"):
        away(member, world.seat(STYRGRUPP, Role.LEDAMOT))


def test_page_keeps_what_was_written_and_says_what_is_wrong(world: World) -> None:
    one, other = world.officer, colleague(world)
    address = f"/franvaro/ny/{seat_of(one).pk}/"
    day = today()

    wrong = at(one).post(
        address, {"substitute": other.pk, "starts_on": day.isoformat(), "ends_on": (day - WEEK).isoformat()}
    )
    right = at(one).post(
        address, {"substitute": other.pk, "starts_on": day.isoformat(), "ends_on": (day + WEEK).isoformat()}
    )

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Sista dagen är före den första." in text_of(wrong)
    assert at(other).get(address).status_code == 404
    assert at(other).post(f"/franvaro/{Franvaro.objects.get().pk}/aterkalla/").status_code == 404
    assert at(one).post(f"/franvaro/{Franvaro.objects.get().pk}/aterkalla/").status_code == 302


PERIODS = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 30), st.integers(0, 10))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PERIODS, min_size=2, max_size=8))
def test_nobody_who_stands_in_is_away_at_the_same_time(world: World, asked: list[tuple[int, int, int, int]]) -> None:
    Franvaro.objects.all().delete()
    people = list(
        Person.objects.filter(memberships__body=world.body(ARBETSGRUPP), memberships__role=Role.LEDAMOT).order_by("pk")
    )
    while len(people) < 4:
        people.append(world.seat(ARBETSGRUPP, Role.LEDAMOT))
    for who, substitute, begins, length in asked:
        first = today() + timedelta(days=begins)
        try:
            away(people[who], people[substitute], first, first + timedelta(days=length))
        except Invalid:
            continue
    for row in Franvaro.objects.select_related("membership"):
        near = in_force(row.starts_on, row.ends_on).exclude(pk=row.pk)
        assert not near.filter(membership__person=row.substitute_id).exists()
        assert not near.filter(membership=row.membership_id).exists()
