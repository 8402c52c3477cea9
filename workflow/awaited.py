"""The only place that says which one move a case waits for, and so whose turn it is."""

from governance.paths import MoveValue, PathVersion
from governance.vocabulary import MoveKind


def awaited_move(path: PathVersion, station: str, proposed: str = "") -> MoveValue | None:
    """Return the move that a case at a station waits for; None at the end of the path.

    Where it has been brought before a deciding body, that is the proposed move. Otherwise the one that carries it
    onward, and where that is decided in a meeting, first the anmälan that brings it there.

    Args:
        path: the case's version of the path.
        station: where it stands.
        proposed: the code of the move that its open anmälan proposes.

    """
    if proposed and (move := path.move_from(station, proposed)):
        return move
    onward = path.next_move(station)
    if onward is None or not onward.in_meeting:
        return onward
    bringing = (move for move in path.moves_from(station) if move.kind == MoveKind.ANMAL)
    return next(bringing, onward)
