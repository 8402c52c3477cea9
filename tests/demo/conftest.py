"""A county with the whole demonstration loaded, in a database of its own, once for a module."""

import os
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from config.throwaway import throwaway_database
from governance.models import County
from governance.paths import path_version
from tests.factories import orebro, sormland


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    """Load both counties and the demonstration; return Sörmland."""
    with django_db_blocker.unblock(), throwaway_database(f"demo{os.environ.get('PYTEST_XDIST_WORKER', '')}"):
        path_version.cache_clear()
        county = sormland()
        orebro()
        call_command("load_demo", verbosity=0)
        yield county
    path_version.cache_clear()
