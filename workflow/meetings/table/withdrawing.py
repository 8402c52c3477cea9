"""Items that a meeting settles without deciding them: noted, dealt with, or off the agenda."""

from django.db import transaction

from governance.models import Person
from workflow.errors import NotFromHere
from workflow.meetings.models import AgendaItem, Paragraf
from workflow.meetings.table import settling
from workflow.meetings.table.ballots import refuse_while_voting
from workflow.meetings.table.keeping import MATTERS, Kept, keep, open_item, written
from workflow.meetings.table.settling import Finding, participants_of
from workflow.meetings.table.state import Table, read_table
from workflow.meetings.vocabulary import ItemKind, Outcome


def note_item(meeting_id: int, item_id: int, *, actor: Person) -> Paragraf:
    """Settle an item of information as noted, a standing one as dealt with.

    Raises:
        AgendaItem.DoesNotExist: the agenda has no such item.
        NotFromHere: it is a matter to decide, or it has its outcome.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        item = open_item(kept.meeting, item_id)
        if item.kind in MATTERS:
            raise NotFromHere(f"”{item.title}” är ett ärende. Ange vad mötet beslutar.")
        found = noted(item, read_table(kept.meeting))
        return settling.record_paragraph(kept, settling.number(kept.meeting, item, found))


def noted(item: AgendaItem, table: Table) -> Finding:
    """Return what becomes of an item that is no matter to decide; one that came too late was not taken up."""
    if item.is_late and not item.late_accepted:
        return Finding(outcome=Outcome.UTGICK, words=str(Outcome.UTGICK.label), reason="Punkten togs inte upp.")
    outcome = Outcome.NOTERAT if item.kind == ItemKind.INFORMATION else Outcome.BEHANDLAT
    return Finding(outcome=outcome, words=str(outcome.label), participants=participants_of(table, item.pk))


def withdraw_item(meeting_id: int, item_id: int, *, reason: str, actor: Person) -> Paragraf:
    """Let an item leave the agenda of a meeting that goes on; no quorum is needed.

    What was brought stays brought: an anmälan that is open waits in the body's backlog again, another matter likewise.

    Raises:
        AgendaItem.DoesNotExist: the agenda has no such item.
        NotFromHere: it has its outcome, or a vote on it goes on.
        Invalid: the reason is missing.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        item = open_item(kept.meeting, item_id)
        refuse_while_voting(item)
        return withdraw_kept(kept, item, read_table(kept.meeting), reason)


def withdraw_kept(kept: Kept, item: AgendaItem, table: Table, reason: str, quorum: str = "") -> Paragraf:
    """Let an open item leave the agenda of a locked meeting; as `withdraw_item`."""
    found = Finding(
        outcome=Outcome.UTGICK,
        words=str(Outcome.UTGICK.label),
        reason=written(reason, "reason", missing="Skriv varför punkten utgår."),
        quorum=quorum,
        participants=participants_of(table, item.pk),
    )
    return settling.record_paragraph(kept, settling.number(kept.meeting, item, found))
