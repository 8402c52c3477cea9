"""The steps of a case's path as its stepper shows them: those behind it, where it stands, those ahead."""

from collections.abc import Collection
from decimal import Decimal

from governance.paths import BESIDE, EARLY_ENDS, PathVersion
from governance.vocabulary import StationKind


def steps_of(
    path: PathVersion, station: str, visited: Collection[str] = (), note: str = "", cost: Decimal | None = None
) -> list[dict[str, str]]:
    """Return the steps in order as `stepper` draws them.

    The main line is shown whole; a step beside it, or an early end, only while the case stands there. After an early
    end nothing is ahead. Where several bodies may decide, those that the case has gone by, or that it will not come to
    at its cost, are left out.

    Args:
        path: the case's version of the path.
        station: where it stands.
        visited: the steps it has been at, by its journal; needed where it has ended early.
        note: what stands below the present step.
        cost: what the satsning costs, in kronor, where that is known.

    """
    here = path.stations[station]
    main = [each for each in path.stations.values() if each.kind not in BESIDE | EARLY_ENDS or each is here]
    if len(path.stations_of(StationKind.BESLUT)) > 1 and visited:
        met = {*visited, *_ahead(path, station, cost)}
        main = [each for each in main if each.kind != StationKind.BESLUT or each.code in met]
    if here.kind in EARLY_ENDS:
        shown = [each for each in main if each.code in visited and each is not here]
        steps = [{"name": each.name, "state": "done"} for each in shown]
        return [*steps, {"name": here.name, "state": "current", "note": note}]
    steps = []
    for each in sorted(main, key=lambda each: each.position):
        if each is here:
            steps.append({"name": each.name, "state": "current", "note": note})
        else:
            steps.append({"name": each.name, "state": "done" if each.position < here.position else "coming"})
    return steps


def _ahead(path: PathVersion, station: str, cost: Decimal | None) -> set[str]:
    """Return the steps at or after where the case stands that it can come to at its cost."""
    found, edge = {station}, [station]
    while edge:
        here = path.stations[edge.pop()]
        for move in path.moves_from(here.code):
            for code in move.targets if move.is_open_to(cost) else ():
                onward = here.kind in BESIDE or path.stations[code].position > here.position
                if code not in found and onward:
                    found.add(code)
                    edge.append(code)
    return found
