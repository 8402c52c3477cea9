"""Who may read a case, as people to choose among; `workflow.rights.may_read` is the same rule for one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from governance.models import Membership
from governance.permissions import mandate_holders, today
from governance.sorting import swedish
from governance.vocabulary import Mandate
from satsningar.models import Satsning
from workflow.avsteg.models import Avsteg
from workflow.coauthors.models import Medforfattare
from workflow.vocabulary import Avstegslage


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may read a case, with the bodies that they sit in today."""

    person_id: int
    name: str
    bodies: tuple[str, ...]
    is_near: bool
    """They sit in the ansvarig grupp or in the body that prepares the case."""


def readers_of(satsning: Satsning) -> dict[int, Reader]:
    """Return those who may read the case today, by id, those nearest to it first; at most five statements."""
    day = today()
    rows = Membership.objects.current(day).filter(body__county=satsning.county_id, person__is_active=True)
    rows = rows.filter(Q(body__ended_on=None) | Q(body__ended_on__gte=day))
    found = list(
        rows.order_by(swedish("person__name"), "person", "body__position", "body").values_list(
            "person", "person__name", "body", "body__name"
        )
    )
    allowed = None if satsning.submitted_at is not None else _readers_of_draft(satsning, {row[2] for row in found})
    near = {satsning.ansvarig_grupp_id, satsning.beredningsgrupp_id}
    readers: dict[int, Reader] = {}
    for person_id, name, body_id, body in found:
        if allowed is not None and body_id != satsning.ansvarig_grupp_id and person_id not in allowed:
            continue
        before = readers.get(person_id)
        bodies = (*before.bodies, body) if before else (body,)
        readers[person_id] = Reader(person_id, name, bodies, body_id in near or bool(before and before.is_near))
    if allowed is not None:
        readers = _with_all_bodies(readers, found)
    return dict(sorted(readers.items(), key=lambda item: not item[1].is_near))


def _with_all_bodies(readers: dict[int, Reader], found: Iterable[tuple[int, str, int, str]]) -> dict[int, Reader]:
    bodies: dict[int, list[str]] = {}
    for person_id, _name, _body, body in found:
        bodies.setdefault(person_id, []).append(body)
    return {key: Reader(key, reader.name, tuple(bodies[key]), reader.is_near) for key, reader in readers.items()}


def _readers_of_draft(satsning: Satsning, body_ids: set[int]) -> set[int]:
    """Return the ids of those who read the draft without sitting in the ansvarig grupp, whatever else they sit in."""
    holders = mandate_holders(body_ids, today())
    allowed = {holder.person_id for holder in holders if holder.mandate == Mandate.FOLJA} | {satsning.created_by_id}
    asked = Avsteg.objects.filter(satsning=satsning.pk).exclude(svar__outcome=Avstegslage.ATERTAGET)
    bodies = set(asked.values_list("body", flat=True))
    allowed |= {h.person_id for h in holders if h.mandate == Mandate.GE_AVSTEG and h.body_id in bodies}
    return allowed | set(
        Medforfattare.objects.lasting(today()).filter(satsning=satsning.pk).values_list("person", flat=True)
    )
