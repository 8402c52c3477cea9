"""The only place that says what a satsning costs, as conditions on moves ask."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from satsningar.vocabulary import PartCode


def cost_of(parts: Mapping[str, Mapping[str, Any]]) -> Decimal | None:
    """Return what a satsning costs in kronor, or None when nobody has said.

    It is the sum of its cost lines or the rough cost, whichever is more: a list just begun never makes it cheap.

    Args:
        parts: the content's parts, as `satsningar.content` or a revision gives them.

    """
    economy = parts[PartCode.EKONOMI]
    known = [Decimal(str(economy["grov_kostnad"]))] if economy["grov_kostnad"] not in (None, "") else []
    lines = [Decimal(str(row["belopp"])) for row in economy["kostnader"] if row["belopp"] not in (None, "")]
    return max([*known, *([sum(lines, Decimal(0))] if lines else [])], default=None)
