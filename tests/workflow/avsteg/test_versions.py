"""An avsteg and a change of version: it ends there and then, and does not come to life again."""

import pytest

from governance.vocabulary import StationKind
from tests.workflow.avsteg.conftest import Asking
from tests.workflow.versions.helping import move, put_into_force, recoded
from workflow.errors import Incomplete
from workflow.models import JournalEntry
from workflow.vocabulary import Avstegslage


def test_granted_avsteg_ends_with_the_change_of_version_and_does_not_come_back(asking: Asking) -> None:
    world, case = asking.world, asking.without_economy()
    first, avsteg = case.version, asking.granted(case)
    second = put_into_force(2)

    done = move(world, case, second, "beredning")

    ended = asking.again(avsteg)
    assert (ended.state, ended.slut.move, ended.slut.act_id) == (
        Avstegslage.UPPHORT,
        "Flytta till en annan version",
        done.act_id,
    )
    move(world, case, first, "beredning")
    assert asking.again(avsteg).state == Avstegslage.UPPHORT
    world.state(case)
    with pytest.raises(Incomplete):
        world.do(case, "anmal", world.officer)


def test_unanswered_request_lapses_with_the_change_of_version_for_good(asking: Asking) -> None:
    world, case = asking.world, asking.without_economy()
    first, avsteg = case.version, asking.ask(case)
    second = put_into_force(2)

    done = move(world, case, second, "beredning")
    move(world, case, first, "beredning")

    lapsed = asking.again(avsteg)
    assert (lapsed.state, lapsed.svar.act_id) == (Avstegslage.FORFALLET, done.act_id)
    assert JournalEntry.objects.filter(act_id=done.act_id).count() == 1
    asking.granted(case)


def test_avsteg_ends_where_the_step_has_another_code_in_the_new_version(asking: Asking) -> None:
    case = asking.without_economy(StationKind.BEREDNING)
    avsteg = asking.granted(case)

    move(asking.world, case, put_into_force(2, recoded("beredning", "prov")), "prov")

    assert asking.again(avsteg).state == Avstegslage.UPPHORT
