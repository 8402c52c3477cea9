"""Writing content and statements: each save locks the case, asks station and person, and raises a version.

What may be written by whom is `workflow.rights.access`; how it is written is `satsningar.services`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from governance.models import Person
from satsningar import content, services
from satsningar.cleaning import clean_text
from satsningar.errors import Conflict
from satsningar.models import Satsning
from satsningar.services import OWN_ROWS
from satsningar.vocabulary import PartCode
from workflow import facts
from workflow.actions import hidden_from_strangers, lock
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.models import Andringsforslag, Anmalan, Komplettering, Utlatande
from workflow.rights import Access, access, may_prepare, own_organisations, station_of, viewer
from workflow.vocabulary import Rekommendation

NO_PROPOSAL = 0
"""The version of a proposal that nobody has begun."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A part as it was saved: its version, and whether what was saved is a proposal to the deciding body."""

    version: int
    edition: int
    proposal: bool = False


def save_part(
    satsning_id: int,
    part: str,
    value: Mapping[str, Any],
    *,
    actor: Person,
    expected_version: int,
) -> Saved:
    """Save a part, or a proposal to change a decided one, or an organisation's own lines, as the actor's rights say.

    Effects, in order, in one transaction: the case is locked, the right is asked, the value is written
    with the part's version raised, the case's edition goes up.

    Args:
        satsning_id: the case.
        part: the part's code.
        value: the part's value as `satsningar.content` gives it.
        actor: who writes.
        expected_version: the version of the part, or of the proposal, that the actor saw.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor may not write the part where the case stands.
        Conflict: somebody else has saved since; carries what stands there now.
        ValidationError: a value is not allowed.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            who, known = viewer(actor), facts.read(arende.pk)
            how = access(who, arende, part, known)
            if how is Access.NONE:
                raise NoMandate(_who_writes(arende, part))
        if how is Access.PROPOSE:
            version = _save_proposal(arende, part, value, actor, expected_version)
        elif how is Access.OWN_ROWS:
            version = expected_version
            for organisation_id in own_organisations(who, arende):
                version = services.write_rows_of_organisation(
                    arende.pk,
                    part,
                    [row for row in value[OWN_ROWS[part]] if row.get("organisation_id") == organisation_id],
                    organisation_id=organisation_id,
                    person_id=actor.pk,
                    expected_version=version,
                )
        else:
            version = services.write_part(
                arende.pk, part, value, person_id=actor.pk, expected_version=expected_version
            )
        return Saved(version, touch(arende), proposal=how is Access.PROPOSE)


def touch(satsning: Satsning) -> int:
    """Raise the case's edition, so that a form shown before is stale; return it. The station is not written."""
    Satsning.objects.filter(pk=satsning.pk).update(edition=F("edition") + 1)
    return satsning.edition + 1


def _who_writes(satsning: Satsning, part: str) -> str:
    station = station_of(satsning)
    label = PartCode(part).label
    if station.is_final:
        return f"Satsningen är i steget {station.name}. Inget i den ändras längre."
    return (
        f"”{label}” kan inte ändras av dig i steget {station.name}. "
        f"Ansvarig grupp är {satsning.ansvarig_grupp.name}."
    )


def proposal_of(satsning_id: int, part: str) -> Andringsforslag | None:
    """Return the open proposal to change a part, if there is one."""
    return Andringsforslag.objects.filter(satsning=satsning_id, part=part, closed_at=None).first()


def _save_proposal(
    satsning: Satsning, part: str, value: Mapping[str, Any], actor: Person, expected_version: int
) -> int:
    """Keep a proposed value; refuse while the proposals are before the deciding body."""
    before = Anmalan.objects.filter(satsning=satsning, closed_at=None).first()
    if before is not None and before.revision.content and proposal_is_before_body(satsning, before):
        raise NotFromHere("Ändringsförslaget är anmält till beslut och kan inte ändras nu.")
    proposal = proposal_of(satsning.pk, part)
    version = proposal.version if proposal else NO_PROPOSAL
    if version != expected_version:
        raise Conflict(proposal.value if proposal else {}, version)
    checked = services.checked_value(satsning.pk, part, value)
    if proposal is None:
        proposal = Andringsforslag(satsning=satsning, part=part)
    proposal.value, proposal.version, proposal.saved_by = checked, version + 1, actor
    proposal.save()
    return proposal.version


