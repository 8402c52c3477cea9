"""The only place that says which body decides on a move in a case.

A case has one deciding body of its own, found when it is made: it numbers the case and decides what its kind decides.
A move that another body makes, a nämnd above it, is brought before that one and decided there, by its members and rule.
"""

from collections.abc import Iterable
from decimal import Decimal

from governance.models import Body
from governance.paths import MoveValue, PathVersion
from governance.vocabulary import MoveKind
from satsningar.models import Satsning
from workflow.models import Anmalan
from workflow.rights import matches, path_of


def makes(body: Body, move: MoveValue, satsning: Satsning) -> bool:
    """Tell whether the body is one that makes the move in this case."""
    return any(matches(key, body.pk, body.kind, body.code, satsning) for key in move.made_by)


def decider_among(move: MoveValue, satsning: Satsning, bodies: Iterable[Body]) -> Body:
    """Return the body that a move is brought before, found among the county's bodies in their order; no statements."""
    own = satsning.beslutsorgan
    if makes(own, move, satsning):
        return own
    return next((body for body in bodies if makes(body, move, satsning)), own)


def decider_of(move: MoveValue, satsning: Satsning) -> Body:
    """Return the body that a move is brought before; a statement only where it is not the case's own."""
    if makes(satsning.beslutsorgan, move, satsning):
        return satsning.beslutsorgan
    bodies = Body.objects.filter(county=satsning.county_id, ended_on=None).order_by("position", "pk")
    return decider_among(move, satsning, bodies)


def brought_to(move: MoveValue, satsning: Satsning, bodies: Iterable[Body], cost: Decimal | None = None) -> Body:
    """Return the body that decides on a move, or that an anmälan brings the case before; no statements.

    Args:
        move: the move.
        satsning: the case.
        bodies: the county's bodies in their order.
        cost: what it costs, in kronor, where that is known: it may say which decision comes next.

    """
    if move.in_meeting:
        return decider_among(move, satsning, bodies)
    if move.kind != MoveKind.ANMAL:
        return satsning.beslutsorgan
    path, there = path_of(satsning), move.target_from(satsning.station) or satsning.station
    ahead = [each for each in path.moves_from(there) if each.in_meeting]
    proposed = path.next_move(there, cost)
    first = proposed if proposed in ahead else next((each for each in ahead if each.is_open_to(cost)), None)
    return decider_among(first, satsning, bodies) if first else satsning.beslutsorgan


def body_before(satsning: Satsning, anmalan: Anmalan) -> Body:
    """Return the body that an anmälan was made to; a statement only where it is not the case's own."""
    return satsning.beslutsorgan if anmalan.body_id == satsning.beslutsorgan_id else anmalan.body


def body_at_table(path: PathVersion, satsning: Satsning) -> Body:
    """Return the body on whose table the case lies where it stands, as its first decision there says."""
    move = next((move for move in path.moves_from(satsning.station) if move.in_meeting), None)
    return decider_of(move, satsning) if move else satsning.beslutsorgan
