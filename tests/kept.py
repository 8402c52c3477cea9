"""A county file is loaded once in a run: the rows it comes to are copied back in later tests instead of made again."""

from pathlib import Path

from django.db import connection, transaction

from governance.countyfile.load import load
from governance.models import County
from governance.paths import path_version

Rows = dict[str, bytes]

CONSTITUTION = "^(governance_|guardian_|auth_group)"
"""The tables that a county file fills; what a seat may is what its group may."""

_KEPT: dict[tuple[str, Path], Rows] = {}
"""The rows by table, as PostgreSQL's own copy of them, for each database and file."""


def load_once(path: Path) -> None:
    """Bring the database to what a county file says; what another county has loaded before makes it a load like any."""
    key = (str(connection.settings_dict["NAME"]), path)
    if County.objects.exists():
        load(path.read_text(encoding="utf-8"))
    elif key in _KEPT:
        _copy_in(_KEPT[key])
        path_version.cache_clear()
    else:
        before = _copy_out()
        load(path.read_text(encoding="utf-8"))
        if not before:
            _KEPT[key] = _copy_out()


def _copy_out() -> Rows:
    """Return the rows of every table of the constitution that has any."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ %s", [CONSTITUTION])
        for (table,) in cursor.fetchall():
            with cursor.cursor.copy(f"COPY {connection.ops.quote_name(table)} TO STDOUT") as copy:
                found = b"".join(bytes(block) for block in copy)
            if found:
                rows[table] = found
    return rows


def _copy_in(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, lines in rows.items():
            with cursor.cursor.copy(f"COPY {connection.ops.quote_name(table)} FROM STDIN") as copy:
                copy.write(lines)
