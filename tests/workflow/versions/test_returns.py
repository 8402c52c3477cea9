"""Several changes of version lead nowhere that one alone would not: no decision, gate or level is passed by."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.countyfile.spec import PathSpec
from governance.paths import path_version
from governance.permissions import today
from governance.vocabulary import StationKind
from tests.workflow.versions.helping import move, put_into_force, recoded, second_level, without
from tests.workflow.versions.test_act import on
from tests.workflow.world import World
from workflow.errors import Invalid
from workflow.inputs import Inputs
from workflow.models import Versionsflytt
from workflow.versions.moving import ask_for_move, move_some
from workflow.versions.origins import origins_of


def without_follow_up(path: PathSpec) -> PathSpec:
    """Take away the step *uppföljning*: what is implemented is introduced widely at once."""
    moves = tuple(replace(one, sources=("genomforande",)) if one.code == "breddinfor" else one for one in path.moves)
    return without("uppfoljning")(replace(path, moves=moves))


def decided_is_started(path: PathSpec) -> PathSpec:
    """Take away the step *beslutad* and the gate that a decided case is started by."""
    moves = tuple(
        replace(one, targets=tuple("genomforande" if code == "beslutad" else code for code in one.targets))
        for one in path.moves
        if one.code != "starta"
    )
    return without("beslutad")(replace(path, moves=moves))


def test_case_comes_back_from_a_version_without_its_step_to_that_step_alone(world: World) -> None:
    case = world.carried_to(StationKind.UPPFOLJNING)
    first, second = case.version, put_into_force(2, without_follow_up)
    move(world, case, second, "genomforande")

    with pytest.raises(Invalid) as caught:
        move(world, case, first, "genomforande")

    assert str(caught.value) == (
        "En satsning i steget Genomförande kan inte ställas i Genomförande: det vore att gå förbi ärendegången. I"
        " version 1 kan den stå i Uppföljning, eftersom den kom till Uppföljning i version 1."
    )
    move(world, case, first, "uppfoljning")
    assert world.fresh(case).station == "uppfoljning"


def test_gate_that_another_version_lacks_is_not_passed_by_way_of_it(world: World) -> None:
    case = world.carried_to(StationKind.BESLUTAD)
    first, second = case.version, put_into_force(2, decided_is_started)
    move(world, case, second, "genomforande")

    with pytest.raises(Invalid, match="I version 1 kan den stå i Beslutad"):
        move(world, case, first, "genomforande")

    move(world, case, first, "beslutad")
    assert world.fresh(case).station == "beslutad"


def test_level_is_not_passed_by_a_change_of_version(world: World) -> None:
    first = world.make().version
    second = put_into_force(2, second_level)
    case = world.carried_to(StationKind.BEREDNING)
    assert case.version_id == second.pk

    move(world, case, first, "beredning")
    with pytest.raises(Invalid, match="I version 2 kan den stå i Beredning"):
        move(world, case, second, "lansberedning")
    move(world, case, second, "beredning")

    world.do(case, "vidare", world.officer)
    move(world, case, first, "beredning")
    with pytest.raises(Invalid, match="I version 2 kan den stå i Beredning i länet"):
        move(world, case, second, "beredning")
    move(world, case, second, "lansberedning")


def test_first_of_several_levels_is_the_one_that_a_case_of_one_level_comes_to(world: World) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    second = put_into_force(2, second_level, recoded("beredning", "lokalberedning"))

    with pytest.raises(Invalid, match="det vore att gå förbi ärendegången"):
        move(world, case, second, "lansberedning")

    move(world, case, second, "lokalberedning")


def test_way_round_by_a_third_version_is_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world.carried_to(StationKind.UPPFOLJNING)
    second = put_into_force(2, without_follow_up)
    move(world, case, second, "genomforande")
    tomorrow = today() + timedelta(days=1)
    third = put_into_force(3, day=tomorrow)

    with on(tomorrow, monkeypatch):
        with pytest.raises(Invalid, match="I version 3 kan den stå i Uppföljning, eftersom den kom till Uppföljning i"):
            move(world, case, third, "genomforande")
        move(world, case, third, "uppfoljning")

    assert world.fresh(case).station == "uppfoljning"


def test_acts_in_the_other_version_are_no_way_past_what_was_left(world: World) -> None:
    case = world.carried_to(StationKind.UPPFOLJNING)
    first, second = case.version, put_into_force(2, without_follow_up)
    move(world, case, second, "genomforande")
    world.do(case, "pausa", world.coordinator, reason="Vi väntar.")
    world.do(case, "ateruppta", world.coordinator, reason="Vi går vidare.")
    assert world.fresh(case).station == "genomforande"

    with pytest.raises(Invalid, match="det vore att gå förbi ärendegången"):
        move(world, case, first, "genomforande")

    move(world, case, first, "uppfoljning")
    assert world.fresh(case).station == "uppfoljning"


def test_case_that_has_gone_on_past_what_stood_for_its_step_stays(world: World) -> None:
    case = world.carried_to(StationKind.BESLUTAD)
    first, second = case.version, put_into_force(2, decided_is_started)
    move(world, case, second, "genomforande")
    world.do(case, "paborja_uppfoljning", world.author)

    for target in ("uppfoljning", "beslutad"):
        with pytest.raises(Invalid) as caught:
            move(world, case, first, target)
        assert str(caught.value) == (
            "Satsningen lämnade version 1 i steget Beslutad och kan inte gå tillbaka dit från Uppföljning."
        )


def test_case_that_was_moved_too_early_is_moved_again_when_it_has_gone_on(world: World) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    first, second = case.version, put_into_force(2)
    move(world, case, second, "inlamnad")
    move(world, case, first, "inlamnad")
    world.do(case, "ta_upp", world.officer, inputs=Inputs(handlaggare_id=world.officer.pk))

    move(world, case, second, "beredning")

    assert world.fresh(case).station == "beredning"


def test_many_are_moved_back_to_the_step_they_came_from(world: World) -> None:
    case = world.carried_to(StationKind.UPPFOLJNING)
    first, second = case.version, put_into_force(2, without_follow_up)
    move(world, case, second, "genomforande")
    case = world.fresh(case)

    flytt = ask_for_move(
        path_version(second.pk),
        path_version(first.pk),
        {"genomforande": "uppfoljning"},
        {case.pk: case.edition},
        reason="Ångrat.",
        actor=world.coordinator,
    )
    move_some(flytt, actor=world.coordinator)

    assert Versionsflytt.objects.count() == 1
    assert [row.message for row in flytt.rader.all()] == [""]
    assert world.fresh(case).station == "uppfoljning"


def test_case_of_one_version_has_no_other_origin(world: World) -> None:
    still, moved = world.carried_to(StationKind.INLAMNAD), world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2)
    move(world, moved, second, "inlamnad")

    found = origins_of([still.pk, moved.pk])

    assert {pk: (one.path.number, one.station.code, one.stands_at) for pk, one in found.items()} == {
        moved.pk: (1, "inlamnad", "inlamnad")
    }
