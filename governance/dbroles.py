"""The only place that says what the application's database role may do.

Two roles share one database. The *owner* (database alias ``owner``) makes the tables and is used by migrations and
test set-up alone. The *app* role (database alias ``default``) is what everything else connects as: it reads and writes
rows, and never owns, truncates or alters anything, so that a table from which UPDATE and DELETE are taken away is
append-only for every page, command and job, whatever their code does.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

APP_ALIAS = "default"
OWNER_ALIAS = "owner"


def app_role() -> str:
    """Return the name of the role the application connects as, taken from the settings.

    Raises:
        ImproperlyConfigured: the settings name no role, or the same one as the owner's.

    """
    role = str(settings.DATABASES[APP_ALIAS]["USER"])
    if not role:
        message = "DATABASE_URL must name the application's own database role, as in postgres://role:password@host/name"
        raise ImproperlyConfigured(message)
    if role == settings.DATABASES[OWNER_ALIAS]["USER"]:
        message = f"DATABASE_URL and DATABASE_OWNER_URL name the same role ({role}); the application needs its own"
        raise ImproperlyConfigured(message)
    return role


class AppRoleGrants(Operation):
    """Let the app role read and write rows in every table of the schema, those made later included.

    Effects, in order: USAGE on the schema; SELECT, INSERT, UPDATE and DELETE on the tables that exist and USAGE and
    SELECT on their sequences; the same as default privileges for what the owner makes from now on; Django's own record
    of migrations becomes read-only. TRUNCATE, TRIGGER and REFERENCES are never given.
    """

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: "ProjectState") -> None:
        """Change nothing in the models: rights are known by the database alone."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - Django calls operations by position and keyword
        schema_editor: "BaseDatabaseSchemaEditor",
        from_state: "ProjectState",  # noqa: ARG002
        to_state: "ProjectState",  # noqa: ARG002
    ) -> None:
        """Give the rights."""
        role = schema_editor.quote_name(app_role())
        for statement in (
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
            f"REVOKE INSERT, UPDATE, DELETE ON TABLE django_migrations FROM {role}",
        ):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: "BaseDatabaseSchemaEditor",
        from_state: "ProjectState",  # noqa: ARG002
        to_state: "ProjectState",  # noqa: ARG002
    ) -> None:
        """Take all of them back."""
        role = schema_editor.quote_name(app_role())
        for statement in (
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {role}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {role}",
            f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        ):
            schema_editor.execute(statement)

    def describe(self) -> str:
        """Say what the operation does, for ``migrate --plan``."""
        return "Let the app role read and write rows, and nothing else"


class TakenFromApp(Operation):
    """Take some rights on the named tables from the app role; what each kind takes stands in the classes below.

    Written after the tables' ``CreateModel``, in the same migration, so that they are never open to it.
    """

    reversible = True
    reduces_to_sql = True
    taken = ""
    given_back = ""
    said = ""

    def __init__(self, *tables: str) -> None:
        """Remember the tables by their names in the database, as in ``AppendOnly("workflow_journalentry")``."""
        self.tables = tables

    def state_forwards(self, app_label: str, state: "ProjectState") -> None:
        """Change nothing in the models: rights are known by the database alone."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: "BaseDatabaseSchemaEditor",
        from_state: "ProjectState",  # noqa: ARG002
        to_state: "ProjectState",  # noqa: ARG002
    ) -> None:
        """Take the rights away."""
        role = schema_editor.quote_name(app_role())
        for table in self.tables:
            schema_editor.execute(f"REVOKE {self.taken} ON TABLE {schema_editor.quote_name(table)} FROM {role}")

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: "BaseDatabaseSchemaEditor",
        from_state: "ProjectState",  # noqa: ARG002
        to_state: "ProjectState",  # noqa: ARG002
    ) -> None:
        """Give them back."""
        role = schema_editor.quote_name(app_role())
        for table in self.tables:
            schema_editor.execute(f"GRANT {self.given_back} ON TABLE {schema_editor.quote_name(table)} TO {role}")

    def describe(self) -> str:
        """Say what the operation does, for ``migrate --plan``."""
        return self.said.format(", ".join(self.tables))


class AppendOnly(TakenFromApp):
    """Take UPDATE, DELETE and TRUNCATE from the app role: rows are added and read, never changed."""

    taken = "UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES"
    given_back = "UPDATE, DELETE"
    said = "Make {} append-only for the app role"


class NeverRemoved(TakenFromApp):
    """Take DELETE and TRUNCATE from the app role: rows come and change, and none goes away."""

    taken = "DELETE, TRUNCATE"
    given_back = "DELETE"
    said = "Let the app role remove no row of {}"
