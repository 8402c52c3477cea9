"""The only place that freezes the papers of a meeting's items."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from governance.models import Person
from workflow.errors import Refusal
from workflow.meetings.models import AgendaItem, Meeting, Underlag
from workflow.meetings.papers.content import as_json
from workflow.meetings.papers.tabled import live_of, newest_underlag


class PapersDamaged(Refusal):
    """A matter cannot be put on the table: what it rests on is not what was frozen."""

    status = 409


def freeze_items(meeting: Meeting, items: Iterable[AgendaItem], *, at: datetime, actor: Person) -> list[list[Any]]:
    """Freeze the papers of items as they are now: an `Underlag` for each whose papers differ from its newest one.

    It takes the same number of statements however many items there are, and no transaction of its own: the caller
    holds the meeting's lock and records the act, with what is returned under `underlag`: for each that was frozen the
    item's key, the number and the SHA-256.

    Args:
        meeting: the meeting, locked.
        items: those of its items that are to be frozen, as `items_of` gives them.
        at: when.
        actor: by whom.

    Raises:
        PapersDamaged: the revision that a matter rests on does not have the checksum it was frozen with; nothing is
            written.

    """
    asked = [item for item in items if item.meeting_id == meeting.pk]
    newest = {one.item_id: one for one in newest_underlag(asked)}
    new = []
    live = live_of(asked)
    for item in asked:
        tabled = live[item.pk]
        if tabled.damaged:
            raise PapersDamaged(f"{item.title}: {tabled.damaged} Kontakta regionalt stöd.")
        text = as_json(tabled)
        digest, before = sha256(text.encode()).hexdigest(), newest.get(item.pk)
        if before is None or before.sha256 != digest:
            new.append(
                Underlag(
                    item=item,
                    number=before.number + 1 if before else 1,
                    content=text,
                    sha256=digest,
                    revision_id=tabled.revision_id,
                    frozen_at=at,
                    frozen_by=actor,
                )
            )
    Underlag.objects.bulk_create(new)
    return [[one.item_id, one.number, one.sha256] for one in new]
