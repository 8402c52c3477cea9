"""The only place that says how the value of a part reads in words: labels, names, sums, days, yes and no.

Nothing here asks the database: a value carries the names of what it refers to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models as db
from django.utils.text import capfirst

from satsningar.cleaning import grouped
from satsningar.help import LIST_HELP
from satsningar.partspec import PARTS, content_fields
from satsningar.references import LABEL_SUFFIX, foreign_keys

NO_BREAK = "\xa0"

Row = Mapping[str, Any]

NAMED_BY = {
    "kopplingar": ("mal",),
    "resurser": ("organisation_id", "roll"),
    "kostnader": ("ar", "organisation_id", "slag"),
    "matt": ("namn",),
    "varden": ("effektmatt_id", "slag", "datum"),
}
"""The fields that a line is known by, where it is not the organisation alone."""


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field in words; `markdown` tells that the text may hold lists and headings."""

    name: str
    label: str
    text: str
    markdown: bool = False


@dataclass(frozen=True, slots=True)
class ListText:
    """A list in words: the heads of its columns, and of each line its name and cells."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[FieldText, ...], ...]


@dataclass(frozen=True, slots=True)
class PartText:
    """A part in words."""

    code: str
    title: str
    fields: tuple[FieldText, ...]
    lists: tuple[ListText, ...]


def label(column: db.Field[Any, Any]) -> str:
    """Return what a field is called on screen."""
    return str(capfirst(str(column.verbose_name)))


def in_words(column: db.Field[Any, Any], row: Row) -> str:
    """Return a field's answer as it is read; an empty text when there is none."""
    value = row.get(column.attname)
    if value is None or value == "":
        return ""
    if isinstance(column, db.ForeignKey):
        return row.get(f"{column.name}{LABEL_SUFFIX}") or f"nummer {value}"
    if isinstance(column, db.DecimalField):
        return kronor(value)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, int) and column.name != "ar":
        return grouped(value)
    return str(dict(column.flatchoices).get(value, value))


def kronor(text: object) -> str:
    """Return a sum as `1 250 000 kr`, with öre where there are any."""
    try:
        amount = Decimal(str(text))
    except InvalidOperation:
        return str(text)
    whole, _, ore = f"{amount:.2f}".partition(".")
    return f"{grouped(int(whole))}{'' if ore == '00' else f',{ore}'}{NO_BREAK}kr"


def link_columns(row: Row) -> tuple[str, str]:
    """Return what kind of thing a link leads to, and its name."""
    for column, target in foreign_keys(content_fields(PARTS["koppling"].rows["kopplingar"])):
        if row.get(column.attname) is not None:
            return str(capfirst(str(target._meta.verbose_name))), in_words(column, row)
    return "", ""


def row_texts(code: str, key: str, row: Row) -> tuple[FieldText, ...]:
    """Return a line of a list in words, without its id."""
    columns = content_fields(PARTS[code].rows[key])
    if key == "kopplingar":
        kind, name = link_columns(row)
        why = next(column for column in columns if column.attname == "varfor")
        return (
            FieldText("slag", "Slag", kind),
            FieldText("mal", "Koppling", name),
            FieldText("varfor", label(why), in_words(why, row), markdown=True),
        )
    return tuple(_field(column, row) for column in columns if not column.primary_key)


def _field(column: db.Field[Any, Any], row: Row) -> FieldText:
    return FieldText(column.attname, label(column), in_words(column, row), markdown=isinstance(column, db.TextField))


def part_text(code: str, value: Row) -> PartText:
    """Return a part in words, for reading, printing and checking one's answers."""
    spec = PARTS[code]
    lists = []
    for key in spec.rows:
        rows = tuple(row_texts(code, key, row) for row in value.get(key, ()))
        heads = tuple(field.label for field in row_texts(code, key, {}))
        lists.append(ListText(key, LIST_HELP[f"{code}.{key}"].title, heads, rows))
    fields = tuple(_field(column, value) for column in spec.fields)
    return PartText(code, str(spec.code.label), fields, tuple(lists))


def row_name(code: str, key: str, row: Row) -> str:
    """Return what a line of a list is called when it is spoken of: what tells it from the others."""
    cells = {field.name: field.text for field in row_texts(code, key, row)}
    names = NAMED_BY.get(key, ("organisation_id",))
    return ", ".join(cells[name] for name in names if cells.get(name)) or "utan namn"
