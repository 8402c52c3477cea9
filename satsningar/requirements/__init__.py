"""What a satsning must contain: named pure functions over its content, each returning every gap it finds."""

from satsningar.requirements import parts, proposal, results
from satsningar.requirements.registry import REQUIREMENTS, Gap, Requirement, content_gaps, requirement
from satsningar.requirements.state import PartState, part_gaps, part_state, part_states

__all__ = [
    "REQUIREMENTS",
    "Gap",
    "PartState",
    "Requirement",
    "content_gaps",
    "part_gaps",
    "part_state",
    "part_states",
    "parts",
    "proposal",
    "requirement",
    "results",
]
