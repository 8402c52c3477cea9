"""The house: what may import and point at what, and what the application's database role may do."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from governance.dbroles import AppendOnly, app_role

STOREYS = ("governance", "satsningar", "workflow", "config")
"""From the ground up: a storey knows those below it."""

APPEND_ONLY = {
    "governance_countyload",
    "satsningar_delversion",
    "satsningar_revision",
    "workflow_attendanceevent",
    "workflow_avsteg",
    "workflow_avstegsslut",
    "workflow_avstegssvar",
    "workflow_beslut",
    "workflow_beslutsdeltagare",
    "workflow_forlaga",
    "workflow_journalentry",
    "workflow_journalpayload",
    "workflow_kommentar",
    "workflow_kommentarbegaran",
    "workflow_kommentarsinlagg",
    "workflow_kommentarsnamn",
    "workflow_paminnelse",
    "workflow_paragraf",
    "workflow_rattelse",
    "workflow_registrering",
    "workflow_roundaddendum",
    "workflow_roundquestion",
    "workflow_roundreminder",
    "workflow_roundreply",
    "workflow_slappt",
    "workflow_underlag",
    "workflow_vote",
}

NEVER_REMOVED = {"workflow_round", "workflow_roundanswer"}

OWN_APPS = STOREYS[:3]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in STOREYS]


def test_imports_point_down() -> None:
    check = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", check, "--no-logo", "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=settings.BASE_DIR,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_keys_point_down(model: type[models.Model]) -> None:
    storey = STOREYS.index(model._meta.app_label)
    upward = {
        field.name: field.related_model._meta.label
        for field in model._meta.get_fields(include_hidden=True)
        if field.concrete
        and isinstance(field.related_model, type)
        and field.related_model._meta.app_label in STOREYS[storey + 1 :]
    }
    assert upward == {}


def test_modules_are_short() -> None:
    limits = {"views": 400}
    long = {}
    for app in (*OWN_APPS, "config", "scripts", "bench"):
        for file in Path(settings.BASE_DIR, app).rglob("*.py"):
            if "migrations" in file.parts:
                continue
            limit = limits["views"] if "views" in file.stem or "views" in file.parts else 300
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > limit:
                long[str(file.relative_to(settings.BASE_DIR))] = lines
    assert long == {}


def test_append_only_tables_are_those_that_hold_what_was_done() -> None:
    loader = MigrationLoader(None)
    operations = [operation for migration in loader.disk_migrations.values() for operation in migration.operations]
    named = {table for operation in operations if isinstance(operation, AppendOnly) for table in operation.tables}
    assert named == APPEND_ONLY


def rights(table: str) -> set[str]:
    """Return what the application may do with a table, as the database sees it."""
    every = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT each FROM unnest(%s::text[]) AS each WHERE has_table_privilege(%s, %s, each)",
            [list(every), app_role(), f'"{table}"'],
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_append_only_table_takes_and_shows_rows_alone(db: None, table: str) -> None:
    assert rights(table) == {"SELECT", "INSERT"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.column_privileges"
            " WHERE grantee = %s AND table_name = %s AND privilege_type = 'UPDATE'",
            [app_role(), table],
        )
        assert cursor.fetchone() == (0,)


def test_app_role_reads_and_writes_rows_of_every_other_table_and_no_more(db: None) -> None:
    tables = set(connection.introspection.table_names()) - APPEND_ONLY - NEVER_REMOVED - {"django_migrations"}
    rows_alone = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert {table: found for table in tables if (found := rights(table)) != rows_alone} == {}
    assert rights("django_migrations") == {"SELECT"}


@pytest.mark.parametrize("table", sorted(NEVER_REMOVED))
def test_row_that_is_never_removed_comes_and_changes(db: None, table: str) -> None:
    assert rights(table) == {"SELECT", "INSERT", "UPDATE"}


def test_app_role_owns_nothing_and_is_no_administrator(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == (app_role(), app_role())
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_table_made_later_is_open_to_the_app_role_for_rows(owner_cursor: psycopg.Cursor) -> None:
    owner_cursor.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY)")
    try:
        assert rights("later") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    finally:
        owner_cursor.execute("DROP TABLE later")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE workflow_journalentry SET number = number + 1",
        "DELETE FROM workflow_journalentry",
        "TRUNCATE workflow_journalentry CASCADE",
        "ALTER TABLE workflow_journalentry DISABLE TRIGGER ALL",
        "DROP TABLE workflow_journalentry",
        "ALTER TABLE workflow_journalentry OWNER TO CURRENT_USER",
        "SET session_replication_role = replica",
        "SET ROLE {owner}",
        "CREATE TABLE own (id int)",
        "CREATE TRIGGER own BEFORE INSERT ON workflow_journalentry EXECUTE FUNCTION pg_catalog.lo_manage()",
    ],
)
def test_app_role_cannot_touch_what_was_done(db: None, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"permission denied|must be owner"):
        cursor.execute(statement.format(owner=settings.DATABASES["owner"]["USER"]))


def test_app_role_gives_itself_no_right(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON workflow_journalentry TO CURRENT_USER")
    assert rights("workflow_journalentry") == {"SELECT", "INSERT"}
