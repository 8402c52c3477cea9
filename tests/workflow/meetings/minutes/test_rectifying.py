"""Adjusted minutes are corrected by a record of its own, and whatever is changed beside the journal is found."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from satsningar.content import canonical_json
from tests.workflow.meetings.minutes_building import Held, hold_meeting
from tests.workflow.world import World, make_world
from workflow import journal
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.minutes.rectifying import rectify
from workflow.meetings.minutes.rounds import approve
from workflow.meetings.models import Meeting, Paragraf, Protokoll, Rattelse
from workflow.models import JournalEntry


def test_rectification_is_a_record_of_its_own(held: Held) -> None:
    protokoll = held.adjusted()
    before = Protokoll.objects.values().get(pk=protokoll.pk)
    paragraf = Paragraf.objects.get(number=2)

    first = rectify(protokoll.pk, paragraf.pk, "Det står 2. Ska vara **3**.", "Skrivfel.", actor=held.world.secretary)
    second = rectify(protokoll.pk, None, "Mötet hölls i Trosa.", "Fel plats.", actor=held.chair.person)

    assert [(one.number, one.paragraf, one.by) for one in (first, second)] == [
        (1, paragraf, held.world.secretary),
        (2, None, held.chair.person),
    ]
    said = {
        "protokoll": protokoll.pk,
        "number": 1,
        "paragraf": paragraf.pk,
        "text": "Det står 2. Ska vara **3**.",
        "reason": "Skrivfel.",
    }
    assert first.sha256 == sha256(canonical_json(said).encode()).hexdigest()
    assert JournalEntry.objects.get(act_id=first.act_id).act == "protokoll_rattat"
    assert Protokoll.objects.values().get(pk=protokoll.pk) == before


def test_rectification_is_refused(held: Held) -> None:
    sent = held.send()
    with pytest.raises(NotFromHere, match="Protokollet är inte justerat"):
        rectify(sent.pk, None, "x", "y", actor=held.world.secretary)
    protokoll = held.adjusted()
    for text, reason, said in ((" ", "y", "Skriv hur"), ("x", "\n", "Skriv varför"), ("x" * 20_001, "y", "ryms")):
        with pytest.raises(Invalid, match=said):
            rectify(protokoll.pk, None, text, reason, actor=held.world.secretary)
    with pytest.raises(Invalid, match="i det här protokollet"):
        rectify(protokoll.pk, 0, "x", "y", actor=held.world.secretary)
    with pytest.raises(NoMandate):
        rectify(protokoll.pk, None, "x", "y", actor=held.adjuster.person)
    with pytest.raises(Meeting.DoesNotExist):
        rectify(0, None, "x", "y", actor=held.world.secretary)
    assert not Rattelse.objects.exists()


def test_rectification_is_for_ever(held: Held) -> None:
    rectify(held.adjusted().pk, None, "x", "y", actor=held.world.secretary)
    for statement in ("UPDATE workflow_rattelse SET text = 'z'", "DELETE FROM workflow_rattelse"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def make_drawn(world: World) -> None:
    hold_meeting(world).draw_up()


def make_answered(world: World) -> None:
    held = hold_meeting(world)
    approve(held.send().pk, actor=held.adjuster.person)


def make_adjusted(world: World) -> None:
    hold_meeting(world).adjusted()


def make_rectified(world: World) -> None:
    held = hold_meeting(world)
    rectify(held.adjusted().pk, None, "Rätt.", "Fel.", actor=held.world.secretary)


def unguarded(statement: str) -> str:
    """Return a statement as the owner of the database carries it out past the trigger that keeps minutes."""
    off, on = (f"ALTER TABLE workflow_protokoll {word} TRIGGER USER" for word in ("DISABLE", "ENABLE"))
    return f"{off}; {statement}; SET CONSTRAINTS ALL IMMEDIATE; {on}"


CHANGES = [
    (make_drawn, unguarded("UPDATE workflow_protokoll SET content = '{}'"), "protokoll"),
    (make_drawn, unguarded("UPDATE workflow_protokoll SET journal_hash = 'x'"), "protokoll"),
    (make_drawn, unguarded("DELETE FROM workflow_protokoll"), "protokollet i post"),
    (make_drawn, "UPDATE workflow_meeting SET state = 'justerat'", "justeringen av möte"),
    (make_answered, "UPDATE workflow_justering SET state = 'godkand'", "svaret på justering"),
    (make_answered, "UPDATE workflow_justering SET state = 'vantar'", "svaret på justering i post"),
    (make_adjusted, unguarded("UPDATE workflow_protokoll SET pdf = '\\x25'"), "justeringen av protokoll"),
    (
        make_adjusted,
        unguarded("UPDATE workflow_protokoll SET locked_at = NULL, pdf = NULL, pdf_sha256 = ''"),
        "justeringen av möte",
    ),
    (make_adjusted, "UPDATE workflow_meeting SET state = 'avslutat'", "justeringen av protokoll"),
    (make_rectified, "UPDATE workflow_rattelse SET text = 'Annat'", "rättelse"),
    (make_rectified, "DELETE FROM workflow_rattelse", "rättelsen i post"),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("make", "change", "what"), CHANGES)
def test_change_beside_the_journal_is_found(
    owner_cursor: psycopg.Cursor[Any], make: Callable[[World], None], change: str, what: str
) -> None:
    world = make_world()
    make(world)
    entries, fault = journal.verify(world.county.pk, "Sörmland")
    assert (entries > 0, fault) == (True, None)

    owner_cursor.execute(change.encode())
    owner_cursor.connection.commit()

    _, fault = journal.verify(world.county.pk, "Sörmland")
    assert fault is not None
    assert fault.message.startswith(what)
