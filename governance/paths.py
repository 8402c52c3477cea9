"""The only reader of a version's stations, moves and gates, as values kept for the life of the process.

A version in force is immutable (the loader refuses to change one), so what is read once stays true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from governance.conditions import Condition, condition_of
from governance.deadlines import Frister, frister_of
from governance.models import ArendegangVersion
from governance.vocabulary import (
    FINAL_KINDS,
    BodyKind,
    Mandate,
    MoveKind,
    Omfattning,
    RequirementCode,
    StationKind,
)

BESIDE = frozenset({StationKind.KOMPLETTERING, StationKind.FORSTUDIE, StationKind.VILANDE})
"""Steps beside the main line, that a case may be sent to before it comes back."""
EARLY_ENDS = FINAL_KINDS - {StationKind.SLUTFORD}
"""Where a case ends before it is completed."""


@dataclass(frozen=True, slots=True)
class StationValue:
    """A step of a path."""

    code: str
    name: str
    kind: StationKind
    held_by: str
    position: int
    days: int | None = None
    """How many working days a case may stay here; None where the county says nothing."""

    @property
    def is_final(self) -> bool:
        """Tell whether a case ends here."""
        return self.kind in FINAL_KINDS


@dataclass(frozen=True, slots=True)
class GateValue:
    """A named list of requirements."""

    code: str
    name: str
    requirements: tuple[RequirementCode, ...]


@dataclass(frozen=True, slots=True)
class MoveValue:
    """A move; `targets` empty means that the case stays where it is."""

    code: str
    name: str
    kind: MoveKind
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    made_by: Mapping[str, str]
    in_meeting: bool
    needs_reason: bool
    gate: GateValue | None
    condition: Condition | None = None

    def is_open_to(self, cost: Decimal | None) -> bool:
        """Tell whether a satsning that costs this may make the move; one of unknown cost is not held back by it.

        Args:
            cost: in kronor, or None when nobody has said.

        """
        return self.condition is None or cost is None or self.condition.holds(cost)

    def target_from(self, source: str, chosen: str = "") -> str | None:
        """Return the code of the station reached from `source`, or None when the choice is not open.

        Args:
            source: the code of the station the case is at.
            chosen: the code chosen among several targets; empty when there is nothing to choose.

        """
        if not self.targets:
            return source if chosen in {"", source} else None
        if chosen:
            return chosen if chosen in self.targets else None
        return self.targets[0] if len(self.targets) == 1 else None


MOVE_VERSION = MoveValue(
    code=MoveKind.FLYTTA_VERSION.value,
    name=str(MoveKind.FLYTTA_VERSION.label),
    kind=MoveKind.FLYTTA_VERSION,
    sources=(),
    targets=(),
    made_by={BodyKind.REGIONALT_STOD.value: Mandate.LEDA_ARENDEN.value},
    in_meeting=False,
    needs_reason=True,
    gate=None,
)
"""The move to another version of the path: built in, so that versions loaded before it was thought of have it too.

It leaves from every step but the ends. Its target is a step of the version that the case is moved to.
"""


@dataclass(frozen=True, slots=True)
class PathVersion:
    """A whole version of a path, with the two look-ups that a move needs."""

    id: int
    county_id: int
    arendegang_id: int
    name: str
    number: int
    omfattning: Omfattning
    stations: Mapping[str, StationValue]
    moves: tuple[MoveValue, ...]
    gates: Mapping[str, GateValue]
    creating: MoveValue
    _leaving: Mapping[tuple[str, str], MoveValue] = field(repr=False)
    frister: Frister = field(default_factory=Frister)

    def move_from(self, source: str, code: str) -> MoveValue | None:
        """Return the move called `code` that leaves from the station `source`, built in or not, if there is one."""
        if code == MOVE_VERSION.code:
            return None if self.stations[source].is_final else MOVE_VERSION
        return self._leaving.get((source, code))

    def moves_from(self, source: str) -> tuple[MoveValue, ...]:
        """Return the moves that leave from the station `source`, in the file's order."""
        return tuple(move for move in self.moves if source in move.sources)

    def next_moves(self, source: str) -> tuple[MoveValue, ...]:
        """Return the moves that may carry a case onward from `source`.

        They are the first in the file's order and, as long as those have a condition, the next. Onward is to a later
        step of the main line; from beside it (a completion, a förstudie, a pause) to any step on it.
        """
        here = self.stations[source]
        found: list[MoveValue] = []
        for move in self.moves_from(source):
            if any(self._is_onward(here, self.stations[code]) for code in move.targets):
                found.append(move)
                if move.condition is None:
                    break
        return tuple(found)

    @staticmethod
    def _is_onward(here: StationValue, there: StationValue) -> bool:
        onward = here.kind in BESIDE or there.position > here.position
        return onward and there.code != here.code and there.kind not in BESIDE | EARLY_ENDS

    def next_move(self, source: str, cost: Decimal | None = None) -> MoveValue | None:
        """Return the move that carries a case onward from `source`; None at the end.

        Args:
            source: the code of the step where it stands.
            cost: what the satsning costs, in kronor; where it is known, moves that it rules out are passed by.

        """
        return next((move for move in self.next_moves(source) if move.is_open_to(cost)), None)

    def next_gate(self, source: str) -> GateValue | None:
        """Return the gate that the case meets next from `source`, or None when the next move has none."""
        move = self.next_move(source)
        return move.gate if move else None

    def stations_of(self, *kinds: StationKind) -> tuple[str, ...]:
        """Return the codes of the stations of these kinds."""
        return tuple(code for code, station in self.stations.items() if station.kind in kinds)


@lru_cache(maxsize=256)
def path_version(version_id: int) -> PathVersion:
    """Read a version once per process: four statements the first time, none afterwards.

    Raises:
        ArendegangVersion.DoesNotExist: when there is no such version.

    """
    row = ArendegangVersion.objects.select_related("arendegang").get(pk=version_id)
    gates = {
        gate.pk: GateValue(gate.code, gate.name, tuple(RequirementCode(code) for code in gate.requirements))
        for gate in row.gates.order_by("pk")
    }
    moves = tuple(
        MoveValue(
            code=move.code,
            name=move.name,
            kind=MoveKind(move.kind),
            sources=tuple(move.sources),
            targets=tuple(move.targets),
            made_by=dict(move.made_by),
            in_meeting=move.in_meeting,
            needs_reason=move.needs_reason,
            gate=gates[move.gate_id] if move.gate_id is not None else None,
            condition=condition_of(move.condition),
        )
        for move in row.moves.order_by("position")
    )
    stations = {
        station.code: StationValue(
            station.code, station.name, StationKind(station.kind), station.held_by, station.position, station.days
        )
        for station in row.stations.order_by("position")
    }
    return PathVersion(
        id=row.pk,
        county_id=row.arendegang.county_id,
        arendegang_id=row.arendegang_id,
        name=row.arendegang.name,
        number=row.number,
        omfattning=Omfattning(row.omfattning),
        stations=stations,
        moves=moves,
        gates={gate.code: gate for gate in gates.values()},
        creating=next(move for move in moves if move.kind == MoveKind.SKAPA),
        _leaving={(source, move.code): move for move in moves for source in move.sources},
        frister=frister_of(row.frister),
    )
