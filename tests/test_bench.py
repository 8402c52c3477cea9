"""The bench compares like with like: the floor writes what `perform` writes, and what it fills with is sound."""

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction

from bench import fill, floor, people
from bench.clock import FEWEST, medians
from bench.report import MOST_STATEMENTS
from bench.stages import CountingWorld, plain_address
from config.throwaway import owner_connection
from governance.dbroles import APP_ALIAS
from governance.models import Person
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.world import World, make_world
from workflow.actions import perform
from workflow.journal import verify
from workflow.meetings import models as meetings

WRITTEN = {
    "satsningar_satsning": "WHERE id = %(satsning)s",
    "satsningar_revision": "WHERE satsning_id = %(satsning)s",
    "satsningar_handling": "WHERE satsning_id = %(satsning)s",
    "satsningar_referenceseries": "WHERE %(satsning)s > 0",
    "workflow_journalentry": "WHERE satsning_id = %(satsning)s ORDER BY number",
    "workflow_journalpayload": """JOIN workflow_journalentry e ON e.id = t.entry_id
        WHERE e.satsning_id = %(satsning)s ORDER BY e.number""",
    "workflow_notice": """JOIN workflow_journalentry e ON e.id = t.entry_id
        WHERE e.satsning_id = %(satsning)s ORDER BY e.number, t.person_id""",
    "workflow_chainhead": "WHERE %(satsning)s > 0",
}
OF_THE_MOMENT = {
    *("act_id", "at", "created_at", "digest", "entry_id", "hash", "id", "last_act_at", "previous_hash"),
    *("revision_id", "salt", "station_since", "submitted_at"),
}
"""Times, random salts with the hashes that follow from them, and keys that a sequence gives."""


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def draft(world: World) -> Satsning:
    satsning = world.make()
    world.fill(satsning, *DECIDED_PARTS)
    return world.fresh(satsning)


def database() -> str:
    return str(connections[APP_ALIAS].settings_dict["NAME"])


def rows_of(satsning: Satsning) -> dict[str, list[dict[str, Any]]]:
    with connections[APP_ALIAS].cursor() as cursor:
        found = {}
        for table, where in WRITTEN.items():
            cursor.execute(f"SELECT t.* FROM {table} t {where}", {"satsning": satsning.pk})  # noqa: S608 - names from above
            names = [column.name for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found[table] = [{key: value for key, value in row.items() if key not in OF_THE_MOMENT} for row in rows]
        return found


def test_floor_writes_the_rows_that_perform_writes(world: World, draft: Satsning) -> None:
    with transaction.atomic():
        perform(draft.pk, "lamna_in", actor=world.author, expected_edition=draft.edition)
        through_perform = rows_of(draft)
        transaction.set_rollback(True)
    with psycopg.connect(**plain_address(database()), autocommit=True) as plain:
        floor.move(plain, draft.pk, world.author.pk, world.author.name)
    assert rows_of(draft) == through_perform
    assert verify(world.county.pk, "Sörmland") == (2, None)


def test_floor_asks_for_the_mandate_and_the_station(world: World, draft: Satsning) -> None:
    with psycopg.connect(**plain_address(database()), autocommit=True) as plain:
        with pytest.raises(PermissionError):
            floor.move(plain, draft.pk, world.officer.pk, world.officer.name)
        floor.move(plain, draft.pk, world.author.pk, world.author.name)
        with pytest.raises(PermissionError):
            floor.move(plain, draft.pk, world.author.pk, world.author.name)


def test_copies_are_whole_and_chained(world: World, draft: Satsning) -> None:
    decided = world.carried_to(StationKind.BESLUTAD)
    with owner_connection(database()) as owner:
        copies = fill.fill(owner, [decided.pk, draft.pk], 5)
    assert Satsning.objects.count() == 7
    assert verify(world.county.pk, "Sörmland")[1] is None
    stations = list(Satsning.objects.filter(pk__in=copies).order_by("station").values_list("station", flat=True))
    assert stations == ["beslutad", "beslutad", "utkast", "utkast", "utkast"]
    copy = Satsning.objects.filter(pk__in=copies, station="utkast")[0]
    perform(copy.pk, "lamna_in", actor=world.author, expected_edition=draft.edition)
    assert Satsning.objects.exclude(reference="").values("reference").distinct().count() == 4
    assert verify(world.county.pk, "Sörmland")[1] is None


def test_every_table_of_a_satsning_is_copied(db: None) -> None:
    with connections[APP_ALIAS].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(satsningar|workflow)_'")
        every = {name for (name,) in cursor.fetchall()}
    apart = {
        "satsningar_referenceseries",
        "workflow_chainhead",
        "workflow_hiddenguide",
        "workflow_jobbstatus",
        "workflow_journalentry",
        "workflow_journalpayload",
        "workflow_mall",
        "workflow_preference",
        "workflow_utskick",
        "workflow_versionsflytt",
        *("workflow_delivery", "workflow_notice", "workflow_slappt"),
    }
    of_meetings = {getattr(meetings, name)._meta.db_table for name in meetings.__all__}
    assert {model._meta.db_table for model in fill.tables()} == every - apart - of_meetings


def test_moves_take_at_most_sixteen_statements(db: None) -> None:
    world = CountingWorld()
    for kind in (StationKind.SLUTFORD, StationKind.AVBRUTEN, StationKind.KOMPLETTERING, StationKind.VILANDE):
        world.carried_to(kind)
    assert {move: count for move, count in world.statements.items() if count > MOST_STATEMENTS} == {}
    assert world.statements["lamna_in"] == 12


def test_people_are_read_in_and_leave_nothing_behind(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "ROWS", 10)
    world = make_world()
    stage: Any = SimpleNamespace(enter=lambda: None)
    actors: Any = SimpleNamespace(county=world.county, coordinator=world.coordinator)
    before = Person.objects.count()

    found = people.measure_import(stage, actors, 1)

    assert min(found.xlsx, found.csv, found.inserts) > 0
    assert found.ratio == max(found.xlsx, found.csv) / found.inserts
    assert Person.objects.count() == before


def test_every_work_has_its_turn_in_every_round() -> None:
    done: list[str] = []
    works = {"a": lambda: done.append("a"), "b": lambda: done.append("b")}
    assert set(medians(works, rounds=6, warm_up=1, seconds=60)) == {"a", "b"}
    assert done[:6] == ["a", "b", "b", "a", "a", "b"]
    assert done.count("a") == done.count("b") == 7


def test_slow_work_has_fewer_rounds() -> None:
    done: list[str] = []
    medians({"a": lambda: done.append("a")}, rounds=100, warm_up=1, seconds=0)
    assert len(done) == 1 + FEWEST
