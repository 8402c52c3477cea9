"""What the value of a part refers to, and the names that make it understood by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models as db

from governance.models import Organisation
from satsningar.content import Content
from satsningar.models import Effektmatt
from satsningar.partspec import PartSpec, content_fields

LABEL_SUFFIX = "_namn"
"""Ends the keys that say what a reference is called; they are read and shown, never written."""

Names = dict[type[db.Model], dict[int, str]]


def foreign_keys(columns: Iterable[db.Field[Any, Any]]) -> Iterator[tuple[db.ForeignKey[Any, Any], type[db.Model]]]:
    """Yield the references among the columns, with what they refer to."""
    for column in columns:
        if isinstance(column, db.ForeignKey) and isinstance(column.related_model, type):
            yield column, column.related_model


def _places(
    spec: PartSpec, value: Mapping[str, Any]
) -> Iterator[tuple[Sequence[db.Field[Any, Any]], Mapping[str, Any]]]:
    yield spec.fields, value
    for key, model in spec.rows.items():
        columns = content_fields(model)
        yield from ((columns, row) for row in value.get(key, ()))


def references(spec: PartSpec, value: Mapping[str, Any]) -> Iterator[tuple[type[db.Model], int, str]]:
    """Yield what a value refers to: the table, the id, and the name it was read with or an empty text."""
    for columns, row in _places(spec, value):
        for column, target in foreign_keys(columns):
            key = row.get(column.attname)
            if isinstance(key, int):
                yield target, key, row.get(f"{column.name}{LABEL_SUFFIX}") or ""


def named(spec: PartSpec, value: Mapping[str, Any], read: Content) -> dict[str, Any]:
    """Return the value with the name of everything it refers to.

    Names are taken from what has been read already; what is new there costs one question for each table.
    """
    names: Names = {
        Organisation: {organisation.id: organisation.name for organisation in read.organisations},
        Effektmatt: {row["id"]: row["namn"] for row in read.rows("uppfoljning", "matt")},
    }
    for target, key, name in references(spec, read.part(spec.code)):
        names.setdefault(target, {}).setdefault(key, name)
    missing: dict[type[db.Model], set[int]] = {}
    for target, key, _name in references(spec, value):
        if key not in names.get(target, {}):
            missing.setdefault(target, set()).add(key)
    for target, keys in missing.items():
        found = target._default_manager.filter(pk__in=keys).values_list("pk", "name")
        names.setdefault(target, {}).update(found)
    return _with_names(spec.fields, value, names) | {
        key: [_with_names(content_fields(model), row, names) for row in value[key]] for key, model in spec.rows.items()
    }


def _with_names(columns: Sequence[db.Field[Any, Any]], row: Mapping[str, Any], names: Names) -> dict[str, Any]:
    labels = {
        f"{column.name}{LABEL_SUFFIX}": names.get(target, {}).get(row[column.attname])
        for column, target in foreign_keys(columns)
    }
    return {**row, **labels}
