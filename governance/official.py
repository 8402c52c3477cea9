"""The only reader of Sweden's official county and municipality codes."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LAST = str.maketrans("åäö", "{|}")
"""Puts the three last letters of the alphabet last."""
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as Statistics Sweden names it."""

    code: str
    name: str
    county_code: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Region:
    """A county's region; `code` and `name` are the county's own in short, `region_name` what the region is called."""

    county_code: str
    code: str
    name: str
    region_name: str


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def counties() -> Mapping[str, str]:
    """Return the official name of every county by its code (länskod)."""
    return {row["county_code"]: row["county_name"] for row in _rows("counties.csv")}


@cache
def regions() -> Mapping[str, Region]:
    """Return the region of every county by the county's code, by the county's name in Swedish order."""
    found = (Region(**row) for row in _rows("regions.csv"))
    return {one.county_code: one for one in sorted(found, key=lambda one: one.name.lower().translate(_LAST))}


def municipalities_of(county_code: str) -> tuple["Municipality", ...]:
    """Return the municipalities of a county by name in Swedish order; none for a code that is no county's."""
    found = (one for one in municipalities().values() if one.county_code == county_code)
    return tuple(sorted(found, key=lambda one: one.name.lower().translate(_LAST)))


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Return every municipality by its code (kommunkod)."""
    return {
        row["municipality_code"]: Municipality(
            row["municipality_code"], row["municipality_name_short"], row["county_code"], row["municipality_name"]
        )
        for row in _rows("municipalities.csv")
    }
