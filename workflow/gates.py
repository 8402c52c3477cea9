"""What a gate still lacks: the requirements of both apps, asked in the gate's order."""

from collections.abc import Iterable

from governance.paths import GateValue
from governance.vocabulary import RequirementCode
from satsningar.content import Content
from satsningar.requirements import REQUIREMENTS as CONTENT_REQUIREMENTS
from satsningar.requirements import Gap
from workflow.facts import Facts
from workflow.requirements import REQUIREMENTS as ACT_REQUIREMENTS

ALWAYS_ASKED = (RequirementCode.KOPIERAT_GENOMGANGET, RequirementCode.INSKRIVNING_KLAR)
"""What no gate lets through, whether its county's file names it or not."""


def gaps(gate: GateValue | None, content: Content, facts: Facts) -> tuple[Gap, ...]:
    """Return every gap of the gate, the same sentence once; none without a gate."""
    return gaps_of((gate,), content, facts)


def gaps_of(
    gates: Iterable[GateValue | None], content: Content, facts: Facts, extra: Iterable[RequirementCode] = ()
) -> tuple[Gap, ...]:
    """Return the gaps of several gates and extra codes, each asked once and the same sentence said once.

    A requirement that a granted avsteg waives in a gate is not asked in that gate.
    """
    waived, met = facts.waived, [gate for gate in gates if gate]
    asked = [*(code for gate in met for code in gate.requirements if (gate.code, code) not in waived), *extra]
    if met or asked:
        asked += ALWAYS_ASKED
    found: dict[tuple[str, str], Gap] = {}
    for code in dict.fromkeys(asked):
        for gap in gaps_of_requirement(code, content, facts):
            found.setdefault((gap.part, gap.message), gap)
    return tuple(found.values())


def gaps_of_requirement(code: RequirementCode, content: Content, facts: Facts) -> Iterable[Gap]:
    """Return what one requirement lacks, whether or not it is waived somewhere."""
    if code in CONTENT_REQUIREMENTS:
        return CONTENT_REQUIREMENTS[code](content)
    return ACT_REQUIREMENTS[code](content, facts)
