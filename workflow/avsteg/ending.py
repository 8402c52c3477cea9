"""When an avsteg ends: the rule, and the only writer of what ends by a move."""

from governance import prepared
from governance.vocabulary import MoveKind
from workflow.avsteg.models import Avstegsslut, Avstegssvar
from workflow.context import ActContext
from workflow.facts import KnownAvsteg
from workflow.vocabulary import Avstegslage

RUNNING = frozenset({Avstegslage.BEGART, Avstegslage.MEDGIVET})
"""An avsteg that is asked for, or granted and holds."""
_BECOMES = {Avstegslage.BEGART: Avstegslage.FORFALLET, Avstegslage.MEDGIVET: Avstegslage.UPPHORT}


def ends(one: KnownAvsteg, act: ActContext) -> bool:
    """Tell whether an avsteg that has not ended does so with the act (ADR 0018).

    It ends when the case passes the gate, which an anmälan does not; when a meeting carries the case to another step,
    which answers the matter unless it is sent back; when the case ends; and when it is moved to another version, whose
    gates it says nothing of.
    """
    if act.move.kind == MoveKind.FLYTTA_VERSION:
        return True
    move, moved = act.move, act.target != act.source
    if act.path.stations[act.target].is_final:
        return True
    if act.quorate is not None and moved and move.kind != MoveKind.ATERREMISS:
        return True
    return move.gate is not None and move.gate.code == one.gate and move.kind != MoveKind.ANMAL


def end_avsteg(act: ActContext) -> None:
    """Write the end of every avsteg that ends with the act; no statement where none does.

    Effects, in order: the act is told which end, for the journal; those granted get the move that took the case past
    them; those nobody answered lapse.
    """
    ending = [one for one in act.facts.avsteg if one.state in RUNNING and ends(one, act)]
    if ending:
        act.payload["avsteg_slut"] = [[one.id, _BECOMES[one.state].value] for one in ending]
    prepared.insert(
        [
            Avstegsslut(avsteg_id=one.id, move=act.move.name, at=act.at, act_id=act.act_id)
            for one in ending
            if one.state == Avstegslage.MEDGIVET
        ]
    )
    prepared.insert(
        [
            Avstegssvar(avsteg_id=one.id, outcome=Avstegslage.FORFALLET.value, reason="", at=act.at, act_id=act.act_id)
            for one in ending
            if one.state == Avstegslage.BEGART
        ]
    )
