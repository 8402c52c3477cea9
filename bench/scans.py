"""Which tables a page reads from end to end, as PostgreSQL itself counts it: whatever made the statement."""

from django.db import connections
from django.test import Client

from bench.pages import PAGES
from bench.stages import Actors, Stage
from config.throwaway import owner_connection
from governance.dbroles import APP_ALIAS
from governance.models import Person

MANY = 1000
"""A table of fewer rows is best read from end to end."""
_COUNTS = """
SELECT t.relname, t.seq_scan FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = t.relid WHERE c.reltuples > %s
ORDER BY t.relname
"""


def scanned_tables(stage: Stage, actors: Actors) -> dict[str, dict[str, int]]:
    """Return, for each page, the tables of many rows that were read from end to end, and how many times."""
    stage.enter()
    return {
        name: read_whole(getattr(actors, person), address, database=stage.name)
        for name, (person, address) in PAGES.items()
    }


def read_whole(person: Person, address: str, *, database: str) -> dict[str, int]:
    """Return the tables of many rows that a page reads from end to end, and how many times.

    Args:
        person: who asks for the page.
        address: the page's, on a site whose application works in `database`.
        database: the name of the database, whose tables have been analysed.

    Raises:
        LookupError: the page is not there.

    """
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    before = _counts(database)
    answer = client.get(address)
    if answer.status_code != 200:  # noqa: PLR2004 - the status of a page that is there
        raise LookupError(address)
    after = _counts(database)
    return {table: after[table] - before[table] for table in after if after[table] > before[table]}


def _counts(database: str) -> dict[str, int]:
    """Return how many times each table of many rows has been read from end to end, until now."""
    with connections[APP_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with owner_connection(database) as owner:
        return dict(owner.execute(_COUNTS, [MANY]).fetchall())
