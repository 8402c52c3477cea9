"""One act on its way: what `perform` has found so far, handed to the code of the move's kind."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from governance.models import Person
from governance.paths import MoveValue, PathVersion
from governance.permissions import Standing
from satsningar.content import Content
from satsningar.models import Handling
from workflow.decisions import Quorate
from workflow.facts import Facts
from workflow.inputs import Errors, Inputs
from workflow.machine import Arende


@dataclass(kw_only=True)
class ActContext:
    """Everything an act rests on. `payload` and `handlingar` are filled in by the kind's effect.

    `avsteg` are the waivers that apply, as `workflow.avsteg.applied` gives them.

    An effect may set what `workflow.cases.store` writes of the case's own row.
    """

    arende: Arende
    path: PathVersion
    into: PathVersion
    """The version that the case follows afterwards: the same but where the act is a move to another."""
    move: MoveValue
    source: str
    target: str
    standing: Standing
    actor: Person
    reason: str
    inputs: Inputs
    act_id: UUID
    at: datetime
    content: Content
    facts: Facts
    quorate: Quorate | None = None
    revision_id: int | None = None
    revision_number: int | None = None
    cost: Decimal | None = None
    """What the satsning costs, in kronor, as the move's condition is asked of it."""
    lacks_cost: bool = False
    """A limit of cost is to be asked, and nobody has said what the satsning would cost."""
    errors: Errors = field(default_factory=Errors)
    payload: dict[str, Any] = field(default_factory=dict)
    handlingar: list[Handling] = field(default_factory=list)
    avsteg: list[dict[str, Any]] = field(default_factory=list)
