"""A move to another version at the same time as something else: one is done, the other refused, nothing is lost."""

from collections import Counter
from collections.abc import Callable

import pytest

from governance.paths import path_version
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from tests.workflow.test_at_once import at_once
from tests.workflow.versions.helping import put_into_force, recoded
from tests.workflow.world import World, make_world
from workflow import journal
from workflow.actions import Performed, perform
from workflow.errors import Refusal, Stale
from workflow.inputs import Inputs
from workflow.models import JournalEntry
from workflow.versions.moving import ask_for_move, move_some
from workflow.versions.selectors import counted
from workflow.versions.trying import proposed_mapping


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return Sörmland, committed, so that every thread sees it."""
    return make_world()


def test_of_a_move_and_a_change_of_version_one_wins(world: World) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2, recoded("inlamnad", "ny"))
    edition, officer, coordinator = world.fresh(case).edition, world.officer, world.coordinator

    def take_up() -> Performed:
        inputs = Inputs(handlaggare_id=officer.pk)
        return perform(case.pk, "ta_upp", actor=officer, expected_edition=edition, inputs=inputs)

    def change() -> Performed:
        return perform(
            case.pk,
            "flytta_version",
            actor=coordinator,
            expected_edition=edition,
            reason="Därför.",
            target="ny",
            inputs=Inputs(version_id=second.pk),
        )

    done = at_once(*([take_up, change] * 4))

    [won] = [result for result in done if isinstance(result, Performed)]
    assert all(isinstance(result, Stale | Refusal) for result in done if result is not won)
    now = world.fresh(case)
    assert (now.version.number, now.station) in {(1, "beredning"), (2, "ny")}
    assert now.edition == edition + 1
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_two_who_go_on_with_one_move_at_once_move_each_case_once(world: World) -> None:
    cases = [world.make(f"Satsning {number}") for number in range(12)]
    second = put_into_force(2)
    old, new = path_version(cases[0].version_id), path_version(second.pk)
    editions = dict(Satsning.objects.values_list("pk", "edition"))
    coordinator = world.coordinator
    flytt = ask_for_move(old, new, proposed_mapping(old, new), editions, reason="Därför.", actor=coordinator)
    go_on: Callable[[], int] = lambda: move_some(flytt, actor=coordinator)  # noqa: E731 - one call, made by several

    done = at_once(*([go_on] * 4))

    assert [result for result in done if isinstance(result, Exception)] == []
    assert sum(result for result in done if isinstance(result, int)) == len(cases)
    assert counted(flytt)["flyttad"] == len(cases)
    entries = JournalEntry.objects.filter(act="flytta_version").values_list("satsning", flat=True)
    assert set(Counter(entries).values()) == {1}
    assert journal.verify(world.county.pk, world.county.name)[1] is None
