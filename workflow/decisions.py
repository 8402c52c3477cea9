"""Deciding in a meeting: who takes part, jäv, quorum, and the record of the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from governance import prepared
from governance.models import Body
from governance.paths import MoveValue
from governance.permissions import Standing, members, today
from governance.vocabulary import Mandate, MoveKind
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from workflow.deciders import body_before
from workflow.errors import Invalid, Jav, NoQuorum, NotFromHere
from workflow.inputs import Decision, Errors
from workflow.models import Anmalan, Beslut, Beslutsdeltagare
from workflow.quorum import Quorum, Seat, quorum

PARAGRAPH_LIMIT = 20
REASON_LIMIT = 250


@dataclass(frozen=True, slots=True)
class Quorate:
    """A decision that may be recorded: who sits, who takes part, and the sentence of quorum."""

    decision: Decision
    anmalan: Anmalan
    seats: Mapping[int, Seat]
    quorum: Quorum


def seats_of(body_id: int, day: date) -> dict[int, Seat]:
    """Return everybody who sits in the body on that day by membership id; one statement."""
    return {
        member.membership_id: Seat(
            membership_id=member.membership_id,
            person_id=member.person_id,
            name=member.name,
            role=member.role,
            organisation_id=member.represents_id,
            organisation_kind=member.represents_kind,
            votes=member.holds,
        )
        for member in members(body_id, Mandate.BESLUTA, day)
    }


def open_anmalan(satsning: Satsning) -> Anmalan | None:
    """Return the case's open anmälan till beslut, if there is one."""
    return Anmalan.objects.select_related("revision", "body").filter(satsning=satsning, closed_at=None).first()


def check(
    satsning: Satsning, move: MoveValue, decision: Decision | None, *, standing: Standing, actor_id: int
) -> Quorate:
    """Return the decision with its anmälan and quorum, all computed from the recorded participants.

    Raises:
        NotFromHere: no anmälan is open, or it was made to another body.
        Invalid: the record of the decision is incomplete or names people who do not sit in the body.
        Jav: the one who records has jäv.
        NoQuorum: the body is not quorate without those who have jäv.

    """
    anmalan, is_taken = _brought(satsning, decision)
    if anmalan is None or anmalan.body_id != standing.body_id:
        raise NotFromHere(f"Satsningen är inte anmäld till beslut i {standing.body_name}.")
    if decision is None:
        raise Invalid({"meeting_date": ["Fyll i mötet och vilka som deltog."]})
    body = body_before(satsning, anmalan)
    seats = seats_of(body.pk, decision.meeting_date)
    _check_record(body, move, anmalan, decision, seats, is_taken=is_taken)
    if any(p.jav and seats[p.membership_id].person_id == actor_id for p in decision.participants):
        raise Jav("Du har jäv i ärendet. Någon annan behöver föra in beslutet.")
    found = quorum(body.rule, seats.values(), {p.membership_id for p in decision.participants if not p.jav})
    if not found.holds:
        raise NoQuorum(found.sentence)
    return Quorate(decision, anmalan, seats, found)


_BROUGHT = f"""
SELECT {prepared.columns_of(Anmalan, "a")}, EXISTS (
    SELECT FROM workflow_beslut b
    WHERE b.body_id = a.body_id AND b.meeting_date = %(day)s AND b.paragraph = %(paragraph)s)
FROM workflow_anmalan a WHERE a.satsning_id = %(satsning)s AND a.closed_at IS NULL
"""  # noqa: S608 - the model's own names


def _brought(satsning: Satsning, decision: Decision | None) -> tuple[Anmalan | None, bool]:
    """Return the open anmälan, and whether the decision's paragraph is taken in its meeting; one statement."""
    asked: dict[str, Any] = {"satsning": satsning.pk, "day": None, "paragraph": ""}
    if decision is not None:
        asked |= {"day": decision.meeting_date, "paragraph": decision.paragraph.strip()}
    row = prepared.fetch_one(_BROUGHT, asked)
    if row is None:
        return None, False
    [anmalan] = prepared.instances_of(row, Anmalan)
    return anmalan, row[-1]


def _check_record(  # noqa: PLR0913 - what a record is compared with
    body: Body, move: MoveValue, anmalan: Anmalan, decision: Decision, seats: Mapping[int, Seat], *, is_taken: bool
) -> None:
    errors = Errors()
    _check_meeting(anmalan, decision, errors, is_taken=is_taken)
    _check_participants(body, decision, seats, errors)
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
