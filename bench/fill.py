"""The only place that makes many satsningar at once: copies of a few that were carried by the acts themselves.

A copy has every row of its original under an id moved by a fixed stride, so that what belongs together still does. Its
journal entries are chained anew, so that `workflow.journal.verify` finds the whole county's chain intact.
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import cache
from hashlib import md5
from typing import Any, NamedTuple
from uuid import UUID

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


class Copy(NamedTuple):
    """One copy to be made; `number` tells it from all others and stands in its reference number."""

    original: int
    nth: int
    number: int
    stride: int

    def moved(self, id_: int) -> int:
        """Return the id in the copy of what has this id in the original."""
        return id_ + self.nth * self.stride


_COPIES = "CREATE TEMPORARY TABLE copies (original bigint, nth int, number int, stride bigint) ON COMMIT DROP"
_NUMBERED = """CASE WHEN t.reference = '' THEN '' ELSE regexp_replace(t.reference, '[0-9]+$',
    lpad(c.number::text, greatest(4, length(c.number::text)), '0')) END"""
_SPECIAL = {
    "satsningar_satsning.reference": _NUMBERED,
    "workflow_beslut.act_id": "md5(t.act_id::text || c.number)::uuid",
    "workflow_registrering.act_id": "md5(t.act_id::text || c.number)::uuid",
    "workflow_avsteg.act_id": "md5(t.act_id::text || c.number)::uuid",
    "workflow_avstegssvar.act_id": "md5(t.act_id::text || c.number)::uuid",
    "workflow_avstegsslut.act_id": "md5(t.act_id::text || c.number)::uuid",
    "workflow_beslut.paragraph": "t.paragraph || ':' || c.number",
    "satsningar_uppdrag.titel": "t.titel || ' ' || c.number",
}
_ENTRIES = """
SELECT e.*, p.content FROM workflow_journalentry e JOIN workflow_journalpayload p ON p.entry_id = e.id
WHERE e.satsning_id = ANY(%s) ORDER BY e.number
"""
_ENTRY = """
COPY workflow_journalentry (id, county_id, number, act_id, act, move, satsning_id, version_id, actor_id, body_id, role,
    mandate, from_station, to_station, revision_id, at, digest, previous_hash, hash) FROM STDIN
"""
_ENTRY_KEYS = (
    *("county", "number", "act_id", "act", "move", "satsning", "version", "actor", "body"),
    *("role", "mandate", "from", "to"),
    *("revision", "time", "digest", "previous", "hash"),
)


def fill(owner: psycopg.Connection, originals: Sequence[int], wanted: int) -> list[int]:
    """Copy the originals in turn until there are `wanted` copies; return the ids of the copies, in order made.

    Args:
        owner: an autocommitting connection of the owner of the tables.
        originals: ids of satsningar made by the acts.
        wanted: how many copies to make.

    """
    numbered: list[type[db.Model]] = [*tables(), JournalEntry]
    stride = max(_greatest_id(owner, model) for model in numbered)
    turns = [(original, nth) for nth in range(-(-wanted // len(originals)), 0, -1) for original in originals]
    [[last]] = owner.execute("SELECT coalesce(max(last), 0) FROM satsningar_referenceseries").fetchall()
    copies = [Copy(*turn, number, stride) for number, turn in enumerate(turns[-wanted:], last + 1)]
    for begins in range(0, wanted, BATCH):
        with owner.transaction():
            _copy(owner, copies[begins : begins + BATCH])
    for model in numbered:
        _set_sequence(owner, model)
    owner.execute("ANALYZE")
    return [copy.moved(copy.original) for copy in copies]


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


def _copy(owner: psycopg.Connection, batch: Sequence[Copy]) -> None:
    owner.execute(_COPIES)
    _write(owner, "COPY copies FROM STDIN", batch)
    for model in tables():
        owner.execute(_insert(model), {"age": AGE})
    owner.execute("UPDATE satsningar_referenceseries SET last = %s", [batch[-1].number])
    _copy_journal(owner, batch)


def _insert(model: type[db.Model]) -> str:
    """Return the statement that copies a table's rows."""
    fields = model._meta.concrete_fields
    columns, values = ", ".join(f'"{field.column}"' for field in fields), ", ".join(_value(field) for field in fields)
    return (
        f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM {model._meta.db_table} t {_joins(model)}"
    )


