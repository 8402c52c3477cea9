"""What differs between two versions of a path, in words: steps, moves and gates that are new, changed or gone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from governance.drawing.table import PathRow, path_rows, who_is
from governance.paths import GateValue, MoveValue, PathVersion, StationValue

NEW, GONE, CHANGED = "added", "removed", "changed"
"""How a thing differs, as `components/compare.html` calls it."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that has changed, as it was and as it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """A step, a move or a gate that differs; what is new or gone is said whole in its only side."""

    what: str
    name: str
    change: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """All that differs, and which stations and moves of either version it marks in the picture."""

    rows: tuple[Row, ...]
    stations: Mapping[str, str]
    """How a station differs, by its code."""
    moves: Sequence[tuple[MoveValue | None, MoveValue | None, str]]
    """Every move of both versions as a pair, before and after, and how it differs; empty where it does not."""

    def count(self, change: str) -> int:
        """Return how many things differ in that way."""
        return sum(row.change == change for row in self.rows)


def difference(old: PathVersion, new: PathVersion, names: Mapping[str, str]) -> VersionDifference:
    """Return what differs between two versions of a path.

    A step and a gate are the same when their codes are; a move when its code is and, where several blocks share it,
    it leaves from most of the same steps.

    Args:
        old: the version before.
        new: the version after.
        names: the names of the county's bodies by code.

    """
    pairs = _paired(old.moves, new.moves)
    renamed = replace(old, stations={code: new.stations.get(code, one) for code, one in old.stations.items()})
    before, after = _by_move(renamed, names), _by_move(new, names)
    stations = {row.code: row for row in _stations(old, new, names)}
    # A step that has another name is told once, and not again in every move.
    moves = [_move(one, other, before, after) for one, other in pairs]
    return VersionDifference(
        rows=(
            *_whole(old, new),
            *(found.row for found in stations.values() if found.row),
            *(row for row in moves if row),
            *_gates(old, new),
        ),
        stations={code: found.row.change for code, found in stations.items() if found.row},
        moves=[(*pair, row.change if row else _regated(old, pair[1])) for pair, row in zip(pairs, moves, strict=True)],
    )


def _regated(old: PathVersion, move: MoveValue | None) -> str:
    """Return that a move which is otherwise as it was has a gate that asks something else; empty when it has not."""
    was = old.gates.get(move.gate.code) if move and move.gate else None
    return CHANGED if move and move.gate and was and set(was.requirements) != set(move.gate.requirements) else ""


def _details(sides: Iterable[tuple[str, str, str]]) -> tuple[Detail, ...]:
    return tuple(Detail(*side) for side in sides if side[1] != side[2])


def _row(what: str, name: str, change: str, sides: Iterable[tuple[str, str, str]]) -> Row | None:
    """Return what differs; None where it is the same in both."""
    details = _details(sides)
    if change != CHANGED:
        details = tuple(one for one in details if "Nej" not in {one.before, one.after})
    return Row(what, name, change, details) if change != CHANGED or details else None


def _whole(old: PathVersion, new: PathVersion) -> Iterator[Row]:
    sides = [("Omfattning som krävs", str(old.omfattning.label), str(new.omfattning.label))]
    if row := _row("Ärendegången", new.name, CHANGED, sides):
        yield row


@dataclass(frozen=True, slots=True)
class _Coded:
    code: str
    row: Row | None


def _stations(old: PathVersion, new: PathVersion, names: Mapping[str, str]) -> Iterator[_Coded]:
    kept = [code for code in old.stations if code in new.stations]
    moved = _out_of_order(kept, [code for code in new.stations if code in old.stations])
    for code in (*new.stations, *(code for code in old.stations if code not in new.stations)):
        was, now = old.stations.get(code), new.stations.get(code)
        one = now or was
        if one is not None:
            places = (_after(old, code, new), _after(new, code, new)) if code in moved else ("", "")
            sides = zip(_STATION, _facts(was, names, places[0]), _facts(now, names, places[1]), strict=True)
            yield _Coded(code, _row("Steg", one.name, _change(was, now), sides))


_STATION = ("Namn", "Slag", "Satsningen är hos", "Plats")


def _facts(station: StationValue | None, names: Mapping[str, str], place: str) -> tuple[str, ...]:
    if station is None:
        return ("",) * len(_STATION)
    held = who_is(station.held_by, names) if station.held_by else ""
    return (station.name, str(station.kind.label), held[:1].upper() + held[1:], place)


def _after(path: PathVersion, code: str, names: PathVersion) -> str:
    """Return where a step stands in the order, the step before it by its name in `names` where it is there."""
    codes = list(path.stations)
    index = codes.index(code)
    before = codes[index - 1]
    return f"efter {names.stations.get(before, path.stations[before]).name}" if index else "först"


def _out_of_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return as few of the codes as explain that the order differs: those outside the longest run that both have."""
    runs: dict[str, list[str]] = {}
    for code in after:
        ahead = [runs[one] for one in runs if before.index(one) < before.index(code)]
        runs[code] = [*_longest(ahead), code]
    return set(after) - set(_longest(list(runs.values())))


