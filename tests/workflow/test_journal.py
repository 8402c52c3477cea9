"""The journal and the records cannot be changed by the application, and a change by the owner is found."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, connections, transaction

from governance.vocabulary import Role, StationKind
from satsningar.models import Revision, Satsning
from tests.workflow.world import World, make_world
from workflow import journal
from workflow.models import Beslut, Beslutsdeltagare, JournalEntry, JournalPayload

RECORDS = (JournalEntry, JournalPayload, Revision, Beslut, Beslutsdeltagare)


@pytest.fixture
def decided(transactional_db: None) -> tuple[World, Satsning]:
    """Return a world with a decided case, committed, so that the owner's connection sees it too."""
    world = make_world()
    return world, world.carried_to(StationKind.BESLUTAD)


@pytest.mark.parametrize("model", RECORDS)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "DROP TABLE {table} CASCADE",
    ],
)
def test_app_role_cannot_change_a_record(
    world: World, model: type[JournalEntry], statement: str, decided_in_transaction: Satsning
) -> None:
    meta = model._meta
    sql = statement.format(table=meta.db_table, column=meta.concrete_fields[-1].column)

    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(sql)

    assert model._default_manager.exists()


@pytest.fixture
def decided_in_transaction(world: World) -> Satsning:
    """Return a decided case."""
    return world.carried_to(StationKind.BESLUTAD)


@pytest.mark.parametrize("table", ["satsningar_satsning", "workflow_journalentry"])
def test_app_role_cannot_switch_off_a_trigger(world: World, table: str) -> None:
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
        connection.cursor().execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SET session_replication_role = replica")


def as_owner(sql: str, *values: object) -> None:
    """Run statements as the database's owner, on a connection of their own."""
    wrapper = connections["owner"]
    with psycopg.connect(**wrapper.get_connection_params()) as owner:
        owner.execute(sql, values or None)


def first_fault(world: World) -> journal.Broken | None:
    """Return the first broken link."""
    return journal.verify(world.county.pk, world.county.name)[1]


CHANGES = {
    "reason of a payload": ("UPDATE workflow_journalpayload SET content = replace(content, 'Exempel', 'Annan')", 1),
    "who": ("UPDATE workflow_journalentry SET actor_id = NULL WHERE number = 2", 2),
    "when": ("UPDATE workflow_journalentry SET at = at - interval '1 day' WHERE number = 3", 3),
    "what": ("UPDATE workflow_journalentry SET act = 'avslag' WHERE number = 4", 4),
    "one entry": (
        """
        WITH weeded AS (
            DELETE FROM workflow_journalpayload
            WHERE entry_id = (SELECT id FROM workflow_journalentry WHERE number = 2)
        )
        DELETE FROM workflow_journalentry WHERE number = 2
        """,
        2,
    ),
    "a payload": (
        "DELETE FROM workflow_journalpayload WHERE entry_id = (SELECT id FROM workflow_journalentry WHERE number = 3)",
        3,
    ),
    "the hash and what it is of": (
        "UPDATE workflow_journalentry SET mandate = 'bereda', hash = repeat('a', 64) WHERE number = 1",
        1,
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_change_by_the_owner_is_found(decided: tuple[World, Satsning], what: str) -> None:
    world, _ = decided
    sql, number = CHANGES[what]
    assert first_fault(world) is None

    as_owner(sql)

    fault = first_fault(world)
    assert fault is not None
    assert fault.number == number
    with pytest.raises(CommandError, match=f"post {number}"):
        call_command("verify_journal", stdout=StringIO())


def test_cut_tail_is_found(decided: tuple[World, Satsning]) -> None:
    world, _ = decided
    last = JournalEntry.objects.count()

    as_owner(
        "DELETE FROM workflow_journalpayload USING workflow_journalentry e WHERE entry_id = e.id AND number = %s", last
    )
    as_owner("DELETE FROM workflow_notice")
    as_owner("DELETE FROM workflow_journalentry WHERE number = %s", last)

    fault = first_fault(world)
    assert fault is not None
    assert fault.message == f"journalen slutar vid {last - 1}, men ska sluta vid {last}"


def test_tail_cut_with_its_traces_is_found_by_the_number_in_the_minutes(decided: tuple[World, Satsning]) -> None:
    world, satsning = decided
    world.do(satsning, "byt_ansvarig_grupp", world.coordinator, **world.prepare_for(satsning, "byt_ansvarig_grupp"))
    newest = JournalEntry.objects.order_by("-number")[0]
    known = f"{newest.number}:{newest.hash}"
    call_command("verify_journal", lan="sormland", kand=known, stdout=StringIO())

    as_owner("DELETE FROM workflow_journalpayload WHERE entry_id = %s", newest.pk)
    as_owner("DELETE FROM workflow_notice")
    as_owner("DELETE FROM workflow_journalentry WHERE id = %s", newest.pk)
    as_owner(
        "UPDATE workflow_chainhead h SET number = e.number, hash = e.hash FROM workflow_journalentry e"
        " WHERE e.number = %s",
        newest.number - 1,
    )
    as_owner("UPDATE satsningar_satsning SET station = %s", newest.from_station)

    assert first_fault(world) is None
    with pytest.raises(CommandError, match=f"post {newest.number}"):
        call_command("verify_journal", lan="sormland", kand=known, stdout=StringIO())


def test_changed_revision_is_found(decided: tuple[World, Satsning]) -> None:
    world, _ = decided

    as_owner("UPDATE satsningar_revision SET content = replace(content, 'Mobila', 'Fasta') WHERE number = 1")

    fault = first_fault(world)
    assert fault is not None
    assert "har ändrats" in fault.message


def test_changed_decision_is_found(decided: tuple[World, Satsning]) -> None:
    world, _ = decided

    as_owner("UPDATE workflow_beslut SET wording = 'Satsningen avslås.'")

    fault = first_fault(world)
    assert fault is not None
    assert fault.message.endswith("är inte det som journalen anger")


def test_stale_save_cannot_move_the_station_back(decided: tuple[World, Satsning]) -> None:
    world, satsning = decided
    stale = Satsning.objects.get(pk=satsning.pk)
    world.do(satsning, "byt_ansvarig_grupp", world.coordinator, **world.prepare_for(satsning, "byt_ansvarig_grupp"))
    world.confirm_resources(satsning)
    world.fill(world.fresh(satsning), "varden", actor=world.person("arbetsgrupp-egenmonitorering", Role.LEDAMOT))
    world.do(satsning, "starta", world.person("arbetsgrupp-egenmonitorering", Role.LEDAMOT))

    with pytest.raises(IntegrityError, match="newest journal entry"):
        stale.save()

    assert world.fresh(satsning).station == "genomforande"


def test_station_cannot_be_written_past_the_journal(decided: tuple[World, Satsning]) -> None:
    _, satsning = decided

    with pytest.raises(IntegrityError, match="newest journal entry"):
        Satsning.objects.filter(pk=satsning.pk).update(station="slutford")
    with pytest.raises(IntegrityError, match="satsning_station_of_version"):
        Satsning.objects.filter(pk=satsning.pk).update(station="hittapa")
    with pytest.raises(AttributeError, match="Direct station modification"):
        satsning.station = "slutford"


def test_entry_cannot_say_what_the_station_does_not(decided: tuple[World, Satsning]) -> None:
    _, satsning = decided
    entry = JournalEntry.objects.filter(satsning=satsning)[0]
    entry.pk, entry.number, entry.to_station = None, entry.number + 1, "slutford"

    with pytest.raises(DatabaseError, match="newest journal entry"):
        entry.save(force_insert=True)
