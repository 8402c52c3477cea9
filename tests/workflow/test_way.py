"""A case travels the whole path, and stands where its journal says."""

import pytest

from governance.vocabulary import StationKind
from tests.workflow.world import ROUTES, World
from workflow import journal
from workflow.models import JournalEntry


@pytest.mark.parametrize("kind", ROUTES)
def test_case_is_carried_to_every_kind_of_station(world: World, kind: StationKind) -> None:
    satsning = world.carried_to(kind)

    entries, broken = journal.verify(world.county.pk, world.county.name)

    newest = JournalEntry.objects.filter(satsning=satsning).first()
    assert newest is not None
    assert broken is None
    assert newest.to_station == satsning.station
    assert entries == JournalEntry.objects.filter(county=world.county).count()
