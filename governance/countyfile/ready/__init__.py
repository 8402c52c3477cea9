"""The ready paths that a new county begins with, each a file beside this one; read once per process.

A file says what the path is called, what it is like and how many beredningsgrupper it needs, and holds one
`[[arendegang]]` as a county file does, without version and day. `gemensam` in it stands for the county's second level
of preparation, and every limit of cost in it for the county's own.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from governance.conditions import Condition
from governance.countyfile.fields import Table
from governance.countyfile.parse_path import parse_path
from governance.countyfile.problems import CountyFileError, Problems
from governance.countyfile.spec import MoveSpec, PathSpec
from governance.vocabulary import RequirementCode

SECOND_LEVEL = "gemensam"
"""What the files call the body of the second level of preparation."""
ORDER = ("standard", "forstudie", "namnd", "utan-beredningsgrupp", "tva-nivaer")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ReadyPath:
    """A ready path; `preparing` is how many beredningsgrupper it takes: none, at least one, at least two."""

    key: str
    name: str
    description: str
    preparing: int
    path: PathSpec

    @property
    def has_second_level(self) -> bool:
        """Tell whether one of the beredningsgrupper prepares after the others."""
        return any(SECOND_LEVEL in move.made_by for move in self.path.moves)

    @property
    def has_limit(self) -> bool:
        """Tell whether a nämnd decides what costs more than a limit."""
        return any(move.condition for move in self.path.moves)


@cache
def ready_paths() -> dict[str, ReadyPath]:
    """Return the ready paths by their key, in the order they are offered."""
    return {key: _read(key) for key in ORDER}


def _read(key: str) -> ReadyPath:
    tables = tomllib.loads((_FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
    problems = Problems()
    [arendegang] = tables["arendegang"]
    undecided = {"version": 1, "galler_fran": date(1900, 1, 1)}
    path = parse_path(Table({**arendegang, **undecided}, f"{key}.arendegang", problems), only=True)
    if problems:
        raise CountyFileError(problems.located({}))
    return ReadyPath(key, tables["namn"], tables["beskrivning"], tables["beredningsgrupper"], path)


def fitted(
    ready: ReadyPath, *, in_force_from: date, decided_by: str, second_level: str, without: frozenset[RequirementCode]
) -> PathSpec:
    """Return the path as a county takes it.

    Args:
        ready: which.
        in_force_from: the day it comes into force.
        decided_by: who decided it, or empty.
        second_level: the code of the body of the second level, where the path has one.
        without: requirements that the county cannot meet yet; a gate left empty goes.

    """
    gates = tuple(
        replace(gate, requirements=kept)
        for gate in ready.path.gates
        if (kept := tuple(one for one in gate.requirements if one not in without))
    )
    codes = {gate.code for gate in gates}
    return replace(
        ready.path,
        in_force_from=in_force_from,
        decided_by=decided_by,
        gates=gates,
        stations=tuple(
            replace(one, held_by=second_level if one.held_by == SECOND_LEVEL else one.held_by)
            for one in ready.path.stations
        ),
        moves=tuple(_move(one, second_level, codes) for one in ready.path.moves),
    )


def limited(path: PathSpec, limit: int | None) -> PathSpec:
    """Return the path with the county's own limit of cost, in kronor, in every condition; None where it has none."""

    def own(condition: Condition) -> Condition:
        return Condition(
            over=None if condition.over is None else limit, hogst=None if condition.hogst is None else limit
        )

    return replace(
        path, moves=tuple(replace(one, condition=one.condition and own(one.condition)) for one in path.moves)
    )


def _move(move: MoveSpec, second_level: str, gates: set[str]) -> MoveSpec:
    made_by = {second_level if who == SECOND_LEVEL else who: mandate for who, mandate in move.made_by.items()}
    return replace(move, made_by=made_by, gate=move.gate if move.gate in gates else "")
