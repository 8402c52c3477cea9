"""The only place that makes JSON of a sheet and a sheet of that JSON, for what is kept between check and write."""

from collections.abc import Sequence
from typing import Any

from governance.sheets.spec import Column, Line, Sheet

Kept = dict[str, Any]


def to_kept(sheet: Sheet) -> Kept:
    """Return a sheet without problems as JSON."""
    return {
        "positions": {str(key): position for key, position in sheet.positions.items()},
        "lines": [[line.number, dict(line.values)] for line in sheet.lines],
        "notices": sheet.notices,
    }


def from_kept(kept: Kept, columns: Sequence[Column]) -> Sheet:
    """Return the sheet that `to_kept` made JSON of."""
    return Sheet(
        columns,
        positions=dict(kept["positions"]),
        lines=[Line(number, values) for number, values in kept["lines"]],
        notices=list(kept["notices"]),
    )
