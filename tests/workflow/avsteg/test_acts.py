"""Asking, withdrawing, granting and denying: who may, what is refused, and what a granted avsteg lets through."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import NEVER_WAIVED, RequirementCode, Role, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from tests.workflow.avsteg.conftest import BECAUSE, ECONOMY, REASON, Asking
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP, World
from workflow import facts, journal
from workflow.avsteg.actions import answer, ask
from workflow.errors import Incomplete, Invalid, Jav, NoMandate, NotFromHere, Stale
from workflow.gates import ALWAYS_ASKED
from workflow.inputs import Request
from workflow.models import Anmalan, Avsteg, Avstegsslut, Avstegssvar, Beslut, JournalEntry
from workflow.rights import may_read, readable, viewer
from workflow.vocabulary import Act, Avstegslage

LONG = "a" * 100_000


def acts_of(satsning: Satsning) -> list[str]:
    return list(JournalEntry.objects.filter(satsning=satsning).order_by("number").values_list("act", flat=True))


def said_of(satsning: Satsning) -> dict[str, dict[str, Any]]:
    """Return what was said in the newest act of each kind."""
    rows = JournalEntry.objects.filter(satsning=satsning).order_by("number").values_list("act", "payload__content")
    return {act: json.loads(said) for act, said in rows}


def test_author_asks_and_chair_grants(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    edition = asking.edition(satsning)

    avsteg = asking.granted(satsning)

    assert (avsteg.gate, avsteg.requirement, avsteg.reason) == ("beslut", ECONOMY, REASON)
    assert (avsteg.svar.outcome, avsteg.svar.reason, avsteg.svar.by) == ("medgivet", BECAUSE, asking.chair)
    assert avsteg.state == Avstegslage.MEDGIVET
    assert acts_of(satsning)[-2:] == [Act.AVSTEG_BEGART, Act.AVSTEG_MEDGIVET]
    assert said_of(satsning)[Act.AVSTEG_MEDGIVET]["utan_jav"] is True
    assert asking.edition(satsning) == edition + 2
    assert journal.verify(world.county.pk, "Sörmland")[1] is None


def test_preparing_body_asks_too(world: World, asking: Asking) -> None:
    assert asking.ask(asking.without_economy(), actor=world.officer).asked_by_body.code == BEREDNING


def test_denied_one_changes_nothing_and_may_be_asked_for_again(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    avsteg = asking.ask(satsning)
    asking.answer(avsteg, "avslaget", reason="Räkna först.")

    assert asking.again(avsteg).state == Avstegslage.AVSLAGET
    assert facts.read(satsning.pk).waived == frozenset()
    world.state(satsning)
    with pytest.raises(Incomplete):
        world.do(satsning, "anmal", world.officer)
    assert asking.ask(satsning).pk != avsteg.pk


def test_withdrawn_one_may_be_asked_for_again(asking: Asking, world: World) -> None:
    satsning = asking.without_economy()
    avsteg = asking.ask(satsning)
    asking.withdraw(avsteg, actor=world.seat(ARBETSGRUPP, Role.LEDAMOT))

    assert asking.again(avsteg).state == Avstegslage.ATERTAGET
    with pytest.raises(NotFromHere):
        asking.answer(avsteg)
    with pytest.raises(NotFromHere):
        asking.withdraw(avsteg)
    asking.ask(satsning)


# --- What a granted one lets through ---------------------------------------------------------------------------------


def test_granted_one_lets_the_requirement_through_its_gate(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    asking.granted(satsning)
    world.state(satsning)

    world.do(satsning, "anmal", world.officer)
    world.decide(satsning, "bifall")

    assert world.fresh(satsning).station == "beslutad"
    for rows in (Anmalan.objects.get().avsteg, Beslut.objects.get().avsteg):
        [row] = rows
        assert (row["requirement"], row["gate"], row["reason"], row["answer"]) == (ECONOMY, "beslut", REASON, BECAUSE)
        assert row["lacks"][0] == "Lägg till kostnaderna år för år."
    said = said_of(satsning)
    assert [row["label"] for act in ("anmal", "bifall") for row in said[act]["avsteg"]] == ["Ekonomin är komplett"] * 2


def test_granted_one_lets_nothing_else_through(world: World, asking: Asking) -> None:
    satsning = asking.without_economy(also=(PartCode.RESURSER,))
    asking.granted(satsning)
    world.state(satsning)

    with pytest.raises(Incomplete) as refused:
        world.do(satsning, "anmal", world.officer)

    assert {gap.code for gap in refused.value.gaps} == {RequirementCode.DEL_RESURSER}


def test_granted_one_lets_its_requirement_through_no_other_gate(world: World, asking: Asking) -> None:
    """*Baslinje* is asked at start; the same code waived at start is asked again wherever another gate has it."""
    satsning = world.carried_to(StationKind.BESLUTAD)
    asking.granted(satsning, "resurser_bekraftade", "start")
    waived = facts.read(satsning.pk).waived

    assert waived == {("start", RequirementCode.RESURSER_BEKRAFTADE)}
    with pytest.raises(Incomplete) as refused:
        world.do(satsning, "starta", world.author)
    assert {gap.code for gap in refused.value.gaps} == {RequirementCode.BASLINJE}


def test_granted_one_ends_when_the_case_has_passed_the_gate(world: World, asking: Asking) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    avsteg = asking.granted(satsning, "resurser_bekraftade", "start")
    world.fill(satsning, PartCode.VARDEN)

    world.do(satsning, "starta", world.author)

    assert asking.again(avsteg).state == Avstegslage.UPPHORT
    assert Avstegsslut.objects.get().move == "Starta"
    assert facts.read(satsning.pk).waived == frozenset()
    assert said_of(satsning)["starta"]["avsteg"][0]["requirement"] == "resurser_bekraftade"


def test_granted_one_holds_through_aterremiss_and_ends_with_the_decision(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    avsteg = asking.granted(satsning)
    world.state(satsning)
    world.do(satsning, "anmal", world.officer)
    world.decide(satsning, "aterremiss", reason="Mer tid.", target="beredning")
    assert asking.again(avsteg).state == Avstegslage.MEDGIVET

    world.do(satsning, "anmal", world.officer)
    world.decide(satsning, "bifall")

    assert asking.again(avsteg).state == Avstegslage.UPPHORT


def test_one_asked_for_lapses_when_the_case_goes_on_without_it(world: World, asking: Asking) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    avsteg = asking.ask(satsning, "resurser_bekraftade", "start")
    world.confirm_resources(satsning)
    world.fill(satsning, PartCode.VARDEN)
    world.do(satsning, "starta", world.author)

    assert asking.again(avsteg).state == Avstegslage.FORFALLET
    assert (avsteg.svar.by, avsteg.svar.by_body) == (None, None)
    with pytest.raises(NotFromHere):
        asking.answer(avsteg)


def test_decision_that_takes_the_case_elsewhere_ends_what_was_granted_for_the_proposed_one(
    world: World, asking: Asking
) -> None:
    """Granted for *breddinförande*; the meeting decides to go on with the pilot instead."""
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    avsteg = asking.granted(satsning, "uppfoljningsrapport", "breddinforande")
    world.bring(satsning, "fortsatt")
    world.decide(satsning, "fortsatt", reason="Mer tid.")

    assert asking.again(avsteg).state == Avstegslage.UPPHORT


def test_one_granted_after_the_matter_was_brought_stands_in_the_decision(world: World, asking: Asking) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    world.fill(satsning, PartCode.LAGE, PartCode.SLUTRAPPORT)
    world.bring(satsning, "slutfor")
    assert Anmalan.objects.get(closed_at=None).avsteg == []
    world.clear_report(satsning)
    asking.granted(satsning, "slutrapport", "slut")

    world.decide(satsning, "slutfor")

    [row] = Beslut.objects.get(move="slutfor").avsteg
    assert (row["requirement"], row["later"]) == ("slutrapport", True)


# --- Refusals --------------------------------------------------------------------------------------------------------


def refused(call: Callable[[], object], error: type[Exception]) -> None:
    """Expect a refusal that leaves nothing behind."""
    before = (JournalEntry.objects.count(), Avsteg.objects.count(), Avstegssvar.objects.count())
    with pytest.raises(error):
        call()
    assert (JournalEntry.objects.count(), Avsteg.objects.count(), Avstegssvar.objects.count()) == before


ASKERS: dict[str, tuple[Callable[[World], Person], type[Exception]]] = {
    "another group": (lambda world: world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT), NoMandate),
    "another preparing body": (lambda world: world.seat("beredning-halsa", Role.HANDLAGGARE), NoMandate),
    "no mandate": (lambda world: world.seat(ARBETSGRUPP, Role.ADJUNGERAD), NoMandate),
    "the deciding body": (lambda world: world.seat(STYRGRUPP, Role.ORDFORANDE), NoMandate),
    "regionalt stöd": (lambda world: world.coordinator, NoMandate),
    "ended": (
        lambda world: world.seat(ARBETSGRUPP, Role.LEDAMOT, ends_on=today() - timedelta(days=1)),
        Satsning.DoesNotExist,
    ),
    "coming": (
        lambda world: world.seat(BEREDNING, Role.LEDAMOT, starts_on=today() + timedelta(days=1)),
        Satsning.DoesNotExist,
    ),
    "superuser": (
        lambda _world: Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord"),
        Satsning.DoesNotExist,
    ),
    "another county": (lambda _world: in_other_county(), Satsning.DoesNotExist),
}
ANSWERERS: dict[str, tuple[Callable[[World], Person], type[Exception]]] = {
    "a member": (lambda world: world.seat(STYRGRUPP, Role.LEDAMOT), NoMandate),
    "the secretary": (lambda world: world.secretary, NoMandate),
    "the chair of another body": (lambda world: world.seat(BEREDNING, Role.ORDFORANDE), NoMandate),
    "regionalt stöd": (lambda world: world.seat(STOD, Role.SAMORDNARE), NoMandate),
    "the author": (lambda world: world.author, NoMandate),
    "ended": (
        lambda world: world.seat(STYRGRUPP, Role.ORDFORANDE, ends_on=today() - timedelta(days=1)),
        Satsning.DoesNotExist,
    ),
    "superuser": ASKERS["superuser"],
    "another county": ASKERS["another county"],
}


@pytest.mark.parametrize("who", ASKERS)
def test_nobody_else_asks(world: World, asking: Asking, who: str) -> None:
    make, error = ASKERS[who]
    satsning, person = asking.without_economy(), make(world)

    refused(lambda: asking.ask(satsning, actor=person), error)


@pytest.mark.parametrize("who", ANSWERERS)
def test_nobody_else_answers(world: World, asking: Asking, who: str) -> None:
    make, error = ANSWERERS[who]
    avsteg, person = asking.ask(asking.without_economy()), make(world)

    refused(lambda: asking.answer(avsteg, actor=person), error)
    refused(lambda: asking.answer(avsteg, "avslaget", actor=person), error)


def test_nobody_grants_an_own_request_or_that_of_an_own_body(world: World, asking: Asking) -> None:
    both = world.person(STYRGRUPP, Role.ORDFORANDE)
    world.also(both, ARBETSGRUPP, Role.LEDAMOT)
    satsning = asking.without_economy()
    own = asking.ask(satsning, actor=both)
    refused(lambda: asking.answer(own, actor=both), Jav)
    asking.withdraw(own)

    of_the_group = asking.ask(satsning)

    refused(lambda: asking.answer(of_the_group, actor=both), Jav)
    asking.answer(of_the_group, actor=world.seat(STYRGRUPP, Role.VICE_ORDFORANDE))


def test_nobody_with_jav_in_the_case_answers(world: World, asking: Asking) -> None:
    satsning = world.make_with_jav(asking.chair)
    avsteg = asking.ask(satsning, "resurser_bekraftade", "start")

    refused(lambda: asking.answer(avsteg), Jav)
    with pytest.raises(Invalid) as without_word:
        asking.answer(avsteg, actor=world.seat(STYRGRUPP, Role.VICE_ORDFORANDE), declares_no_jav=False)
    assert set(without_word.value.errors) == {"utan_jav"}


def test_withdrawing_is_for_the_body_that_asked(world: World, asking: Asking) -> None:
    avsteg = asking.ask(asking.without_economy())

    refused(lambda: asking.withdraw(avsteg, actor=world.officer), NoMandate)
    refused(lambda: asking.withdraw(avsteg, actor=asking.chair), NoMandate)
    refused(lambda: asking.withdraw(avsteg, actor=in_other_county()), Satsning.DoesNotExist)


@pytest.mark.parametrize(
    ("gate", "requirement", "error"),
    [
        ("beslut", "baslinje", Invalid),
        ("beslut", "finns_inte", Invalid),
        ("beslut", "", Invalid),
        ("start", "baslinje", NotFromHere),
        ("inlamning", "grov_kostnad", NotFromHere),
        ("finns_inte", "baslinje", NotFromHere),
        ("beslut", "del_uppdrag", Invalid),
        ("beslut", "del_resurser", Invalid),
    ],
)
def test_only_what_is_asked_and_lacks_something_ahead_is_waived(
    asking: Asking, gate: str, requirement: str, error: type[Exception]
) -> None:
    satsning = asking.without_economy()

    refused(lambda: asking.ask(satsning, requirement, gate), error)


@pytest.mark.parametrize("code", sorted(NEVER_WAIVED - set(ALWAYS_ASKED)))
def test_what_is_never_waived_is_in_no_request(world: World, asking: Asking, code: RequirementCode) -> None:
    """Asked at whatever gate of the county's path has it, from a step that stands before that gate."""
    version = world.fresh(asking.without_economy()).version
    gates = {gate.code for gate in version.gates.all() if code in gate.requirements}
    steps = {
        "inlamning": StationKind.UTKAST,
        "komplettering": StationKind.KOMPLETTERING,
        "beslut": StationKind.BEREDNING,
        "start": StationKind.BESLUTAD,
        "andring": StationKind.UPPFOLJNING,
    }

    for gate in gates:
        kind = steps[gate]
        far = kind in {StationKind.BESLUTAD, StationKind.UPPFOLJNING}
        satsning = world.carried_to(kind) if far else asking.without_economy(kind)
        with pytest.raises(Invalid) as never:
            asking.ask(satsning, code.value, gate)
        assert never.value.errors == {"requirement": [f"Avsteg kan inte ges från ”{code.label}”."]}
    assert gates


