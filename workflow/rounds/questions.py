"""The only place that says what a question of a round may be, and when two rounds ask the same."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from workflow.inputs import Errors
from workflow.rounds.cleaning import text_of
from workflow.rounds.models import Round
from workflow.vocabulary import RoundKind

MOST_QUESTIONS = 30
QUESTION_LIMIT = 2_000
"""Characters in one question."""
PART_ORDER = {part.value: place for place, part in enumerate(PartCode, 1)}
"""The place of each part in a satsning; what is about the whole comes before them."""
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked, about a part of the satsning or, where `part` is empty, about the whole."""

    text: str
    part: str = ""

    @property
    def key(self) -> str:
        """Return the same for questions that ask the same: of the same part, in the same words."""
        return f"{self.part}:{_NOT_WORDS.sub(' ', self.text).strip().casefold()}"


def clean_asked(errors: Errors, asked: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions as they are stored, those without words left out; every fault is added to `errors`.

    Those about the whole come first, then those about each part in the order of a satsning, so that they are numbered
    as they are read everywhere. A fault of one question stands at the field `questions-N`, from 0 as they were sent.
    """
    found: dict[str, Question] = {}
    for number, raw in enumerate(asked):
        field = f"questions-{number}"
        text = text_of(errors, field, raw.text, limit=QUESTION_LIMIT)
        if not text:
            continue
        question = Question(text, raw.part)
        if raw.part and raw.part not in PartCode.values:
            errors.add(field, "Välj en del i listan, eller hela satsningen.")
        elif question.key in found:
            errors.add(field, "Samma fråga står två gånger.")
        found.setdefault(question.key, question)
    if len(found) > MOST_QUESTIONS:
        errors.add("questions", f"Ställ högst {MOST_QUESTIONS} frågor.")
    return tuple(sorted(found.values(), key=lambda one: PART_ORDER.get(one.part, 0)))


def key_of(kind: RoundKind, questions: Iterable[Question]) -> str:
    """Return the same for rounds that ask the same.

    A confirmation of resources always asks whether the resources are confirmed, whatever is asked beside it.
    """
    if kind == RoundKind.RESURSBEKRAFTELSE:
        return "resurser"
    return sha256("\n".join(sorted(one.key for one in questions)).encode()).hexdigest()


def questions_of(held: Round) -> tuple[Question, ...]:
    """Return what a round asks."""
    return tuple(Question(one.text, one.part) for one in held.questions.all())


def asked_already(satsning: Satsning, kind: RoundKind, asked: Collection[Question]) -> str:
    """Return why these questions are not asked again now, or nothing.

    They are out already when an open round of the kind asks one of them, or when neither asks anything particular.
    """
    for held in Round.objects.filter(satsning=satsning.pk, kind=kind, closed_at=None).prefetch_related("questions"):
        out = {one.key: one for one in questions_of(held)}
        same = [one.text for one in asked if one.key in out]
        if kind == RoundKind.RESURSBEKRAFTELSE or not (asked or out):
            return f"{kind.label} pågår redan: {held.purpose}. Stäng eller dra tillbaka den innan ni skickar ut en ny."
        if same:
            return (
                f"Frågan ”{same[0]}” är redan ute i {kind.label.lower()}: {held.purpose}."
                " Ställ andra frågor, eller stäng eller dra tillbaka den som är ute."
            )
    return ""
