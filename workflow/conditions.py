"""Conditions on moves, as an act asks them and a page explains them: what a satsning may cost to go this way."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from governance.conditions import kronor
from governance.paths import MoveValue, PathVersion
from governance.vocabulary import MoveKind
from satsningar.cost import cost_of
from workflow.facts import Facts
from workflow.proposals import as_proposed

ADOPTING = frozenset({MoveKind.ANDRINGSBESLUT, MoveKind.BESLUT_EFTER_FORSTUDIE})
"""Decisions by which proposed changes come to hold: their condition is asked of the content as proposed."""


def cost_before(satsning_id: int, move: MoveValue, parts: Mapping[str, Any], facts: Facts) -> Decimal | None:
    """Return the cost, in kronor, that the move's condition is asked of; None when nobody has said.

    A statement only where the move has a condition and makes proposed changes hold.
    """
    if move.condition is not None and move.kind in ADOPTING and facts.proposed_parts:
        parts = as_proposed(satsning_id, parts)
    return cost_of(parts)


def why_closed(path: PathVersion, station: str, move: MoveValue, cost: Decimal | None) -> str:
    """Return why a satsning of this cost may not make the move, and what it may do instead; empty when it may.

    Args:
        path: the case's version of the path.
        station: the code of the step that the move leaves from.
        move: the move.
        cost: what the satsning costs, in kronor; None asks nothing, the gate asks for it.

    """
    if move.is_open_to(cost) or cost is None:
        return ""
    said = f"”{move.name}” gäller satsningar som {move.condition}. Den här kostar {kronor(cost)}."
    others = [
        other
        for other in path.moves_from(station)
        if other.condition is not None and other.code != move.code and other.is_open_to(cost)
    ]
    same = [other for other in others if other.kind == move.kind]
    instead = " eller ".join(f"”{other.name}”" for other in same or others)
    return f"{said} Välj i stället {instead}." if instead else said
