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
    """Return the gaps of several gates and extra codes, each asked once and the same sentence said once."""
    asked = [gate for gate in gates if gate]
    codes = dict.fromkeys([*(code for gate in asked for code in gate.requirements), *extra])
    if codes or asked:
        codes |= dict.fromkeys(ALWAYS_ASKED)
    found: dict[tuple[str, str], Gap] = {}
    for code in codes:
        if code in CONTENT_REQUIREMENTS:
            rows = CONTENT_REQUIREMENTS[code](content)
        else:
            rows = ACT_REQUIREMENTS[code](content, facts)
        for gap in rows:
            found.setdefault((gap.part, gap.message), gap)
    return tuple(found.values())
