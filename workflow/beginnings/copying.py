"""Content copied into a new case, and the mark on each copied part until somebody has looked it through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar import services
from satsningar.models import Satsning
from satsningar.newcontent import CountyReferences, carry_over
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow import facts
from workflow.cases import hidden_from_strangers, lock, touch
from workflow.errors import NoMandate
from workflow.machine import Arende
from workflow.models import Forlaga, KopieradDel
from workflow.rights import Access, access, viewer
from workflow.saying import who_writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a new case begins from: its content, what it is called, and the row it is kept in.

    `label` stands in the case for ever. Of the three ids one is set; `path_id` is the path that a template is for.
    """

    label: str
    title: str
    parts: Mapping[str, Mapping[str, Any]]
    county_id: int | None = None
    """The county whose cases alone may begin from it."""
    path_id: int | None = None
    is_example: bool = False
    """What comes from example data is example data."""
    mall_id: int | None = None
    tidigare_id: int | None = None
    publicering_id: int | None = None


def copy_into(arende: Arende, start: Start, title: str, *, person_id: int) -> None:
    """Write what a new case begins with; the caller has just made the case, in the same transaction.

    What belongs to another county is left out, and is told in `Forlaga.left_behind`. Effects, in order: each part that
    has something to carry over is written; what the case began from is kept; the parts written are marked.
    """
    carried = carry_over(start.parts, DECIDED_PARTS, CountyReferences(arende.county_id), title)
    copied = []
    for code, value in carried.parts.items():
        version = 1 if code == PartCode.UPPDRAG else 0
        try:
            services.write_part(arende.pk, code, value, person_id=person_id, expected_version=version)
        except ValidationError:
            # What was allowed when it was frozen and is not any longer is written anew by those who begin from it.
            carried.left.append((code, "Innehållet kunde inte följa med."))
        else:
            copied.append(code)
    Forlaga.objects.create(
        satsning=arende,
        label=start.label,
        mall_id=start.mall_id,
        tidigare_id=start.tidigare_id,
        publicering_id=start.publicering_id,
        left_behind=[list(pair) for pair in carried.left],
    )
    KopieradDel.objects.bulk_create(KopieradDel(satsning=arende, part=code) for code in copied)


def mark_reviewed(satsning_id: int, part: str, *, actor: Person) -> None:
    """Take the mark off a copied part: the actor has looked it through.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not write the part where the case stands.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            if access(viewer(actor), arende, part, facts.read(arende.pk)) is not Access.WRITE:
                raise NoMandate(who_writes(arende, part))
        if take_mark_off(arende, part, person_id=actor.pk):
            touch(arende)


def take_mark_off(satsning: Satsning, part: str, *, person_id: int) -> bool:
    """Take the mark off a copied part, if it has one; the caller holds the lock and has asked the right."""
    marked = KopieradDel.objects.filter(satsning=satsning.pk, part=part, reviewed_at=None)
    return bool(marked.update(reviewed_at=timezone.now(), reviewed_by_id=person_id))
