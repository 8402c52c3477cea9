"""The county at work, and browsers of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from governance.models import Person
from tests.workflow.world import World, make_world

Enter = Callable[[Person], Client]


@pytest.fixture
def world(db: None) -> World:
    """Return Sörmland with somebody in every seat a case needs."""
    return make_world()


@pytest.fixture
def enter() -> Enter:
    """Return a function that gives a browser in which a person is logged in."""

    def logged_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return logged_in
