"""Two who ask, and two who answer, at the same moment."""

from collections import Counter

import pytest

from governance.vocabulary import Role, StationKind
from tests.workflow.avsteg.conftest import ECONOMY, REASON, Asking
from tests.workflow.test_at_once import at_once
from tests.workflow.world import STYRGRUPP, World, make_world
from workflow import journal
from workflow.avsteg.actions import answer, ask
from workflow.errors import Stale
from workflow.models import Avsteg, Avstegssvar


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return Sörmland, committed, so that every thread sees it."""
    return make_world()


def test_one_of_many_requests_and_one_of_many_answers_wins(world: World, asking: Asking) -> None:
    satsning = asking.without_economy(StationKind.BEREDNING)
    edition, people = satsning.edition, [world.author, world.officer] * 4

    asked = at_once(
        *(
            lambda who=who: ask(satsning.pk, "beslut", ECONOMY, reason=REASON, actor=who, expected_edition=edition)
            for who in people
        )
    )

    assert Counter(type(result) for result in asked) == {int: 1, Stale: 7}
    avsteg, edition = Avsteg.objects.get(), asking.edition(satsning)
    chairs = [asking.chair, world.seat(STYRGRUPP, Role.VICE_ORDFORANDE)] * 4
    outcomes = ["medgivet", "avslaget"] * 4

    answered = at_once(
        *(
            lambda who=who, outcome=outcome: answer(
                satsning.pk,
                avsteg.pk,
                outcome,
                reason="Därför.",
                declares_no_jav=True,
                actor=who,
                expected_edition=edition,
            )
            for who, outcome in zip(chairs, outcomes, strict=True)
        )
    )

    assert Counter(type(result) for result in answered) == {type(None): 1, Stale: 7}
    assert Avstegssvar.objects.count() == 1
    assert journal.verify(world.county.pk, "Sörmland")[1] is None
