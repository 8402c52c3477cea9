"""What must agree about conditions on moves: that no cost can leave a case without a way on."""

from collections.abc import Collection, Iterable, Mapping

from governance.conditions import kronor
from governance.countyfile import defaults
from governance.countyfile.problems import Problems
from governance.countyfile.spec import MoveSpec, PathSpec
from governance.vocabulary import FINAL_KINDS, MoveKind, RequirementCode, StationKind

_KNOWN_BY = frozenset({RequirementCode.GROV_KOSTNAD, RequirementCode.DEL_EKONOMI})
_WRITTEN_BEFORE = frozenset({MoveKind.LAMNA_IN, MoveKind.LAMNA_KOMPLETTERING})


def check_condition_kind(move: MoveSpec, problems: Problems) -> None:
    """See that a move with a condition is of a kind that may have one."""
    if move.condition and move.kind not in defaults.MAY_HAVE_CONDITION:
        problems.add(
            f"{move.place}.villkor",
            f"”{move.kind}” kan inte ha villkor: vägen tillbaka och ut är öppen vad satsningen än kostar.",
            "Ta bort villkor.",
        )


def check_conditions(path: PathSpec, problems: Problems) -> None:
    """See that the cost is known before it is asked about, and that a case of any cost can be carried on.

    The limits divide all costs into a few spans; one cost of each is tried. From every step from where a case could be
    completed if there were no conditions, it can be completed at that cost too. Steps that only other costs lead to are
    held to it as well, since a satsning's cost may change on its way.
    """
    limited = [move for move in path.moves if move.condition]
    if not limited or problems.under(path.place):
        return
    _check_known(path, limited[0], problems)
    done = {station.code for station in path.stations if station.kind == StationKind.SLUTFORD}
    ends = done or {station.code for station in path.stations if station.kind in FINAL_KINDS}
    free = _from_where(ends, path.moves)
    blamed: set[str] = set()
    for cost in _costs(limited):
        open_moves = [move for move in path.moves if move.condition is None or move.condition.holds(cost)]
        ending = _from_where(ends, open_moves)
        for station in path.stations:
            stuck = station.code in free and station.code not in ending
            closed = next((move for move in limited if station.code in move.sources and move not in open_moves), None)
            if stuck and closed is not None and station.code not in blamed:
                blamed.add(station.code)
                problems.add(
                    f"{closed.place}.villkor",
                    f"En satsning som kostar {kronor(cost)} kommer inte vidare från ”{station.name}”.",
                    f"Skriv en förflyttning från ”{station.code}” för {_the_others(cost, closed)}.",
                )


def _check_known(path: PathSpec, first: MoveSpec, problems: Problems) -> None:
    gates: Mapping[str, Collection[RequirementCode]] = {gate.code: gate.requirements for gate in path.gates}
    for move in path.moves:
        if move.kind in _WRITTEN_BEFORE and not _KNOWN_BY & set(gates.get(move.gate, ())):
            problems.add(
                f"{move.place}.grind",
                f"Ärendegången har villkor om kostnad ({first.place}), men ”{move.code}” kräver inte att den är känd.",
                'Lägg till "grov_kostnad" eller "del_ekonomi" i grinden.',
            )


def _costs(limited: Iterable[MoveSpec]) -> list[int]:
    """Return one cost of each span that the limits divide all costs into, in kronor."""
    limits = {
        limit
        for move in limited
        if move.condition
        for limit in (move.condition.over, move.condition.hogst)
        if limit is not None
    }
    return sorted({0, *limits, *(limit + 1 for limit in limits)})


def _from_where(ends: set[str], moves: Collection[MoveSpec]) -> set[str]:
    """Return the steps from which one of the ends can be reached by these moves."""
    found, edge = set(ends), list(ends)
    while edge:
        code = edge.pop()
        for source in {source for move in moves if code in move.targets for source in move.sources} - found:
            found.add(source)
            edge.append(source)
    return found


def _the_others(cost: int, move: MoveSpec) -> str:
    condition = move.condition
    if condition and condition.over is not None and cost <= condition.over:
        return f"det som kostar högst så, med villkor = {{ kostnad_hogst = {condition.over} }} eller utan villkor"
    limit = condition.hogst if condition else None
    return f"det som kostar mer, med villkor = {{ kostnad_over = {limit} }} eller utan villkor"
