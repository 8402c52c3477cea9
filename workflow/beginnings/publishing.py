"""Publishing a decided satsning for other counties, and taking it back: the only place that says what is shared.

What is shared is the title, the county, the reference number and the decided parts of one frozen revision, and beside
them the changed wording and the conditions of the decisions where they are not in those parts. Never a draft, a
proposal, a result, a document or an event; and not the fields that ask for a person.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from governance.models import County, Person
from governance.paths import path_version
from governance.permissions import Standing
from governance.vocabulary import DECIDED_KINDS, FINAL_KINDS, Mandate, MoveKind, StationKind
from satsningar.models import Handling, Revision, Satsning
from satsningar.revisions import revision_content
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.conditions import ADOPTING
from workflow.errors import NoMandate, NotFromHere, Stale
from workflow.meetings.masking import marked_decisions
from workflow.models import Beslut, JournalEntry, Publicering, Registrering
from workflow.rights import Viewer, path_of, station_of, viewer
from workflow.vocabulary import Act

WHO = "Satsningar publiceras för andra län av regionalt stöd i länet."
APPROVING = (
    *(MoveKind.BIFALL, MoveKind.ANDRINGSBESLUT, MoveKind.BESLUT_EFTER_FORSTUDIE),
    *(MoveKind.FORTSATT, MoveKind.BREDDINFOR, MoveKind.SLUTFOR),
)
PUBLISHABLE = (DECIDED_KINDS | FINAL_KINDS) - {StationKind.AVSLAGEN, StationKind.ATERKALLAD}
"""Where a case may stand that is published, if something was approved of it."""
ASKS_FOR_A_PERSON: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    PartCode.UPPDRAG: {"": ("ledare",)},
    PartCode.UPPFOLJNING: {"matt": ("agare",)},
    PartCode.INFORANDE: {"kommuner": ("ansvarig",)},
}
"""Fields whose answer is somebody, by part and list (an empty name for the part's own fields); they stay at home."""


def may_publish(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person publishes a case and takes it back, or None."""
    return who.holds_in(Mandate.LEDA_ARENDEN, satsning.county_id)


def decided_revision(satsning: Satsning) -> Revision | None:
    """Return the frozen revision that holds what is decided of a case; None where nothing is, or not as frozen yet.

    It is what lay on the table when the newest approving decision was made, or what that decision made of it. Where a
    bifall changed the wording or set a condition, it is what was frozen when the implementation began and the changes
    were worked in. A decision of something else than the changes that lay on the table leaves what was decided before.
    Of a case registered at a decided step it is what was declared written in. What is avslagen or återkallad has none.
    """
    if station_of(satsning).kind not in PUBLISHABLE:
        return None
    beslut = next((one for one in _approving(satsning) if not _is_beside_the_changes(satsning, one)), None)
    revisions = Revision.objects.filter(satsning=satsning.pk).order_by("-number")
    if beslut is None:
        declared = revisions.filter(act=Act.INSKRIVNING_KLAR.value)
        return declared.first() if _was_registered_decided(satsning) else None
    if beslut.kind == MoveKind.BIFALL and (beslut.amended_wording or beslut.condition):
        return _start_after(satsning, beslut)
    return beslut.revision


def words_beside(satsning: Satsning, until: datetime | None = None) -> tuple[Beslut, ...]:
    """Return the approving decisions whose changed wording or condition is not in the decided revision, newest first.

    Nothing of what carries a secrecy mark is among them.

    Args:
        satsning: the case.
        until: leaves out what was decided later; None leaves out nothing.

    """
    decided = [one for one in _approving(satsning, until) if one.amended_wording or one.condition]
    beside = [one for one in decided if one.kind != MoveKind.BIFALL or _start_after(satsning, one, until) is None]
    marked = marked_decisions(satsning.pk) if beside else frozenset()
    return tuple(one for one in beside if one.pk not in marked)


def _approving(satsning: Satsning, until: datetime | None = None) -> list[Beslut]:
    """Return the decisions by which the case goes on, newest first."""
    made = Beslut.objects.filter(satsning=satsning.pk, kind__in=[kind.value for kind in APPROVING])
    if until is not None:
        made = made.filter(recorded_at__lte=until)
    newest_first = list(made.select_related("revision", "anmalan").order_by("-id"))
    ends = station_of(satsning).kind in FINAL_KINDS and newest_first[:1]
    # Only the last decision ends a case: after a pre-study that ends it, nothing more was approved.
    return newest_first[1:] if ends and newest_first[0].kind == MoveKind.BESLUT_EFTER_FORSTUDIE else newest_first


def _is_beside_the_changes(satsning: Satsning, beslut: Beslut) -> bool:
    """Tell whether the table held proposed changes and this decision was of something else."""
    if beslut.kind in ADOPTING:
        return False
    brought = beslut.anmalan.move
    return any(move.code == brought and move.kind in ADOPTING for move in path_of(satsning).moves)


def _start_after(satsning: Satsning, beslut: Beslut, until: datetime | None = None) -> Revision | None:
    starts = [move.code for move in path_of(satsning).moves if move.kind == MoveKind.STARTA]
    found = Revision.objects.filter(satsning=satsning.pk, act__in=starts, number__gt=beslut.revision.number)
    if until is not None:
        found = found.filter(created_at__lte=until)
    return found.order_by("-number").first()


def _was_registered_decided(satsning: Satsning) -> bool:
    """Tell whether the case was registered, in the version of then, at a step where a case stands by a decision."""
    registered = Registrering.objects.filter(satsning=satsning.pk).first()
    if registered is None:
        return False
    entry = JournalEntry.objects.filter(satsning=satsning.pk, act_id=registered.act_id).first()
    path = path_version(entry.version_id) if entry and entry.version_id else path_of(satsning)
    station = path.stations.get(registered.entered_at)
    return station is not None and station.kind in PUBLISHABLE


def why_not(satsning: Satsning, revision: Revision | None) -> str:
    """Return why a case cannot be published; empty when it can."""
    if revision is None:
        return "Satsningen kan publiceras när den är beslutad och beslutets ändringar och villkor är inarbetade."
    if Handling.objects.filter(satsning=satsning.pk, revision=revision.pk).exclude(secrecy="").exists():
        return "Den beslutade revisionen har en sekretessmarkering och publiceras inte."
    return ""


def publication_of(satsning_id: int) -> Publicering | None:
    """Return a case's open publication, if there is one."""
    open_one = Publicering.objects.filter(satsning=satsning_id, withdrawn_at=None)
    return open_one.select_related("revision").first()


def publish(satsning_id: int, *, actor: Person, expected_edition: int) -> UUID:
    """Let everybody who takes part in any county read what is decided of a case; return the act's id.

    Effects, in order, in one transaction: the case is locked; the right is asked; the edition is compared; the decided
    revision is found; an older publication is withdrawn; the new one is written; the act is recorded.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not keep the county's cases together.
        Stale: the case has changed since the actor saw it.
        NotFromHere: nothing is decided, it is marked with secrecy, or just this revision is published already.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = may_publish(viewer(actor), arende)
            if standing is None:
                raise NoMandate(WHO)
            if arende.edition != expected_edition:
                raise Stale
            revision = decided_revision(arende)
            if revision is None or (reason := why_not(arende, revision)):
                raise NotFromHere(why_not(arende, revision) if revision is None else reason)
            before = publication_of(arende.pk)
            if before is not None and before.revision_id == revision.pk:
                raise NotFromHere(f"Revision {revision.number} är redan publicerad.")
        at = timezone.now()
        if before is not None:
            _close(before, actor)
        title = str(revision_content(revision)[PartCode.UPPDRAG]["titel"])
        Publicering.objects.create(
            satsning=arende,
            revision=revision,
            title=title,
            reference=arende.reference,
            county_name=County.objects.values_list("name", flat=True).get(pk=arende.county_id),
            published_at=at,
            published_by=actor,
        )
        payload = {"title": title, "published": revision.number}
        act = Act.PUBLICERA
        return record_act(arende, act, actor=actor, standing=standing, payload=payload, revision_id=revision.pk)


def withdraw(satsning_id: int, *, actor: Person) -> UUID:
    """Take a publication back: from now on nobody outside the county reads it; return the act's id.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not keep the county's cases together.
        NotFromHere: it is not published.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = may_publish(viewer(actor), arende)
            if standing is None:
                raise NoMandate(WHO)
            before = publication_of(arende.pk)
            if before is None:
                raise NotFromHere("Satsningen är inte publicerad.")
        _close(before, actor)
        payload = {"title": before.title, "published": before.revision.number}
        act, revision_id = Act.AVPUBLICERA, before.revision_id
        return record_act(arende, act, actor=actor, standing=standing, payload=payload, revision_id=revision_id)


def _close(published: Publicering, actor: Person) -> None:
    published.withdrawn_at, published.withdrawn_by = timezone.now(), actor
    published.save(update_fields=["withdrawn_at", "withdrawn_by"])


def publications(who: Viewer) -> QuerySet[Publicering]:
    """Return what is published in any county, newest first; nothing for somebody who takes part in none."""
    if not who.counties:
        return Publicering.objects.none()
    return Publicering.objects.filter(withdrawn_at=None).order_by("-published_at", "-pk")


def open_publication(who: Viewer, key: int) -> Publicering | None:
    """Return a publication with its revision, as `publications` shows it; None where it does not."""
    return publications(who).select_related("revision", "satsning").filter(pk=key).first()


def published_parts(revision: Revision) -> dict[str, dict[str, Any]]:
    """Return what is shared of a revision: the decided parts, without the answers that are somebody."""
    frozen = revision_content(revision)
    return {code.value: _without_people(code, frozen[code]) for code in DECIDED_PARTS if code in frozen}


def _without_people(code: str, value: Mapping[str, Any]) -> dict[str, Any]:
    shared = dict(value)
    for key, names in ASKS_FOR_A_PERSON.get(code, {}).items():
        blank = dict.fromkeys(names, "")
        if key:
            shared[key] = [{**row, **blank} for row in shared.get(key, ())]
        else:
            shared |= blank
    return shared
