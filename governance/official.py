"""The only reader of Sweden's official county and municipality codes."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as Statistics Sweden names it."""

    code: str
    name: str
    county_code: str


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def counties() -> Mapping[str, str]:
    """Return the official name of every county by its code (länskod)."""
    return {row["county_code"]: row["county_name"] for row in _rows("counties.csv")}


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Return every municipality by its code (kommunkod)."""
    return {
        row["municipality_code"]: Municipality(
            row["municipality_code"], row["municipality_name_short"], row["county_code"]
        )
        for row in _rows("municipalities.csv")
    }
