"""Deciding a matter at the table: the one way from what a meeting says to a move, a paragraph and what follows.

Everything is written in one transaction or not at all: the number, the move through `workflow.actions.perform`, the
paragraph, the open decisions, and the place on a later agenda.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.paths import path_version
from workflow.actions import perform
from workflow.cases import lock, record_act
from workflow.errors import Invalid, Jav, NoQuorum, NotFromHere
from workflow.inputs import Decision, Inputs, Participant
from workflow.meetings.models import AgendaItem, Paragraf
from workflow.meetings.planning.matters.deciding import settled
from workflow.meetings.table import settling
from workflow.meetings.table.again import Later, lock_later, put_again
from workflow.meetings.table.ballots import Voted, newest_ballot
from workflow.meetings.table.choices import (
    Choice,
    Ruling,
    ruling_of_case,
    ruling_of_matter,
)
from workflow.meetings.table.duties import Asked, asked_of, write_duties
from workflow.meetings.table.keeping import MATTERS, Kept, keep, open_item, written
from workflow.meetings.table.leading import check_leader, leads
from workflow.meetings.table.settling import Finding, Numbered, participants_of
from workflow.meetings.table.state import Table, read_table
from workflow.meetings.vocabulary import ItemKind, MeetingForm, Outcome, VoteValue
from workflow.models import Anmalan
from workflow.vocabulary import Act

_APPROVED = frozenset({Outcome.BIFALL, Outcome.BIFALL_ANDRING})
_NOT_ENOUGH = (
    "Anteckna dem som har kommit. Annars låter ni punkten utgå, eller ajournerar mötet: då kommer ärendet upp igen."
)
"""What can be done where too few are there."""


def decide(
    meeting_id: int, item_id: int, choice: Choice, *, actor: Person, expected_edition: int | None = None
) -> Paragraf:
    """Decide a matter, a case or another, wholly or not at all.

    Effects, in order, in one transaction: the meeting is locked; quorum, jäv and votes are read as they are; the later
    meeting of a bordläggning is locked; the paragraph gets its number; a case's move is made by `perform`, anything
    else is recorded in the journal; the paragraph is written and the item settled; open decisions are written; a
    bordlagd matter is put on the later agenda.

    Args:
        meeting_id: the meeting, which goes on.
        item_id: the matter, which has no outcome yet.
        choice: what is decided.
        actor: who records it: the body's secretary or whoever may lead.
        expected_edition: the meeting's edition as it was seen, where that matters.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeping.keep`.
        AgendaItem.DoesNotExist: the agenda has no such item.
        NotFromHere: the item is settled, is late and not taken up, a vote on it goes on, does not carry the decision or
            was held by others than those who decide now, or the case has moved.
        NoQuorum: the body is not quorate in the matter.
        Jav: who records it, or who leads it, has jäv.
        Invalid: the choice is not complete.
        Refusal: whatever `perform` refuses.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor, expected_edition=expected_edition)
        return decide_kept(kept, item_id, choice)


def decide_kept(kept: Kept, item_id: int, choice: Choice) -> Paragraf:
    """Decide a matter of a meeting that is locked already; as `decide`."""
    meeting = kept.meeting
    item = open_item(meeting, item_id)
    if item.kind not in MATTERS:
        raise NotFromHere(f"”{item.title}” är inget att besluta om. Anteckna att punkten är behandlad.")
    if item.is_late and not item.late_accepted:
        raise NotFromHere(f"”{item.title}” kom in för sent. Mötet behöver först besluta att ta upp punkten.")
    table = read_table(meeting)
    check_leader(meeting, table, item)
    if kept.actor.pk in table.people_with_jav(item.pk):
        raise Jav("Du har jäv i ärendet. Någon annan behöver föra in beslutet.")
    ruling = _ruling(choice, item)
    later = lock_later(meeting, choice.to_meeting_id) if ruling.outcome == Outcome.BORDLAGGNING else None
    asked = asked_of(meeting.body, choice, is_approved=ruling.outcome in _APPROVED)
    said = _Said(kept, item, choice, ruling, later)
    found = _finding(said, table, asked)
    numbered = settling.number(meeting, item, found)
    moves = item.kind == ItemKind.ARENDE and ruling.move is not None
    paragraf = _move(said, numbered, table) if moves else _record(said, numbered)
    write_duties(paragraf, asked, actor_id=kept.actor.pk)
    if item.matter is not None:
        settled(item.matter, paragraf)
    if later is not None:
        put_again(item, later, actor=kept.actor, standing=kept.standing)
    return paragraf


