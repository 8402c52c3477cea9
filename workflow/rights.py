"""Who reads and who writes: computed from station, body and mandate, as a predicate and as a queryset.

The rules are the table "Who reads, who writes" of the domain. `may_read` and `readable` are one rule in two
shapes and are tested to agree. A superuser has no right by being one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.db.models import Q, QuerySet

from governance.models import Body, Person
from governance.paths import MoveValue, PathVersion, StationValue, path_version
from governance.permissions import Standing, held, today
from governance.vocabulary import ANSVARIG_GRUPP, DECIDED_KINDS, FINAL_KINDS, BodyKind, Mandate, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, LATER_PARTS, PartCode
from workflow.avsteg.models import Avsteg
from workflow.coauthors.models import Medforfattare
from workflow.facts import Facts
from workflow.vocabulary import Avstegslage, Medverkan, RoundKind


@dataclass(frozen=True)
class Viewer:
    """A person with everything that rights depend on, read in one statement and kept for one request."""

    person_id: int
    name: str
    standings: tuple[Standing, ...]
    seats: frozenset[tuple[int, int]]
    """Body id and county id of every current membership, those without a mandate included."""

    @cached_property
    def bodies(self) -> frozenset[int]:
        """Return the ids of the bodies the person sits in."""
        return frozenset(body for body, _ in self.seats)

    @cached_property
    def counties(self) -> frozenset[int]:
        """Return the ids of the counties the person takes part in."""
        return frozenset(county for _, county in self.seats)

    @cached_property
    def followed(self) -> frozenset[int]:
        """Return the ids of the counties where the person follows all cases, drafts included."""
        return frozenset(standing.county_id for standing in self.standings if standing.mandate == Mandate.FOLJA)

    def holds(self, mandate: Mandate, body_id: int) -> bool:
        """Tell whether the person holds the mandate in that body."""
        return any(standing.body_id == body_id and standing.mandate == mandate for standing in self.standings)

    def holds_in(self, mandate: Mandate, county_id: int) -> Standing | None:
        """Return a standing that carries the mandate in the county, if there is one."""
        return next((s for s in self.standings if s.county_id == county_id and s.mandate == mandate), None)

    @cached_property
    def asked(self) -> frozenset[int]:
        """Return the ids of the drafts that the person has been asked to grant an avsteg in.

        One statement, for those alone who hold the mandate to grant one.
        """
        bodies = [standing.body_id for standing in self.standings if standing.mandate == Mandate.GE_AVSTEG]
        if not bodies:
            return frozenset()
        rows = Avsteg.objects.filter(body__in=bodies, satsning__submitted_at=None)
        return frozenset(rows.exclude(svar__outcome=Avstegslage.ATERTAGET).values_list("satsning_id", flat=True))

    @cached_property
    def invited(self) -> Mapping[int, str]:
        """Return what the person is invited to do, by the case: a `Medverkan`. One statement."""
        return dict(Medforfattare.objects.holding(self.person_id, today()).values_list("satsning_id", "role"))

    @cached_property
    def organisations(self) -> Mapping[int, int]:
        """Return the organisations the person answers for, each with the body of its contacts."""
        return {
            standing.organisation_id: standing.body_id
            for standing in self.standings
            if standing.mandate == Mandate.SVARA and standing.organisation_id is not None
        }


def viewer(person: Person) -> Viewer:
    """Read what a person's rights depend on, as it stands today; one statement."""
    standings, seats = held(person.pk)
    return Viewer(person_id=person.pk, name=person.name, standings=standings, seats=seats)


def may_read(who: Viewer, satsning: Satsning) -> bool:
    """Tell whether the person may read the case; `readable` is the same rule for many."""
    if satsning.county_id not in who.counties:
        return False
    return (
        satsning.submitted_at is not None
        or satsning.ansvarig_grupp_id in who.bodies
        or satsning.county_id in who.followed
        or satsning.created_by_id == who.person_id
        or satsning.pk in who.asked
        or satsning.pk in who.invited
    )


