"""What a case must be told and must not break to be moved to another version of its path."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from governance.models import ArendegangVersion, Body
from governance.paths import PathVersion, StationValue, path_version
from governance.permissions import today
from governance.vocabulary import MoveKind, StationKind
from satsningar.models import Satsning
from workflow.context import ActContext
from workflow.deciders import decider_among, makes
from workflow.errors import Invalid
from workflow.facts import Facts
from workflow.models import Anmalan
from workflow.steps import check, effect
from workflow.versions.origins import Origin, origins_of

_S = StationKind

INSTEAD: Mapping[StationKind, Collection[StationKind]] = MappingProxyType(
    {
        _S.INLAMNAD: (_S.BEREDNING,),
        _S.BEREDNING: (_S.INLAMNAD,),
        _S.BESLUTAD: (_S.GENOMFORANDE,),
        _S.GENOMFORANDE: (_S.UPPFOLJNING,),
        _S.VILANDE: (_S.GENOMFORANDE, _S.UPPFOLJNING),
        _S.UPPFOLJNING: (_S.GENOMFORANDE,),
        _S.BREDDINFORANDE: (_S.UPPFOLJNING, _S.GENOMFORANDE),
    }
)
"""Where a case may stand in a version that has no step of its kind: never past a decision, a handing in, or an answer
that somebody waits for. A kind that is not here is moved to its own kind alone."""

_Stations = tuple[StationValue, ...]


def version_entered(path: PathVersion, version_id: int | None) -> PathVersion:
    """Return the version that a case of `path` is moved to; one statement.

    It may be newer or older, so that a mistake can be undone, but its day must have come.

    Raises:
        Invalid: it is no other version of the same path, or not in force yet.

    """
    rows = ArendegangVersion.objects.filter(arendegang=path.arendegang_id)
    row = None if version_id is None else rows.filter(pk=version_id).first()
    if row is None:
        raise Invalid({"version": ["Välj en version av samma ärendegång."]})
    if row.pk == path.id:
        raise Invalid({"version": [f"Satsningen följer redan version {row.number}."]})
    if row.in_force_from > today():
        day = row.in_force_from.isoformat()
        raise Invalid({"version": [f"Version {row.number} gäller från {day}. Flytta satsningar dit tidigast då."]})
    return path_version(row.pk)


def open_stations(path: PathVersion, station: StationValue, new: PathVersion) -> tuple[StationValue, ...]:
    """Return the steps of a version where a case that came to a step of another may stand, the likeliest first.

    That is the step of the same code and kind alone. Where there is none, the steps of the kind as far as the case has
    come among its own version's steps of it; where there are none of those, the first of each kind that may stand
    instead.

    Args:
        path: the version that the case came to its step in.
        station: the step.
        new: the version it would follow.

    """
    same = new.stations.get(station.code)
    if same is not None and same.kind == station.kind:
        return (same,)
    if found := [new.stations[code] for code in new.stations_of(station.kind)]:
        come_to = path.stations_of(station.kind).index(station.code)
        return tuple(found[: come_to + 1])
    firsts = [new.stations_of(kind)[:1] for kind in INSTEAD.get(station.kind, ())]
    return tuple(new.stations[code] for codes in firsts for code in codes)


def open_to(path: PathVersion, station: StationValue, new: PathVersion, origin: Origin | None) -> _Stations:
    """Return the steps of a version where one case may stand, the likeliest first; none when it cannot go there.

    A case that has been moved between versions is held to the step that it came to by its own acts. To a version where
    it left a step that another stood for, it comes back at that step or not at all.

    Args:
        path: the version it follows.
        station: the step it stands at.
        new: the version it would follow.
        origin: where it came to by its own acts; None for a case that has followed one version alone.

    """
    if origin is None:
        return open_stations(path, station, new)
    if new.id not in origin.owed:
        return open_stations(origin.path, origin.station, new)
    left, came_to = new.stations[origin.owed[new.id]], origin.station.kind
    stands_for = left.kind == came_to or left.kind in INSTEAD.get(came_to, ()) or came_to in INSTEAD.get(left.kind, ())
    return (left,) if stands_for else ()


def open_to_some(path: PathVersion, station: StationValue, new: PathVersion, origins: Iterable[Origin]) -> _Stations:
    """Return the steps of a version that are open to any of the cases at a step, the likeliest first.

    Args:
        path: the version they follow.
        station: the step they stand at.
        new: the version they would follow.
        origins: those of the version's cases that have been moved between versions before.

    """
    found = open_stations(path, station, new)
    for origin in origins:
        if origin.stands_at == station.code:
            found = (*found, *(each for each in open_to(path, station, new, origin) if each not in found))
    return found


@dataclass(frozen=True, slots=True)
class Tabled:
    """A matter that lies before a body: the move that the open anmälan proposes, and the body."""

    move: str
    body_id: int


def obstacles(  # noqa: PLR0913 - what a case is held against
    satsning: Satsning,
    old: PathVersion,
    new: PathVersion,
    target: str,
    *,
    known: Facts,
    origin: Origin | None,
    tabled: Tabled | None,
    bodies: Collection[Body],
) -> tuple[str, ...]:
    """Return why the case cannot stand at a step of another version, a sentence each; none when it can. No statements.

    Args:
        satsning: the case, with its deciding body.
        old: the version it follows.
        new: the version it would follow.
        target: the code of the step there.
        known: what has been done around the case.
        origin: where it came to by its own acts; None for a case that has followed one version alone.
        tabled: what its open anmälan has brought before a body; None without one.
        bodies: the county's bodies in their order; asked only where something is tabled.

    """
    here, there = old.stations[satsning.station], new.stations.get(target)
    if here.is_final:
        return ("Satsningen är avslutad. En avslutad satsning flyttas inte.",)
    places = open_to(old, here, new, origin)
    if not places and origin is not None and new.id in origin.owed:
        left = new.stations[origin.owed[new.id]].name
        return (
            f"Satsningen lämnade version {new.number} i steget {left} och kan inte gå tillbaka dit från {here.name}.",
        )
    if there is None and not places:
        return (f"Version {new.number} har inget steg där en satsning i {here.name} kan stå.",)
    if there is None:
        return (f"Version {new.number} saknar det steg som är valt för {here.name}.",)
    found = _obstacles(satsning, (old, here), (new, there), known=known, tabled=tabled, bodies=bodies)
    if there not in places:
        return (_passed_by(here, there, new, origin, places), *found)
    return tuple(found)


def _passed_by(
    here: StationValue, there: StationValue, new: PathVersion, origin: Origin | None, places: _Stations
) -> str:
    sentence = f"En satsning i steget {here.name} kan inte ställas i {there.name}: det vore att gå förbi ärendegången."
    if origin is None or not places:
        return sentence
    names = " eller ".join(each.name for each in places)
    came = f"den kom till {origin.station.name} i version {origin.path.number}"
    return f"{sentence} I version {new.number} kan den stå i {names}, eftersom {came}."


_At = tuple[PathVersion, StationValue]


def _obstacles(  # noqa: PLR0913 - as `obstacles`
    satsning: Satsning, before: _At, after: _At, *, known: Facts, tabled: Tabled | None, bodies: Collection[Body]
) -> Iterator[str]:
    (old, here), (new, there) = before, after
    if tabled is not None and not _can_be_decided(satsning, before, after, tabled, bodies):
        move = old.move_from(here.code, tabled.move)
        name = move.name if move else tabled.move
        yield f"”{name}” är anmält till beslut, men kan inte beslutas i {there.name} i version {new.number}."
    if known.requested_parts and there.kind != _S.KOMPLETTERING:
        yield "En komplettering är begärd. Flytta satsningen när den är lämnad."
    if known.open_rounds and there.kind != here.kind:
        yield "En remiss eller bekräftelse pågår. Flytta satsningen när den är stängd."
    if known.proposed_parts and not any(move.kind == MoveKind.ANDRINGSBESLUT for move in new.moves_from(there.code)):
        yield f"Det finns ändringsförslag, men i {there.name} i version {new.number} beslutas inga ändringar."
    if not _has_its_decider(satsning, new):
        body = satsning.beslutsorgan.name
        yield f"{body} beslutar om satsningen, men inte om satsningar i version {new.number}."


def _can_be_decided(satsning: Satsning, before: _At, after: _At, tabled: Tabled, bodies: Collection[Body]) -> bool:
    """Tell whether what lies on the table can be decided there by the same body, and stays frozen until it is."""
    (old, here), (new, there) = before, after
    was, will = old.move_from(here.code, tabled.move), new.move_from(there.code, tabled.move)
    if was is None or will is None or not will.in_meeting or will.kind != was.kind or there.kind != here.kind:
        return False
    body = decider_among(will, satsning, bodies)
    return body.pk == tabled.body_id and makes(body, will, satsning)


def _has_its_decider(satsning: Satsning, new: PathVersion) -> bool:
    """Tell whether the case's deciding body is one that the version lets decide."""
    return any(makes(satsning.beslutsorgan, move, satsning) for move in new.moves if move.kind == MoveKind.BIFALL)