@pytest.mark.parametrize("reason", ["", "  \n ", LONG])
def test_request_and_answer_need_a_reason_that_has_room(asking: Asking, reason: str) -> None:
    satsning = asking.without_economy()
    refused(lambda: asking.ask(satsning, reason=reason), Invalid)
    avsteg = asking.ask(satsning)

    refused(lambda: asking.answer(avsteg, reason=reason), Invalid)


@pytest.mark.parametrize("outcome", ["", "atertaget", "begart", "ja", "forfallet"])
def test_answer_is_one_of_two(asking: Asking, outcome: str) -> None:
    avsteg = asking.ask(asking.without_economy())

    refused(lambda: asking.answer(avsteg, outcome), Invalid)


def test_every_error_of_an_answer_comes_at_once(asking: Asking) -> None:
    avsteg = asking.ask(asking.without_economy())

    with pytest.raises(Invalid) as wrong:
        asking.answer(avsteg, "kanske", reason="", declares_no_jav=False)

    assert set(wrong.value.errors) == {"outcome", "utan_jav", "reason"}


def test_stale_request_and_answer_are_refused(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    seen = asking.edition(satsning) - 1
    author, chair = world.author, asking.chair
    refused(
        lambda: ask(satsning.pk, "beslut", ECONOMY, reason=REASON, actor=author, expected_edition=seen),
        Stale,
    )
    avsteg = asking.ask(satsning)

    refused(
        lambda: answer(
            satsning.pk, avsteg.pk, "medgivet", reason="Ja.", declares_no_jav=True, actor=chair, expected_edition=seen
        ),
        Stale,
    )


def test_one_is_open_at_a_time(asking: Asking, world: World) -> None:
    satsning = asking.without_economy()
    avsteg = asking.ask(satsning)
    refused(lambda: asking.ask(satsning, actor=world.officer), Invalid)
    asking.answer(avsteg)

    refused(lambda: asking.ask(satsning), Invalid)


def test_answer_belongs_to_its_own_case(asking: Asking) -> None:
    avsteg, other = asking.ask(asking.without_economy()), asking.without_economy()
    chair = asking.chair

    refused(
        lambda: answer(
            other.pk,
            avsteg.pk,
            "medgivet",
            reason="Ja.",
            declares_no_jav=True,
            actor=chair,
            expected_edition=other.edition,
        ),
        Satsning.DoesNotExist,
    )


def test_no_gate_is_ahead_at_the_end_of_the_path(world: World, asking: Asking) -> None:
    satsning = world.carried_to(StationKind.ATERKALLAD)

    refused(lambda: asking.ask(satsning, "fokusomrade", "inlamning"), NotFromHere)


# --- Drafts ----------------------------------------------------------------------------------------------------------


def test_who_is_asked_about_a_draft_may_read_it(world: World, asking: Asking) -> None:
    draft = world.make()
    world.fill(draft, *(part for part in PartCode if part in {"uppdrag", "omfattning", "ekonomi", "brukarmedverkan"}))
    chair, member = asking.chair, world.seat(STYRGRUPP, Role.LEDAMOT)
    assert not may_read(viewer(chair), draft)

    avsteg = asking.ask(draft, "fokusomrade", "inlamning")

    assert may_read(viewer(chair), draft)
    assert list(readable(viewer(chair))) == [draft]
    assert not may_read(viewer(member), draft)
    asking.answer(avsteg)
    world.do(draft, "lamna_in", world.author)
    assert world.fresh(draft).station == "inlamnad"
    assert asking.again(avsteg).state == Avstegslage.UPPHORT


def test_who_was_asked_about_a_draft_reads_it_no_more_when_the_request_is_taken_back(
    world: World, asking: Asking
) -> None:
    draft = world.make()
    avsteg = asking.ask(draft, "fokusomrade", "inlamning")
    asking.withdraw(avsteg)

    assert not may_read(viewer(asking.chair), draft)
    assert not readable(viewer(asking.chair)).exists()


def test_preparing_body_does_not_ask_about_a_draft(world: World, asking: Asking) -> None:
    draft = world.make()
    world.also(world.officer, ARBETSGRUPP, Role.ADJUNGERAD)

    refused(lambda: asking.ask(draft, "fokusomrade", "inlamning", actor=world.officer), NoMandate)


# --- Records ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["workflow_avsteg", "workflow_avstegssvar", "workflow_avstegsslut"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET act_id = gen_random_uuid()", "DELETE FROM {}", "TRUNCATE {}"])
def test_application_changes_no_row(world: World, asking: Asking, table: str, statement: str) -> None:
    asking.granted(asking.without_economy())

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_state_of_a_row_is_the_state_of_the_facts(world: World, asking: Asking) -> None:
    satsning = asking.without_economy(also=(PartCode.RESURSER, PartCode.INFORANDE, PartCode.UPPFOLJNING))
    asking.answer(asking.ask(satsning, "del_resurser"), "avslaget")
    asking.withdraw(asking.ask(satsning, "del_inforande"))
    asking.granted(satsning)
    asking.ask(satsning, "del_uppfoljning")

    def states() -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
        known = {(one.id, one.state.value) for one in facts.read(satsning.pk).avsteg}
        rows = Avsteg.objects.select_related("svar", "slut", "satsning")
        return known, {(row.pk, row.state.value) for row in rows}

    known, rows = states()
    assert known == rows
    assert {state for _, state in rows} == {"avslaget", "atertaget", "medgivet", "begart"}
    world.do(satsning, "aterkalla", world.author, reason="Inte aktuell.")
    known, rows = states()
    assert known == rows
    assert {state for _, state in rows} == {"avslaget", "atertaget", "upphort", "forfallet"}


def test_moves_take_no_more_statements_for_there_being_avsteg(world: World, asking: Asking) -> None:
    plain, waived = world.carried_to(StationKind.BEREDNING), asking.without_economy()
    asking.granted(waived)
    for satsning in (plain, waived):
        world.state(satsning)

    without = statements_of(lambda: world.do(plain, "anmal", world.officer))

    assert statements_of(lambda: world.do(waived, "anmal", world.officer)) == without


def test_requests_in_several_cases_have_each_their_own(world: World, asking: Asking) -> None:
    first, second = asking.without_economy(), asking.without_economy()
    asking.granted(first)

    assert facts.read_many([first.pk, second.pk])[second.pk].waived == frozenset()
    world.state(second)
    with pytest.raises(Incomplete):
        world.do(second, "anmal", world.officer)


def test_asked_for_at_a_completion(world: World, asking: Asking) -> None:
    satsning = asking.without_economy(StationKind.KOMPLETTERING)
    requests = Request(PartCode.OMFATTNING, "Vilka deltar?")
    assert requests.part in facts.read(satsning.pk).requested_parts

    refused(lambda: asking.ask(satsning, "komplettering_besvarad", "komplettering"), Invalid)
    refused(lambda: asking.ask(satsning), NotFromHere)
