"""Whatever the owner of the database changes, makes up or takes away beside the journal is found."""

from typing import Any

import psycopg
import pytest

from governance.vocabulary import StationKind
from tests.workflow.avsteg.conftest import Asking
from tests.workflow.coauthors.conftest import Together
from tests.workflow.comments.conftest import Talking
from tests.workflow.world import ARBETSGRUPP, World, make_world
from workflow import journal
from workflow.beginnings.publishing import publish
from workflow.coauthors.actions import end
from workflow.models import Avsteg
from workflow.registration.actions import register
from workflow.registration.entries import Entry

FORGED = """
INSERT INTO workflow_avstegssvar (avsteg_id, outcome, reason, by_id, by_body_id, at, act_id)
SELECT id, 'medgivet', 'x', asked_by_id, body_id, now(), gen_random_uuid() FROM workflow_avsteg
"""
FORGED_PUBLICATION = """
INSERT INTO workflow_publicering
    (satsning_id, revision_id, title, reference, county_name, published_at, published_by_id)
SELECT satsning_id, id, 'Smygläst', '', 'Sörmland', now(), (SELECT min(actor_id) FROM workflow_journalentry)
FROM satsningar_revision ORDER BY id LIMIT 1
"""


def make_asked(world: World) -> Avsteg:
    return Asking(world).ask(Asking(world).without_economy())


def make_granted(world: World) -> Avsteg:
    return Asking(world).granted(Asking(world).without_economy())


def make_ended(world: World) -> None:
    asking = Asking(world)
    avsteg = asking.granted(asking.without_economy())
    world.do(avsteg.satsning, "aterkalla", world.author, reason="Inte aktuell.")


def make_lapsed(world: World) -> None:
    world.do(make_asked(world).satsning, "aterkalla", world.author, reason="Inte aktuell.")


def make_decided(world: World) -> None:
    world.carried_to(StationKind.BESLUTAD)


def make_registered(world: World) -> None:
    register(Entry(ansvarig_grupp=world.body(ARBETSGRUPP), titel="Trygg", station="beredning"), actor=world.coordinator)


def make_published(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    publish(satsning.pk, actor=world.coordinator, expected_edition=satsning.edition)


def make_commented(world: World) -> None:
    talking = Talking(world, world.carried_to(StationKind.BEREDNING))
    row = talking.comment()
    talking.request(row)
    talking.write(row, "svar", "För äldre.")


def make_invited(world: World) -> None:
    together = Together(world, world.make())
    row = together.joined()
    end(together.draft.pk, row.pk, actor=world.author)


CHANGES = [
    (make_invited, "UPDATE workflow_medforfattare SET role = 'kommentera'", "inbjudan av"),
    (make_invited, "UPDATE workflow_medforfattare SET person_id = invited_by_id", "medverkan "),
    (make_invited, "UPDATE workflow_medforfattare SET ended_at = NULL", "slutet "),
    (make_invited, "UPDATE workflow_medforfattare SET end_act_id = gen_random_uuid()", "slutet "),
    (make_invited, "DELETE FROM workflow_medforfattare", "inbjudan i post"),
    (make_commented, "UPDATE workflow_kommentar SET text = 'påhittat'", "kommentar "),
    (make_commented, "UPDATE workflow_kommentar SET part = 'ekonomi'", "kommentar "),
    (make_commented, "UPDATE workflow_kommentarsinlagg SET state = 'godtagen'", "inlägg "),
    (make_commented, "DELETE FROM workflow_kommentarsinlagg", "inlägget i post"),
    (make_commented, "DELETE FROM workflow_kommentarbegaran", "kommentaren i begäran"),
    (
        make_commented,
        "INSERT INTO workflow_kommentarsnamn (kommentar_id, person_id) SELECT id, by_id FROM workflow_kommentar",
        "kommentar ",
    ),
    (make_asked, "UPDATE workflow_avsteg SET reason = 'påhittat'", "avsteg"),
    (make_asked, "UPDATE workflow_avsteg SET gate = 'start'", "avsteg"),
    (make_asked, "DELETE FROM workflow_avsteg", "avsteget i post"),
    (make_asked, FORGED, "svaret på avsteg"),
    (make_granted, "UPDATE workflow_avstegssvar SET outcome = 'avslaget'", "svaret på avsteg"),
    (make_granted, "DELETE FROM workflow_avstegssvar", "svaret i post"),
    (make_ended, "DELETE FROM workflow_avstegsslut", "slutet på avsteg"),
    (make_lapsed, "DELETE FROM workflow_avstegssvar", "slutet på avsteg"),
    (make_decided, """UPDATE workflow_beslut SET avsteg = '[{"id": 1}]'""", "beslut"),
    (make_decided, "UPDATE workflow_beslut SET reason = 'påhittat'", "beslut"),
    (make_registered, "UPDATE workflow_registrering SET entered_at = 'genomforande'", "registreringen"),
    (make_registered, "DELETE FROM workflow_registrering", "registreringen"),
    (make_published, "UPDATE workflow_publicering SET title = 'Annat'", "publiceringen"),
    (make_published, "DELETE FROM workflow_publicering", "publiceringen"),
    (make_decided, FORGED_PUBLICATION, "publiceringen"),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("make", "change", "what"), CHANGES)
def test_what_the_owner_does_beside_the_journal_is_found(
    owner_cursor: psycopg.Cursor[Any], make: Any, change: str, what: str
) -> None:
    world = make_world()
    make(world)
    assert journal.verify(world.county.pk, world.county.name)[1] is None

    owner_cursor.execute(change.encode())
    owner_cursor.connection.commit()

    fault = journal.verify(world.county.pk, world.county.name)[1]
    assert fault is not None
    assert fault.message.startswith(what)