@dataclass(frozen=True, slots=True)
class _Said:
    """A decision on its way: what is decided of which matter, and where a bordläggning puts it."""

    kept: Kept
    item: AgendaItem
    choice: Choice
    ruling: Ruling
    later: Later | None


def _ruling(choice: Choice, item: AgendaItem) -> Ruling:
    choice = replace(choice, reason=written(choice.reason, "reason"))
    if item.anmalan is None:
        ruling = ruling_of_matter(choice)
    else:
        case = item.anmalan.satsning
        if item.anmalan.closed_at is not None:
            raise NotFromHere(f"”{item.title}” ligger inte längre på bordet: anmälan är avslutad. Låt punkten utgå.")
        ruling = ruling_of_case(choice, item.anmalan, path_version(case.version_id), case.station)
    if ruling.move is None and ruling.outcome in {Outcome.AVSLAG, Outcome.ATERREMISS} and not ruling.reason:
        raise Invalid({"reason": ["Skriv varför."]})
    if choice.condition.strip() and ruling.outcome not in _APPROVED:
        raise Invalid({"condition": ["Villkor hör till ett bifall."]})
    if choice.amended_wording.strip() and ruling.outcome not in _APPROVED | {Outcome.OVERLAMNAD}:
        raise Invalid({"amended_wording": ["En ändrad lydelse hör till ett bifall."]})
    return ruling


def _finding(said: _Said, table: Table, asked: Collection[Asked]) -> Finding:
    meeting, item, choice, ruling = said.kept.meeting, said.item, said.choice, said.ruling
    voted = newest_ballot(item.pk)
    if voted.is_open:
        raise NotFromHere("En omröstning pågår. Avsluta den först.")
    quorum = table.quorum(meeting, item.pk)
    if not quorum.holds:
        raise NoQuorum(f"{quorum.sentence} {_NOT_ENOUGH}")
    _check_voters(voted, table, item)
    if meeting.form == MeetingForm.SAMMANTRADE:
        _check_result(voted, ruling.outcome)
    wording = item.anmalan.forslag if item.anmalan is not None else _proposal(item)
    amended = written(choice.amended_wording, "amended_wording")
    return Finding(
        outcome=ruling.outcome,
        words=ruling.words,
        wording=wording,
        decided=_decided(said, amended or wording),
        condition=written(choice.condition, "condition"),
        reason=ruling.reason,
        quorum=quorum.sentence,
        participants=participants_of(table, item.pk),
        votes=voted.rows(table.seats_of(leads(meeting, item))),
        ballot_result=voted.sentence,
        to_meeting_id=said.later.meeting.pk if said.later else None,
        uppdrag=[one.said() for one in asked],
    )


def _check_voters(voted: Voted, table: Table, item: AgendaItem) -> None:
    """Refuse a vote by somebody who does not decide in the matter any longer: gone, with jäv, or not serving.

    Raises:
        NotFromHere: so it is.

    """
    entitled = {seat.person_id for seat in table.voters(item.pk)}
    gone = [
        name for id_, name, *_ in voted.votes if id_ not in table.seats or table.seats[id_].person_id not in entitled
    ]
    if gone:
        who = ", ".join(gone)
        raise NotFromHere(f"{who} röstade men deltar inte längre i beslutet. Håll en ny omröstning.")