def _longest(runs: list[list[str]]) -> list[str]:
    return max(runs, key=len) if runs else []


def _change(was: object | None, now: object | None) -> str:
    return NEW if was is None else GONE if now is None else CHANGED


def _paired(before: Sequence[MoveValue], after: Sequence[MoveValue]) -> list[tuple[MoveValue | None, MoveValue | None]]:
    """Return each move of the new version with the one it was, then those that are gone."""
    left = list(before)
    pairs: list[tuple[MoveValue | None, MoveValue | None]] = []
    for move in after:
        alike = [one for one in left if one.code == move.code]
        same = max(alike, key=lambda one: len({*one.sources} & {*move.sources}), default=None)
        if same is not None:
            left.remove(same)
        pairs.append((same, move))
    return [*pairs, *((one, None) for one in left)]


_Rows = list[tuple[MoveValue, PathRow]]


def _by_move(path: PathVersion, names: Mapping[str, str]) -> _Rows:
    return list(zip(path.moves, path_rows(path, names), strict=True))


def _move(was: MoveValue | None, now: MoveValue | None, before: _Rows, after: _Rows) -> Row | None:
    old = next((row for move, row in before if move is was), None)
    new = next((row for move, row in after if move is now), None)
    one = new or old
    if one is None:
        return None
    sides = zip(_MOVE, _said(old), _said(new), strict=True)
    return _row("Förflyttning", one.name, _change(old, new), sides)


_MOVE = ("Namn", "Från", "Till", "Görs av", "På möte", "Kräver skäl", "Grind")


def _said(row: PathRow | None) -> tuple[str, ...]:
    if row is None:
        return ("",) * len(_MOVE)
    who = " eller ".join(row.made_by)
    marks = ("Ja" if row.in_meeting else "Nej", "Ja" if row.needs_reason else "Nej")
    return (row.name, row.sources_text, row.targets_text, who, *marks, row.gate)


def _gates(old: PathVersion, new: PathVersion) -> Iterator[Row]:
    for code in dict.fromkeys((*new.gates, *old.gates)):
        was, now = old.gates.get(code), new.gates.get(code)
        one = now or was
        sides = [("Namn", was.name if was else "", now.name if now else ""), ("Krav", *_requirements(was, now))]
        if one is not None and (row := _row("Grind", one.name, _change(was, now), sides)):
            yield row


def _requirements(was: GateValue | None, now: GateValue | None) -> tuple[str, str]:
    """Return what each side requires; of a gate that both have only what differs."""
    before, after = was.requirements if was else (), now.requirements if now else ()
    both = {*before} & {*after} if was and now else set()
    return tuple("; ".join(str(one.label) for one in side if one not in both) for side in (before, after))  # type: ignore[return-value] # two sides
