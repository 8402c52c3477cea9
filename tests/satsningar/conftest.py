"""A county and a satsning to write in."""

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from governance.models import County
from satsningar.content import Content
from satsningar.models import Satsning
from tests import factories


@pytest.fixture(scope="session")
def complete(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Content:
    """Give the content of a satsning that lacks nothing; a value, its rows are gone."""
    with django_db_blocker.unblock(), transaction.atomic():
        read = factories.fill(factories.make_satsning(factories.sormland()))
        transaction.set_rollback(True)
    return read


@pytest.fixture
def county(db: None) -> County:
    """Give Sörmland, loaded from its own file."""
    return factories.sormland()


@pytest.fixture
def satsning(county: County) -> Satsning:
    """Give a satsning that has a title and nothing else."""
    return factories.make_satsning(county)


@pytest.fixture
def filled(satsning: Satsning) -> Content:
    """Give the content of a satsning that lacks nothing, with its rows in the database."""
    return factories.fill(satsning)
