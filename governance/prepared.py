"""The only place that runs statements which PostgreSQL plans once per connection and keeps.

Planning the statements that an act consists of takes several times longer than running them. A statement given here
has a text that never changes, and its values travel beside it, so that the plan of the first time is used again.
`keep_the_first_plan` tells every connection so: left to itself PostgreSQL goes on planning what looks cheaper that way.
Where the settings' `prepare_threshold` is None, as behind a connection pooler that cannot keep plans, the same
statements run unprepared.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import models as db
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

Values = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]
Model = TypeVar("Model", bound=db.Model)


class _PreparedCursor(psycopg.Cursor[Row]):
    """A cursor whose statements are prepared the first time and run by name afterwards."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "_PreparedCursor":
        """Run a statement, its values bound by the server."""
        return super().execute(query, params, prepare=True)


class _LoggedCursor(CursorDebugWrapper):
    """Django's logging of statements, by their text: a prepared one has no other."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        """Run a statement and log it."""
        with self.debug_sql(sql, params):
            return CursorWrapper.execute(self, sql, params)


def keep_the_first_plan(connection: DatabaseWrapper, **_signal: object) -> None:
    """Have a new connection plan each kept statement once, and compile none; a receiver of `connection_created`.

    A plan made without the values is guessed to be costly, and PostgreSQL with LLVM would compile it at every run for
    ten times as long as it takes.
    """
    if connection.alias == DEFAULT_DB_ALIAS and connection.connection.prepare_threshold is not None:
        connection.connection.execute("SET plan_cache_mode = force_generic_plan; SET jit = off")


def fetch_all(statement: str, values: Values) -> list[Row]:
    """Run a statement and return its rows."""
    with _execute(statement, values) as cursor:
        rows: list[Row] = cursor.fetchall()
        return rows


def fetch_one(statement: str, values: Values) -> Row | None:
    """Run a statement and return its first row, or None when it has none."""
    with _execute(statement, values) as cursor:
        row: Row | None = cursor.fetchone()
        return row


def run(statement: str, values: Values) -> None:
    """Run a statement that returns nothing."""
    _execute(statement, values).close()


def insert(rows: Sequence[db.Model]) -> None:
    """Add rows of one table, whose columns hold plain values, in one statement; nothing when there are none.

    Their keys are given by the database and not read back.
    """
    if rows:
        statement, names = _insert_statement(type(rows[0]), len(rows))
        run(statement, [getattr(row, name) for row in rows for name in names])


@cache
def _insert_statement(model: type[db.Model], count: int) -> tuple[str, tuple[str, ...]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns, places = ", ".join(str(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    lines = ", ".join([f"({places})"] * count)
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {lines}"  # noqa: S608 - a model's own names
    return statement, tuple(field.attname for field in fields)


@cache
def columns_of(model: type[db.Model], table: str) -> str:
    """Return the model's columns for a SELECT, as `instances_of` takes them; `table` is the table's alias there."""
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)


def instances_of(values: Row, *models: type[db.Model]) -> list[Any]:
    """Return the objects whose columns a row holds one after the other; None where a join found nothing."""
    found: list[db.Model | None] = []
    begins = 0
    for model in models:
        ends = begins + len(model._meta.concrete_fields)
        found.append(_instance_of(model, values[begins:ends]) if values[begins] is not None else None)
        begins = ends
    return found


def _instance_of(model: type[Model], values: Row) -> Model:
    fields = model._meta.concrete_fields
    read = list(values)
    for number in _converted(model):
        read[number] = fields[number].from_db_value(read[number], None, connections[DEFAULT_DB_ALIAS])  # type: ignore[attr-defined] # found there
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], read)


@cache
def _converted(model: type[db.Model]) -> tuple[int, ...]:
    """Return the places of the columns that Django turns into other values when it reads them."""
    return tuple(n for n, field in enumerate(model._meta.concrete_fields) if hasattr(field, "from_db_value"))


def _execute(statement: str, values: Values) -> CursorWrapper:
    """Return a cursor on which the statement has run; counted, logged and wrapped as Django does with its own."""
    database = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()
    database.ensure_connection()
    wrapper = _LoggedCursor if database.queries_logged else CursorWrapper
    cursor = wrapper(_PreparedCursor(database.connection), database)
    cursor.execute(statement, values)
    return cursor
