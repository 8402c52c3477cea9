"""The only place that says which one move a case waits for, and so whose turn it is."""

from decimal import Decimal

from governance.paths import MoveValue, PathVersion
from governance.vocabulary import MoveKind


def awaited_move(path: PathVersion, station: str, proposed: str = "", cost: Decimal | None = None) -> MoveValue | None:
    """Return the move that a case at a station waits for; None at the end of the path.

    Where it has been brought before a deciding body, that is the proposed move. Otherwise the one that carries it
    onward, and where that is decided in a meeting, first the anmälan that brings it there.

    Args:
        path: the case's version of the path.
        station: where it stands.
        proposed: the code of the move that its open anmälan proposes.
        cost: what the satsning costs, in kronor, where that is known; moves that it rules out are passed by.

    """
    if proposed and (move := path.move_from(station, proposed)):
        return move
    return _brought_first(path, station, path.next_move(station, cost), cost)


def awaited_moves(path: PathVersion, station: str) -> tuple[MoveValue, ...]:
    """Return every move that a case at a station may wait for, whatever it costs."""
    found = (_brought_first(path, station, onward, None) for onward in path.next_moves(station))
    return tuple({move.code: move for move in found if move}.values())


def _brought_first(path: PathVersion, station: str, onward: MoveValue | None, cost: Decimal | None) -> MoveValue | None:
    if onward is None or not onward.in_meeting:
        return onward
    bringing = (move for move in path.moves_from(station) if move.kind == MoveKind.ANMAL and move.is_open_to(cost))
    return next(bringing, onward)
