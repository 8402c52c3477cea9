"""Sörmland's path in other versions, and moves between them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from governance.countyfile import load, read_county
from governance.countyfile.export import export_spec
from governance.countyfile.spec import MoveSpec, PathSpec, StationSpec
from governance.models import ArendegangVersion, Person
from governance.permissions import today
from governance.vocabulary import Mandate, MoveKind, StationKind
from satsningar.models import Satsning
from tests.factories import SORMLAND
from tests.workflow.world import World
from workflow.actions import Performed
from workflow.inputs import Inputs

Change = Callable[[PathSpec], PathSpec]


def renamed(code: str, name: str) -> Change:
    """Return a change that gives a step another name."""
    return lambda path: replace(
        path, stations=tuple(replace(one, name=name) if one.code == code else one for one in path.stations)
    )


def recoded(code: str, new: str) -> Change:
    """Return a change that gives a step another code, everywhere."""

    def change(path: PathSpec) -> PathSpec:
        def swapped(codes: Iterable[str]) -> tuple[str, ...]:
            return tuple(new if one == code else one for one in codes)

        return replace(
            path,
            stations=tuple(replace(one, code=new) if one.code == code else one for one in path.stations),
            moves=tuple(replace(one, sources=swapped(one.sources), targets=swapped(one.targets)) for one in path.moves),
        )

    return change


def without(code: str) -> Change:
    """Return a change that takes away a step with the moves that cannot be made without it."""

    def kept(move: MoveSpec) -> MoveSpec | None:
        sources = tuple(one for one in move.sources if one != code)
        targets = tuple(one for one in move.targets if one != code)
        gone = (move.sources and not sources) or (move.targets and not targets)
        return None if gone else replace(move, sources=sources, targets=targets)

    return lambda path: _used(
        replace(
            path,
            stations=tuple(one for one in path.stations if one.code != code),
            moves=tuple(move for one in path.moves if (move := kept(one))),
        )
    )


def without_move(code: str) -> Change:
    """Return a change that takes away a move."""
    return lambda path: _used(replace(path, moves=tuple(one for one in path.moves if one.code != code)))


def _used(path: PathSpec) -> PathSpec:
    """Take away the gates that no move has."""
    used = {move.gate for move in path.moves}
    return replace(path, gates=tuple(gate for gate in path.gates if gate.code in used))


def submitted_to_preparation(path: PathSpec) -> PathSpec:
    """Take away the step *inlämnad*: what is handed in is in preparation at once."""
    moves = [
        replace(move, targets=("beredning",)) if move.kind == MoveKind.LAMNA_IN else move
        for move in path.moves
        if move.kind != MoveKind.TA_UPP
    ]
    return without("inlamnad")(replace(path, moves=tuple(moves)))


def second_level(path: PathSpec) -> PathSpec:
    """Put a second level of preparation between the first and the decision."""
    level = StationSpec(
        code="lansberedning", name="Beredning i länet", kind=StationKind.BEREDNING, held_by="beredningsgrupp"
    )
    index = [one.code for one in path.stations].index("beredning")
    onward = MoveSpec(
        code="vidare",
        name="Skicka vidare till länet",
        kind=MoveKind.VIDARE,
        sources=("beredning",),
        targets=("lansberedning",),
        made_by={"beredningsgrupp": Mandate.BEREDA},
    )
    moves = [
        replace(move, sources=tuple("lansberedning" if one == "beredning" else one for one in move.sources))
        if move.kind == MoveKind.ANMAL and move.targets
        else move
        for move in path.moves
    ]
    return replace(
        path,
        stations=(*path.stations[: index + 1], level, *path.stations[index + 1 :]),
        moves=(*moves, onward),
    )


def text_of_version(number: int, *changes: Change, day: date | None = None) -> str:
    """Return Sörmland's file with its path in another version, in force from today unless another day is given."""
    spec = read_county(SORMLAND.read_text(encoding="utf-8"))
    path = replace(
        spec.paths[0],
        number=number,
        in_force_from=day or today(),
        decided_on=date(2026, 10, 2),
        decided_by="Länsstyrgruppen",
    )
    for change in changes:
        path = change(path)
    return export_spec(replace(spec, paths=(path,)))


def put_into_force(number: int, *changes: Change, day: date | None = None) -> ArendegangVersion:
    """Load another version of Sörmland's path, in force today unless another day is given, and return it."""
    load(text_of_version(number, *changes, day=day))
    return ArendegangVersion.objects.get(arendegang__county__code="sormland", number=number)


def move(
    world: World,
    satsning: Satsning,
    version: ArendegangVersion,
    target: str,
    *,
    actor: Person | None = None,
    reason: str = "Den nya ärendegången gäller nu.",
) -> Performed:
    """Move a case to another version as somebody who has just looked at it."""
    inputs = Inputs(version_id=version.pk)
    return world.do(satsning, "flytta_version", actor or world.coordinator, target=target, reason=reason, inputs=inputs)