def readable(who: Viewer) -> QuerySet[Satsning]:
    """Return the cases the person may read; `may_read` is the same rule for one."""
    return Satsning.objects.filter(
        Q(submitted_at__isnull=False)
        | Q(ansvarig_grupp__in=who.bodies)
        | Q(county__in=who.followed)
        | Q(created_by=who.person_id)
        | Q(pk__in=who.asked)
        | Q(pk__in=Medforfattare.objects.holding(who.person_id, today()).values("satsning")),
        county__in=who.counties,
    )


def matches(key: str, body_id: int, body_kind: str, body_code: str, satsning: Satsning) -> bool:
    """Tell whether a body is the one that `key` of a move's `made_by` stands for in this case.

    `ansvarig_grupp` is the body that answers for the case; a body code is that body; *beredningsgrupp* is the case's
    own; *styrgrupp* and *namnd* are the case's deciding body where it is of that kind; other kinds are every body of
    the kind in the county.
    """
    if key == ANSVARIG_GRUPP:
        return body_id == satsning.ansvarig_grupp_id
    if key == body_code:
        return True
    if key != body_kind:
        return False
    if key == BodyKind.BEREDNINGSGRUPP and satsning.beredningsgrupp_id is not None:
        return body_id == satsning.beredningsgrupp_id
    if key in {BodyKind.STYRGRUPP, BodyKind.NAMND} and satsning.beslutsorgan.kind == key:
        return body_id == satsning.beslutsorgan_id
    return True