def _check_result(voted: Voted, outcome: Outcome) -> None:
    """Refuse a decision against the newest vote.

    Nej to a proposal leaves a bifall with a change open: that is how a counter-proposal wins.

    Raises:
        NotFromHere: it is bifall as proposed after a nej, or avslag after a ja.

    """
    if voted.result == VoteValue.NEJ and outcome == Outcome.BIFALL:
        raise NotFromHere("Omröstningen föll ut som nej. Besluta avslag eller håll en ny omröstning.")
    if voted.result == VoteValue.JA and outcome == Outcome.AVSLAG:
        raise NotFromHere("Omröstningen föll ut som ja. Besluta bifall eller håll en ny omröstning.")


def _proposal(item: AgendaItem) -> str:
    return item.matter.forslag if item.matter is not None else ""


def _decided(said: _Said, wording: str) -> str:
    """Return what was decided, in full, as the minutes say it."""
    body, later = said.kept.meeting.body.name, said.later
    match said.ruling.outcome:
        case Outcome.AVSLAG:
            return f"{body} avslår förslaget."
        case Outcome.ATERREMISS:
            return f"{body} återremitterar ärendet."
        case Outcome.BORDLAGGNING if later is not None:
            return f"{body} bordlägger ärendet till mötet {later.meeting.day.isoformat()}."
        case Outcome.OVERLAMNAD:
            return f"{body} lämnar över ärendet till beslut i ett annat organ: {wording}"
    return wording


def _move(said: _Said, numbered: Numbered, table: Table) -> Paragraf:
    """Make the case's move with the decision, and write its paragraph."""
    kept, anmalan, move = said.kept, said.item.anmalan, said.ruling.move
    if anmalan is None or move is None:
        msg = "a move is made of a case"
        raise AssertionError(msg)
    decision = Decision(
        meeting_date=kept.meeting.day,
        paragraph=numbered.label,
        participants=tuple(
            Participant(id_, jav=jav, jav_reason=reason)
            for id_, _, _, _, votes, jav, reason in numbered.found.participants
            if votes or jav
        ),
        amended_wording=said.choice.amended_wording,
        condition=said.choice.condition,
        to_meeting=said.later.meeting.day if said.later else None,
        item_id=said.item.pk,
        form=MeetingForm(kept.meeting.form),
        meeting=numbered.facts,
        seats=table.seats,
    )
    performed = perform(
        anmalan.satsning_id,
        move.code,
        actor=kept.actor,
        expected_edition=anmalan.satsning.edition,
        reason=said.ruling.reason,
        target=said.ruling.target,
        inputs=Inputs(requests=said.choice.requests, decision=decision),
    )
    kept.meeting.edition += 1
    return settling.write(numbered, act_id=performed.act_id, actor_id=kept.actor.pk)


def _record(said: _Said, numbered: Numbered) -> Paragraf:
    """Write a paragraph that moves no case; where it is about one, its own journal says so too."""
    if said.item.anmalan is not None:
        _tell_case(said, numbered, said.item.anmalan)
    return settling.record_paragraph(said.kept, numbered)


def _tell_case(said: _Said, numbered: Numbered, anmalan: Anmalan) -> None:
    """Write in a case's journal that a proposal fell, or was put off; the case stays where it is.

    Effects, in order: the case is locked; an anmälan that fell is closed; the journal is written, with a notice for
    each person concerned.

    Raises:
        NotFromHere: the anmälan was closed at this moment.

    """
    kept, later = said.kept, said.later
    arende = lock(anmalan.satsning_id)
    if not Anmalan.objects.filter(pk=anmalan.pk, closed_at=None).exists():
        raise NotFromHere("Anmälan är redan avslutad.")
    tried = {"paragraph": numbered.label, "meeting": kept.meeting.day.isoformat()}
    payload = {"provat": tried, "anmalan": anmalan.forslag, "item": said.item.pk, "reason": said.ruling.reason}
    if later is None:
        Anmalan.objects.filter(pk=anmalan.pk).update(closed_at=timezone.now())
    else:
        tried["to_meeting"] = later.meeting.day.isoformat()
    act = Act.FORSLAG_AVSLAGET if later is None else Act.FORSLAG_BORDLAGT
    record_act(arende, act, actor=kept.actor, standing=kept.standing, payload=payload)
