"""Moving many cases: tried out first, one act each, stopped and gone on with, refused where something has changed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.countyfile.spec import GateSpec
from governance.drawing import difference_svg
from governance.models import ArendegangVersion
from governance.paths import PathVersion, path_version
from governance.permissions import today
from governance.vocabulary import Omfattning, Role, StationKind
from satsningar.models import Satsning
from tests.workflow.versions.helping import (
    move,
    put_into_force,
    recoded,
    second_level,
    submitted_to_preparation,
    without,
)
from tests.workflow.world import ARBETSGRUPP, World
from workflow import journal
from workflow.errors import Invalid, NoMandate
from workflow.models import JournalEntry, Versionsflytt
from workflow.rights import viewer
from workflow.versions.difference import difference
from workflow.versions.holding import Held, held_by_versions, movable
from workflow.versions.moving import ask_for_move, move_some
from workflow.versions.selectors import counted
from workflow.versions.trying import lost, proposed_mapping, try_out
from workflow.vocabulary import Flyttlage


def both(satsning: Satsning, second: ArendegangVersion) -> tuple[PathVersion, PathVersion]:
    return path_version(satsning.version_id), path_version(second.pk)


def asked(world: World, cases: list[Satsning], second: ArendegangVersion, **more: Any) -> Versionsflytt:
    """Ask for the cases to be moved as they are now."""
    old, new = both(cases[0], second)
    editions = dict(Satsning.objects.filter(pk__in=[case.pk for case in cases]).values_list("pk", "edition"))
    mapping = more.pop("mapping", proposed_mapping(old, new))
    return ask_for_move(
        old, new, mapping, more.pop("editions", editions), actor=world.coordinator, **{"reason": "Därför.", **more}
    )


def states(flytt: Versionsflytt) -> list[tuple[str, str]]:
    return list(flytt.rader.values_list("state", "message"))


def test_mapping_is_proposed_by_code_then_by_the_only_one_of_the_kind(world: World) -> None:
    draft = world.make()
    second = put_into_force(2, recoded("uppfoljning", "utvardering"), second_level, submitted_to_preparation)
    old, new = both(draft, second)

    found = proposed_mapping(old, new)

    assert found == {
        "utkast": "utkast",
        "beredning": "beredning",
        "komplettering": "komplettering",
        "beslut": "beslut",
        "beslutad": "beslutad",
        "genomforande": "genomforande",
        "vilande": "vilande",
        "uppfoljning": "utvardering",
        "breddinforande": "breddinforande",
    }


def test_step_with_several_to_choose_among_is_chosen_by_somebody(world: World) -> None:
    second = put_into_force(2, second_level)
    levels = (second_level, recoded("beredning", "lokalberedning"), recoded("lansberedning", "slutberedning"))
    third = put_into_force(3, *levels, day=today() + timedelta(days=1))

    found = proposed_mapping(path_version(second.pk), path_version(third.pk))

    assert {"beredning", "lansberedning"} & set(found) == {"beredning"}
    assert found["beredning"] == "lokalberedning"


def test_mapping_that_loses_a_case_is_refused(world: World) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2, submitted_to_preparation)
    old, new = both(case, second)

    assert lost(old, new, {}, ["inlamnad"]) == {"inlamnad": "Välj var satsningar i steget Inlämnad ska stå."}
    assert lost(old, new, {"inlamnad": "slutford"}, ["inlamnad"]) == {
        "inlamnad": "Satsningar i steget Inlämnad kan inte ställas där. Välj ett av stegen i listan."
    }
    for mapping in ({}, {"inlamnad": ""}, {"inlamnad": "slutford"}, {"inlamnad": "x"}, {"beredning": "beredning"}):
        with pytest.raises(Invalid) as caught:
            asked(world, [case], second, mapping=mapping)
        assert list(caught.value.errors) == ["mapping"]
    assert Versionsflytt.objects.count() == 0


def test_asking_is_refused_with_everything_that_is_wrong(world: World) -> None:
    case = world.make()
    second = put_into_force(2)
    old, new = both(case, second)

    with pytest.raises(Invalid) as caught:
        ask_for_move(old, old, {}, {case.pk + 1000: 1}, reason=" ", actor=world.coordinator)
    assert set(caught.value.errors) == {"version", "satsningar", "reason"}
    with pytest.raises(NoMandate, match="Satsningar flyttas mellan versioner av Länsgemensamt regionalt stöd"):
        ask_for_move(old, new, {}, {case.pk: 1}, reason="Därför.", actor=world.author)


def test_trial_tells_where_each_lands_what_it_lacks_and_why_not(world: World) -> None:
    draft, waiting = world.make("Ett utkast"), world.carried_to(StationKind.KOMPLETTERING)
    second = put_into_force(2, without("komplettering"))
    old, new = both(draft, second)
    before = JournalEntry.objects.count()
    cases = list(movable(viewer(world.coordinator), old.id).select_related("beslutsorgan"))

    first, last = try_out(cases, old, new, proposed_mapping(old, new))

    assert (first.title, first.here.name, first.awaits, first.is_movable) == (
        "Ett utkast",
        "Utkast",
        "Lämna in",
        True,
    )
    assert first.there is not None
    assert {gap.part for gap in first.gaps} >= {"uppdrag", "omfattning"}
    assert (last.satsning.pk, last.there, last.is_movable) == (waiting.pk, None, False)
    assert last.obstacles == ("Version 2 har inget steg där en satsning i Komplettering kan stå.",)
    assert JournalEntry.objects.count() == before


def test_move_whose_gate_asks_something_else_is_marked_in_the_picture(world: World) -> None:
    case = world.make()
    old, new = both(case, put_into_force(2, lambda path: replace(path, gates=tuple(map(_lighter, path.gates)))))

    found = difference(old, new, {})

    assert {after.code for _, after, change in found.moves if change and after} == {"lamna_in"}
    assert "Lämna in (ändrad)" in difference_svg(old, new, {}, stations=found.stations, moves=found.moves)


def _lighter(gate: GateSpec) -> GateSpec:
    return replace(gate, requirements=gate.requirements[:-1]) if gate.code == "inlamning" else gate


def test_trial_asks_the_scope_that_the_new_version_demands(world: World) -> None:
    draft = world.make()
    world.fill(draft, "omfattning")
    second = put_into_force(2)
    old, new = both(draft, second)

    [other] = try_out(
        [world.fresh(draft)],
        old,
        replace(new, omfattning=Omfattning.FLERA_FORVALTNINGAR),
        proposed_mapping(old, new),
    )
    [same] = try_out([world.fresh(draft)], old, new, proposed_mapping(old, new))

    assert [gap.part for gap in other.gaps if gap.part == "omfattning"] == ["omfattning"]
    assert [gap.part for gap in same.gaps if gap.part == "omfattning"] == []


@pytest.mark.parametrize("count", [1, 20])
def test_trial_takes_four_statements_however_many(world: World, count: int) -> None:
    for number in range(count):
        world.make(f"Satsning {number}")
    second = put_into_force(2)
    old, new = both(Satsning.objects.all()[0], second)
    cases = list(Satsning.objects.select_related("beslutsorgan"))

    with CaptureQueriesContext(connection) as caught:
        trials = try_out(cases, old, new, proposed_mapping(old, new))

    assert (len(caught), len(trials)) == (4, count)


def test_each_case_is_moved_by_an_act_of_its_own_a_few_at_a_time(world: World) -> None:
    cases = [world.make(f"Satsning {number}") for number in range(5)]
    second = put_into_force(2)
    flytt = asked(world, cases, second)
    entries = JournalEntry.objects.count()

    assert move_some(flytt, actor=world.coordinator, at_most=2) == 2
    assert counted(flytt) == {"vantar": 3, "flyttad": 2, "redan": 0, "nekad": 0}
    assert JournalEntry.objects.count() == entries + 2
    assert move_some(flytt, actor=world.coordinator) == 3
    assert move_some(flytt, actor=world.coordinator) == 0

    assert set(Satsning.objects.values_list("version", flat=True)) == {second.pk}
    acts = JournalEntry.objects.filter(act="flytta_version")
    assert acts.values("act_id").distinct().count() == acts.count() == 5
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_case_that_has_changed_or_is_moved_already_is_named_and_left(world: World) -> None:
    changed, already, fine = (world.make(title) for title in ("Ändrad", "Flyttad", "Orörd"))
    second = put_into_force(2)
    flytt = asked(world, [changed, already, fine], second)
    world.fill(changed, "omfattning")
    world.do(changed, "aterkalla", world.author, reason="Inte aktuell.")
    move(world, already, second, "utkast")

    move_some(flytt, actor=world.coordinator)

    assert states(flytt) == [
        (
            Flyttlage.NEKAD,
            "En avslutad satsning flyttas inte till en annan version. Satsningen är i steget Återkallad.",
        ),
        (Flyttlage.REDAN, ""),
        (Flyttlage.FLYTTAD, ""),
    ]
    assert world.fresh(changed).version.number == 1


def test_stale_case_is_refused_and_may_be_tried_again(world: World) -> None:
    case = world.make()
    second = put_into_force(2)
    flytt = asked(world, [case], second, editions={case.pk: world.fresh(case).edition})
    world.do(case, "byt_ansvarig_grupp", world.coordinator, **world.prepare_for(case, "byt_ansvarig_grupp"))

    move_some(flytt, actor=world.coordinator)
    [(state, message)] = states(flytt)
    assert (state, message.startswith("Satsningen har ändrats")) == (Flyttlage.NEKAD, True)

    again = asked(world, [case], second)
    move_some(again, actor=world.coordinator)
    assert states(again) == [(Flyttlage.FLYTTAD, "")]


def test_going_on_is_asked_of_whoever_does_it(world: World) -> None:
    case = world.make()
    flytt = asked(world, [case], put_into_force(2))

    with pytest.raises(NoMandate):
        move_some(flytt, actor=world.seat(ARBETSGRUPP, Role.LEDAMOT))
    assert states(flytt) == [(Flyttlage.VANTAR, "")]


def test_statements_for_each_case_do_not_grow(world: World) -> None:
    few, many = ([world.make(f"Satsning {count}-{one}") for one in range(count)] for count in (2, 12))
    second = put_into_force(2)

    found = [_statements(world, cases, second) for cases in (few, many)]

    assert found[0] == found[1]


def _statements(world: World, cases: list[Satsning], second: ArendegangVersion) -> float:
    """Return how many statements each case takes, the actor's standing and the end of the list left out."""
    flytt = asked(world, cases, second)
    with CaptureQueriesContext(connection) as caught:
        move_some(flytt, actor=world.coordinator, at_most=len(cases))
    return (len(caught) - 1) / len(cases)


def test_versions_hold_what_one_may_read(world: World) -> None:
    world.make("Ett utkast")
    ended = world.carried_to(StationKind.ATERKALLAD)
    shown = world.carried_to(StationKind.INLAMNAD)
    ids = [ended.version_id]

    assert held_by_versions(viewer(world.coordinator), ids) == {ended.version_id: Held(running=2, ended=1)}
    assert held_by_versions(viewer(world.secretary), ids) == {shown.version_id: Held(running=1, ended=0)}
