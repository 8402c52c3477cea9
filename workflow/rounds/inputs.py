"""What is sent along with an act of a round: cleaned here, every fault at its field, before anything is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.models import Body
from governance.permissions import today
from workflow.inputs import Errors
from workflow.rounds.cleaning import day_of, refuse, text_of
from workflow.rounds.models import RoundQuestion
from workflow.rounds.questions import Question, clean_asked
from workflow.vocabulary import RoundKind, Stance

OPINIONS = (Stance.INSTAMMER, Stance.MED_ANDRINGAR, Stance.AVSTYRKER)
"""What a remiss and a samråd may be answered with as a whole."""
ON_A_QUESTION = (*OPINIONS, Stance.AVSTAR)
"""What one of the questions may be answered with."""
DECLINES = "avbojer"
"""What the draft of an answer says when the organisation is about to decline."""
PURPOSE_LIMIT = 200
NUMBER_LIMIT = 60
TITLE_LIMIT = 250
"""Characters in the heading of a line in the list of documents."""
WHAT_CHANGES, WHY_AGAINST = "Skriv vilka ändringar ni vill se.", "Skriv varför ni avstyrker."


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, until when and whom."""

    purpose: str
    questions: tuple[Question, ...]
    deadline: date
    receivers: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class OnQuestion:
    """What a receiver answers to one question."""

    stance: str = ""
    text: str = ""


Replies = Mapping[int, OnQuestion]
"""Answers to questions, by the question's number."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a receiver answers: as a whole, to each question, and the decision made at home where there is one."""

    stance: str = ""
    text: str = ""
    replies: Replies = field(default_factory=dict)
    decision_date: date | None = None
    decision_number: str = ""


def clean_round(
    purpose: str,
    questions: Sequence[Question],
    deadline: date | None,
    receivers: Sequence[int],
    possible: Collection[Body],
) -> Asked:
    """Return what is asked, ready to be stored.

    Raises:
        Invalid: something is missing or cannot be used; every fault, at its field.

    """
    errors = Errors()
    cleaned = Asked(
        purpose=text_of(errors, "purpose", purpose, limit=PURPOSE_LIMIT, one_line=True),
        questions=clean_asked(errors, questions),
        deadline=clean_deadline(errors, deadline),
        receivers=clean_receivers(errors, receivers, possible),
    )
    if not cleaned.purpose and "purpose" not in errors.found:
        errors.add("purpose", "Skriv vad svaren ska användas till.")
    refuse(errors)
    return cleaned


def clean_deadline(errors: Errors, raw: date | None) -> date:
    """Return the last day for answers; today where there is none that can be used."""
    day = day_of(errors, "deadline", raw)
    if raw is None:
        errors.add("deadline", "Ange när svaren senast ska ha kommit in.")
    elif day is not None and day < today():
        errors.add("deadline", "Sista svarsdag kan inte ha passerat.")
    return day or today()


def clean_receivers(errors: Errors, ids: Sequence[int], possible: Collection[Body]) -> tuple[Body, ...]:
    """Return the bodies that are asked; what is wrong is added to `errors`."""
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


def clean_reply(kind: RoundKind, sent: Reply, questions: Collection[RoundQuestion]) -> Reply:
    """Return an answer, ready to be stored: whoever does not simply agree says why, and every question is answered.

    Raises:
        Invalid: something is missing or cannot be used; every fault, at its field. Those of a question stand at
            `stance-N` and `text-N`, by its number.

    """
    errors = Errors()
    if kind == RoundKind.RESURSBEKRAFTELSE:
        stance, text = Stance.BEKRAFTAR.value, text_of(errors, "text", sent.text)
    else:
        stance, text = sent.stance, _explained(errors, "", sent.stance, sent.text, OPINIONS)
    replies = {
        one.number: _on_question(errors, one.number, sent.replies.get(one.number, OnQuestion())) for one in questions
    }
    reply = Reply(
        stance=stance,
        text=text,
        replies=replies,
        decision_date=day_of(errors, "decision_date", sent.decision_date),
        decision_number=text_of(errors, "decision_number", sent.decision_number, limit=NUMBER_LIMIT, one_line=True),
    )
    if reply.decision_date is not None and reply.decision_date > today():
        errors.add("decision_date", "Beslutet kan inte ligga framåt i tiden.")
    refuse(errors)
    return reply


def _on_question(errors: Errors, number: int, sent: OnQuestion) -> OnQuestion:
    return OnQuestion(sent.stance, _explained(errors, f"-{number}", sent.stance, sent.text, ON_A_QUESTION))


def _explained(errors: Errors, suffix: str, stance: str, raw: str, allowed: Collection[Stance]) -> str:
    """Return the text beside a stance."""
    text = text_of(errors, f"text{suffix}", raw)
    if stance not in allowed:
        errors.add(f"stance{suffix}", "Välj ett ställningstagande.")
    elif not text and not errors.found.get(f"text{suffix}"):
        missing = {Stance.MED_ANDRINGAR: WHAT_CHANGES, Stance.AVSTYRKER: WHY_AGAINST}.get(Stance(stance))
        if missing:
            errors.add(f"text{suffix}", missing)
    return text


def clean_draft(sent: Reply, questions: Collection[RoundQuestion]) -> dict[str, Any]:
    """Return what is written so far of an answer, ready to be stored as JSON; nothing has to be there.

    Raises:
        Invalid: a text is too long to be stored, or a choice is none that can be made.

    """
    errors = Errors()
    day = day_of(errors, "decision_date", sent.decision_date)
    said = {
        "stance": _chosen(errors, "stance", sent.stance),
        "text": text_of(errors, "text", sent.text),
        "decision_date": day.isoformat() if day else "",
        "decision_number": text_of(errors, "decision_number", sent.decision_number, limit=NUMBER_LIMIT, one_line=True),
        "replies": [_written(errors, one.number, sent.replies.get(one.number, OnQuestion())) for one in questions],
    }
    refuse(errors)
    return said


def _written(errors: Errors, number: int, sent: OnQuestion) -> list[Any]:
    stance = _chosen(errors, f"stance-{number}", sent.stance)
    return [number, stance, text_of(errors, f"text-{number}", sent.text)]


def _chosen(errors: Errors, name: str, stance: str) -> str:
    if stance and stance not in {*Stance.values, DECLINES}:
        errors.add(name, "Välj ett ställningstagande.")
    return stance


def clean_extension(raw: date | None, before: date) -> date:
    """Return a later last day for answers than the one before.

    Raises:
        Invalid: there is no day, it has passed, or it is no later.

    """
    errors = Errors()
    day = clean_deadline(errors, raw)
    if not errors.found and day <= before:
        errors.add("deadline", f"Välj en dag efter {before.isoformat()}, som är sista svarsdag nu.")
    refuse(errors)
    return day
