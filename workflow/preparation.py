"""What is written around a case on its way: statements, answers to requests, registry numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar import marks
from satsningar.cleaning import clean_text
from satsningar.errors import Conflict
from workflow import facts
from workflow.cases import hidden_from_strangers, lock, touch
from workflow.errors import Invalid, NoMandate
from workflow.models import Komplettering, Utlatande
from workflow.rights import Access, access, may_prepare, own_organisations, viewer
from workflow.vocabulary import Rekommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementText:
    """What a preparing body writes about a case."""

    text: str
    rekommendation: str
    forslag: str
    anteckningar: str


def save_statement(satsning_id: int, words: StatementText, *, actor: Person, expected_version: int) -> int:
    """Save the acting body's statement; return its version.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor's bodies do not prepare the case now.
        Conflict: somebody else has saved since.
        Invalid: a text is too long or the recommendation unknown.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = may_prepare(viewer(actor), arende)
            if standing is None:
                raise NoMandate("Utlåtandet skrivs av den grupp som bereder satsningen just nu.")
        statement = Utlatande.objects.filter(satsning=arende, body=standing.body_id).first()
        version = statement.version if statement else 0
        if version != expected_version:
            raise Conflict(words_of(statement), version)
        statement = statement or Utlatande(satsning=arende, body_id=standing.body_id)
        for name, text in _clean_words(words).items():
            setattr(statement, name, text)
        statement.version, statement.saved_by = version + 1, actor
        statement.save()
        touch(arende)
        return statement.version


def words_of(statement: Utlatande | None) -> dict[str, Any]:
    """Return the words of a statement by field; empty ones where there is none."""
    names = ("text", "rekommendation", "forslag", "anteckningar")
    return {name: getattr(statement, name) if statement else "" for name in names}


def _clean_words(words: StatementText) -> dict[str, str]:
    errors: dict[str, list[str]] = {}
    cleaned = {"rekommendation": words.rekommendation}
    if words.rekommendation and words.rekommendation not in Rekommendation.values:
        errors["rekommendation"] = ["Välj tillstyrkan eller avstyrkan."]
    for name in ("text", "forslag", "anteckningar"):
        try:
            cleaned[name] = clean_text(getattr(words, name))
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise Invalid(errors)
    return cleaned


@dataclass(frozen=True, slots=True)
class Seen:
    """The answers as they stood when the writer began, by `mark_of`, and those that the writer chose to write over."""

    marks: Mapping[int, str]
    written_over: str = ""


def mark_of(*answers: str) -> str:
    """Return a short mark that tells answers apart."""
    return sha256("\0".join(answers).encode()).hexdigest()[:16]


def answer_completion(
    satsning_id: int, answers: Mapping[int, str], *, actor: Person, seen: Seen | None = None
) -> dict[int, str]:
    """Write the answers to open requests for completion, by the request's id; return their marks.

    An answer that the writer has left as it was shown is not written: a colleague's since then stands.

    Args:
        satsning_id: the case.
        answers: what is answered.
        actor: who answers.
        seen: what the writer had before them; None writes over whatever stands there.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not write for the ansvarig grupp, or the case is not to be completed.
        Invalid: an answer is too long, or its request is not open in this case.
        Conflict: a colleague has since written another answer to the same request; carries the open ones by request.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            known = facts.read(arende.pk)
            if not any(access(viewer(actor), arende, part, known) is Access.WRITE for part in known.requested_parts):
                raise NoMandate(f"Kompletteringen besvaras av {arende.ansvarig_grupp.name}.")
        rows = {row.pk: row for row in Komplettering.objects.filter(satsning=arende, closed_at=None)}
        cleaned = _clean_answers(answers, rows)
        changed = [rows[id_] for id_, answer in cleaned.items() if _is_written(rows[id_], answer, seen)]
        if seen is not None and seen.written_over != mark_of_answers(rows.values()):
            theirs = [row for row in changed if mark_of(row.svar) != seen.marks.get(row.pk, mark_of(""))]
            if theirs:
                raise Conflict({str(row.pk): row.svar for row in rows.values()}, 0)
        for row in changed:
            row.svar, row.svar_av, row.svar_at = cleaned[row.pk], actor, timezone.now()
        if changed:
            Komplettering.objects.bulk_update(changed, ["svar", "svar_av", "svar_at"])
            touch(arende)
        return {id_: mark_of(answer) for id_, answer in cleaned.items()}


def mark_of_answers(rows: Iterable[Komplettering]) -> str:
    """Return the mark of all these answers together."""
    return mark_of(*(row.svar for row in sorted(rows, key=lambda row: row.pk)))


def _is_written(row: Komplettering, answer: str, seen: Seen | None) -> bool:
    """Tell whether an answer is the writer's own: it differs from what stands there and from what was shown."""
    if seen is not None and mark_of(answer) == seen.marks.get(row.pk, mark_of("")):
        return False
    return answer != row.svar


def _clean_answers(answers: Mapping[int, str], rows: Mapping[int, Komplettering]) -> dict[int, str]:
    errors: dict[str, list[str]] = {}
    cleaned: dict[int, str] = {}
    for id_, answer in answers.items():
        if id_ not in rows:
            errors[f"svar-{id_}"] = ["Begäran är inte öppen längre."]
            continue
        try:
            cleaned[id_] = clean_text(answer).strip()
        except ValidationError as error:
            errors[f"svar-{id_}"] = error.messages
    if errors:
        raise Invalid(errors)
    return cleaned


def set_registry_number(satsning_id: int, organisation_id: int, number: str, *, actor: Person) -> None:
    """Write or clear an organisation's own registry number for the case.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not answer for the organisation.
        Invalid: the number is too long.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            if organisation_id not in own_organisations(viewer(actor), arende):
                raise NoMandate("Diarienumret skrivs av organisationens kontaktperson.")
        try:
            marks.set_registernummer(arende.pk, organisation_id, number)
        except ValidationError as error:
            raise Invalid(error.message_dict) from None


def bodies_of_statements(satsning_id: int, who_bodies: frozenset[int]) -> list[Utlatande]:
    """Return the statements on a case that may be read: those of the reader's own bodies."""
    return list(Utlatande.objects.filter(satsning=satsning_id, body__in=who_bodies).select_related("body", "saved_by"))
