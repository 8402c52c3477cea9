"""What is sent along with an act of a round: cleaned here, every fault at its field, before anything is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from governance.models import Body
from governance.permissions import today
from satsningar.cleaning import clean_date, clean_text
from workflow.errors import Invalid
from workflow.inputs import Errors
from workflow.vocabulary import Stance

OPINIONS = (Stance.INSTAMMER, Stance.MED_ANDRINGAR, Stance.AVSTYRKER)
"""What a remiss may be answered with."""
PURPOSE_LIMIT = 200
NUMBER_LIMIT = 60
TITLE_LIMIT = 250
"""Characters in the heading of a line in the list of documents."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, until when and whom."""

    purpose: str
    questions: str
    deadline: date
    receivers: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a receiver answers."""

    stance: str
    text: str
    decision_date: date | None = None
    decision_number: str = ""


def clean_questions(
    purpose: str, questions: str, deadline: date | None, receivers: Sequence[int], possible: Collection[Body]
) -> Questions:
    """Return what is asked, ready to be stored.

    Raises:
        Invalid: something is missing or cannot be used; every fault, at its field.

    """
    errors = Errors()
    cleaned = Questions(
        purpose=_text(errors, "purpose", purpose, limit=PURPOSE_LIMIT),
        questions=_text(errors, "questions", questions),
        deadline=_day(errors, "deadline", deadline) or today(),
        receivers=_receivers(errors, receivers, possible),
    )
    if not cleaned.purpose and "purpose" not in errors.found:
        errors.add("purpose", "Skriv vad svaren ska användas till.")
    if deadline is None:
        errors.add("deadline", "Ange när svaren senast ska ha kommit in.")
    elif cleaned.deadline < today():
        errors.add("deadline", "Sista svarsdag kan inte ha passerat.")
    _refuse(errors)
    return cleaned


def _receivers(errors: Errors, ids: Sequence[int], possible: Collection[Body]) -> tuple[Body, ...]:
    by_id = {body.pk: body for body in possible}
    chosen = tuple(by_id[id_] for id_ in ids if id_ in by_id)
    twice = [body.name for body in by_id.values() if list(ids).count(body.pk) > 1]
    if not ids:
        errors.add("receivers", "Välj minst en mottagare.")
    elif any(id_ not in by_id for id_ in ids):
        errors.add("receivers", "Någon av mottagarna kan inte svara. Välj bland dem som finns i listan.")
    elif twice:
        errors.add("receivers", f"{', '.join(twice)} står två gånger bland mottagarna.")
    return chosen


def clean_opinion(stance: str, text: str) -> Reply:
    """Return the answer to a remiss; whoever does not simply agree says why.

    Raises:
        Invalid: as `clean_questions`.

    """
    errors = Errors()
    reply = Reply(stance=stance, text=_text(errors, "text", text))
    if stance not in OPINIONS:
        errors.add("stance", "Välj ett ställningstagande.")
    elif not reply.text and stance == Stance.MED_ANDRINGAR:
        errors.add("text", "Skriv vilka ändringar ni vill se.")
    elif not reply.text and stance == Stance.AVSTYRKER:
        errors.add("text", "Skriv varför ni avstyrker.")
    _refuse(errors)
    return reply


def clean_confirmation(text: str, decision_date: date | None, decision_number: str) -> Reply:
    """Return a confirmation of resources with the decision made at home, where there is one.

    Raises:
        Invalid: as `clean_questions`.

    """
    errors = Errors()
    reply = Reply(
        stance=Stance.BEKRAFTAR,
        text=_text(errors, "text", text),
        decision_date=_day(errors, "decision_date", decision_date),
        decision_number=_text(errors, "decision_number", decision_number, limit=NUMBER_LIMIT),
    )
    if reply.decision_date is not None and reply.decision_date > today():
        errors.add("decision_date", "Beslutet kan inte ligga framåt i tiden.")
    _refuse(errors)
    return reply


def clean_refusal(reason: str) -> Reply:
    """Return the answer of an organisation that does not confirm its resources.

    Raises:
        Invalid: as `clean_questions`.

    """
    errors = Errors()
    reply = Reply(stance="", text=_text(errors, "text", reason))
    if not reply.text:
        errors.add("text", "Skriv varför ni inte bekräftar resurserna.")
    _refuse(errors)
    return reply


def _text(errors: Errors, name: str, raw: str, *, limit: int | None = None) -> str:
    try:
        return clean_text(raw, limit=limit, one_line=True) if limit else clean_text(raw)
    except ValidationError as error:
        for message in error.messages:
            errors.add(name, message)
        return ""


def _day(errors: Errors, name: str, raw: date | None) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(clean_date(raw))
    except ValidationError as error:
        for message in error.messages:
            errors.add(name, message)
        return None


def _refuse(errors: Errors) -> None:
    if errors.found:
        raise Invalid(errors.found)