def withdraw_proposal(satsning_id: int, part: str, *, actor: Person) -> None:
    """Close an open proposal without effect.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor may not propose changes.
        NotFromHere: the proposals are before the deciding body.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            if access(viewer(actor), arende, part, facts.read(arende.pk)) is not Access.PROPOSE:
                raise NoMandate(_who_writes(arende, part))
            before = Anmalan.objects.filter(satsning=arende, closed_at=None).first()
            if before is not None and proposal_is_before_body(arende, before):
                raise NotFromHere("Ändringsförslaget är anmält till beslut och kan inte tas bort nu.")
        Andringsforslag.objects.filter(satsning=arende, part=part, closed_at=None).update(closed_at=timezone.now())
        touch(arende)


def proposal_is_before_body(satsning: Satsning, anmalan: Anmalan) -> bool:
    """Tell whether the open anmälan brings proposed changes: they are frozen in its revision."""
    return Andringsforslag.objects.filter(
        satsning=satsning, closed_at=None, saved_at__lte=anmalan.opened_at
    ).exists()


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


def answer_completion(satsning_id: int, answers: Mapping[int, str], *, actor: Person) -> None:
    """Write the answers to open requests for completion, by the request's id.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not write for the ansvarig grupp, or the case is not to be completed.
        Invalid: an answer is too long, or its request is not open in this case.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            known = facts.read(arende.pk)
            if not any(access(viewer(actor), arende, part, known) is Access.WRITE for part in known.requested_parts):
                raise NoMandate(f"Kompletteringen besvaras av {arende.ansvarig_grupp.name}.")
        rows = {row.pk: row for row in Komplettering.objects.filter(satsning=arende, closed_at=None)}
        errors: dict[str, list[str]] = {}
        for id_, answer in answers.items():
            if id_ not in rows:
                errors[f"svar-{id_}"] = ["Begäran är inte öppen längre."]
                continue
            try:
                rows[id_].svar = clean_text(answer).strip()
            except ValidationError as error:
                errors[f"svar-{id_}"] = error.messages
            rows[id_].svar_av, rows[id_].svar_at = actor, timezone.now()
        if errors:
            raise Invalid(errors)
        Komplettering.objects.bulk_update([rows[id_] for id_ in answers], ["svar", "svar_av", "svar_at"])
        touch(arende)


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
            text = clean_text(number, limit=60, one_line=True).strip()
        except ValidationError as error:
            raise Invalid({"number": error.messages}) from None
        if text:
            arende.registernummer.update_or_create(organisation_id=organisation_id, defaults={"number": text})
        else:
            arende.registernummer.filter(organisation_id=organisation_id).delete()


def current_value(satsning_id: int, part: str, how: Access) -> tuple[Mapping[str, Any], int]:
    """Return the value and version that an edit page begins from: the open proposal where one is written."""
    read = content.read(satsning_id)
    if how is Access.PROPOSE:
        proposal = proposal_of(satsning_id, part)
        if proposal is not None:
            return {**read.part(part), **proposal.value}, proposal.version
        return read.part(part), NO_PROPOSAL
    return read.part(part), read.versions[part]


def bodies_of_statements(satsning_id: int, who_bodies: frozenset[int]) -> list[Utlatande]:
    """Return the statements on a case that may be read: those of the reader's own bodies."""
    return list(
        Utlatande.objects.filter(satsning=satsning_id, body__in=who_bodies).select_related("body", "saved_by")
    )