def standing_for(who: Viewer, move: MoveValue, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person may make the move, or None.

    A move in a meeting is decided by those who hold its mandate and recorded by somebody who keeps
    the body's minutes.
    """
    return find_standing(who.standings, move, satsning)


def find_standing(held: tuple[Standing, ...], move: MoveValue, satsning: Satsning) -> Standing | None:
    """Return the first of the standings by which the move may be made, or None."""
    for standing in held:
        if standing.county_id != satsning.county_id:
            continue
        for key, mandate in move.made_by.items():
            needed = Mandate.PROTOKOLLFORA if move.in_meeting else mandate
            if standing.mandate == needed and matches(
                key, standing.body_id, standing.body_kind, standing.body_code, satsning
            ):
                return standing
    return None


def bodies_for(move: MoveValue, satsning: Satsning, bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    """Return those of the county's bodies that make the move in this case, for saying who can."""
    return tuple(
        body for body in bodies if any(matches(key, body.pk, body.kind, body.code, satsning) for key in move.made_by)
    )


class Access(Enum):
    """How a person may write a part."""

    NONE = "none"
    WRITE = "write"
    PROPOSE = "propose"
    OWN_ROWS = "own_rows"


OWN_ROW_PARTS = frozenset({PartCode.LAGE, PartCode.INFORANDE, PartCode.VARDEN})
_WRITTEN_WHILE_IT_RUNS = frozenset(LATER_PARTS) - {PartCode.FORSTUDIERAPPORT}
INVITED_KINDS = frozenset({StationKind.UTKAST, StationKind.KOMPLETTERING})
"""Where those who are invited write as the ansvarig grupp does."""
PROPOSING_KINDS = frozenset(
    {StationKind.FORSTUDIE, StationKind.GENOMFORANDE, StationKind.UPPFOLJNING, StationKind.BREDDINFORANDE}
)


def access(who: Viewer, satsning: Satsning, part: str, facts: Facts) -> Access:
    """Return how the person may write a part where the case stands now."""
    station = station_of(satsning)
    if facts.writing_in and _writes_in(who, satsning, PartCode(part), station.kind):
        return Access.WRITE
    if who.holds(Mandate.FORFATTA, satsning.ansvarig_grupp_id):
        found = _access_of_ansvarig(PartCode(part), station.kind, facts)
        if found is not Access.NONE:
            return found
    if station.kind in INVITED_KINDS and who.invited.get(satsning.pk) == Medverkan.SKRIVA:
        return _access_of_ansvarig(PartCode(part), station.kind, facts)
    if part in OWN_ROW_PARTS and station.kind in DECIDED_KINDS and own_organisations(who, satsning):
        return Access.OWN_ROWS
    return Access.NONE


def _writes_in(who: Viewer, satsning: Satsning, part: PartCode, kind: StationKind) -> bool:
    """Tell whether the person writes in what a case held before it was registered, until that is declared complete."""
    if kind == StationKind.BESLUT or (part in LATER_PARTS and kind not in DECIDED_KINDS | FINAL_KINDS):
        return False
    leads = who.holds_in(Mandate.LEDA_ARENDEN, satsning.county_id)
    return leads is not None or who.holds(Mandate.FORFATTA, satsning.ansvarig_grupp_id)


def _access_of_ansvarig(part: PartCode, kind: StationKind, facts: Facts) -> Access:
    """Return how the ansvarig grupp may write: drafts whole, what is requested, plans and reports, proposals."""
    decided = part in DECIDED_PARTS
    writes = (
        (kind == StationKind.UTKAST and decided)
        or (kind == StationKind.KOMPLETTERING and part in facts.requested_parts)
        or (kind in DECIDED_KINDS and (part in _WRITTEN_WHILE_IT_RUNS or part == PartCode.INFORANDE))
        or (kind == StationKind.FORSTUDIE and part == PartCode.FORSTUDIERAPPORT)
        or (kind == StationKind.BESLUTAD and decided and facts.amended)
    )
    if writes:
        return Access.WRITE
    return Access.PROPOSE if decided and kind in PROPOSING_KINDS else Access.NONE


def own_organisations(who: Viewer, satsning: Satsning) -> tuple[int, ...]:
    """Return the ids of the organisations of the case's county that the person answers for."""
    return tuple(
        standing.organisation_id
        for standing in who.standings
        if standing.mandate == Mandate.SVARA
        and standing.organisation_id is not None
        and standing.county_id == satsning.county_id
    )


def may_prepare(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person may write a statement on the case now, or None.

    A preparing body writes while the case is with it; afterwards the bodies that may bring the case before the
    deciding body write what goes with that.
    """
    return next(
        (
            standing
            for move in path_of(satsning).moves_from(satsning.station)
            if (standing := standing_for(who, move, satsning)) is not None and _prepares(move)
        ),
        None,
    )


def _prepares(move: MoveValue) -> bool:
    return (
        not move.in_meeting
        and bool({Mandate.BEREDA, Mandate.LEDA_ARENDEN} & set(move.made_by.values()))
        and (move.kind in {"anmal", "vidare", "begar_komplettering"})
    )


def may_open_round(who: Viewer, satsning: Satsning, kind: RoundKind) -> Standing | None:
    """Return the standing by which the person may open a round on the case now, or None.

    A remiss and a samråd are opened by the body that prepares the case; a confirmation of resources by the ansvarig
    grupp or regionalt stöd, once the case is decided and not yet running.
    """
    station = station_of(satsning)
    if kind != RoundKind.RESURSBEKRAFTELSE:
        return may_prepare(who, satsning) if station.kind == StationKind.BEREDNING else None
    if station.kind != StationKind.BESLUTAD:
        return None
    return next(
        (
            standing
            for standing in who.standings
            if (standing.body_id == satsning.ansvarig_grupp_id and standing.mandate == Mandate.FORFATTA)
            or (standing.county_id == satsning.county_id and standing.mandate == Mandate.LEDA_ARENDEN)
        ),
        None,
    )


def path_of(satsning: Satsning) -> PathVersion:
    """Return the version of the path that the case follows."""
    return path_version(satsning.version_id)


def station_of(satsning: Satsning) -> StationValue:
    """Return the station where the case stands."""
    return path_of(satsning).stations[satsning.station]
