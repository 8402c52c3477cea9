"""The register of what each kind of move needs to be told and does beside changing station.

A kind has at most two functions: a *check* that collects the sentences of what was sent wrong, before anything is
written, and an *effect* that writes what goes with the move. `workflow.actions.perform` calls them in its order.
"""

from collections.abc import Callable

from governance.vocabulary import MoveKind
from workflow.context import ActContext

Step = Callable[[ActContext], None]
CHECKS: dict[MoveKind, Step] = {}
EFFECTS: dict[MoveKind, Step] = {}


def check(*kinds: MoveKind) -> Callable[[Step], Step]:
    """Register what a kind of move needs to be told."""

    def register(step: Step) -> Step:
        CHECKS.update(dict.fromkeys(kinds, step))
        return step

    return register


def effect(*kinds: MoveKind) -> Callable[[Step], Step]:
    """Register what a kind of move does beside changing station."""

    def register(step: Step) -> Step:
        EFFECTS.update(dict.fromkeys(kinds, step))
        return step

    return register
