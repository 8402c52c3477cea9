"""The only reader of a satsning's content: all parts as one value, in one statement.

A part's value is a plain mapping: its fields by column name (`ledande_organisation_id`), its lists under
their keys (`kostnader`), each line with its `id`. Dates are ISO text, sums are decimal text, and a
reference carries the name it had when read (`organisation_namn`), so that a frozen revision can be
understood by itself.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from typing import Any

from django.db import models as db

from governance import prepared
from governance.vocabulary import Omfattning, OrganisationKind
from satsningar.models.parts import PartRow
from satsningar.models.satsning import Satsning
from satsningar.partspec import PARTS, PartSpec, content_fields


@dataclass(frozen=True, slots=True)
class OrganisationValue:
    """An organisation of the county, as requirements need to know it."""

    id: int
    name: str
    kind: OrganisationKind


@dataclass(frozen=True)
class Content:
    """Everything a satsning contains, as it stood at one moment."""

    satsning_id: int
    edition: int
    omfattning: Omfattning
    parts: Mapping[str, Mapping[str, Any]]
    versions: Mapping[str, int]
    organisations: tuple[OrganisationValue, ...]

    def part(self, code: str) -> Mapping[str, Any]:
        """Return the value of a part."""
        return self.parts[code]

    def rows(self, code: str, key: str) -> list[Mapping[str, Any]]:
        """Return the lines of a list in a part."""
        rows: list[Mapping[str, Any]] = self.parts[code][key]
        return rows

    @property
    def title(self) -> str:
        """Return the satsning's title, empty when none is written yet."""
        title: str = self.parts["uppdrag"]["titel"]
        return title

    @cached_property
    def participants(self) -> tuple[OrganisationValue, ...]:
        """Return the taking-part organisations, in the county's order."""
        ids = {row["organisation_id"] for row in self.rows("omfattning", "deltagare")}
        return tuple(organisation for organisation in self.organisations if organisation.id in ids)

    @cached_property
    def municipalities(self) -> tuple[OrganisationValue, ...]:
        """Return the county's municipalities."""
        return tuple(o for o in self.organisations if o.kind == OrganisationKind.KOMMUN)

    @cached_property
    def canonical(self) -> str:
        """Return the content as canonical JSON: keys sorted, no spaces, characters as they are."""
        return canonical_json(self.parts)

    @cached_property
    def sha256(self) -> str:
        """Return the hexadecimal SHA-256 of the canonical JSON in UTF-8."""
        return sha256(self.canonical.encode()).hexdigest()


def canonical_json(value: object) -> str:
    """Return `value` as JSON with sorted keys, no spaces and characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_LABELS = {"Effektmatt": "namn"}


def _column(field: db.Field[Any, Any]) -> str:
    """Return the SELECT expressions of a field, with the name a reference has."""
    column = field.column
    if isinstance(field, db.DecimalField):
        return f"t.{column}::text AS {column}"
    target = field.related_model
    if not isinstance(field, db.ForeignKey) or not isinstance(target, type):
        return f"t.{column}"
    label = _LABELS.get(target.__name__, "name")
    return f"t.{column}, (SELECT r.{label} FROM {target._meta.db_table} r WHERE r.id = t.{column}) AS {field.name}_namn"


def _rows_sql(model: type[PartRow]) -> str:
    columns = ", ".join(_column(field) for field in content_fields(model))
    return (
        f"coalesce((SELECT json_agg(row_to_json(u)) FROM (SELECT {columns} FROM {model._meta.db_table} t"
        " WHERE t.satsning_id = s.id ORDER BY t.position, t.id) u), '[]'::json)"
    )


def _part_sql(spec: PartSpec) -> str:
    columns = ", ".join(["t.version AS _version", *(_column(field) for field in spec.fields)])
    lists = "".join(f", {_rows_sql(model)} AS {key}" for key, model in spec.rows.items())
    table = spec.model._meta.db_table
    # The lists are read beside the one row, so a list is found even before its part was first saved.
    return (
        f"(SELECT row_to_json(u) FROM (SELECT {columns}{lists} FROM (SELECT 1) one"
        f" LEFT JOIN {table} t ON t.satsning_id = s.id) u)"
    )


ONE, MANY = "= %s", "= ANY(%s)"
"""Which satsningar a statement reads. PostgreSQL keeps a plan for one, and plans for many each time anew."""


@cache
def _statement(which: str) -> str:
    parts = ", ".join(f"'{code}', {_part_sql(spec)}" for code, spec in PARTS.items())
    return (
        f"SELECT s.id, s.edition, v.omfattning, json_build_object({parts}),"
        " (SELECT json_agg(json_build_array(o.id, o.name, o.kind) ORDER BY o.position, o.id)"
        " FROM governance_organisation o WHERE o.county_id = s.county_id AND o.ended_on IS NULL)"
        f" FROM {Satsning._meta.db_table} s JOIN governance_arendegangversion v ON v.id = s.version_id"
        f" WHERE s.id {which}"
    )


def _content(row: tuple[Any, ...]) -> Content:
    satsning_id, edition, omfattning, raw, organisations = row
    parts: dict[str, dict[str, Any]] = {}
    versions: dict[str, int] = {}
    for code, value in raw.items():
        versions[code] = value.pop("_version") or 0
        if not versions[code]:
            empty = PARTS[code].empty()
            value = {key: empty.get(key) if found is None else found for key, found in value.items()}  # noqa: PLW2901 - the same value, completed
        parts[code] = value
    return Content(
        satsning_id=satsning_id,
        edition=edition,
        omfattning=Omfattning(omfattning),
        parts=parts,
        versions=versions,
        organisations=tuple(
            OrganisationValue(id_, name, OrganisationKind(kind)) for id_, name, kind in organisations or ()
        ),
    )


def read_many(ids: Collection[int]) -> dict[int, Content]:
    """Return the content of several satsningar by id, in one statement; unknown ids are left out."""
    if not ids:
        return {}
    return {row[0]: _content(row) for row in prepared.fetch_all(_statement(MANY), [list(ids)])}


def read(satsning_id: int) -> Content:
    """Return the content of a satsning, in one statement.

    Raises:
        Satsning.DoesNotExist: when there is none with that id.

    """
    row = prepared.fetch_one(_statement(ONE), [satsning_id])
    if row is None:
        raise Satsning.DoesNotExist
    return _content(row)
