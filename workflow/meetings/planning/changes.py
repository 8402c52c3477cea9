"""What has been done with a meeting since somebody opened a page about it, told when a form comes too late."""

import json
from dataclasses import dataclass
from datetime import datetime

from workflow.meetings.models import Meeting
from workflow.models import JournalEntry
from workflow.vocabulary import Act

LOOKED_AT = 60
"""Entries of the body's that are looked through, the newest."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something done: when, by whom, and what."""

    at: datetime
    who: str
    what: str


def changes_since(meeting: Meeting, edition: int) -> list[Change]:
    """Return what has been done since the meeting had this edition, the newest first; one statement."""
    rows = JournalEntry.objects.filter(county=meeting.body.county_id, body=meeting.body_id, satsning=None)
    newest = rows.order_by("-number").values_list("at", "act", "payload__content")[:LOOKED_AT]
    found = []
    for at, act, content in newest:
        said = json.loads(content or "{}")
        if said.get("meeting") == meeting.pk and said.get("edition", 0) > edition:
            found.append(Change(at, said.get("actor", ""), said.get("what") or f"{Act(act).label.capitalize()}."))
    return found
