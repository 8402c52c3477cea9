"""Conditions on moves, as an act asks them and a page explains them: what a satsning may cost to go this way."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from governance.conditions import kronor
from governance.models import Body
from governance.paths import MoveValue, PathVersion, path_version
from governance.vocabulary import DECIDED_KINDS, MoveKind, StationKind
from satsningar.content import Content
from satsningar.cost import cost_of
from satsningar.vocabulary import PartCode
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


def without_cost(content: Content) -> Content:
    """Return content whose rough cost nobody has said, as proposed changes would leave it."""
    economy = {**content.parts[PartCode.EKONOMI], "grov_kostnad": None}
    return replace(content, parts={**content.parts, PartCode.EKONOMI: economy})


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


def approved_limit(
    path: PathVersion, station: str, move: MoveValue, targets: Collection[str], known: Facts
) -> int | None:
    """Return the most, in kronor, that the satsning may cost to leave *beslutad* as it was approved; None for no limit.

    What is worked in there after a decision with amendments is not asked by anybody else: the limit of the newest
    approving decision, as its own version has it, is therefore asked when the case goes on.

    Args:
        path: the case's version of the path.
        station: the code of the step that the move leaves from.
        move: the move.
        targets: the kinds of step that it may lead to.
        known: the case's facts.

    """
    if path.stations[station].kind != StationKind.BESLUTAD or move.in_meeting or known.approval is None:
        return None
    if not DECIDED_KINDS.difference({StationKind.BESLUTAD}).intersection(targets):
        return None
    approving = path_version(known.approval.version_id).move_from(known.approval.station, known.approval.move)
    return approving.condition.hogst if approving and approving.condition else None


def why_exceeded(
    path: PathVersion, limit: int | None, cost: Decimal | None, decider: Callable[[MoveValue], Body]
) -> str:
    """Return why a satsning that has become this dear since it was approved does not go on; empty when it does.

    Args:
        path: the case's version of the path.
        limit: what `approved_limit` gives, in kronor.
        cost: what it costs now, in kronor; None asks nothing, the gate asks for it.
        decider: tells which body decides on a move; asked only where the cost is over the limit.

    """
    if limit is None or cost is None or cost <= limit:
        return ""
    said = f"Satsningen är beslutad för en kostnad på högst {kronor(limit)}. Nu kostar den {kronor(cost)}."
    changes = [move for move in path.moves if move.kind == MoveKind.ANDRINGSBESLUT and move.is_open_to(cost)]
    if not changes:
        return f"{said} En högre kostnad behöver ett nytt beslut. Ändra kostnaden till högst {kronor(limit)}."
    who = " eller ".join(dict.fromkeys(f"{decider(move).name} genom ”{move.name}”" for move in changes))
    return (
        f"{said} En högre kostnad behöver ett nytt beslut av {who}. Ändra kostnaden till högst {kronor(limit)},"
        " och föreslå höjningen när satsningen har gått vidare."
    )
