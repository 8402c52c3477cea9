"""The only place that makes and drops databases: for tests, for ``demonstrate`` and for the bench.

A throw-away database is copied from a template in the same cluster, which is made anew only when a migration or a model
has changed; the copy takes a tenth of a second. Both aliases, the application's and the owner's, point at it until it
is dropped. Its name tells machine and process, so that what a killed process left is found and dropped by the next.
"""

import hashlib
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import psutil
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from governance.dbroles import APP_ALIAS, OWNER_ALIAS

MACHINE = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:6]
PREFIX = f"throwaway_{MACHINE}_"
TEMPLATE = "template_satsningar_"
DROPS = 40
"""Times, half a second apart, that a database is tried to be dropped."""
DJANGOS_OWN = {"context", "cursor_factory", "dbname", "prepare_threshold"}
"""What Django adds to the parameters of a connection."""
ROOT = Path(__file__).resolve().parent.parent
SHAPES = (
    "*/migrations/*",
    "*/models.py",
    "*/models/*.py",
    "workflow/*/models.py",
    "*/dbroles.py",
    "config/settings.py",
    "requirements.txt",
)
"""The files that decide what a migrated database looks like."""


@contextmanager
def throwaway_database(purpose: str = "", *, copy_of: str = "") -> Iterator[str]:
    """Point both aliases at a fresh, migrated, empty database; yield its name; drop it at the end.

    Effects, in order: what killed processes left is dropped; the template is made if none fits; the database is copied;
    both aliases' connections are closed and pointed at it; at the end they are closed, pointed back, and it is dropped.

    Args:
        purpose: tells several databases of one process apart.
        copy_of: copies this database, which nobody is connected to, instead of the empty template.

    """
    name = f"{PREFIX}{os.getpid()}{'_' + purpose if purpose else ''}"
    with owner_connection() as owner:
        _drop_leftovers(owner)
        _drop(owner, name)
        with nullcontext(copy_of) if copy_of else _template(owner) as template:
            owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
    try:
        with _pointed_at(name):
            yield name
    finally:
        with owner_connection() as owner:
            _drop(owner, name)


@contextmanager
def owner_connection(database: str = "") -> Iterator[psycopg.Connection]:
    """Connect as the owner, outside Django's connections, to this database or the one that the settings name."""
    values = connections[OWNER_ALIAS].get_connection_params()
    values = {key: value for key, value in values.items() if key not in DJANGOS_OWN}
    with psycopg.connect(**values, dbname=database or _settled_name(), autocommit=True) as connection:
        yield connection


def _settled_name() -> str:
    return str(settings.DATABASES[OWNER_ALIAS]["NAME"])


@contextmanager
def _pointed_at(name: str) -> Iterator[None]:
    before = {alias: connections[alias].settings_dict["NAME"] for alias in (APP_ALIAS, OWNER_ALIAS)}
    try:
        _point(dict.fromkeys(before, name))
        yield
    finally:
        _point(before)


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def _template(owner: psycopg.Connection) -> Iterator[str]:
    """Yield the name of a template that fits the code as it stands, made if there is none.

    One process at a time makes or copies it, the others wait for the lock. It gets its name when it is whole.
    """
    shape = hashlib.sha256()
    for file in sorted(path for pattern in SHAPES for path in ROOT.glob(pattern) if path.is_file()):
        shape.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    shape.update(str(settings.DATABASES[APP_ALIAS]["USER"]).encode())
    name = f"{TEMPLATE}{shape.hexdigest()[:16]}"
    owner.execute("SET lock_timeout = 0")
    owner.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
    try:
        if not _exists(owner, name):
            draft = f"{PREFIX}{os.getpid()}_template"
            _drop(owner, draft)
            owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(draft)))
            with _pointed_at(draft):
                call_command("migrate", verbosity=0, interactive=False)
            _drop_old_templates(owner)
            owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (draft, name))))
        yield name
    finally:
        owner.execute("SELECT pg_advisory_unlock(hashtext(%s))", [TEMPLATE])


def _exists(owner: psycopg.Connection, name: str) -> bool:
    return bool(owner.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchall())


def _names(owner: psycopg.Connection, prefix: str) -> list[str]:
    rows = owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]).fetchall()
    return [str(row[0]) for row in rows]


def _drop_old_templates(owner: psycopg.Connection) -> None:
    """Drop templates that no longer fit; one that is being copied at this moment stays until the next time."""
    for name in _names(owner, TEMPLATE):
        try:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        except psycopg.errors.ObjectInUse:
            continue


def _drop_leftovers(owner: psycopg.Connection) -> None:
    """Drop the databases of processes of this machine that are no more."""
    for name in _names(owner, PREFIX):
        pid = re.match(r"\d+", name.removeprefix(PREFIX))
        if pid and not psutil.pid_exists(int(pid.group())):
            _drop(owner, name)


def _end_sessions_of_app(name: str) -> None:
    """End what the app role still has open in a database, as that role: the owner may not end its sessions."""
    given = connections[APP_ALIAS].get_connection_params()
    params = {key: value for key, value in given.items() if key not in DJANGOS_OWN}
    with suppress(psycopg.OperationalError), psycopg.connect(**params, dbname=name, autocommit=True) as app:
        app.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


def _drop(owner: psycopg.Connection, name: str) -> None:
    """Drop a database with whoever is in it; wait for the server's own vacuuming, which nobody here may end."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _ in range(DROPS):
        try:
            owner.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            _end_sessions_of_app(name)
            time.sleep(0.5)
        else:
            return
    owner.execute(statement)
