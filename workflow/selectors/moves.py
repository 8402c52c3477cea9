"""The moves of a case as one person meets them: those that are open, and why the others are not."""

from dataclasses import dataclass

from governance.models import Body
from governance.paths import MoveValue
from governance.permissions import Standing
from governance.vocabulary import MoveKind
from satsningar.content import Content
from satsningar.cost import cost_of
from satsningar.models import Satsning
from workflow.awaited import awaited_move
from workflow.conditions import approved_limit, cost_before, why_closed, why_exceeded
from workflow.deciders import brought_to, decider_among, decider_of
from workflow.decisions import open_anmalan
from workflow.facts import Facts
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


def moves_of(  # noqa: PLR0913 - what a move depends on
    who: Viewer, satsning: Satsning, *, anmalan: Anmalan | None, bodies: tuple[Body, ...], read: Content, known: Facts
) -> Moves:
    """Return the moves from where the case stands, the one it waits for first.

    No statements, except one for each move whose condition is asked of proposed changes.
    """
    path = path_of(satsning)
    cost = cost_of(read.parts)
    awaited = awaited_move(path, satsning.station, anmalan.move if anmalan else "", cost)
    opened: list[OpenMove] = []
    closed: list[ClosedMove] = []
    for move in path.moves_from(satsning.station):
        standing = standing_for(who, move, satsning)
        asked = cost_before(satsning.pk, move, read.parts, known)
        decider = brought_to(move, satsning, bodies, cost)
        targets = {path.stations[code].kind for code in move.targets}
        limit = approved_limit(path, satsning.station, move, targets, known)
        why = (
            why_closed(path, satsning.station, move, asked)
            or why_exceeded(path, limit, asked, lambda each: decider_among(each, satsning, bodies))
            or not_yet(move, anmalan, decider)
        )
        if move.condition and not move.is_open_to(asked):
            closed.append(ClosedMove(move, why))
        elif standing is None:
            closed.append(ClosedMove(move, who_can(move, satsning, bodies)))
        elif why:
            closed.append(ClosedMove(move, why))
        else:
            text = words_of(move, satsning, decider=decider).button
            opened.append(OpenMove(move, standing, text, is_awaited=move == awaited, ends=move.kind in ENDING))
    opened.sort(key=lambda each: (not each.is_awaited, each.ends))
    return Moves(tuple(opened), tuple(closed), awaited)


def why_not_yet(move: MoveValue, satsning: Satsning) -> str:
    """Return what `not_yet` says, reading the open anmälan, and who decides, only where it matters."""
    if move.in_meeting:
        return not_yet(move, open_anmalan(satsning), decider_of(move, satsning))
    return not_yet(move, open_anmalan(satsning), satsning.beslutsorgan) if move.kind == MoveKind.ANMAL else ""


def not_yet(move: MoveValue, anmalan: Anmalan | None, decider: Body) -> str:
    """Return why a move cannot be made by anybody before something else is done; empty when it can.

    Args:
        move: the move.
        anmalan: what is before a deciding body now, with that body.
        decider: who decides on the move.

    """
    if move.in_meeting and anmalan is None:
        return f"Satsningen behöver först anmälas till beslut i {decider.name}."
    if anmalan is not None and (move.kind == MoveKind.ANMAL or (move.in_meeting and anmalan.body_id != decider.pk)):
        return f"Satsningen är redan anmäld till beslut i {anmalan.body.name}."
    if move.in_meeting and anmalan is not None and anmalan.meets_here:
        return f"{decider.name} beslutar i sina möten. Beslutet förs in vid bordet av sekreteraren eller ordföranden."
    return ""
