"""How far somebody has read a case, part by part, and what has changed there since. No act of a body, so no journal."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from governance import prepared
from governance.models import Person
from satsningar import content
from satsningar.content import Content
from satsningar.models import Delversion, Satsning
from satsningar.partversions import values_at
from satsningar.revisions import PartDifference, difference
from satsningar.vocabulary import PartCode
from workflow.comments.models import CaseReadMark
from workflow.rights import may_read, viewer

_OWN_SAVE = """
UPDATE workflow_casereadmark SET versions = jsonb_set(versions, ARRAY[%(part)s::text], to_jsonb(%(version)s::int))
WHERE person_id = %(person)s::bigint AND satsning_id = %(satsning)s::bigint
    AND coalesce((versions->>%(part)s::text)::int, 0) = %(before)s::int
"""


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part that has been saved since somebody read it."""

    part: PartCode
    seen: int
    now: int


def changed_since(seen: Mapping[str, int], now: Mapping[str, int]) -> list[ChangedPart]:
    """Return the parts that have another version than the one seen, in their order."""
    return [ChangedPart(part, seen.get(part, 0), now[part]) for part in PartCode if now[part] != seen.get(part, 0)]


def mark_first(satsning_id: int, person_id: int, versions: Mapping[str, int]) -> None:
    """Write how a case stands the first time that somebody opens it; two at once make one mark."""
    row = CaseReadMark(satsning_id=satsning_id, person_id=person_id, versions=dict(versions), at=timezone.now())
    CaseReadMark.objects.bulk_create([row], ignore_conflicts=True)


def mark_read(satsning_id: int, versions: Mapping[str, int], *, actor: Person) -> None:
    """Write that the actor has seen the parts of a case as they stood at these versions.

    Effects, in order, in one transaction: the right is asked; the mark is made or renewed. A version that the part has
    not had is passed over, and no part is marked as less read than it was. Somebody without a mark has read the case as
    it stands: what a draft held before they might read it is not theirs to go back to.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.

    """
    with transaction.atomic():
        satsning = Satsning.objects.filter(pk=satsning_id).first()
        if satsning is None or not may_read(viewer(actor), satsning):
            raise Satsning.DoesNotExist
        now = content.read(satsning_id).versions
        mark_first(satsning_id, actor.pk, now)
        mark = CaseReadMark.objects.select_for_update().get(satsning=satsning_id, person=actor)
        mark.versions = {
            part: max(mark.versions.get(part, 0), min(versions.get(part, 0), version)) for part, version in now.items()
        }
        mark.at = timezone.now()
        mark.save(update_fields=["versions", "at"])


def note_own_save(satsning_id: int, part: str, *, before: int, version: int, person_id: int) -> None:
    """Let what somebody saves count as read by them, where they had read what stood there before; one statement."""
    if version != before:
        values = {"part": part, "before": before, "version": version, "person": person_id, "satsning": satsning_id}
        prepared.run(_OWN_SAVE, values)


def mark_of(satsning_id: int, person_id: int) -> CaseReadMark | None:
    """Return how far a person has read a case; None where they have never opened it."""
    return CaseReadMark.objects.filter(satsning=satsning_id, person=person_id).first()


@dataclass(frozen=True, slots=True)
class Since:
    """A part that has changed since it was read: what differs, who has saved it, and whether that can be shown."""

    changed: ChangedPart
    difference: PartDifference | None
    savers: tuple[str, ...]
    is_known: bool


def differences_since(read: Content, changed: list[ChangedPart]) -> list[Since]:
    """Return what differs in each changed part between what was read and what stands there; two statements."""
    if not changed:
        return []
    before = values_at(read.satsning_id, {one.part.value: one.seen for one in changed})
    savers = _savers(read.satsning_id, changed)
    found = []
    for one in changed:
        code = one.part.value
        parts = difference({code: before[code]}, {code: read.part(code)}) if code in before else []
        found.append(Since(one, parts[0] if parts else None, savers.get(code, ()), code in before))
    return found


def _savers(satsning_id: int, changed: list[ChangedPart]) -> dict[str, tuple[str, ...]]:
    """Return who has saved each part since it was read, each once, by part."""
    seen = {one.part.value: one.seen for one in changed}
    rows = Delversion.objects.filter(satsning=satsning_id, part__in=seen).order_by("id")
    names: dict[str, dict[str, None]] = {}
    for part, version, name in rows.values_list("part", "version", "saved_by__name"):
        if version > seen[part]:
            names.setdefault(part, {})[name] = None
    return {part: tuple(found) for part, found in names.items()}
