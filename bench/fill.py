"""The only place that makes many satsningar at once: copies of a few that were carried by the acts themselves.

A copy has every row of its original under an id moved by a fixed stride, so that what belongs together still does. Its
journal entries are chained anew, so that `workflow.journal.verify` finds the whole county's chain intact.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import Any
from uuid import uuid4

import psycopg
from django.apps import apps
from django.db import models as db
from psycopg.rows import dict_row

from satsningar.models import Satsning
from workflow.journal import Envelope, seal
from workflow.models import JournalEntry, JournalPayload
from workflow.vocabulary import Act

AGE = timedelta(minutes=97)
"""How much older each copy is than the one before it."""
BATCH = 1000
"""Copies in one transaction: the database keeps its deferred checks in memory until it ends."""
JOURNAL = (JournalEntry, JournalPayload)

_COPIES = "CREATE TEMPORARY TABLE copies (original bigint, nth int, number int, stride bigint) ON COMMIT DROP"
_NUMBERED = """CASE WHEN t.reference = '' THEN '' ELSE regexp_replace(t.reference, '[0-9]+$',
    lpad(c.number::text, greatest(4, length(c.number::text)), '0')) END"""
_SPECIAL = {
    "satsningar_satsning.reference": _NUMBERED,
    "workflow_beslut.paragraph": "'§ ' || t.id + c.nth * c.stride",
    "satsningar_uppdrag.titel": "t.titel || ' ' || c.number",
}
_ENTRIES = """
SELECT e.*, p.content FROM workflow_journalentry e JOIN workflow_journalpayload p ON p.entry_id = e.id
WHERE e.satsning_id = ANY(%s) ORDER BY e.number
"""
_ENTRY = """
COPY workflow_journalentry (id, county_id, number, act_id, act, move, satsning_id, actor_id, body_id, role, mandate,
    from_station, to_station, revision_id, at, digest, previous_hash, hash) FROM STDIN
"""
_ENTRY_KEYS = (
    *("county", "number", "act_id", "act", "move", "satsning", "actor", "body", "role", "mandate", "from", "to"),
    *("revision", "time", "digest", "previous", "hash"),
)


def fill(owner: psycopg.Connection, originals: Sequence[int], wanted: int) -> list[int]:
    """Copy the originals in turn until there are `wanted` copies; return the ids of the copies, in order made.

    Args:
        owner: an autocommitting connection of the owner of the tables.
        originals: ids of satsningar made by the acts.
        wanted: how many copies to make.

    """
    made: list[int] = []
    numbered: list[type[db.Model]] = [*tables(), JournalEntry]
    stride = max(_greatest_id(owner, model) for model in numbered)
    turns = [(original, nth) for nth in range(-(-wanted // len(originals)), 0, -1) for original in originals]
    copies = iter(turns[-wanted:])
    while batch := list(islice(copies, BATCH)):
        with owner.transaction():
            _copy(owner, batch, stride)
        made += [original + nth * stride for original, nth in batch]
    for model in numbered:
        _set_sequence(owner, model)
    owner.execute("ANALYZE")
    return made


@cache
def tables() -> tuple[type[db.Model], ...]:
    """Return the models whose rows belong to a satsning, the journal's left out."""
    found: list[type[db.Model]] = [Satsning]
    waiting = [model for model in apps.get_models() if not model._meta.proxy and model not in JOURNAL]
    while more := [model for model in waiting if model not in found and _owner_column(model, found)]:
        found += more
    return tuple(found)


def _owner_column(model: type[db.Model], found: Collection[type[db.Model]]) -> db.Field[Any, Any] | None:
    """Return the column that says whose a row is: to the satsning itself if there is one."""
    columns = [field for field in model._meta.concrete_fields if field.related_model in found and not field.null]
    return next((field for field in columns if field.related_model is Satsning), columns[0] if columns else None)


def _copy(owner: psycopg.Connection, batch: Sequence[tuple[int, int]], stride: int) -> None:
    owner.execute(_COPIES)
    [[last]] = owner.execute("SELECT coalesce(max(last), 0) FROM satsningar_referenceseries").fetchall()
    with owner.cursor().copy("COPY copies FROM STDIN") as copy:
        for number, (original, nth) in enumerate(batch, last + 1):
            copy.write_row((original, nth, number, stride))
    for model in tables():
        owner.execute(_insert(model), {"age": AGE})
    owner.execute("UPDATE satsningar_referenceseries SET last = %s", [last + len(batch)])
    _copy_journal(owner, batch, stride)


