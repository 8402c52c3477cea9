"""The only place that reads loaded versions of paths as a county file says them."""

from collections.abc import Iterable, Mapping

from governance.conditions import condition_of
from governance.countyfile.spec import GateSpec, MoveSpec, PathSpec, StationSpec
from governance.deadlines import frister_of
from governance.models import Arendegang, ArendegangVersion, Gate, Move, Station
from governance.vocabulary import Mandate, MoveKind, Omfattning, RequirementCode, StationKind


def read_versions(
    versions: Mapping[int, ArendegangVersion], rows: Iterable[Arendegang]
) -> dict[str, tuple[PathSpec, ...]]:
    """Return versions by the code of their path; three statements."""
    paths = {row.pk: row for row in rows}
    stations: dict[int, list[StationSpec]] = {pk: [] for pk in versions}
    for station in Station.objects.filter(version_id__in=versions).order_by("position"):
        stations[station.version_id].append(
            StationSpec(
                code=station.code,
                name=station.name,
                kind=StationKind(station.kind),
                held_by=station.held_by,
                days=station.days,
            )
        )
    gates: dict[int, list[GateSpec]] = {pk: [] for pk in versions}
    codes: dict[int | None, str] = {None: ""}
    for gate in Gate.objects.filter(version_id__in=versions).order_by("pk"):
        codes[gate.pk] = gate.code
        requirements = tuple(RequirementCode(code) for code in gate.requirements)
        gates[gate.version_id].append(GateSpec(code=gate.code, name=gate.name, requirements=requirements))
    moves: dict[int, list[MoveSpec]] = {pk: [] for pk in versions}
    for move in Move.objects.filter(version_id__in=versions).order_by("position"):
        moves[move.version_id].append(
            MoveSpec(
                code=move.code,
                name=move.name,
                kind=MoveKind(move.kind),
                sources=tuple(move.sources),
                targets=tuple(move.targets),
                made_by={who: Mandate(mandate) for who, mandate in move.made_by.items()},
                in_meeting=move.in_meeting,
                needs_reason=move.needs_reason,
                gate=codes[move.gate_id],
                condition=condition_of(move.condition),
            )
        )
    found: dict[str, tuple[PathSpec, ...]] = {}
    for pk, version in versions.items():
        path = paths[version.arendegang_id]
        one = PathSpec(
            code=path.code,
            name=path.name,
            standard=path.standard,
            number=version.number,
            decided_on=version.decided_on,
            decided_by=version.decided_by,
            in_force_from=version.in_force_from,
            omfattning=Omfattning(version.omfattning),
            frister=frister_of(version.frister),
            stations=tuple(stations[pk]),
            gates=tuple(gates[pk]),
            moves=tuple(moves[pk]),
        )
        found[path.code] = (*found.get(path.code, ()), one)
    return found
