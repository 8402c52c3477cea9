"""The moves of a case as one person meets them: those that are open, and why the others are not."""

from dataclasses import dataclass

from governance.models import Body
from governance.paths import MoveValue
from governance.permissions import Standing
from governance.vocabulary import MoveKind
from satsningar.models import Satsning
from workflow.awaited import awaited_move
from workflow.decisions import open_anmalan
from workflow.models import Anmalan
from workflow.rights import Viewer, path_of, standing_for
from workflow.saying import who_can
from workflow.words import words_of

ENDING = frozenset({MoveKind.ATERKALLA, MoveKind.AVBRYT, MoveKind.AVSLAG})
"""Moves that end a case early; their buttons warn."""


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move that the person may make now."""

    move: MoveValue
    standing: Standing
    text: str
    is_awaited: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class ClosedMove:
    """A move that leaves from here but not for this person, or not yet, and why."""

    move: MoveValue
    why: str


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves that leave from where a case stands, for one person."""

    open: tuple[OpenMove, ...]
    closed: tuple[ClosedMove, ...]
    awaited: MoveValue | None


def moves_of(who: Viewer, satsning: Satsning, anmalan: Anmalan | None, bodies: tuple[Body, ...]) -> Moves:
    """Return the moves from where the case stands, the one it waits for first; no statements."""
    path = path_of(satsning)
    awaited = awaited_move(path, satsning.station, anmalan.move if anmalan else "")
    opened: list[OpenMove] = []
    closed: list[ClosedMove] = []
    for move in path.moves_from(satsning.station):
        standing = standing_for(who, move, satsning)
        why = not_yet(move, satsning, anmalan)
        if standing is None:
            closed.append(ClosedMove(move, who_can(move, satsning, bodies)))
        elif why:
            closed.append(ClosedMove(move, why))
        else:
            text = words_of(move, satsning).button
            opened.append(OpenMove(move, standing, text, is_awaited=move == awaited, ends=move.kind in ENDING))
    opened.sort(key=lambda each: (not each.is_awaited, each.ends))
    return Moves(tuple(opened), tuple(closed), awaited)


def why_not_yet(move: MoveValue, satsning: Satsning) -> str:
    """Return what `not_yet` says, reading the open anmälan only where it matters."""
    depends = move.in_meeting or move.kind == MoveKind.ANMAL
    return not_yet(move, satsning, open_anmalan(satsning)) if depends else ""


def not_yet(move: MoveValue, satsning: Satsning, anmalan: Anmalan | None) -> str:
    """Return why a move cannot be made by anybody before something else is done; empty when it can."""
    if move.in_meeting and anmalan is None:
        return f"Satsningen behöver först anmälas till beslut i {satsning.beslutsorgan.name}."
    if move.kind == MoveKind.ANMAL and anmalan is not None:
        return f"Satsningen är redan anmäld till beslut i {satsning.beslutsorgan.name}."
    return ""
