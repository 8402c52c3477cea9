"""What a case must be told and must not break to be moved to another version of its path."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from governance.models import ArendegangVersion
from governance.paths import PathVersion, StationValue, path_version
from governance.permissions import today
from governance.vocabulary import MoveKind, StationKind
from satsningar.models import Satsning
from workflow.context import ActContext
from workflow.errors import Invalid
from workflow.facts import Facts
from workflow.models import Anmalan
from workflow.rights import matches
from workflow.steps import check, effect

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


def open_stations(station: StationValue, new: PathVersion) -> tuple[StationValue, ...]:
    """Return the steps of a version where a case that stands at a step of another may stand, the likeliest first.

    These are the steps of the same kind, that of the same code before the others; where there is none, those of the
    kinds that may stand instead.
    """
    for kinds in ((station.kind,), INSTEAD.get(station.kind, ())):
        found = [each for kind in kinds for each in new.stations.values() if each.kind == kind]
        if found:
            return tuple(sorted(found, key=lambda each: each.code != station.code))
    return ()


def obstacles(  # noqa: PLR0913 - what a case is held against
    satsning: Satsning, old: PathVersion, new: PathVersion, target: str, *, known: Facts, proposed: str
) -> tuple[str, ...]:
    """Return why the case cannot stand at a step of another version, a sentence each; none when it can. No statements.

    Args:
        satsning: the case, with its deciding body.
        old: the version it follows.
        new: the version it would follow.
        target: the code of the step there.
        known: what has been done around the case.
        proposed: the code of the move that its open anmälan proposes; empty without one.

    """
    here, there = old.stations[satsning.station], new.stations.get(target)
    if here.is_final:
        return ("Satsningen är avslutad. En avslutad satsning flyttas inte.",)
    if there is None and not open_stations(here, new):
        return (f"Version {new.number} har inget steg där en satsning i {here.name} kan stå.",)
    if there is None:
        return (f"Version {new.number} saknar det steg som är valt för {here.name}.",)
    return tuple(_obstacles(satsning, (old, here), (new, there), known=known, proposed=proposed))


_At = tuple[PathVersion, StationValue]


def _obstacles(satsning: Satsning, before: _At, after: _At, *, known: Facts, proposed: str) -> Iterator[str]:
    (old, here), (new, there) = before, after
    if there not in open_stations(here, new):
        yield f"En satsning i steget {here.name} kan inte ställas i {there.name}: det vore att gå förbi ärendegången."
    if proposed and not _can_be_decided(satsning, before, after, proposed):
        move = old.move_from(here.code, proposed)
        name = move.name if move else proposed
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


def _can_be_decided(satsning: Satsning, before: _At, after: _At, proposed: str) -> bool:
    """Tell whether what lies on the table can be decided there by the same body, and stays frozen until it is."""
    (old, here), (new, there) = before, after
    was, will = old.move_from(here.code, proposed), new.move_from(there.code, proposed)
    return (
        was is not None
        and will is not None
        and will.in_meeting
        and will.kind == was.kind
        and there.kind == here.kind
        and _is_made_by(will.made_by, satsning)
    )


def _has_its_decider(satsning: Satsning, new: PathVersion) -> bool:
    """Tell whether the case's deciding body is one that the version lets decide."""
    return any(_is_made_by(move.made_by, satsning) for move in new.moves if move.kind == MoveKind.BIFALL)


def _is_made_by(made_by: Mapping[str, str], satsning: Satsning) -> bool:
    body = satsning.beslutsorgan
    return any(matches(key, body.pk, body.kind, body.code, satsning) for key in made_by)


@check(MoveKind.FLYTTA_VERSION)
def check_flytta_version(act: ActContext) -> None:
    """Nothing that is open around the case is lost, and no rule of the path is passed by."""
    proposed = ""
    if act.facts.open_anmalan is not None:
        proposed = Anmalan.objects.values_list("move", flat=True).get(pk=act.facts.open_anmalan)
    for sentence in obstacles(act.arende, act.path, act.into, act.target, known=act.facts, proposed=proposed):
        act.errors.add("version", sentence)


@effect(MoveKind.FLYTTA_VERSION)
def flytta_version(act: ActContext) -> None:
    """The numbers of both versions are kept with the names of the steps."""
    act.payload["versions"] = [act.path.number, act.into.number]
