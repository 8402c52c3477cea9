"""Deciding in a meeting: who takes part, jäv, quorum, and the record of the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from governance import prepared
from governance.models import Body
from governance.paths import MoveValue
from governance.permissions import Standing, members, today
from governance.vocabulary import Mandate, MoveKind, Role
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from workflow.deciders import body_before
from workflow.errors import Invalid, Jav, NoQuorum, NotFromHere
from workflow.forms_of_decision import participation, quorum_of
from workflow.inputs import Decision, Errors
from workflow.meetings.vocabulary import MeetingForm, MeetingState
from workflow.models import Anmalan, Beslut, Beslutsdeltagare, Paragrafserie
from workflow.quorum import Quorum, Seat

PARAGRAPH_LIMIT = 20
REASON_LIMIT = 250


@dataclass(frozen=True, slots=True)
class Quorate:
    """A decision that may be recorded: who sits, who takes part, and the sentence of quorum."""

    decision: Decision
    anmalan: Anmalan
    seats: Mapping[int, Seat]
    quorum: Quorum


def seats_of(body_id: int, day: date, mandate: Mandate = Mandate.BESLUTA) -> dict[int, Seat]:
    """Return everybody who sits in the body on that day by membership id; one statement.

    Args:
        body_id: the body.
        day: when.
        mandate: what one votes by there: a preparing body decides on its own matters by the mandate to prepare, in
            which its handläggare have no vote.

    """
    return {
        member.membership_id: Seat(
            membership_id=member.membership_id,
            person_id=member.person_id,
            name=member.name,
            role=member.role,
            organisation_id=member.represents_id,
            organisation_kind=member.represents_kind,
            votes=member.holds and (mandate == Mandate.BESLUTA or member.role != Role.HANDLAGGARE),
        )
        for member in members(body_id, mandate, day)
    }


def open_anmalan(satsning: Satsning) -> Anmalan | None:
    """Return the case's open anmälan till beslut, if there is one, with whether its body holds its meetings here."""
    series = Paragrafserie.objects.filter(body=OuterRef("body"), year=today().year)
    rows = Anmalan.objects.select_related("revision", "body").filter(satsning=satsning, closed_at=None)
    found = rows.annotate(has_series=Exists(series)).first()
    if found is not None:
        found.meets_here = found.has_series
    return found


def check(
    satsning: Satsning, move: MoveValue, decision: Decision | None, *, standing: Standing, actor_id: int
) -> Quorate:
    """Return the decision with its anmälan and quorum, all computed from the recorded participants.

    Raises:
        NotFromHere: no anmälan is open, or it was made to another body; the item is not about it or its meeting does
            not go on; or no item is named, and the body holds its meetings of that year here.
        Invalid: the record of the decision is incomplete or names people who do not sit in the body.
        Jav: the one who records has jäv.
        NoQuorum: the body is not quorate without those who have jäv.

    """
    anmalan, known = _brought(satsning, decision)
    if anmalan is None or anmalan.body_id != standing.body_id:
        raise NotFromHere(f"Satsningen är inte anmäld till beslut i {standing.body_name}.")
    if decision is None:
        raise Invalid({"meeting_date": ["Fyll i mötet och vilka som deltog."]})
    body = body_before(satsning, anmalan)
    _check_place(body, decision, known)
    seats = seats_of(body.pk, decision.meeting_date) if decision.seats is None else decision.seats
    _check_record(move, _Record(body, anmalan, decision, seats, known.is_taken))
    if any(p.jav and seats[p.membership_id].person_id == actor_id for p in decision.participants):
        raise Jav("Du har jäv i ärendet. Någon annan behöver föra in beslutet.")
    found = quorum_of(body, decision.form, seats.values(), participation(decision.participants))
    if not found.holds:
        raise NoQuorum(found.sentence)
    return Quorate(decision, anmalan, seats, found)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database has of a decision's place: paragraph taken, a series of the year, the form of its meeting."""

    is_taken: bool = False
    has_series: bool = False
    form: str | None = None


_BROUGHT = f"""
SELECT {prepared.columns_of(Anmalan, "a")}, EXISTS (
    SELECT FROM workflow_beslut b
    WHERE b.body_id = a.body_id AND b.meeting_date = %(day)s AND b.paragraph = %(paragraph)s), EXISTS (
    SELECT FROM workflow_paragrafserie s
    WHERE s.body_id = a.body_id AND s.year = extract(year FROM %(day)s::date)), (
    SELECT m.form FROM workflow_agendaitem i JOIN workflow_meeting m ON m.id = i.meeting_id
    WHERE i.id = %(item)s AND i.anmalan_id = a.id AND i.settled_at IS NULL AND i.withdrawn_at IS NULL
    AND m.body_id = a.body_id AND m.state = '{MeetingState.PAGAR.value}')
FROM workflow_anmalan a WHERE a.satsning_id = %(satsning)s AND a.closed_at IS NULL
"""  # noqa: S608 - the model's own names


def _brought(satsning: Satsning, decision: Decision | None) -> tuple[Anmalan | None, _Known]:
    """Return the open anmälan, and what is known of the decision's paragraph and meeting; one statement."""
    asked: dict[str, Any] = {"satsning": satsning.pk, "day": None, "paragraph": "", "item": None}
    if decision is not None:
        asked |= {"day": decision.meeting_date, "paragraph": decision.paragraph.strip(), "item": decision.item_id}
    row = prepared.fetch_one(_BROUGHT, asked)
    if row is None:
        return None, _Known()
    [anmalan] = prepared.instances_of(row, Anmalan)
    return anmalan, _Known(*row[-3:])


