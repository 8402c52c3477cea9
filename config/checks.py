"""System checks of the database and its two roles: a wrong set-up stops the start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import connections

from governance.dbroles import APP_ALIAS, OWNER_ALIAS

OLDEST_POSTGRESQL = 15


@checks.register(checks.Tags.database)
def check_postgresql(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django passes it
    databases: Sequence[str] | None,
    **_: Any,
) -> list[checks.CheckMessage]:
    """Refuse anything but PostgreSQL, or one older than we test on (``config.E001``, ``config.E002``)."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            found.append(checks.Error(f"Database {alias!r} must be PostgreSQL.", id="config.E001"))
        elif int(getattr(connection, "pg_version", 0)) < OLDEST_POSTGRESQL * 10000:
            text = f"Database {alias!r} is older than PostgreSQL {OLDEST_POSTGRESQL}."
            found.append(checks.Error(text, hint="Upgrade the server.", id="config.E002"))
    return found


@checks.register(checks.Tags.security)
def check_roles(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[checks.CheckMessage]:  # noqa: ARG001
    """Refuse one role for both the owner of the tables and the application (``config.E003``)."""
    databases = settings.DATABASES
    users = [databases[alias].get("USER", "") for alias in (APP_ALIAS, OWNER_ALIAS) if alias in databases]
    if "" in users or len(set(users)) != len(users):
        hint = "DATABASE_URL names the application's role, DATABASE_OWNER_URL the owner's."
        return [checks.Error("The two databases need a role each.", hint=hint, id="config.E003")]
    return []
