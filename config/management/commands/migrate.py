"""Django's migrate, run as the owner of the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from governance.dbroles import APP_ALIAS, OWNER_ALIAS


class Command(migrate.Command):
    """Migrate through the owner's connection; the application's role may not alter tables."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's own arguments, the owner's database chosen beforehand."""
        super().add_arguments(parser)
        parser.set_defaults(database=OWNER_ALIAS)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Migrate, the system checks first.

        Raises:
            CommandError: no owner's connection is set, or another database is asked for.

        """
        if OWNER_ALIAS not in connections:
            message = "Set DATABASE_OWNER_URL: migrations are run by the role that owns the tables."
            raise CommandError(message)
        if options["database"] != OWNER_ALIAS:
            message = f"Migrations are run through the database {OWNER_ALIAS!r} alone."
            raise CommandError(message)
        with _everything_through_the_owner():
            return super().execute(*args, **options)


@contextmanager
def _everything_through_the_owner() -> Iterator[None]:
    """Let queries of the default alias run on the owner's connection, in its transaction, for a while.

    Migrations of other packages (viewflow's ``0002_fsmchange``) ask models without naming a database. As the
    application they would wait for ever for the lock that the migration itself holds.
    """
    app = connections[APP_ALIAS]
    connections[APP_ALIAS] = connections[OWNER_ALIAS]
    try:
        yield
    finally:
        connections[APP_ALIAS] = app
