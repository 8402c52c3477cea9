"""What every test stands on: a database of its own run, entered as the application and emptied as the owner."""

import itertools
import os
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from config import postgres
from config.throwaway import owner_connection, throwaway_database
from governance.dbroles import APP_ALIAS
from tests.running import RunJobs, runner

# Playwright's own loop runs in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# No example is timed: how fast it is made says how busy the machine is. The same code is tried by the same examples, so
# that what fails on one machine fails on the next; `make explore` looks for others.
settings.register_profile("exploring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", settings.get_profile("exploring"), derandomize=True)
settings.load_profile("repeatable")

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables whose rows come from the migrations."""


PATIENCE = {"soak": 2400, "browser": 900}
"""Seconds that a test of a kind may take before it is ended as one that hangs: the machine may be busy with others."""


DATABASE = {"db", "transactional_db", "django_db_setup"}
"""The fixtures by which a test comes to the run's database."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what asks the database, leave the long tests to ``-m soak``, give them and those with a browser longer."""
    for item in items:
        if DATABASE.intersection(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker("database")
        for kind, seconds in PATIENCE.items():
            if item.get_closest_marker(kind):
                item.add_marker(pytest.mark.timeout(seconds))
    if "soak" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in long]
        config.hook.pytest_deselected(items=long)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the run's database, point both aliases at it, drop it at the end."""
    with django_db_blocker.unblock():
        postgres.ensure_unless_given(postgres.TESTS)
        with pytest.MonkeyPatch.context() as patch, throwaway_database(os.environ.get("PYTEST_XDIST_WORKER", "")):
            patch.setattr(DatabaseOperations, "execute_sql_flush", empty_tables)
            yield


BETWEEN_VACUUMS = 100
_ENDED = itertools.count(1)
"""Counts this process's tests."""


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """After every so many tests that ask the database, clear away the rows which they rolled back.

    The server of the tests does not vacuum by itself, and every page would read past what thousands of tests left.
    """
    if item.get_closest_marker("database") and next(_ENDED) % BETWEEN_VACUUMS == 0:
        with owner_connection(connections[APP_ALIAS].settings_dict["NAME"]) as owner:
            owner.execute("VACUUM")


def empty_tables(_operations: DatabaseOperations, _statements: list[str]) -> None:
    """Empty, as the owner and in one statement, every table that holds rows after a test with real transactions.

    Stands in for Django's own flush, which would run as the application, may not, and would miss the job queue.
    """
    with owner_connection(connections[APP_ALIAS].settings_dict["NAME"]) as owner:
        found = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        asked = sql.SQL(" UNION ALL ").join(
            sql.SQL("(SELECT {}::text FROM {} LIMIT 1)").format(sql.Literal(name), sql.Identifier(name))
            for (name,) in found
            if name not in KEPT
        )
        filled = [sql.Identifier(name) for (name,) in owner.execute(asked).fetchall()]
        if filled:
            _after_the_last_request(owner, sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(filled)))


def _after_the_last_request(owner: psycopg.Connection, statement: sql.Composed) -> None:
    """Run a statement that a page's last request may still stand in the way of, as when its browser is gone already."""
    for _ in range(3):
        try:
            owner.execute(statement)
        except psycopg.errors.DeadlockDetected:
            time.sleep(0.5)
        else:
            return
    owner.execute(statement)


@pytest.fixture
def owner_cursor(transactional_db: None) -> Iterator[psycopg.Cursor]:
    """Give a cursor of the owner of the tables, who may what the application may not, on the run's database."""
    with owner_connection(connections[APP_ALIAS].settings_dict["NAME"]) as owner, owner.cursor() as cursor:
        yield cursor


@pytest.fixture
def run_jobs(monkeypatch: pytest.MonkeyPatch) -> RunJobs:
    """Give a function that carries out the jobs which are due and returns the names of their tasks.

    ``run_jobs()`` raises what a job raises; ``run_jobs(failing=True)`` does not.
    """
    return runner(monkeypatch)
