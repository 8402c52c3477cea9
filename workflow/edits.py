"""Writing content: each save locks the case, asks station and person, and raises the part's version.

Which parts a person may write, and how, is `workflow.rights.access`; how they are written is `satsningar.services`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar import content, services
from satsningar.errors import Conflict
from satsningar.models import Satsning
from satsningar.services import OWN_ROWS
from workflow import facts
from workflow.beginnings.copying import take_mark_off
from workflow.cases import hidden_from_strangers, lock, touch
from workflow.comments.reading import note_own_save
from workflow.errors import NoMandate, NotFromHere
from workflow.models import Andringsforslag, Anmalan
from workflow.rights import Access, access, own_organisations, viewer
from workflow.saying import who_writes

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

    Effects, in order, in one transaction: the case is locked, the right is asked, the mark of a copied part is taken
    off, the value is written with the part's version raised, what the actor saves counts as read by them, the case's
    edition goes up.

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
                raise NoMandate(who_writes(arende, part))
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
            if part in known.copied_parts:
                take_mark_off(arende, part, person_id=actor.pk)
            version = services.write_part(arende.pk, part, value, person_id=actor.pk, expected_version=expected_version)
        if how is not Access.PROPOSE:
            note_own_save(arende.pk, part, before=expected_version, version=version, person_id=actor.pk)
        return Saved(version, touch(arende), proposal=how is Access.PROPOSE)


def proposal_of(satsning_id: int, part: str) -> Andringsforslag | None:
    """Return the open proposal to change a part, if there is one."""
    return Andringsforslag.objects.filter(satsning=satsning_id, part=part, closed_at=None).first()


def _save_proposal(
    satsning: Satsning, part: str, value: Mapping[str, Any], actor: Person, expected_version: int
) -> int:
    """Keep a proposed value; refuse while the proposals are before the deciding body."""
    before = Anmalan.objects.filter(satsning=satsning, closed_at=None).first()
    if before is not None and proposal_is_before_body(satsning, before):
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
                raise NoMandate(who_writes(arende, part))
            before = Anmalan.objects.filter(satsning=arende, closed_at=None).first()
            if before is not None and proposal_is_before_body(arende, before):
                raise NotFromHere("Ändringsförslaget är anmält till beslut och kan inte tas bort nu.")
        Andringsforslag.objects.filter(satsning=arende, part=part, closed_at=None).update(closed_at=timezone.now())
        touch(arende)


def proposal_is_before_body(satsning: Satsning, anmalan: Anmalan) -> bool:
    """Tell whether the open anmälan brings proposed changes: they are frozen in its revision."""
    return Andringsforslag.objects.filter(satsning=satsning, closed_at=None, saved_at__lte=anmalan.opened_at).exists()


def current_value(satsning_id: int, part: str, how: Access) -> tuple[Mapping[str, Any], int]:
    """Return the value and version that an edit page begins from: the open proposal where one is written."""
    read = content.read(satsning_id)
    if how is Access.PROPOSE:
        proposal = proposal_of(satsning_id, part)
        if proposal is not None:
            return {**read.part(part), **proposal.value}, proposal.version
        return read.part(part), NO_PROPOSAL
    return read.part(part), read.versions[part]