def tabled_in(cases: Collection[int]) -> dict[int, Tabled]:
    """Return what lies before a body of each of the cases, by id; one statement."""
    rows = Anmalan.objects.filter(satsning__in=cases, closed_at=None).order_by()
    return {case: Tabled(move, body) for case, move, body in rows.values_list("satsning_id", "move", "body_id")}


def bodies_of(county_id: int) -> list[Body]:
    """Return the county's bodies in their order; one statement."""
    return list(Body.objects.filter(county=county_id, ended_on=None).order_by("position", "pk"))


@check(MoveKind.FLYTTA_VERSION)
def check_flytta_version(act: ActContext) -> None:
    """Nothing that is open around the case is lost, and no rule of the path is passed by."""
    case = act.arende
    tabled = tabled_in([case.pk]).get(case.pk) if act.facts.open_anmalan is not None else None
    found = obstacles(
        case,
        act.path,
        act.into,
        act.target,
        known=act.facts,
        origin=origins_of([case.pk]).get(case.pk),
        tabled=tabled,
        bodies=bodies_of(case.county_id) if tabled else (),
    )
    for sentence in found:
        act.errors.add("version", sentence)


@effect(MoveKind.FLYTTA_VERSION)
def flytta_version(act: ActContext) -> None:
    """The numbers of both versions are kept with the names of the steps."""
    act.payload["versions"] = [act.path.number, act.into.number]
