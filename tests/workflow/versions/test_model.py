"""Random versions and random mappings: a case keeps a step of its own version, and what has happened stays."""

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.countyfile import CountyFileError, read_county
from governance.models import ArendegangVersion
from governance.paths import PathVersion, path_version
from governance.vocabulary import FINAL_KINDS, Role, StationKind
from satsningar.models import Satsning
from tests.workflow.versions.helping import (
    Change,
    move,
    put_into_force,
    recoded,
    renamed,
    second_level,
    submitted_to_preparation,
    text_of_version,
    without,
    without_move,
)
from tests.workflow.world import STOD, World
from workflow import journal
from workflow.errors import Refusal
from workflow.models import JournalEntry, JournalPayload
from workflow.selectors.timeline import days_of, entries_of
from workflow.versions.entering import open_stations

KINDS = (
    StationKind.UTKAST,
    StationKind.INLAMNAD,
    StationKind.BEREDNING,
    StationKind.KOMPLETTERING,
    StationKind.BESLUT,
    StationKind.GENOMFORANDE,
    StationKind.VILANDE,
    StationKind.UPPFOLJNING,
    StationKind.SLUTFORD,
)
CODES = [kind.value for kind in StationKind]
ORDER_OF_DECISION = {
    StationKind.UTKAST: 0,
    StationKind.INLAMNAD: 1,
    StationKind.BEREDNING: 1,
    StationKind.KOMPLETTERING: 1,
    StationKind.BESLUT: 2,
    StationKind.BESLUTAD: 3,
    StationKind.GENOMFORANDE: 3,
    StationKind.VILANDE: 3,
    StationKind.UPPFOLJNING: 3,
    StationKind.BREDDINFORANDE: 4,
}
"""How many decisions and handings in lie behind a case at a step; written here and nowhere else."""

CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(renamed, st.sampled_from(CODES), st.text("abcåäö ", min_size=1, max_size=12).filter(str.strip)),
    st.builds(recoded, st.sampled_from(CODES), st.sampled_from(["annat", "nytt-steg", "inlamnad2"])),
    st.builds(without, st.sampled_from(["vilande", "komplettering", "uppfoljning", "beslutad", "breddinforande"])),
    st.builds(without_move, st.sampled_from(["fortsatt", "andringsbeslut", "avbryt", "bordlaggning", "aterremiss"])),
    st.sampled_from([second_level, submitted_to_preparation]),
)


def applied(changes: list[Change]) -> list[Change]:
    """Return those of the changes that still give a path that loads, one after another."""
    kept: list[Change] = []
    for change in changes:
        try:
            read_county(text_of_version(2, *kept, change))
        except (CountyFileError, ValueError, IndexError):
            continue
        kept.append(change)
    return kept


def history(satsning: Satsning, length: int) -> tuple[list[Any], str]:
    """Return the oldest entries of a case's journal, every byte of them, and what its page says of them."""
    rows = list(JournalEntry.objects.filter(satsning=satsning).order_by("number").values_list()[:length])
    said = list(
        JournalPayload.objects.filter(entry__satsning=satsning).order_by("entry__number").values_list()[:length]
    )
    return [rows, said], repr(days_of(satsning.pk, entries_of(satsning.pk)[-length:]))


def hold(world: World, cases: list[Satsning], changes: list[Change], data: st.DataObject) -> None:
    """Move every case somewhere in a random version, and hold what must be true of each."""
    second = put_into_force(2, *changes)
    old, new = path_version(cases[0].version_id), path_version(second.pk)
    for case in cases:
        length = JournalEntry.objects.filter(satsning=case).count()
        before, edition = history(case, length), world.fresh(case).edition
        target = data.draw(st.sampled_from([case.station, *new.stations, "", "finns-inte"]), label=case.station)
        refused = tried(world, case, second, target)
        now = world.fresh(case)
        assert history(case, length) == before
        if refused:
            assert (now.version_id, now.station, now.edition) == (old.id, case.station, edition)
        else:
            assert (now.version_id, now.station) == (second.pk, target)
            _held(old, new, case.station, target)
            _leads_nowhere_else(world, now, (old, case.station), new, data)
            now = world.fresh(case)
        assert now.station in path_version(now.version_id).stations
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def _held(old: PathVersion, new: PathVersion, source: str, target: str) -> None:
    """Hold that the move passed no decision by and neither began nor ended anywhere it must not."""
    here, there = old.stations[source].kind, new.stations[target].kind
    assert not {here, there} & FINAL_KINDS
    assert ORDER_OF_DECISION[there] <= ORDER_OF_DECISION[here]
    assert here == there or here not in {station.kind for station in new.stations.values()}
    assert (here == StationKind.UTKAST) == (there == StationKind.UTKAST)
    assert (here == StationKind.BESLUT) == (there == StationKind.BESLUT)


def _leads_nowhere_else(
    world: World, case: Satsning, came_to: tuple[PathVersion, str], new: PathVersion, data: st.DataObject
) -> None:
    """Hold that however often the case is moved, it comes back where it was and else where one move would have led."""
    old, source = came_to
    versions = {path.id: ArendegangVersion.objects.get(pk=path.id) for path in (old, new)}
    direct = {each.code for each in open_stations(old, old.stations[source], new)}
    for _ in range(data.draw(st.integers(0, 4), label="moves to and fro")):
        now = world.fresh(case)
        into = old if now.version_id == new.id else new
        target = data.draw(st.sampled_from([*into.stations]), label="step")
        refused = tried(world, now, versions[into.id], target)
        assert refused or target in ({source} if into is old else direct)
    now = world.fresh(case)
    if now.version_id == new.id:
        assert not tried(world, now, versions[old.id], source)
        assert world.fresh(case).station == source


def tried(world: World, case: Satsning, version: ArendegangVersion, target: str) -> bool:
    """Try to move a case; tell whether it was refused."""
    try:
        with transaction.atomic():
            move(world, case, version, target)
    except Refusal:
        return True
    return False


@pytest.fixture
def cases(world: World) -> list[Satsning]:
    """Return a case at each kind of step."""
    world.person(STOD, Role.SAMORDNARE)
    return [world.carried_to(kind) for kind in KINDS]


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def with_rollback(world: World, cases: list[Satsning], changes: list[Change], data: st.DataObject) -> None:
    """Hold an example and leave nothing behind."""
    with transaction.atomic():
        hold(world, cases, applied(changes), data)
        transaction.set_rollback(True)


@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(changes=st.lists(CHANGES, max_size=5), data=st.data())
def test_case_keeps_a_step_of_its_version_and_its_history(
    world: World, cases: list[Satsning], changes: list[Change], data: st.DataObject
) -> None:
    with_rollback(world, cases, changes, data)


@pytest.mark.soak
@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(changes=st.lists(CHANGES, max_size=8), data=st.data())
def test_case_keeps_a_step_of_its_version_and_its_history_many_times(
    world: World, cases: list[Satsning], changes: list[Change], data: st.DataObject
) -> None:
    with_rollback(world, cases, changes, data)
