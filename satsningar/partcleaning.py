"""The only place that turns what somebody hands in for a part into the value that may be stored.

Each field is cleaned by `satsningar.cleaning`; here they are held together, with what stands there and with each
other. Every error is gathered before it raises. The field of a line is named `<list>-<line>-<field>`, counted from 0.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models as db

from satsningar.cleaning import clean_field
from satsningar.partspec import PartSpec, content_fields
from satsningar.references import LABEL_SUFFIX

ROW_LIMIT = 200
"""Lines in one list."""

AllowedIds = Callable[[db.ForeignKey[Any, Any], Collection[int]], Collection[int]]
"""Tells which of the ids may be referred to by a field in this satsning."""


class PartCleaner:
    """Cleans the value of one part against what stands there, gathering every error before it raises."""

    def __init__(self, spec: PartSpec, current: Mapping[str, Any], allowed: AllowedIds) -> None:
        """Take the part, its present value and who tells what may be referred to."""
        self.spec = spec
        self.current = current
        self.allowed = allowed
        self.errors: dict[str, list[str]] = {}
        self.references: dict[str, tuple[db.ForeignKey[Any, Any], list[tuple[str, int]]]] = {}

    def clean(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return the whole part as it is to be stored; what `value` does not mention stays as it is.

        Raises:
            ValidationError: with every error, by field.

        """
        known = {field.attname for field in self.spec.fields} | set(self.spec.rows)
        self._refuse_unknown(value, known, "")
        plain = self._fields(self.spec.fields, value, plain_row(self.spec.fields, self.current), "")
        for key, model in self.spec.rows.items():
            fields = content_fields(model)
            before = {row["id"]: plain_row(fields, row) for row in self.current[key]}
            rows = value.get(key, list(before.values()))
            plain[key] = list(self._rows(key, fields, rows, before))
        self._check_references()
        for name, message in disagreements(self.spec, plain):
            self._error(name, message)
        if self.errors:
            raise ValidationError(dict(self.errors))
        return plain

    def _error(self, name: str, message: str) -> None:
        self.errors.setdefault(name, []).append(message)

    def _refuse_unknown(self, value: Mapping[str, Any], known: Collection[str], prefix: str) -> None:
        for key in value:
            if key not in known and not key.endswith(LABEL_SUFFIX):
                self._error(f"{prefix}{key}"[:100], "Fältet finns inte.")

    def _rows(
        self, key: str, fields: Sequence[db.Field[Any, Any]], rows: object, before: Mapping[int, Mapping[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
            self._error(key, "Listan kan inte läsas.")
            return
        if len(rows) > ROW_LIMIT:
            self._error(key, f"Högst {ROW_LIMIT} rader ryms.")
            return
        seen: set[int] = set()
        names = {field.attname for field in fields}
        for number, row in enumerate(rows):
            prefix = f"{key}-{number}-"
            self._refuse_unknown(row, names, prefix)
            row_id = row.get("id")
            if row_id is not None and (not isinstance(row_id, int) or row_id not in before or row_id in seen):
                self._error(f"{prefix}id", "Raden finns inte längre. Ladda om sidan och försök igen.")
                continue
            base = before.get(row_id, {}) if row_id is not None else {}
            if row_id is not None:
                seen.add(row_id)
            yield self._fields(fields, row, base, prefix)

    def _fields(
        self, fields: Sequence[db.Field[Any, Any]], value: Mapping[str, Any], base: Mapping[str, Any], prefix: str
    ) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for field in fields:
            name = field.attname
            if field.primary_key:
                plain[name] = value.get(name)
                continue
            raw = value.get(name, base.get(name, None if field.null else _default(field)))
            try:
                plain[name] = clean_field(field, raw)
            except ValidationError as error:
                plain[name] = None
                self._error(f"{prefix}{name}", error.messages[0])
                continue
            if isinstance(field, db.ForeignKey) and plain[name] not in {None, base.get(name)}:
                place = f"{prefix}{name}"
                self.references.setdefault(f"{field.model.__name__}.{name}", (field, []))[1].append(
                    (place, plain[name])
                )
        return plain

    def _check_references(self) -> None:
        """Refuse references to what is not the county's own, or has ended and was not already chosen."""
        for field, asked in self.references.values():
            allowed = set(self.allowed(field, {key for _place, key in asked}))
            for place, key in asked:
                if key not in allowed:
                    self._error(place, "Det valda finns inte i länet eller har upphört. Välj ett av alternativen.")


def _default(field: db.Field[Any, Any]) -> Any:
    return field.get_default() if field.has_default() else ""


def plain_row(fields: Sequence[db.Field[Any, Any]], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a read value, what only shows references left out."""
    return {field.attname: value[field.attname] for field in fields}


PERIODS = (("startar", "slutar"), ("fran", "till"))
ONCE = {
    "deltagare": ("organisation_id", "Organisationen finns redan i listan."),
    "kommuner": ("organisation_id", "Kommunen finns redan i listan."),
    "organisationer": ("organisation_id", "Organisationen finns redan i listan."),
}
"""The lists where each may stand once, by which field, and what is said otherwise."""


def disagreements(spec: PartSpec, plain: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields that hold each on its own but not together, with what is wrong."""
    yield from _period(plain, "")
    for key in spec.rows:
        for number, row in enumerate(plain[key]):
            yield from _period(row, f"{key}-{number}-")
    for key, (name, message) in ONCE.items():
        yield from _twice([row[name] for row in plain.get(key, ())], key, name, message)
    links = plain.get("kopplingar", ())
    for number, row in enumerate(links):
        if sum(row[name] is not None for name in link_targets(row)) != 1:
            yield f"kopplingar-{number}-varfor", "Varje rad ska koppla till just en sak i målbilden."
    targets = [tuple(row[name] for name in link_targets(row)) for row in links]
    yield from _twice(targets, "kopplingar", "varfor", "Kopplingen finns redan i listan.")


def link_targets(row: Mapping[str, Any]) -> list[str]:
    """Return the names of the references of a link."""
    return sorted(name for name in row if name.endswith("_id"))


def _period(plain: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for first, last in PERIODS:
        if plain.get(first) and plain.get(last) and plain[last] < plain[first]:
            yield f"{prefix}{last}", "Slutet kan inte ligga före början."


def _twice(values: Sequence[object], key: str, name: str, message: str) -> Iterator[tuple[str, str]]:
    seen: set[object] = set()
    for number, value in enumerate(values):
        if value is not None and value in seen:
            yield f"{key}-{number}-{name}", message
        seen.add(value)
