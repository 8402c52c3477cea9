"""The rules of quorum: pure functions over who sits in a body and who takes part in a matter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from governance.vocabulary import OrganisationKind, QuorumRule, Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A current member of the body, with vote or without, and whom it represents."""

    membership_id: int
    person_id: int
    name: str
    role: Role
    organisation_id: int | None
    organisation_kind: str
    votes: bool


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether a body is quorate in a matter, and why, as a sentence for the minutes."""

    holds: bool
    sentence: str


def serving(seats: Collection[Seat], present: Collection[int]) -> tuple[Seat, ...]:
    """Return the voters who take part: members first, then substitutes for as many members as are away.

    Args:
        seats: everybody who sits in the body on the day of the meeting.
        present: the membership ids of those who take part in the matter, those with jäv left out.

    """
    members = [seat for seat in seats if seat.votes and seat.role != Role.ERSATTARE]
    substitutes = [seat for seat in seats if seat.votes and seat.role == Role.ERSATTARE]
    there = [seat for seat in members if seat.membership_id in present]
    away = len(members) - len(there)
    stepping_in = [seat for seat in substitutes if seat.membership_id in present][:away]
    return (*there, *stepping_in)


def quorum(rule: Mapping[str, Any], seats: Collection[Seat], present: Collection[int]) -> Quorum:
    """Tell whether the body is quorate in the matter by its own rule; a body without a rule never is.

    Args:
        rule: the body's rule as `governance.models.Body` describes it.
        seats: everybody who sits in the body on the day of the meeting.
        present: the membership ids of those who take part, those with jäv left out.

    """
    members = [seat for seat in seats if seat.votes and seat.role != Role.ERSATTARE]
    voters = serving(seats, present)
    if not members or not voters:
        return Quorum(holds=False, sentence="Ingen röstberättigad ledamot deltar i beslutet.")
    match rule.get("quorum"):
        case QuorumRule.MER_AN_HALFTEN:
            return _counted(len(voters), len(members) // 2 + 1, f"av {len(members)} ledamöter")
        case QuorumRule.ANDEL:
            needed = -(-len(members) * int(rule["share"]) // 100)
            return _counted(len(voters), needed, f"av {len(members)} ledamöter")
        case QuorumRule.REGION_OCH_KOMMUNER:
            return _region_and_municipalities(voters, int(rule["municipalities"]))
        case QuorumRule.MAJORITET_AV_ORGANISATIONER:
            every = {seat.organisation_id for seat in members} - {None}
            there = {seat.organisation_id for seat in voters} - {None}
            return _counted(len(there), len(every) // 2 + 1, f"av {len(every)} organisationer")
    return Quorum(holds=False, sentence="Organet har ingen regel för beslutsförhet.")


def _counted(there: int, needed: int, of_what: str) -> Quorum:
    if there >= needed:
        return Quorum(holds=True, sentence=f"Beslutsfört: {there} {of_what} deltar, minst {needed} krävs.")
    return Quorum(holds=False, sentence=f"Inte beslutsfört: {there} {of_what} deltar, minst {needed} krävs.")


def _region_and_municipalities(voters: Collection[Seat], needed: int) -> Quorum:
    region = any(seat.organisation_kind == OrganisationKind.REGION for seat in voters)
    municipalities = len({seat.organisation_id for seat in voters if seat.organisation_kind == OrganisationKind.KOMMUN})
    counted = f"{municipalities} {'kommun' if municipalities == 1 else 'kommuner'}"
    what = f"{'regionen' if region else 'inte regionen'} och {counted} deltar"
    rule = f"regionen och minst {needed} kommuner krävs"
    if region and municipalities >= needed:
        return Quorum(holds=True, sentence=f"Beslutsfört: {what}, {rule}.")
    return Quorum(holds=False, sentence=f"Inte beslutsfört: {what}, {rule}.")
