"""A case's timeline: the newest events open, the earlier ones behind a heading."""

from typing import Any

import pytest

from governance.vocabulary import Role, StationKind
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import BEREDNING, World
from workflow.inputs import Inputs
from workflow.selectors.timeline import UNFOLDED, fold
from workflow.upkeep import name_handlaggare, withdraw_anmalan


def days(*sizes: int) -> list[dict[str, Any]]:
    """Return days with as many events as given, named by their number from the newest."""
    numbers = iter(range(1000))
    return [{"day": day, "events": [next(numbers) for _ in range(size)]} for day, size in enumerate(sizes)]


def shown(*sizes: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the open days and the folded ones, each with how many events it shows."""
    folded = fold(days(*sizes))
    open_, earlier = ([(day["day"], len(day["events"])) for day in folded[key]] for key in ("days", "earlier"))
    assert folded["earlier_events"] == sum(size for _, size in earlier)
    return open_, earlier


@pytest.mark.parametrize(
    ("sizes", "open_", "earlier"),
    [
        ((), [], []),
        ((1,), [(0, 1)], []),
        ((UNFOLDED,), [(0, UNFOLDED)], []),
        ((UNFOLDED, 1), [(0, UNFOLDED), (1, 1)], []),
        ((UNFOLDED, 2), [(0, UNFOLDED)], [(1, 2)]),
        ((4, 4, 3), [(0, 4), (1, 2)], [(1, 2), (2, 3)]),
        ((20,), [(0, UNFOLDED)], [(0, 20 - UNFOLDED)]),
    ],
)
def test_timeline_folds_all_but_the_newest(
    sizes: tuple[int, ...], open_: list[tuple[int, int]], earlier: list[tuple[int, int]]
) -> None:
    assert shown(*sizes) == (open_, earlier)


def test_folding_keeps_every_event_in_order() -> None:
    folded = fold(days(3, 5, 2, 7))

    assert [event for key in ("days", "earlier") for day in folded[key] for event in day["events"]] == list(range(17))


def test_long_timeline_of_a_case_is_folded(world: World) -> None:
    draft, satsning = world.make(), world.carried_to(StationKind.SLUTFORD)

    text = text_of(at(world.author).get(url("satsning", satsning)))

    assert "tidigare händelser</summary>" in text
    assert "Skapade satsningen" in text
    assert "tidigare händelser" not in text_of(at(world.author).get(url("satsning", draft)))


def test_timeline_names_who_was_handlaggare_and_who_became_it(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    new = world.seat(BEREDNING, Role.HANDLAGGARE)

    name_handlaggare(satsning.pk, new.pk, actor=world.officer)

    text = text_of(at(world.author).get(url("satsning", satsning)))
    assert f"Från {world.officer.name} till {new.name}" in text


def test_timeline_says_which_proposal_was_taken_back(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    world.state(satsning)
    world.do(satsning, "anmal", world.officer, inputs=Inputs(proposed_move="fortsatt"))
    withdraw_anmalan(satsning.pk, actor=world.officer)

    answer = at(world.author).get(url("satsning", satsning))

    assert answer.status_code == 200
    assert "Tog tillbaka anmälan till beslut" in text_of(answer)
    assert "Satsningen godkänns." in text_of(answer)