def _value(field: db.Field[Any, Any]) -> str:
    special = _SPECIAL.get(f"{field.model._meta.db_table}.{field.column}")
    if special:
        return special
    if field.related_model in tables() or (field.primary_key and field.related_model is None):
        return f't."{field.column}" + c.nth * c.stride'
    if isinstance(field, db.DateTimeField):
        return f't."{field.column}" - c.nth * %(age)s::interval'
    return f't."{field.column}"'


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


def _copy_journal(owner: psycopg.Connection, batch: Sequence[Copy]) -> None:
    """Chain the copies' entries after the county's newest, one copy after another."""
    with owner.cursor(row_factory=dict_row) as cursor:
        of_original: dict[int, list[dict[str, Any]]] = {}
        for row in cursor.execute(_ENTRIES, [list({copy.original for copy in batch})]):
            of_original.setdefault(row["satsning_id"], []).append(row)
    [[county, number, previous]] = owner.execute("SELECT county_id, number, hash FROM workflow_chainhead").fetchall()
    sealed = []
    for copy in batch:
        for row in of_original[copy.original]:
            number += 1
            sealed.append(seal(_envelope(row, copy), _payload(row, copy), number=number, previous=previous))
            previous = sealed[-1]["hash"]
    entries = list(enumerate(sealed, _greatest_id(owner, JournalEntry) + 1))
    _write(owner, _ENTRY, ((id_, *(row[key] for key in _ENTRY_KEYS)) for id_, row in entries))
    payloads = ((id_, row["salt"], row["content"]) for id_, row in entries)
    _write(owner, "COPY workflow_journalpayload (entry_id, salt, content) FROM STDIN", payloads)
    owner.execute(
        "UPDATE workflow_chainhead SET number = %s, hash = %s WHERE county_id = %s", [number, previous, county]
    )


def _envelope(row: dict[str, Any], copy: Copy) -> Envelope:
    """Return the envelope of a copied entry."""
    return Envelope(
        county_id=row["county_id"],
        act_id=UUID(md5(f"{row['act_id']}{copy.number}".encode(), usedforsecurity=False).hexdigest()),
        act=Act(row["act"]),
        at=row["at"] - copy.nth * AGE,
        actor_id=row["actor_id"],
        body_id=row["body_id"],
        role=row["role"],
        mandate=row["mandate"],
        move=row["move"],
        satsning_id=copy.moved(row["satsning_id"]),
        version_id=row["version_id"],
        from_station=row["from_station"],
        to_station=row["to_station"],
        revision_id=copy.moved(row["revision_id"]) if row["revision_id"] else None,
    )


def _payload(row: dict[str, Any], copy: Copy) -> dict[str, Any]:
    """Return what a copied entry says: as the original does, with the copy's own numbers."""
    payload: dict[str, Any] = json.loads(row["content"])
    if "reference" in payload:
        payload["reference"] = re.sub("[0-9]+$", f"{copy.number:04}", payload["reference"])
    if "beslut" in payload:
        payload["beslut"]["paragraph"] += f":{copy.number}"
    if "round" in payload:
        payload["round"] = copy.moved(payload["round"])
    if "begaran_id" in payload:
        payload["begaran_id"] = copy.moved(payload["begaran_id"])
    if "avsteg_slut" in payload:
        payload["avsteg_slut"] = [[copy.moved(id_), became] for id_, became in payload["avsteg_slut"]]
    return payload


def _write(owner: psycopg.Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with owner.cursor().copy(statement) as copying:
        for row in rows:
            copying.write_row(row)


def _greatest_id(owner: psycopg.Connection, model: type[db.Model]) -> int:
    key, table = model._meta.pk.column, model._meta.db_table
    [[greatest]] = owner.execute(f"SELECT coalesce(max({key}), 0) FROM {table}").fetchall()
    return int(greatest)


def _set_sequence(owner: psycopg.Connection, model: type[db.Model]) -> None:
    """Let the next row made by the application come after the copies."""
    if model._meta.pk.related_model is None:
        table = model._meta.db_table
        owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {_greatest_id(owner, model) + 1})")