def _check_place(body: Body, decision: Decision, known: _Known) -> None:
    """Refuse a decision about an item that is not on the table, or one by hand where the body meets here."""
    if decision.item_id is not None:
        if known.form is None:
            raise NotFromHere("Satsningens anmälan är inte den som står på dagordningen för ett möte som pågår.")
        if known.form != decision.form:
            raise NotFromHere("Beslutet fattas i en annan form än mötets.")
    elif decision.form != MeetingForm.SAMMANTRADE:
        raise NotFromHere("Beslut mellan möten förs in under det organets möten, inte för hand.")
    elif known.has_series:
        year = decision.meeting_date.year
        raise NotFromHere(
            f"{body.name} för sina möten här under {year}. Beslutet fattas på mötet, där det får sin paragraf."
        )


@dataclass(frozen=True, slots=True)
class _Record:
    """A record of a decision, and what it is compared with."""

    body: Body
    anmalan: Anmalan
    decision: Decision
    seats: Mapping[int, Seat]
    is_taken: bool


def _check_record(move: MoveValue, record: _Record) -> None:
    errors, decision = Errors(), record.decision
    _check_meeting(record.anmalan, decision, errors, is_taken=record.is_taken)
    _check_participants(record.body, decision, record.seats, errors)
    if move.kind == MoveKind.BORDLAGGNING:
        if decision.to_meeting is None:
            errors.add("to_meeting", "Ange till vilket möte ärendet bordläggs.")
        elif decision.to_meeting <= decision.meeting_date:
            errors.add("to_meeting", "Ärendet bordläggs till ett senare möte.")
    if errors.found:
        raise Invalid(errors.found)


def _check_meeting(anmalan: Anmalan, decision: Decision, errors: Errors, *, is_taken: bool) -> None:
    day, paragraph = decision.meeting_date, decision.paragraph.strip()
    if day > today():
        errors.add("meeting_date", "Mötesdagen kan inte ligga framåt i tiden.")
    elif day < timezone.localdate(anmalan.opened_at):
        errors.add("meeting_date", "Mötet kan inte ha hållits innan satsningen anmäldes till beslut.")
    if not paragraph:
        errors.add("paragraph", "Ange paragrafens nummer, till exempel § 14.")
    elif len(paragraph) > PARAGRAPH_LIMIT:
        errors.add("paragraph", f"Paragrafen får vara högst {PARAGRAPH_LIMIT} tecken.")
    elif is_taken:
        errors.add("paragraph", f"{paragraph} finns redan i mötet {day}.")
    for name in ("amended_wording", "condition"):
        try:
            clean_text(getattr(decision, name))
        except ValidationError as error:
            errors.add(name, error.messages[0])


def _check_participants(body: Body, decision: Decision, seats: Mapping[int, Seat], errors: Errors) -> None:
    if not decision.participants:
        errors.add("participants", "Markera vilka som deltog.")
    ids = [participant.membership_id for participant in decision.participants]
    if unknown := [id_ for id_ in ids if id_ not in seats]:
        errors.add("participants", f"{len(unknown)} av deltagarna satt inte i {body.name} på mötesdagen.")
    people = [seats[id_].person_id for id_ in ids if id_ in seats]
    if len(set(people)) != len(people):
        errors.add("participants", "Samma person står två gånger bland deltagarna.")
    if any(participant.jav and not participant.jav_reason.strip() for participant in decision.participants):
        errors.add("participants", "Skriv varför den som har jäv inte deltar.")
    if any(len(participant.jav_reason) > REASON_LIMIT for participant in decision.participants):
        errors.add("participants", f"Skälet för jäv får vara högst {REASON_LIMIT} tecken.")


def record(  # noqa: PLR0913 - a decision is made of this many facts
    satsning: Satsning,
    move: MoveValue,
    quorate: Quorate,
    *,
    act_id: UUID,
    at: datetime,
    actor_id: int,
    reason: str,
    revision_id: int,
    changed_parts: tuple[str, ...],
    avsteg: list[dict[str, Any]],
) -> Beslut:
    """Write the decision and its participants; neither can be changed afterwards.

    `revision_id` is what was on the table, or for an ändringsbeslut what it made of it.

    Raises:
        Invalid: somebody recorded the same paragraph of the meeting at this moment.

    """
    decision, anmalan = quorate.decision, quorate.anmalan
    try:
        beslut = Beslut.objects.create(
            satsning=satsning,
            anmalan=anmalan,
            body_id=anmalan.body_id,
            act_id=act_id,
            move=move.code,
            outcome=move.name,
            kind=move.kind,
            meeting_date=decision.meeting_date,
            paragraph=decision.paragraph.strip(),
            wording=anmalan.forslag,
            amended_wording=clean_text(decision.amended_wording).strip(),
            condition=clean_text(decision.condition).strip(),
            reason=reason,
            changed_parts=list(changed_parts),
            avsteg=avsteg,
            to_meeting=decision.to_meeting,
            quorum=quorate.quorum.sentence,
            revision_id=revision_id,
            recorded_at=at,
            recorded_by_id=actor_id,
        )
    except IntegrityError as error:
        if "beslut_paragraph_once" not in str(error):
            raise
        taken = f"{decision.paragraph.strip()} fördes nyss in för ett annat ärende i mötet {decision.meeting_date}."
        raise Invalid({"paragraph": [taken]}) from None
    Beslutsdeltagare.objects.bulk_create(
        Beslutsdeltagare(
            beslut=beslut,
            membership_id=seat.membership_id,
            person_id=seat.person_id,
            name=seat.name,
            role=seat.role,
            represents_id=seat.organisation_id,
            votes=seat.votes,
            jav=participant.jav,
            jav_reason=participant.jav_reason.strip(),
        )
        for participant in decision.participants
        for seat in (quorate.seats[participant.membership_id],)
    )
    return beslut
