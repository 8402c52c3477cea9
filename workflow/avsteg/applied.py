"""Which avsteg let a case through its gates, as values that are frozen into anmälan, decision and journal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from governance.paths import GateValue
from satsningar.content import Content
from workflow.context import ActContext
from workflow.facts import Facts
from workflow.gates import gaps_of_requirement
from workflow.vocabulary import Avstegslage

Applied = dict[str, Any]
"""An avsteg as it is frozen: `id`, `gate` and `requirement` with their names (`gate_name`, `label`), what `KnownAvsteg`
says of it, and in `lacks` the sentences of what is missing and let through; none where the requirement was met after
all."""


def applied(gates: Iterable[GateValue], content: Content, facts: Facts) -> list[Applied]:
    """Return every avsteg that holds in one of the gates, with what it lets through; no statements."""
    asked = {gate.code: gate for gate in gates}
    return [
        {
            "id": one.id,
            "gate": one.gate,
            "gate_name": asked[one.gate].name,
            "requirement": one.requirement.value,
            "label": str(one.requirement.label),
            **one.said,
            "lacks": list(dict.fromkeys(gap.message for gap in gaps_of_requirement(one.requirement, content, facts))),
        }
        for one in facts.avsteg
        if one.state == Avstegslage.MEDGIVET and one.gate in asked
    ]


def with_later(frozen: Sequence[Applied], now: Iterable[Applied]) -> list[Applied]:
    """Return those frozen when the matter was brought and then those granted since, marked `later`."""
    known = {one["id"] for one in frozen}
    return [*frozen, *({**one, "later": True} for one in now if one["id"] not in known)]


def applied_in_act(act: ActContext, gates: Iterable[GateValue]) -> list[Applied]:
    """Return the avsteg that an act rests on: those of its gates and, in a meeting, those in the decision papers."""
    found = applied(gates, act.content, act.facts)
    return with_later(act.quorate.anmalan.avsteg, found) if act.quorate else found


def in_papers(
    frozen: Sequence[Applied], gates: Iterable[GateValue | None], content: Content, facts: Facts
) -> list[Applied]:
    """Return the avsteg of a matter before a body: those frozen with its anmälan, and those granted since.

    Args:
        frozen: what the anmälan holds.
        gates: the gates of what it proposes.
        content: the case's content.
        facts: what has been done around it.

    """
    return with_later(frozen, applied([gate for gate in gates if gate], content, facts))


def names_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the requirements of frozen avsteg in words."""
    return ", ".join(str(row["label"]) for row in rows)
