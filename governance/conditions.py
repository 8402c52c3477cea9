"""Conditions on moves: what a satsning may cost for a move to be open to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from governance.vocabulary import ConditionKind

NO_BREAK = "\xa0"
HIGHEST = 100_000_000_000
"""The greatest cost that a satsning may have, in kronor."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Limits of cost, in kronor: more than `over`, at most `hogst`, or between the two."""

    over: int | None = None
    hogst: int | None = None

    def holds(self, cost: Decimal | int) -> bool:
        """Tell whether a satsning with this cost, in kronor, may make the move."""
        return (self.over is None or cost > self.over) and (self.hogst is None or cost <= self.hogst)

    @property
    def stored(self) -> dict[str, int]:
        """Return the condition as the county file and the database have it."""
        found = {ConditionKind.KOSTNAD_OVER.value: self.over, ConditionKind.KOSTNAD_HOGST.value: self.hogst}
        return {key: limit for key, limit in found.items() if limit is not None}

    def __str__(self) -> str:
        """Return the condition as it stands after ”satsningar som”."""
        words = [
            f"kostar mer än {kronor(self.over)}" if self.over is not None else "",
            f"kostar högst {kronor(self.hogst)}" if self.hogst is not None else "",
        ]
        return " och ".join(word for word in words if word)

    @property
    def short(self) -> str:
        """Return the condition for a picture: ``> 5 mkr``, ``≤ 500 000 kr``."""
        signs = [f"> {_short(self.over)}"] if self.over is not None else []
        if self.hogst is not None:
            signs.append(f"≤ {_short(self.hogst)}")
        return ", ".join(signs)


def condition_of(stored: Mapping[str, int]) -> Condition | None:
    """Return the condition that the database has, or None for none."""
    if not stored:
        return None
    return Condition(
        over=stored.get(ConditionKind.KOSTNAD_OVER.value), hogst=stored.get(ConditionKind.KOSTNAD_HOGST.value)
    )


def kronor(amount: Decimal | int) -> str:
    """Return a sum as ``1 250 000 kr``, with no-break spaces; öre are rounded up, so that a limit passed shows."""
    whole = int(amount) + (amount > int(amount))
    return f"{whole:,}".replace(",", NO_BREAK) + f"{NO_BREAK}kr"


_MILLION = 1_000_000


def _short(amount: int) -> str:
    if amount >= _MILLION and amount % (_MILLION // 10) == 0:
        return f"{amount / _MILLION:g}".replace(".", ",") + f"{NO_BREAK}mkr"
    return kronor(amount)
