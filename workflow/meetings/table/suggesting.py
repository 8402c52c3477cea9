"""Who may have jäv in a matter by what the records say: suggestions to try, each with its reason, never a finding."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from governance.models import Membership
from satsningar.present import kronor
from satsningar.vocabulary import Finansiering
from workflow.meetings.models import AgendaItem, Jav
from workflow.meetings.selectors import seats_at
from workflow.quorum import Seat


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member who may have jäv, and why; with the organisation that would be paid where that is why."""

    membership_id: int
    name: str
    reason: str
    paid: "Paid | None" = None


@dataclass(frozen=True, slots=True)
class Paid:
    """An organisation whose costs somebody else would pay for: how much, and with what money."""

    organisation_id: int
    name: str
    amount: Decimal
    money: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Return why whoever represents it may have jäv."""
        return f"Företräder {self.name}, som skulle få {self.sum_in_words} för satsningen."

    @property
    def sum_in_words(self) -> str:
        """Return how much and of what, as `400 000 kr (statsbidrag)`; no sum where none is written."""
        of = ", ".join(self.money)
        return f"{kronor(self.amount)} ({of})" if self.amount else f"pengar ({of})"


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """Those who may have jäv because their organisation would be paid."""

    paid: Paid
    members: tuple[Suggestion, ...]


def suggested_jav(item: AgendaItem) -> list[Suggestion]:
    """Return who may have jäv in a matter and has not been tried yet, once each; five statements at most.

    Who leads the satsning, wrote it, sits in the group that answers for it, or represents an organisation whose costs
    somebody else would pay for. A matter without a satsning gives none.

    Args:
        item: a line of an agenda, with its meeting.

    """
    if item.anmalan is None:
        return []
    seats = seats_at(item.meeting)
    tried = set(Jav.objects.filter(item=item).values_list("membership_id", flat=True))
    case = item.anmalan.satsning
    parts = json.loads(item.anmalan.revision.content)
    group = case.ansvarig_grupp
    rows = Membership.objects.current(item.meeting.day).filter(body=group)
    known = _Known(
        leader=_folded(parts["uppdrag"]["ledare"]),
        author_id=case.created_by_id,
        group=group.name,
        in_group=frozenset(rows.values_list("person_id", flat=True)),
        paid=_paid(parts),
    )
    found = (_suggestion(seat, known) for id_, seat in seats.items() if id_ not in tried)
    return [one for one in found if one is not None]


def by_organisation(suggestions: Iterable[Suggestion]) -> tuple[list[Suggestion], list[OfOrganisation]]:
    """Return suggestions about people for themselves, and the others by the organisation, most money first."""
    alone, found = list[Suggestion](), dict[int, list[Suggestion]]()
    for one in suggestions:
        if one.paid is None:
            alone.append(one)
        else:
            found.setdefault(one.paid.organisation_id, []).append(one)
    grouped = [OfOrganisation(rows[0].paid, tuple(rows)) for rows in found.values() if rows[0].paid]
    return alone, sorted(grouped, key=lambda one: (-one.paid.amount, one.paid.name))


@dataclass(frozen=True, slots=True)
class _Known:
    leader: str
    author_id: int | None
    group: str
    in_group: frozenset[int]
    paid: Mapping[int, Paid]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _paid(parts: Mapping[str, Any]) -> dict[int, Paid]:
    """Return the organisations whose costs are paid by other money than their own, with how much in all."""
    found: dict[int, Paid] = {}
    for row in parts["ekonomi"]["kostnader"]:
        key, money = row["organisation_id"], row["finansiering"]
        if key is None or money == Finansiering.EGEN:
            continue
        before = found.get(key) or Paid(key, row["organisation_namn"], Decimal(0), ())
        of = (*before.money, str(Finansiering(money).label).lower())
        amount = before.amount + Decimal(str(row.get("belopp") or 0))
        found[key] = Paid(key, before.name, amount, tuple(dict.fromkeys(of)))
    return found


def _suggestion(seat: Seat, known: _Known) -> Suggestion | None:
    if reason := _own_reason(seat, known):
        return Suggestion(seat.membership_id, seat.name, reason)
    paid = known.paid.get(seat.organisation_id or 0)
    return Suggestion(seat.membership_id, seat.name, paid.reason, paid) if paid else None


def _own_reason(seat: Seat, known: _Known) -> str:
    if known.leader and _folded(seat.name) == known.leader:
        return "Leder satsningen."
    if seat.person_id == known.author_id:
        return "Skrev förslaget."
    if seat.person_id in known.in_group:
        return f"Sitter i {known.group}, som ansvarar för satsningen."
    return ""
