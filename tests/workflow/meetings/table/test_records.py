"""What a decision costs in statements, and that nothing of it is changed beside the journal unseen."""

from functools import partial
from typing import Any

import psycopg
import pytest

from governance.vocabulary import StationKind
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import make_meeting, seat_everybody
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.world import World, make_world
from workflow import journal
from workflow.inputs import Inputs
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice, Duty
from workflow.meetings.table.closing import close_meeting
from workflow.meetings.vocabulary import MeetingState

BESIDE_PERFORM = 9
"""Statements of a decision beside the move's own: its transaction, who may, the table, the number, the paragraph."""


def test_a_decision_takes_a_fixed_number_of_statements_more_than_its_move(table: Table) -> None:
    world = table.world
    bare = world.carried_to(StationKind.BESLUT)
    inputs = Inputs(decision=world.decision())
    first, second = table.case(), table.case()
    moved = statements_of(lambda: world.do(bare, "bifall", world.secretary, inputs=inputs)) - 1
    taken = [statements_of(partial(table.decide, item)) for item in (first, second)]
    assert taken[0] == taken[1]
    assert taken[1] - moved <= BESIDE_PERFORM


def decided(world: World) -> Table:
    """Return a meeting that has decided a case and another matter, and is closed."""
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    table = Table(world, meeting)
    table.decide(table.case(), AS_RECOMMENDED)
    table.decide(table.matter(), Choice(condition="Kostnaden redovisas.", duties=(Duty(text="Skriv en plan."),)))
    close_meeting(meeting.pk, actor=world.secretary)
    return table


CHANGES = [
    ("UPDATE workflow_paragraf SET decided = 'påhittat' WHERE number = 1", "paragraf § 1"),
    ("UPDATE workflow_paragraf SET decided = 'påhittat' WHERE number = 2", "paragraf § 2"),
    ("UPDATE workflow_paragraf SET outcome = 'avslag' WHERE number = 1", "paragraf § 1"),
    ("UPDATE workflow_paragraf SET participants = '[]' WHERE number = 2", "paragraf § 2"),
    ("UPDATE workflow_paragraf SET number = 7, label = '§ 7' WHERE number = 2", "paragraf § 7"),
    ("UPDATE workflow_paragraf SET beslut_id = NULL WHERE number = 1", "paragraf § 1"),
    ("DELETE FROM workflow_paragraf WHERE number = 1", "paragraf § 1"),
    ("UPDATE workflow_beslutsuppdrag SET text = 'Gör inget.' WHERE kind = 'uppdrag'", "uppdraget i paragraf § 2"),
    ("DELETE FROM workflow_beslutsuppdrag WHERE kind = 'uppdrag'", "uppdraget i paragraf § 2"),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("change", "what"), CHANGES)
def test_a_paragraph_changed_beside_the_journal_is_found(
    owner_cursor: psycopg.Cursor[Any], change: str, what: str
) -> None:
    world = make_world()
    decided(world)
    assert journal.verify(world.county.pk, world.county.name)[1] is None

    owner_cursor.execute(change.encode())
    owner_cursor.connection.commit()

    fault = journal.verify(world.county.pk, world.county.name)[1]
    assert fault is not None
    assert fault.message.startswith(what)
