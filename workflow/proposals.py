"""Content as it would be with the proposed changes in it."""

from collections.abc import Mapping
from typing import Any


def with_proposals(parts: Mapping[str, Any], proposals: Mapping[str, Any]) -> dict[str, Any]:
    """Return every part's value, the proposed ones in place of those that stand; the rest is untouched."""
    return {code: {**value, **proposals.get(code, {})} for code, value in parts.items()}
