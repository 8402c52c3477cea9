"""Rows of a formset where there is no script: what was typed, with the row that a button adds, moves or takes away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEPS = {"upp": -1, "ner": 1}
"""The buttons that move a row, and which way; their value is the prefix of the row."""
_DIGITS = 4
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """Rows as the pressed button leaves them; which one it moved, counted from 1, and by which button."""

    rows: list[Row]
    moved: int = 0
    step: str = ""

    @property
    def focus(self) -> str:
        """Return which button of the moved row takes focus: the one pressed, the other where it can go no further."""
        if self.moved == 1:
            return "ner"
        return "upp" if self.moved == len(self.rows) else self.step


def changes_rows(data: Mapping[str, str], prefix: str) -> bool:
    """Tell whether a button was pressed that adds, moves or takes away a row, rather than one that saves."""
    moves = any(data.get(step, "").startswith(f"{prefix}-") for step in STEPS)
    return moves or f"lagg_till_{prefix}" in data or any(name.startswith(f"ta_bort_{prefix}-") for name in data)


def typed_rows(data: Mapping[str, str], prefix: str, names: Sequence[str], *, order: str = "") -> Typed:
    """Return the rows as they were typed and as the pressed button leaves them.

    Args:
        data: what was sent.
        prefix: the formset's.
        names: the fields of a row.
        order: the field that says the place of rows that can be moved; after a move they are numbered anew.

    """
    said = data.get(f"{prefix}-TOTAL_FORMS", "")
    total = int(said) if said.isascii() and said.isdecimal() and len(said) < _DIGITS else 0
    rows = {
        f"{prefix}-{number}": {name: data.get(f"{prefix}-{number}-{name}", "") for name in names}
        for number in range(total)
        if f"ta_bort_{prefix}-{number}" not in data and f"{prefix}-{number}-DELETE" not in data
    }
    step = next((step for step in STEPS if data.get(step, "") in rows), "")
    if not step:
        return Typed([*rows.values(), *([{}] if f"lagg_till_{prefix}" in data else [])])
    keys = sorted(rows, key=lambda key: _place(rows[key].get(order, ""), len(rows)))
    here = keys.index(data[step])
    there = min(max(here + STEPS[step], 0), len(keys) - 1)
    keys.insert(there, keys.pop(here))
    return Typed([rows[key] | {order: str(number)} for number, key in enumerate(keys, 1)], there + 1, step)


def _place(said: str, last: int) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _DIGITS else last
