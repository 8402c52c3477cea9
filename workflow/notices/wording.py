"""What is said of a notice, on the page and in letters: what happened, what is expected, by when, where."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from workflow.meetings.calendar.events import one_line
from workflow.meetings.models import Meeting
from workflow.meetings.rights import readable_matters
from workflow.meetings.vocabulary import JusteringState
from workflow.models import JournalPayload
from workflow.notices.concerned import DECISIONS
from workflow.notices.models import Notice
from workflow.notices.vocabulary import Slag
from workflow.rights import Viewer
from workflow.vocabulary import Act

SOMETHING = "Det finns något nytt att se"
"""All that is said where there is a secrecy mark."""
HUSHED = "dolt"
"""Keeps what nothing is said of together, apart from what is said of the same case."""
OF_MEETINGS = frozenset({"mote", "protokoll", "per_capsulam"})


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words. `group` keeps what is about the same thing together."""

    id: int
    what: str
    about: str
    expected: str
    due: date | None
    at: datetime
    url: str
    group: str
    kind: str
    is_unread: bool
    is_settled: bool = False

    @property
    def waits(self) -> bool:
        """Tell whether something is expected of the person still."""
        return bool(self.expected) and not self.is_settled

    @property
    def address(self) -> str:
        """Return the whole address by which it is opened from a letter."""
        return f"{settings.SITE_URL}{self.url}"

    @property
    def subject(self) -> str:
        """Return the subject of a letter about it alone, in one line."""
        if not self.about:
            return SOMETHING
        if self.waits:
            by = f" senast {self.due.isoformat()}" if self.due else ""
            return one_line(f"{self.expected}{by}: {self.about}")
        return one_line(f"{self.about}: {self.what}")


def say(rows: Sequence[Notice], who: Viewer, *, in_letter: bool = False, settled: Collection[int] = ()) -> list[Said]:
    """Return notices in words; at most three statements more, whatever their number.

    Args:
        rows: as `selectors.described` gives them.
        who: the reader; a matter that is not the reader's to read has no title here.
        in_letter: a letter leaves the house: it says nothing of what is in a draft.
        settled: the keys of those of which nothing is expected any more.

    """
    around = _Around(_meetings(rows), _matters(rows, who), _corrections(rows))
    said = [_said(row, around, in_letter=in_letter) for row in rows]
    return [replace(one, is_settled=one.id in settled) for one in said]


@dataclass(frozen=True, slots=True)
class _Around:
    """What notices say that their own rows do not hold: names by key, and the entries that ask for a correction."""

    meetings: Mapping[int, str]
    matters: Mapping[int, str]
    corrections: Collection[int]


def _said(row: Any, around: _Around, *, in_letter: bool) -> Said:
    group = f"{row.page} {row.page_id}" if row.entry.satsning_id is None else f"satsning {row.entry.satsning_id}"
    common = {
        "id": row.pk,
        "at": row.entry.at,
        "url": reverse("notis", args=[row.pk]),
        "kind": Slag(row.kind).label,
        "is_unread": row.read_at is None,
        "group": group,
        "due": None,
    }
    if row.is_hushed:
        return Said(**common | {"what": SOMETHING, "about": "", "expected": "", "group": HUSHED})
    about = _about(row, around, in_letter=in_letter)
    what = _what(row, asks_for_correction=row.entry_id in around.corrections)
    return Said(**common | {"what": what, "about": about, "expected": row.expected, "due": row.due})


def _about(row: Any, around: _Around, *, in_letter: bool) -> str:
    satsning = row.entry.satsning
    if satsning is not None:
        if in_letter and satsning.submitted_at is None:
            return f"Ett utkast i {satsning.ansvarig_grupp.name}"
        reference = f"{satsning.reference} " if satsning.reference else ""
        return one_line(f"{reference}{row.title or 'Satsning utan titel'}")
    if row.page == "ovrigt_arende":
        return one_line(around.matters.get(row.page_id, "Ett övrigt ärende"))
    if row.page in OF_MEETINGS:
        return one_line(around.meetings.get(row.page_id, "Ett möte"))
    return str(row.body.name if row.body else row.entry.county.name)


def _what(row: Any, *, asks_for_correction: bool) -> str:
    entry = row.entry
    act = Act(entry.act)
    body = entry.body.name if entry.body else ""
    if act in DECISIONS:
        return f"{body} {'beslutade' if act == Act.MOTE_BESLUT else act.label}"
    actor = entry.actor.name if entry.actor else "Tjänsten"
    did = "begärde rättelse av protokollet" if asks_for_correction else act.label
    return f"{actor} ({body}) {did}" if body else f"{actor} {did}"


def _corrections(rows: Iterable[Notice]) -> set[int]:
    """Return the entries in which an adjuster asks for a correction; an answer whose words are weeded is not told."""
    keys = {row.entry_id for row in rows if row.entry.act == Act.JUSTERING}
    if not keys:
        return set()
    found = JournalPayload.objects.filter(entry__in=keys).values_list("entry_id", "content")
    return {key for key, content in found if json.loads(content).get("state") == JusteringState.RATTELSE}


def _meetings(rows: Iterable[Notice]) -> dict[int, str]:
    keys = {row.page_id or 0 for row in rows if row.page in OF_MEETINGS and row.entry.satsning_id is None}
    if not keys:
        return {}
    found = Meeting.objects.filter(pk__in=keys).select_related("body")
    return {one.pk: f"{one.body.name}, mötet {one.day.isoformat()}" for one in found}


def _matters(rows: Iterable[Notice], who: Viewer) -> dict[int, str]:
    keys = {row.page_id or 0 for row in rows if row.page == "ovrigt_arende" and row.entry.satsning_id is None}
    return dict(readable_matters(who).filter(pk__in=keys).values_list("pk", "title")) if keys else {}
