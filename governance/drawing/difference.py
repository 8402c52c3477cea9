"""The picture of what differs between two versions of an ärendegång: both drawn as one, what differs marked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from governance.drawing.svg import Marks, path_svg
from governance.paths import MoveValue, PathVersion, StationValue

LEGEND = (("added", "nytt"), ("removed", "borttaget"), ("changed", "ändrat"))
"""How things differ, and the words for it."""
_OF_STATION = dict(LEGEND)
_OF_MOVE = {"added": "ny", "removed": "borttagen", "changed": "ändrad"}

Pairs = Sequence[tuple[MoveValue | None, MoveValue | None, str]]


def difference_svg(
    old: PathVersion, new: PathVersion, names: Mapping[str, str], *, stations: Mapping[str, str], moves: Pairs
) -> str:
    """Return the picture of the new version with what the old one had beside it.

    Args:
        old: the version before.
        new: the version after.
        names: the names of the county's bodies by code.
        stations: how each station that differs does so, by its code.
        moves: every move of both as a pair, before and after, and how it differs; empty where it does not.

    """
    drawn = [(_named(after or before, change), change) for before, after, change in moves]
    both = replace(
        new,
        stations={station.code: station for station in _both(old, new, stations)},
        moves=tuple(move for move, _ in drawn),
    )
    marks = Marks(
        title=f"{new.name}: vad som skiljer version {new.number} från version {old.number}. "
        "Nytt, borttaget och ändrat är utsatt i ord vid varje steg och förflyttning.",
        legend=LEGEND,
        stations=stations,
        moves={(move.code, move.sources): change for move, change in drawn if change},
    )
    return path_svg(both, names, marks=marks)


def _named(move: MoveValue | None, change: str) -> MoveValue:
    """Return the move with the word for how it differs in its name."""
    if move is None:
        msg = "a pair has at least one side"
        raise ValueError(msg)
    return replace(move, name=f"{move.name} ({_OF_MOVE[change]})") if change else move


def _both(old: PathVersion, new: PathVersion, changes: Mapping[str, str]) -> list[StationValue]:
    """Return the stations of both versions in the new one's order, those that are gone after the step they followed."""
    order = list(new.stations)
    codes = list(old.stations)
    for index, code in enumerate(codes):
        if code not in new.stations:
            order.insert(order.index(codes[index - 1]) + 1 if index else 0, code)
    found = []
    for position, code in enumerate(order):
        station = new.stations.get(code) or old.stations[code]
        word = f" ({_OF_STATION[changes[code]]})" if code in changes else ""
        found.append(replace(station, name=station.name + word, position=position))
    return found
