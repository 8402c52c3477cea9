"""A hundred thousand satsningar: no page reads a whole table to show a few lines of it."""

import pytest
from django.db import connections

from bench.fill import fill
from bench.pages import PAGES
from bench.scans import read_whole
from config.throwaway import owner_connection
from governance.dbroles import APP_ALIAS
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from tests.workflow.world import World, make_world

pytestmark = pytest.mark.soak

READ_WHOLE = {"läget": {"satsningar_satsning"}}
"""Läget begins with how many cases there are at each step."""


@pytest.fixture
def crowded(transactional_db: None) -> World:
    world = make_world()
    running = [world.carried_to(kind) for kind in (StationKind.BEREDNING, StationKind.BESLUT, StationKind.GENOMFORANDE)]
    ended = world.carried_to(StationKind.ATERKALLAD)
    draft = world.make("Ett utkast")
    with owner_connection(str(connections[APP_ALIAS].settings_dict["NAME"])) as owner:
        fill(owner, [ended.pk], 95_000)
        fill(owner, [draft.pk], 4_000)
        fill(owner, [satsning.pk for satsning in running], 1_000)
    return world


def test_pages_read_by_indexes_at_a_hundred_thousand(crowded: World) -> None:
    assert Satsning.objects.count() == 100_005
    database = str(connections[APP_ALIAS].settings_dict["NAME"])
    read = {
        name: read_whole(getattr(crowded, person), address, database=database)
        for name, (person, address) in PAGES.items()
    }
    assert {name: set(tables) for name, tables in read.items() if tables} == READ_WHOLE
