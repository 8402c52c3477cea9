"""The county at work, browsers of its people, and what is entered of a running satsning."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from governance.models import Person
from tests.workflow.world import ARBETSGRUPP, World, make_world
from workflow.registration.entries import Entry

Enter = Callable[[Person], Client]
MakeEntry = Callable[..., Entry]
DECIDED = date(2024, 11, 22)
SOURCE = "LSG protokoll 2024-11-22 § 31"


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


@pytest.fixture
def entry(world: World) -> MakeEntry:
    """Return a function that makes an entry of a case in genomförande, with what differs."""

    def make(**other: Any) -> Entry:
        said: dict[str, Any] = {
            "ansvarig_grupp": world.body(ARBETSGRUPP),
            "titel": "Trygg hemgång",
            "station": "genomforande",
            "decided_on": DECIDED,
            "source": SOURCE,
            "since": date(2025, 1, 13),
        }
        return Entry(**(said | other))

    return make