def _insert(model: type[db.Model]) -> str:
    """Return the statement that copies a table's rows."""
    fields = model._meta.concrete_fields
    columns, values = ", ".join(str(field.column) for field in fields), ", ".join(_value(field) for field in fields)
    return (
        f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM {model._meta.db_table} t {_joins(model)}"
    )


def _value(field: db.Field[Any, Any]) -> str:
    special = _SPECIAL.get(f"{field.model._meta.db_table}.{field.column}")
    if special:
        return special
    if field.related_model in tables() or (field.primary_key and field.related_model is None):
        return f"t.{field.column} + c.nth * c.stride"
    if isinstance(field, db.DateTimeField):
        return f"t.{field.column} - c.nth * %(age)s::interval"
    return f"t.{field.column}"


def _joins(model: type[db.Model], table: str = "t") -> str:
    """Return the joins from a table to the copies."""
    if model is Satsning:
        return f"JOIN copies c ON c.original = {table}.id"
    column = _owner_column(model, tables())
    if column is None or not isinstance(column.related_model, type):
        msg = f"{model} does not belong to a satsning"
        raise TypeError(msg)
    if column.related_model is Satsning:
        return f"JOIN copies c ON c.original = {table}.{column.column}"
    above = column.related_model
    return f"JOIN {above._meta.db_table} {table}u ON {table}u.id = {table}.{column.column} {_joins(above, table + 'u')}"


def _copy_journal(owner: psycopg.Connection, batch: Sequence[tuple[int, int]], stride: int) -> None:
    """Chain the copies' entries after the county's newest, one copy after another."""
    with owner.cursor(row_factory=dict_row) as cursor:
        of_original: dict[int, list[dict[str, Any]]] = {}
        for row in cursor.execute(_ENTRIES, [list({original for original, _ in batch})]):
            of_original.setdefault(row["satsning_id"], []).append(row)
    [[county, number, previous]] = owner.execute("SELECT county_id, number, hash FROM workflow_chainhead").fetchall()
    sealed = []
    for original, nth in batch:
        for row in of_original[original]:
            number += 1
            sealed.append(
                seal(_envelope(row, nth, stride), json.loads(row["content"]), number=number, previous=previous)
            )
            previous = sealed[-1]["hash"]
    entries = list(enumerate(sealed, _greatest_id(owner, JournalEntry) + 1))
    _write(owner, _ENTRY, ((id_, *(row[key] for key in _ENTRY_KEYS)) for id_, row in entries))
    payloads = ((id_, row["salt"], row["content"]) for id_, row in entries)
    _write(owner, "COPY workflow_journalpayload (entry_id, salt, content) FROM STDIN", payloads)
    owner.execute(
        "UPDATE workflow_chainhead SET number = %s, hash = %s WHERE county_id = %s", [number, previous, county]
    )


def _envelope(row: dict[str, Any], nth: int, stride: int) -> Envelope:
    """Return the envelope of a copied entry."""
    return Envelope(
        county_id=row["county_id"],
        act_id=uuid4(),
        act=Act(row["act"]),
        at=row["at"] - nth * AGE,
        actor_id=row["actor_id"],
        body_id=row["body_id"],
        role=row["role"],
        mandate=row["mandate"],
        move=row["move"],
        satsning_id=row["satsning_id"] + nth * stride,
        from_station=row["from_station"],
        to_station=row["to_station"],
        revision_id=row["revision_id"] + nth * stride if row["revision_id"] else None,
    )


def _write(owner: psycopg.Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with owner.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _greatest_id(owner: psycopg.Connection, model: type[db.Model]) -> int:
    key, table = model._meta.pk.column, model._meta.db_table
    [[greatest]] = owner.execute(f"SELECT coalesce(max({key}), 0) FROM {table}").fetchall()
    return int(greatest)


def _set_sequence(owner: psycopg.Connection, model: type[db.Model]) -> None:
    """Let the next row made by the application come after the copies."""
    if model._meta.pk.related_model is None:
        table = model._meta.db_table
        owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {_greatest_id(owner, model) + 1})")
