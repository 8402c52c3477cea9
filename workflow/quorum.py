"""The rules of quorum: pure functions over who sits in a body and who takes part in a matter."""

from collections.abc import Collection, Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Participation:
    """Who takes part in a matter, and who is away from it for jäv; membership ids."""

    taking_part: frozenset[int]
    jav: frozenset[int] = frozenset()


def serving(seats: Collection[Seat], present: Collection[int]) -> tuple[Seat, ...]:
    """Return the voters who take part: members first, then substitutes for as many members as are away.

    Somebody who holds several seats counts and votes once, by the first of them.

    Args:
        seats: everybody who sits in the body on the day of the meeting.
        present: the membership ids of those who take part in the matter, those with jäv left out.

    """
    members = members_of(seats)
    substitutes = [seat for seat in seats if seat.votes and seat.role == Role.ERSATTARE]
    there = _once(seat for seat in members if seat.membership_id in present)
    serve = {seat.person_id for seat in there}
    away = len(_people(members)) - len(serve)
    free = _once(seat for seat in substitutes if seat.membership_id in present and seat.person_id not in serve)
    return (*there, *free[:away])


def members_of(seats: Iterable[Seat]) -> list[Seat]:
    """Return the seats of the members with a vote, substitutes left out."""
    return [seat for seat in seats if seat.votes and seat.role != Role.ERSATTARE]


def _once(seats: Iterable[Seat]) -> list[Seat]:
    """Return the first seat of each person."""
    first: dict[int, Seat] = {}
    for seat in seats:
        first.setdefault(seat.person_id, seat)
    return list(first.values())


def _people(seats: Iterable[Seat]) -> set[int]:
    return {seat.person_id for seat in seats}


def quorum(rule: Mapping[str, Any], seats: Collection[Seat], present: Collection[int]) -> Quorum:
    """Tell whether the body is quorate in the matter by its own rule; a body without a rule never is.

    Args:
        rule: the body's rule as `governance.models.Body` describes it.
        seats: everybody who sits in the body on the day of the meeting.
        present: the membership ids of those who take part, those with jäv left out.

    """
    members, voters = members_of(seats), serving(seats, present)
    every_one = len(_people(members))
    if not members or not voters:
        return Quorum(holds=False, sentence="Ingen röstberättigad ledamot deltar i beslutet.")
    match rule.get("quorum"):
        case QuorumRule.MER_AN_HALFTEN:
            return _counted(len(voters), every_one // 2 + 1, f"av {every_one} ledamöter")
        case QuorumRule.ANDEL:
            needed = -(-every_one * int(rule["share"]) // 100)
            return _counted(len(voters), needed, f"av {every_one} ledamöter")
        case QuorumRule.REGION_OCH_KOMMUNER:
            return _region_and_municipalities(voters, int(rule["municipalities"]))
        case QuorumRule.MAJORITET_AV_ORGANISATIONER:
            every = {seat.organisation_id for seat in members} - {None}
            there = {seat.organisation_id for seat in voters} - {None}
            return _counted(len(there), len(every) // 2 + 1, f"av {len(every)} organisationer")
    return Quorum(holds=False, sentence="Organet har ingen regel för beslutsförhet.")


def quorum_in_writing(rule: Mapping[str, Any], seats: Collection[Seat], there: Participation) -> Quorum:
    """Tell whether a decision per capsulam holds: every voting member without jäv has said ja, and they are quorate.

    Args:
        rule: the body's rule.
        seats: everybody who sits in the body on the day of the decision.
        there: the membership ids of those who have said ja, and of those with jäv.

    """
    members = members_of(seats)
    asked = _people(members) - _people(seat for seat in seats if seat.membership_id in there.jav)
    silent = asked - _people(seat for seat in members if seat.membership_id in there.taking_part)
    if silent:
        missing = f"{len(silent)} av {len(asked)} ledamöter har inte svarat ja"
        return Quorum(holds=False, sentence=f"Inte beslutat: {missing}, alla måste göra det.")
    found = quorum(rule, seats, there.taking_part & {seat.membership_id for seat in members})
    if not found.holds:
        return found
    return Quorum(holds=True, sentence=f"Beslutat per capsulam: alla {len(asked)} ledamöter utan jäv har svarat.")


def quorum_on_delegation(seats: Collection[Seat], there: Participation, *, may: bool) -> Quorum:
    """Tell whether a decision on delegation holds: the body lets its chair decide, and the chair alone does.

    Args:
        seats: everybody who sits in the body on the day of the decision.
        there: the membership ids of those who take part.
        may: whether the body's rule for meetings says so.

    """
    if not may:
        return Quorum(holds=False, sentence="Organet har inte delegerat några beslut till ordföranden.")
    chairs = {seat.membership_id for seat in seats if seat.votes and seat.role == Role.ORDFORANDE}
    if len(there.taking_part) != 1 or not there.taking_part <= chairs:
        return Quorum(holds=False, sentence="På delegation beslutar ordföranden ensam, och utan jäv.")
    return Quorum(holds=True, sentence="Beslutat på delegation av ordföranden.")


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
