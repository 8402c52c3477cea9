"""The only writer of paragraphs: an item gets its outcome, with who took part as it was, for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from governance import prepared
from satsningar.content import canonical_json
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem, Meeting, Paragraf
from workflow.meetings.numbering import next_paragraph
from workflow.meetings.table.keeping import Kept
from workflow.meetings.table.leading import leads
from workflow.meetings.table.state import Table
from workflow.meetings.vocabulary import Outcome
from workflow.notices.whom import NOTHING, Given
from workflow.quorum import Seat
from workflow.vocabulary import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of an item, before it has its number: the words of its paragraph."""

    outcome: Outcome
    words: str
    wording: str = ""
    decided: str = ""
    condition: str = ""
    reason: str = ""
    quorum: str = ""
    participants: Sequence[Sequence[Any]] = ()
    votes: Sequence[Sequence[Any]] = ()
    ballot_result: str = ""
    to_meeting_id: int | None = None
    uppdrag: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A paragraph with its number, not yet written."""

    meeting: Meeting
    item: AgendaItem
    year: int
    number: int
    label: str
    found: Finding
    facts: dict[str, Any] = field(default_factory=dict)
    """All of it as the journal keeps it; `workflow.verifying` compares the table with that."""


def number(meeting: Meeting, item: AgendaItem, found: Finding) -> Numbered:
    """Give what became of an item the next paragraph of the body's year; one statement, and the series is locked."""
    year = meeting.day.year
    last, label = next_paragraph(meeting.body, year)
    facts = {
        "meeting": meeting.pk,
        "item": item.pk,
        "form": meeting.form,
        "chair": leads(meeting, item),
        "year": year,
        "number": last,
        "label": label,
        "outcome": found.outcome.value,
        "words": found.words,
        "wording": found.wording,
        "decided": found.decided,
        "condition": found.condition,
        "reason": found.reason,
        "quorum": found.quorum,
        "participants": [list(one) for one in found.participants],
        "votes": [list(one) for one in found.votes],
        "ballot_result": found.ballot_result,
        "to_meeting": found.to_meeting_id,
        "uppdrag": [list(one) for one in found.uppdrag],
    }
    return Numbered(meeting=meeting, item=item, year=year, number=last, label=label, found=found, facts=facts)


_WRITE = """
WITH paragraf AS (
    INSERT INTO workflow_paragraf (item_id, body_id, year, number, label, outcome, outcome_words, wording, decided,
        condition, reason, quorum, participants, votes, ballot_result, to_meeting_id, chair_id, act_id, recorded_at,
        recorded_by_id, beslut_id)
    VALUES (%(item)s, %(body)s, %(year)s, %(number)s, %(label)s, %(outcome)s, %(words)s, %(wording)s, %(decided)s,
        %(condition)s, %(reason)s, %(quorum)s, %(participants)s::jsonb, %(votes)s::jsonb, %(ballot_result)s,
        %(to_meeting)s, %(chair)s, %(act_id)s, %(at)s, %(by)s, (
            SELECT b.id FROM workflow_beslut b WHERE b.anmalan_id = %(anmalan)s AND b.act_id = %(act_id)s))
    RETURNING id
), meeting AS (
    UPDATE workflow_meeting SET edition = %(edition)s WHERE id = %(meeting)s AND edition <> %(edition)s
)
UPDATE workflow_agendaitem SET settled_at = %(at)s FROM paragraf WHERE workflow_agendaitem.id = %(item)s
RETURNING paragraf.id
"""


def write(numbered: Numbered, *, act_id: UUID, actor_id: int, at: datetime | None = None) -> Paragraf:
    """Write a paragraph, settle its item and write the edition that its meeting has come to; one statement.

    Args:
        numbered: the paragraph.
        act_id: the act that the journal recorded it with; the decision of that act, if it has one, is pointed at.
        actor_id: who recorded it.
        at: when; now unless something else is said.

    """
    item, at = numbered.item, at or timezone.now()
    asked = numbered.facts | {
        "body": numbered.meeting.body_id,
        "edition": numbered.meeting.edition,
        "participants": canonical_json(numbered.facts["participants"]),
        "votes": canonical_json(numbered.facts["votes"]),
        "anmalan": item.anmalan_id,
        "act_id": act_id,
        "at": at,
        "by": actor_id,
    }
    [(key,)] = prepared.fetch_all(_WRITE, {name: asked[name] for name in _NAMES})
    item.settled_at = at
    found = numbered.found
    return Paragraf(
        pk=key,
        item=item,
        body=numbered.meeting.body,
        year=numbered.year,
        number=numbered.number,
        label=numbered.label,
        outcome=found.outcome,
        outcome_words=found.words,
        wording=found.wording,
        decided=found.decided,
        condition=found.condition,
        reason=found.reason,
        quorum=found.quorum,
        participants=numbered.facts["participants"],
        votes=numbered.facts["votes"],
        ballot_result=found.ballot_result,
        to_meeting_id=found.to_meeting_id,
        chair_id=numbered.facts["chair"],
        act_id=act_id,
        recorded_at=at,
        recorded_by_id=actor_id,
    )


_NAMES = (
    *("item", "body", "year", "number", "label", "outcome", "words", "wording", "decided", "condition", "reason"),
    *("quorum", "participants", "votes", "ballot_result", "to_meeting", "act_id", "at", "by", "anmalan"),
    *("meeting", "edition", "chair"),
)


def record_paragraph(kept: Kept, numbered: Numbered) -> Paragraf:
    """Write the journal of a paragraph that moves no case, and the paragraph; the meeting's edition goes up."""
    payload = {"paragrafer": [numbered.facts], "title": numbered.item.title}
    given = _given(numbered.item)
    meeting, standing = kept.meeting, kept.standing
    act_id = record(meeting, Act.MOTE_BESLUT, actor=kept.actor, standing=standing, payload=payload, given=given)
    return write(numbered, act_id=act_id, actor_id=kept.actor.pk)


def _given(item: AgendaItem) -> Given:
    """Return whom a paragraph concerns: the body that brought the matter, where it is another matter."""
    if item.matter is None:
        return NOTHING
    bringing = (item.matter.created_by_body_id,) if item.matter.created_by_body_id else ()
    return Given(bodies=bringing, page="ovrigt_arende", page_id=item.matter.pk)


def participants_of(table: Table, item_id: int) -> list[list[Any]]:
    """Return who was there when an item was settled, as a paragraph keeps it, each person once.

    Those who decide first, then others in the room, then those who are away from the matter for jäv but have been at
    the meeting: `[membership id, name, role, organisation id, has vote, jäv, reason for jäv]`.
    """
    people = table.people_with_jav(item_id)
    voters = table.voters(item_id)
    others = [table.seats[id_] for id_ in sorted(table.taking_part(item_id))]
    away = [seat for id_, seat in table.seats.items() if seat.person_id in people and id_ in table.been]
    rows: dict[int, list[Any]] = {}
    for seat in voters:
        rows.setdefault(seat.person_id, _row(seat, votes=True))
    for seat in others:
        rows.setdefault(seat.person_id, _row(seat, votes=False))
    for seat in sorted(away, key=lambda seat: not seat.votes):
        rows.setdefault(seat.person_id, _row(seat, votes=seat.votes, reason=people[seat.person_id]))
    return list(rows.values())


def _row(seat: Seat, *, votes: bool, reason: str = "") -> list[Any]:
    role, organisation = seat.role.value, seat.organisation_id
    return [seat.membership_id, seat.name, role, organisation, votes, bool(reason), reason]
