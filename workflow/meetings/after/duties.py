"""What a decision asks for: adding it to a decided paragraph, and saying that it is carried out."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Body, Person
from satsningar.cleaning import clean_text
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import keeper_of, lock
from workflow.meetings.after.extracts import who_keeps
from workflow.meetings.after.receivers import DECISIONS
from workflow.meetings.after.recording import paragraf_of, record_about
from workflow.meetings.after.rights import carrying_out, may_read_duty
from workflow.meetings.models import Beslutsuppdrag, Meeting
from workflow.meetings.vocabulary import DutyKind
from workflow.rights import viewer
from workflow.vocabulary import Act


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that a decision asks for: what, by which body and by when."""

    text: str
    responsible_id: int
    due: date | None = None
    kind: str = DutyKind.UPPDRAG


def add_duty(meeting_id: int, paragraf_id: int, duty: Duty, *, actor: Person) -> int:
    """Add something to carry out to a paragraph that has been decided; return its id.

    Effects, in order: the meeting is locked; the case is locked where there is one, and the journal written; the row is
    written.

    Raises:
        Meeting.DoesNotExist: there is no such meeting that the actor may read.
        Paragraf.DoesNotExist: the meeting has no such paragraph.
        NoMandate: the actor does not keep the body's records.
        NotFromHere: the paragraph is no decision.
        Invalid: the words are missing, the body is none of the county's, or the day is before the meeting.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        standing = keeper_of(meeting, actor, who_keeps)
        paragraf = paragraf_of(meeting, paragraf_id)
        if paragraf.outcome not in DECISIONS:
            raise NotFromHere(f"{paragraf.label} är inget beslut, så det finns inget att verkställa.")
        text, responsible = _checked(meeting, duty)
        said = {
            "text": text,
            "kind": duty.kind,
            "responsible": responsible.pk,
            "due": duty.due.isoformat() if duty.due else None,
        }
        payload = {"uppdrag": said, "responsible": responsible.name}
        act_id = record_about(meeting, paragraf, Act.UPPDRAG_INFORT, actor=actor, standing=standing, payload=payload)
        row = Beslutsuppdrag.objects.create(
            paragraf=paragraf,
            body=meeting.body,
            kind=duty.kind,
            text=text,
            responsible=responsible,
            due=duty.due,
            act_id=act_id,
            created_at=timezone.now(),
            created_by=actor,
        )
        return row.pk


def _checked(meeting: Meeting, duty: Duty) -> tuple[str, Body]:
    errors: dict[str, list[str]] = {}
    text = _written(duty.text, "text", "Skriv vad som ska göras.", errors)
    body = Body.objects.filter(pk=duty.responsible_id, county=meeting.body.county_id, ended_on=None).first()
    if body is None:
        errors["responsible"] = ["Välj det organ som ska se till att det blir gjort."]
    if duty.kind not in DutyKind.values:
        errors["kind"] = ["Välj om det är ett uppdrag eller ett villkor."]
    if duty.due is not None and duty.due < meeting.day:
        errors["due"] = [f"Beslutet fattades {meeting.day.isoformat()}. Skriv en dag från och med då."]
    if errors or body is None:
        raise Invalid(errors)
    return text, body


def _written(raw: str, field: str, missing: str, errors: dict[str, list[str]]) -> str:
    try:
        text = clean_text(raw).strip()
    except ValidationError as error:
        errors[field] = error.messages
        return ""
    if not text:
        errors[field] = [missing]
    return text


def carry_out(uppdrag_id: int, text: str, *, actor: Person) -> None:
    """Say that something a decision asks for has been carried out, and how.

    Effects, in order: the meeting is locked, the row is written, the case is locked where there is one, and the journal
    written.

    Raises:
        Beslutsuppdrag.DoesNotExist: there is none such that the actor may read.
        NoMandate: the actor acts neither for the responsible body nor for the one that decided.
        NotFromHere: it has been carried out already.
        Invalid: how is missing.

    """
    with transaction.atomic():
        meeting = lock(_meeting_of(uppdrag_id))
        duty = Beslutsuppdrag.objects.select_related("body", "responsible", "done_by").get(pk=uppdrag_id)
        paragraf = duty.paragraf = paragraf_of(meeting, duty.paragraf_id)
        paragraf.item.meeting = meeting
        who = viewer(actor)
        if not may_read_duty(who, duty):
            raise Beslutsuppdrag.DoesNotExist
        standing = carrying_out(who, duty)
        if standing is None:
            raise NoMandate(who_carries_out(duty))
        if duty.done_at is not None:
            by = duty.done_by.name if duty.done_by else ""
            raise NotFromHere(f"{by} har redan fört in att det är verkställt.")
        errors: dict[str, list[str]] = {}
        duty.done_text = _written(text, "text", "Skriv hur beslutet har verkställts.", errors)
        if errors:
            raise Invalid(errors)
        duty.done_at, duty.done_by = timezone.now(), actor
        duty.save(update_fields=["done_at", "done_by", "done_text"])
        payload = {"utfort": duty.pk, "reason": duty.done_text}
        record_about(meeting, paragraf, Act.UPPDRAG_UTFORT, actor=actor, standing=standing, payload=payload)


def who_carries_out(duty: Beslutsuppdrag) -> str:
    """Return the sentence of who says that something is carried out."""
    if duty.responsible is None:
        return f"Att beslutet är verkställt förs in av sekreteraren eller ordföranden i {duty.body.name}."
    return (
        f"Att beslutet är verkställt förs in av den som har ett uppdrag i {duty.responsible.name},"
        f" eller av sekreteraren eller ordföranden i {duty.body.name}."
    )


def _meeting_of(uppdrag_id: int) -> int:
    found = Beslutsuppdrag.objects.filter(pk=uppdrag_id).values_list("paragraf__item__meeting", flat=True).first()
    if found is None:
        raise Beslutsuppdrag.DoesNotExist
    return found
