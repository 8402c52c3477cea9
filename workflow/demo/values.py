"""The only place that turns what a satsning's file says of a part into the value that `satsningar.content` reads.

The files in `satsningar/` refer to organisations, the målbild and funding areas by the county file's codes; here each
code becomes the id it has in the database. Days and sums become the text that content holds.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models as db

from governance.models import (
    County,
    Fokusomrade,
    Forflyttning,
    FundingArea,
    Malomrade,
    Malsattning,
    Matt,
    Organisation,
    Perspektiv,
)
from satsningar.content import Content
from satsningar.requirements.looking import answers_for_state, spreads_to

HERE = Path(__file__).resolve().parent / "satsningar"

REFERENCES: Mapping[str, type[db.Model]] = {
    "ledande_organisation": Organisation,
    "organisation": Organisation,
    "statsbidrag": FundingArea,
    "matt": Matt,
    "malomrade": Malomrade,
    "fokusomrade": Fokusomrade,
    "malsattning": Malsattning,
    "forflyttning": Forflyttning,
    "perspektiv": Perspektiv,
}
"""What a key of a file refers to by code; the field it fills is the key with `_id`."""

REST = "_ovriga"
"""Ends the key that gives the line of every organisation that has none of its own."""
ONE_EACH = {"kommuner", "organisationer"}
"""The lists with one line for each organisation, which keep the lines that are there."""

Value = dict[str, Any]


@cache
def script(name: str) -> Mapping[str, Any]:
    """Return what the file says of a satsning: its parts, as they are written there."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


class Codes:
    """The ids of everything in a county that the files refer to by code."""

    def __init__(self, county: County) -> None:
        """Read them, one statement a table."""
        self._ids: dict[type[db.Model], dict[str, int]] = {
            model: dict(model._default_manager.filter(county=county).values_list("code", "pk"))
            for model in set(REFERENCES.values())
        }

    def id(self, key: str, code: str) -> int:
        """Return the id of what a key refers to.

        Raises:
            KeyError: the county has nothing of that code.

        """
        return self._ids[REFERENCES[key]][code]


def value_of(part: str, written: Mapping[str, Any], read: Content, codes: Codes) -> Value:
    """Return the value of a part as a file says it; lists with a line for each organisation keep the lines' ids.

    Args:
        part: the part's code.
        written: the part as the file has it, or some of it.
        read: the satsning as it stands.
        codes: the county's codes.

    """
    value: Value = {}
    for key, given in written.items():
        if isinstance(given, list):
            value[key] = [_plain(row, read, codes) for row in given]
        elif not key.endswith(REST):
            value.update(_plain({key: given}, read, codes))
    for key in ONE_EACH:
        rest = written.get(f"{key}{REST}")
        if key in value or rest is not None:
            value[key] = _one_each(
                key, value.get(key, []), _plain(rest, read, codes) if rest is not None else None, part, read
            )
    return value


def _plain(row: Mapping[str, Any], read: Content, codes: Codes) -> Value:
    plain: Value = {}
    for key, given in row.items():
        if key == "effektmatt":
            plain["effektmatt_id"] = next(m["id"] for m in read.rows("uppfoljning", "matt") if m["namn"] == given)
        elif key in REFERENCES:
            plain[f"{key}_id"] = codes.id(key, given)
        elif isinstance(given, date):
            plain[key] = given.isoformat()
        elif key in {"belopp", "grov_kostnad"}:
            plain[key] = str(given)
        else:
            plain[key] = given.strip() if isinstance(given, str) else given
    return plain


def _one_each(key: str, own: list[Value], rest: Value | None, part: str, read: Content) -> list[Value]:
    """Return a line for each organisation that the list is about: as given, else as it stands, else as the rest."""
    given = {row["organisation_id"]: row for row in own}
    stored = {row["organisation_id"]: row for row in read.rows(part, key)}
    lines: list[Value] = []
    for one in spreads_to(read) if key == "kommuner" else answers_for_state(read):
        line = given.get(one.id) or stored.get(one.id) or rest
        if line is not None:
            kept = stored[one.id]["id"] if one.id in stored else None
            lines.append({**line, "id": kept, "organisation_id": one.id})
    return lines


def measured(written: Mapping[str, Any], kinds: Iterable[str], read: Content, codes: Codes) -> Value:
    """Return *värden* with the values there are and those of these kinds that the file gives."""
    chosen = set(kinds)
    new = [_plain(row, read, codes) for row in written["varden"] if row["slag"] in chosen]
    return {
        **{key: given for key, given in written.items() if key != "varden"},
        "varden": [*read.rows("varden", "varden"), *new],
    }
