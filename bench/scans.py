"""Which tables the pages read from end to end, as PostgreSQL itself counts it: whatever made the statement."""

from django.db import connections
from django.test import Client

from bench.pages import PAGES
from bench.stages import Actors, Stage
from config.throwaway import owner_connection
from governance.dbroles import APP_ALIAS

MANY = 1000
_COUNTS = """
SELECT t.relname, t.seq_scan FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = t.relid WHERE c.reltuples > %s
ORDER BY t.relname
"""


def scanned_tables(stage: Stage, actors: Actors) -> dict[str, dict[str, int]]:
    """Return, for each page, the tables of many rows that were read from end to end, and how many times."""
    stage.enter()
    found: dict[str, dict[str, int]] = {}
    for name, (person, address) in PAGES.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(getattr(actors, person), backend="django.contrib.auth.backends.ModelBackend")
        before = _counts(stage)
        client.get(address)
        after = _counts(stage)
        found[name] = {table: after[table] - before[table] for table in after if after[table] > before[table]}
    return found


def _counts(stage: Stage) -> dict[str, int]:
    """Return how many times each table of many rows has been read from end to end, until now."""
    with connections[APP_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with owner_connection(stage.name) as owner:
        return dict(owner.execute(_COUNTS, [MANY]).fetchall())
