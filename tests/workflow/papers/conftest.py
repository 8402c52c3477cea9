"""The county at work."""

import pytest

from tests.workflow.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return Sörmland with somebody in every seat a case needs."""
    return make_world()
