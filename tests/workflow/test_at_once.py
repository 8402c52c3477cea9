"""Several people at once: one move wins, nothing written is lost, what was frozen is what was there."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.errors import Conflict
from satsningar.models import Revision, Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.world import ARBETSGRUPP, World, make_world
from workflow import journal
from workflow.actions import perform
from workflow.edits import save_part
from workflow.errors import Invalid, NoMandate, NotFromHere, Stale
from workflow.inputs import Inputs
from workflow.models import JournalEntry
from workflow.registration.actions import ALREADY, register, register_all
from workflow.registration.entries import Entry

THREADS = 16


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return Sörmland, committed, so that every thread sees it."""
    return make_world()


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in a thread each, started together; return what each gave or raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return call()
        except Exception as error:  # noqa: BLE001 - what was raised is the result
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_one_of_many_conflicting_moves_wins(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    world.state(satsning)
    edition, entries = world.fresh(satsning).edition, JournalEntry.objects.count()
    author, officer = world.author, world.officer
    moves: list[tuple[str, Person]] = [("anmal", officer), ("aterkalla", author)] * (THREADS // 2)

    done = at_once(
        *(
            lambda move=move, actor=actor: perform(
                satsning.pk, move, actor=actor, expected_edition=edition, reason="Därför."
            )
            for move, actor in moves
        )
    )

    kinds = Counter(type(result) for result in done)
    assert sum(count for kind, count in kinds.items() if kind in {NotFromHere, Stale}) == THREADS - 1
    assert JournalEntry.objects.count() == entries + 1
    assert world.fresh(satsning).station in {"beslut", "aterkallad"}
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_numbers_have_no_gaps_when_many_cases_move_at_once(world: World) -> None:
    cases = [world.make(f"Satsning {number}") for number in range(THREADS)]
    for satsning in cases:
        world.fill(satsning, *DECIDED_PARTS)
    editions = {satsning.pk: world.fresh(satsning).edition for satsning in cases}
    author = world.author

    done = at_once(
        *(
            lambda pk=pk, edition=edition: perform(pk, "lamna_in", actor=author, expected_edition=edition)
            for pk, edition in editions.items()
        )
    )

    assert [result for result in done if isinstance(result, Exception)] == []
    assert sorted(JournalEntry.objects.values_list("number", flat=True)) == list(range(1, 2 * THREADS + 1))
    references = sorted(Satsning.objects.values_list("reference", flat=True))
    assert [reference[-4:] for reference in references] == [f"{number:04d}" for number in range(1, THREADS + 1)]
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_what_is_frozen_is_what_was_there_when_edits_meet_a_move(world: World) -> None:
    satsning = world.make()
    world.fill(satsning, *DECIDED_PARTS)
    author = world.author
    read = content.read(satsning.pk)
    value = read.part("uppdrag")

    def edit(number: int) -> object:
        return save_part(
            satsning.pk,
            "uppdrag",
            {**value, "syfte": f"Syfte {number}."},
            actor=author,
            expected_version=read.versions["uppdrag"],
        )

    def submit() -> object:
        while True:
            try:
                edition = Satsning.objects.values_list("edition", flat=True).get(pk=satsning.pk)
                return perform(satsning.pk, "lamna_in", actor=author, expected_edition=edition)
            except Stale:
                continue

    done = at_once(submit, *(lambda number=number: edit(number) for number in range(7)))

    frozen = json.loads(Revision.objects.get(satsning=satsning).content)
    now = content.read(satsning.pk)
    assert frozen["uppdrag"] == now.part("uppdrag")
    saved = [result for result in done[1:] if not isinstance(result, Exception)]
    assert len(saved) <= 1
    assert {type(result) for result in done[1:] if isinstance(result, Exception)} <= {Conflict, NoMandate}
    assert now.versions["uppdrag"] == read.versions["uppdrag"] + len(saved)


def test_of_edits_to_one_part_at_once_one_is_saved_and_the_others_are_shown_it(world: World) -> None:
    satsning = world.make()
    colleague = world.seat("arbetsgrupp-mobila-team", Role.LEDAMOT)
    read = content.read(satsning.pk)
    people = [world.author, colleague]

    done = at_once(
        *(
            lambda person=person: save_part(
                satsning.pk,
                "brukarmedverkan",
                {**read.part("brukarmedverkan"), "vilka": f"Skrivet av {person.name}."},
                actor=person,
                expected_version=0,
            )
            for person in people
        )
    )

    [conflict] = [result for result in done if isinstance(result, Conflict)]
    stands = content.read(satsning.pk).part("brukarmedverkan")["vilka"]
    assert conflict.current["vilka"] == stands
    assert stands in {f"Skrivet av {person.name}." for person in people}
    assert conflict.version == 1


def test_two_secretaries_record_one_decision(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    edition = world.fresh(satsning).edition
    chair, secretary = world.person("lansstyrgruppen", Role.ORDFORANDE), world.secretary
    decisions = [world.decision(), world.decision()]

    done = at_once(
        *(
            lambda actor=actor, decision=decision: perform(
                satsning.pk, "bifall", actor=actor, expected_edition=edition, inputs=Inputs(decision=decision)
            )
            for actor, decision in zip((chair, secretary), decisions, strict=True)
        )
    )

    assert sum(isinstance(result, NotFromHere | Stale) for result in done) == 1
    assert satsning.beslut.count() == 1


def test_of_two_matters_recorded_under_one_paragraph_one_is_told_that_it_is_taken(world: World) -> None:
    cases = [world.carried_to(StationKind.BESLUT), world.carried_to(StationKind.BESLUT)]
    editions = [world.fresh(satsning).edition for satsning in cases]
    chair, secretary, decision = world.person("lansstyrgruppen", Role.ORDFORANDE), world.secretary, world.decision()

    done = at_once(
        *(
            lambda pk=satsning.pk, actor=actor, edition=edition: perform(
                pk, "bifall", actor=actor, expected_edition=edition, inputs=Inputs(decision=decision)
            )
            for satsning, actor, edition in zip(cases, (chair, secretary), editions, strict=True)
        )
    )

    [refused] = [result for result in done if isinstance(result, Exception)]
    assert isinstance(refused, Invalid)
    assert list(refused.errors) == ["paragraph"]
    assert sorted(world.fresh(satsning).station for satsning in cases) == ["beslut", "beslutad"]


def test_a_sheet_registered_by_many_at_once_makes_each_case_once(world: World) -> None:
    entries = [
        Entry(ansvarig_grupp=world.body(ARBETSGRUPP), titel=f"Trygg hemgång {number}", station="beredning")
        for number in range(3)
    ]
    actor = world.coordinator

    done = at_once(*(lambda: register_all(entries, actor=actor) for _ in range(4)))

    assert sorted(len(made) for made in done if isinstance(made, list)) == [0, 0, 0, 3]
    assert Satsning.objects.count() == len(entries)
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_a_case_registered_by_two_at_once_is_made_once(world: World) -> None:
    entry = Entry(ansvarig_grupp=world.body(ARBETSGRUPP), titel="Trygg hemgång", station="beredning")
    actor = world.coordinator

    done = at_once(*(lambda: register(entry, actor=actor) for _ in range(2)))

    [refusal] = [one for one in done if isinstance(one, Invalid)]
    assert refusal.errors == {"titel": [ALREADY]}
    assert Satsning.objects.count() == 1
