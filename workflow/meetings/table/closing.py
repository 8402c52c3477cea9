"""Closing a meeting: nothing is left without an outcome, and a meeting without quorum hands its matters back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from workflow.errors import NotFromHere
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem, Meeting, Paragraf
from workflow.meetings.selectors import items_of
from workflow.meetings.table import settling
from workflow.meetings.table.ballots import refuse_if_voting
from workflow.meetings.table.keeping import MATTERS, Kept, keep
from workflow.meetings.table.state import Table, read_table
from workflow.meetings.table.withdrawing import noted, withdraw_kept
from workflow.meetings.vocabulary import MeetingState
from workflow.vocabulary import Act

NOT_QUORATE = "Mötet var inte beslutsfört."


def close_meeting(meeting_id: int, *, actor: Person, expected_edition: int | None = None) -> None:
    """Close a meeting whose matters all have an outcome.

    Effects, in order: the items that are no matter and are left are settled in the agenda's order, each with its
    number; the meeting is closed; the journal is written with all of them; the paragraphs are written.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeping.keep`.
        NotFromHere: it does not go on, a vote goes on, or a matter lacks an outcome; each is named.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor, expected_edition=expected_edition)
        refuse_if_voting(kept.meeting)
        left = list(items_of(kept.meeting).filter(settled_at=None))
        table = read_table(kept.meeting)
        _refuse_open(kept.meeting, table, [item for item in left if item.kind in MATTERS])
        finish(kept, table, left)


def _refuse_open(meeting: Meeting, table: Table, matters: Sequence[AgendaItem]) -> None:
    if not matters:
        return
    names = ", ".join(f"”{item.title}”" for item in matters)
    found = table.quorum(meeting)
    if found.holds:
        raise NotFromHere(f"Mötet kan inte avslutas: {names} saknar utfall. Besluta, bordlägg eller låt punkten utgå.")
    raise NotFromHere(
        f"Mötet kan inte avslutas: {names} saknar utfall. {found.sentence} Ajournera, så kommer ärendena upp igen."
    )


def finish(kept: Kept, table: Table, left: Sequence[AgendaItem], also_said: Mapping[str, Any] | None = None) -> None:
    """Close a locked meeting and settle what is left of it, which is no matter to decide.

    Args:
        kept: the meeting.
        table: who is at its table.
        left: the items without an outcome.
        also_said: what else the act says in the journal.

    """
    meeting = kept.meeting
    numbered = [settling.number(meeting, item, noted(item, table)) for item in left]
    meeting.state = MeetingState.AVSLUTAT
    meeting.closed_at = timezone.now()
    meeting.current_item = None
    payload = {"paragrafer": [one.facts for one in numbered], **(also_said or {})}
    act_id = record(meeting, Act.MOTE_AVSLUTAT, actor=kept.actor, standing=kept.standing, payload=payload)
    for one in numbered:
        settling.write(one, act_id=act_id, actor_id=kept.actor.pk)


def adjourn(meeting_id: int, *, actor: Person) -> list[Paragraf]:
    """Let every matter that is left leave the agenda of a meeting that is not quorate; return their paragraphs.

    What was brought stays brought, and waits for the next meeting. The meeting can then be closed.

    Raises:
        NotFromHere: the meeting is quorate, nothing is left, or a vote goes on.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        meeting = kept.meeting
        refuse_if_voting(meeting)
        table = read_table(meeting)
        found = table.quorum(meeting)
        if found.holds:
            raise NotFromHere(f"{found.sentence} Ett beslutsfört möte ger varje ärende ett utfall.")
        left = [item for item in items_of(meeting).filter(settled_at=None) if item.kind in MATTERS]
        if not left:
            raise NotFromHere("Inget ärende är kvar. Mötet kan avslutas.")
        return [withdraw_kept(kept, item, table, NOT_QUORATE, found.sentence) for item in left]
