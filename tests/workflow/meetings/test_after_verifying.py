"""Whatever the owner of the database changes, makes up or takes away of what comes of decisions is found."""

from typing import Any

import psycopg
import pytest

from tests.workflow.meetings.after_building import FLEN, After
from tests.workflow.meetings.test_after_acts import add, home
from tests.workflow.world import make_world
from workflow import journal
from workflow.meetings.after.duties import carry_out
from workflow.meetings.after.extracts import confirm_delivery
from workflow.meetings.models import Beslutsuppdrag

FORGED_EXTRACT = """
INSERT INTO workflow_utdrag (paragraf_id, receiver_id, purpose, sent_at, sent_by_id)
SELECT u.paragraf_id, b.id, 'atgard', now(), u.sent_by_id FROM workflow_utdrag u, governance_body b
WHERE b.code = 'kontakt-trosa' LIMIT 1
"""
CHANGES = {
    "an extract taken away": ("DELETE FROM workflow_utdrag", "utdraget av paragraf"),
    "an extract made up": (FORGED_EXTRACT, "utdraget av paragraf"),
    "another purpose": ("UPDATE workflow_utdrag SET purpose = 'kannedom'", "utdraget av paragraf"),
    "not received after all": (
        "UPDATE workflow_utdrag SET delivered_at = NULL, delivered_by_id = NULL",
        "mottagandet av utdrag",
    ),
    "brought home otherwise": ("UPDATE workflow_aterforing SET how = 'påhittat'", "återföringen från möte"),
    "never brought home": (
        "UPDATE workflow_aterforing SET returned_at = NULL, returned_by_id = NULL, form = '', held_on = NULL, how = ''",
        "återföringen från möte",
    ),
    "home row taken away": ("DELETE FROM workflow_aterforing", "återföringen från möte"),
    "another duty": ("UPDATE workflow_beslutsuppdrag SET text = 'Annat' WHERE act_id IS NOT NULL", "uppdrag"),
    "a later day": ("UPDATE workflow_beslutsuppdrag SET due = '2099-01-01' WHERE act_id IS NOT NULL", "uppdrag"),
    "a duty taken away": ("DELETE FROM workflow_beslutsuppdrag WHERE act_id IS NOT NULL", "uppdraget i post"),
    "carried out otherwise": (
        "UPDATE workflow_beslutsuppdrag SET done_text = 'Annat' WHERE done_at IS NOT NULL",
        "verkställandet av uppdrag",
    ),
    "not carried out after all": (
        "UPDATE workflow_beslutsuppdrag SET done_at = NULL, done_by_id = NULL, done_text = ''",
        "verkställandet av uppdrag",
    ),
}


@pytest.mark.django_db(transaction=True)
def test_what_the_owner_does_to_what_comes_of_decisions_is_found(owner_cursor: psycopg.Cursor[Any]) -> None:
    after = After(make_world())
    paragraf = after.decided_case(condition="Flen är med.")
    after.send(paragraf, {after.world.body(FLEN).pk: "atgard"})
    confirm_delivery(after.sent_to(paragraf, FLEN).pk, actor=after.contact())
    home(after, after.contact(), how="I nämnden.")
    add(after, paragraf)
    condition = Beslutsuppdrag.objects.get(act_id=None)
    carry_out(condition.pk, "Flen är med.", actor=after.world.author)
    county = after.world.county
    assert journal.verify(county.pk, county.name)[1] is None

    found = {}
    for what, (change, _) in CHANGES.items():
        kept = {
            table: f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM workflow_{table}"  # noqa: S608 - the house's own names
            for table in ("utdrag", "aterforing", "beslutsuppdrag")
        }
        for statement in (*kept.values(), change):
            owner_cursor.execute(statement.encode())
        owner_cursor.connection.commit()
        fault = journal.verify(county.pk, county.name)[1]
        found[what] = fault.message if fault else ""
        for table in kept:
            for statement in (
                f"DELETE FROM workflow_{table}",  # noqa: S608 - as above
                f"INSERT INTO workflow_{table} SELECT * FROM kept_{table}",  # noqa: S608 - as above
                f"DROP TABLE kept_{table}",
            ):
                owner_cursor.execute(statement.encode())
        owner_cursor.connection.commit()

    assert {what: found[what].startswith(begins) for what, (_, begins) in CHANGES.items()} == dict.fromkeys(
        CHANGES, True
    ), found
    assert journal.verify(county.pk, county.name)[1] is None
