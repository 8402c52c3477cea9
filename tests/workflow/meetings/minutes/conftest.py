"""A meeting that has been held."""

import pytest

from tests.workflow.meetings.minutes_building import Held, hold_meeting
from tests.workflow.world import World


@pytest.fixture
def held(world: World) -> Held:
    """Return länsstyrgruppens closed meeting."""
    return hold_meeting(world)
