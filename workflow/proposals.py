"""Content as it would be with the proposed changes in it."""

from collections.abc import Mapping
from typing import Any

from workflow.models import Andringsforslag


def with_proposals(parts: Mapping[str, Any], proposals: Mapping[str, Any]) -> dict[str, Any]:
    """Return every part's value, the proposed ones in place of those that stand; the rest is untouched."""
    return {code: {**value, **proposals.get(code, {})} for code, value in parts.items()}


def as_proposed(satsning_id: int, parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return every part's value with the case's open proposals in it; one statement."""
    proposals = Andringsforslag.objects.filter(satsning_id=satsning_id, closed_at=None)
    return with_proposals(parts, {row.part: row.value for row in proposals})
