"""Whatever the owner of the database changes, makes up or takes away of a round beside the journal is found."""

from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import make_world
from workflow import journal
from workflow.rounds.actions import withdraw_round
from workflow.rounds.addenda import add_to_answer
from workflow.rounds.answers import answer_remiss
from workflow.rounds.chasing import extend_round, remind
from workflow.rounds.inputs import OnQuestion
from workflow.rounds.questions import Question
from workflow.vocabulary import Stance

UNKEPT = b"ALTER TABLE workflow_roundanswer DISABLE TRIGGER answer_is_kept"
KEPT = b"ALTER TABLE workflow_roundanswer ENABLE TRIGGER answer_is_kept"
ONE_MORE = """
INSERT INTO workflow_roundquestion (round_id, number, text, part) SELECT id, 9, 'Till?', '' FROM workflow_round
"""
CHANGES = [
    ("UPDATE workflow_round SET purpose = 'påhittat'", "runda"),
    ("UPDATE workflow_roundquestion SET text = 'Något annat?'", "runda"),
    ("UPDATE workflow_roundquestion SET part = 'ekonomi'", "runda"),
    (ONE_MORE, "runda"),
    ("UPDATE workflow_round SET deadline = deadline + 1", "sista svarsdag för runda"),
    ("UPDATE workflow_round SET ending_reason = 'påhittat'", "slutet på runda"),
    ("UPDATE workflow_round SET ending = 'stangd'", "slutet på runda"),
    ("UPDATE workflow_roundanswer SET text = 'påhittat' WHERE answered_at IS NOT NULL", "svaret från organ"),
    ("UPDATE workflow_roundanswer SET stance = 'avstyrker' WHERE stance <> ''", "svaret från organ"),
    ("UPDATE workflow_roundanswer SET late = true WHERE stance <> ''", "svaret från organ"),
    (
        "UPDATE workflow_roundanswer SET answered_by_id = NULL",
        "svaret från",
    ),
    (
        "UPDATE workflow_roundanswer SET state = 'besvarad' WHERE answered_at IS NULL",
        "svaret från",
    ),
    ("UPDATE workflow_roundreply SET stance = 'avstyrker'", "svaret från organ"),
    ("DELETE FROM workflow_roundreply", "svaret från organ"),
    ("UPDATE workflow_roundaddendum SET text = 'påhittat'", "kompletteringen"),
    ("DELETE FROM workflow_roundaddendum", "kompletteringen"),
    ("UPDATE workflow_roundreminder SET day = day - 1", "påminnelsen till organ"),
    ("DELETE FROM workflow_roundreminder", "påminnelsen till organ"),
]


def make_round(rounds: Rounds) -> None:
    """Hold a remiss in which everything that a round may hold is done."""
    held = rounds.remiss("flen", "trosa", questions=[Question("Räcker det?", "resurser")])
    remind(held.pk, actor=rounds.world.officer)
    extend_round(held.pk, actor=rounds.world.officer, deadline=held.deadline.replace(year=held.deadline.year + 1))
    answer = rounds.answer(held, "flen")
    replies = {1: OnQuestion(Stance.MED_ANDRINGAR, "Nej.")}
    answer_remiss(answer.pk, actor=rounds.contact("flen"), stance=Stance.MED_ANDRINGAR, text="Mer.", replies=replies)
    add_to_answer(answer.pk, actor=rounds.contact("flen"), text="Och mer.")
    withdraw_round(held.pk, actor=rounds.world.officer, reason="Fel underlag.")


@pytest.fixture
def unkept(owner_cursor: psycopg.Cursor[Any]) -> Iterator[psycopg.Cursor[Any]]:
    """Give the owner's cursor while given answers are not kept by the database; other tests need that they are."""
    owner_cursor.execute(UNKEPT)
    owner_cursor.connection.commit()
    yield owner_cursor
    owner_cursor.execute(KEPT)
    owner_cursor.connection.commit()


@pytest.mark.django_db(transaction=True)
def test_what_the_owner_does_beside_the_journal_is_found(unkept: psycopg.Cursor[Any]) -> None:
    world, owner_cursor = make_world(), unkept
    make_round(Rounds(world))
    assert journal.verify(world.county.pk, world.county.name)[1] is None
    found = {}

    for change, _ in CHANGES:
        keep(owner_cursor)
        owner_cursor.execute(change.encode())
        owner_cursor.connection.commit()
        fault = journal.verify(world.county.pk, world.county.name)[1]
        found[change] = fault.message if fault else ""
        put_back(owner_cursor)

    assert [change for change, what in CHANGES if not found[change].startswith(what)] == []
    assert journal.verify(world.county.pk, world.county.name)[1] is None


TABLES = (
    "workflow_round",
    "workflow_roundquestion",
    "workflow_roundanswer",
    "workflow_roundreply",
    "workflow_roundaddendum",
    "workflow_roundreminder",
)


def named(statement: LiteralString, table: str) -> sql.Composed:
    """Return a statement about a table and the one that its rows are kept in."""
    return sql.SQL(statement).format(table=sql.Identifier(table), kept=sql.Identifier(f"kept_{table}"))


def keep(cursor: psycopg.Cursor[Any]) -> None:
    """Keep the rows of a round beside its tables."""
    for table in TABLES:
        cursor.execute(named("CREATE TEMPORARY TABLE {kept} AS TABLE {table}", table))
    cursor.connection.commit()


def put_back(cursor: psycopg.Cursor[Any]) -> None:
    """Put the rows back as they were kept."""
    for table in reversed(TABLES):
        cursor.execute(named("DELETE FROM {table}", table))
    for table in TABLES:
        cursor.execute(named("INSERT INTO {table} TABLE {kept}", table))
        cursor.execute(named("DROP TABLE {kept}", table))
    cursor.connection.commit()
