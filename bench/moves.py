"""The move in this process: through `perform` and in hand-written SQL, in the small and in the large database."""

from dataclasses import dataclass

from django.db import connections
from django.test.utils import CaptureQueriesContext

from bench import floor
from bench.clock import Work, medians
from bench.stages import MOVE, Actors, Stage, add_drafts
from governance.dbroles import APP_ALIAS
from workflow.actions import perform

WARM_UP = 12
"""PostgreSQL settles for a plan of a prepared statement after its fifth time."""
SECONDS = 20


@dataclass(frozen=True)
class Measured:
    """Milliseconds and statements of the move in one database."""

    perform: float
    floor: float
    statements: int

    @property
    def ratio(self) -> float:
        """Return how many times as long `perform` takes."""
        return self.perform / self.floor


def measure_moves(stages: tuple[Stage, ...], actors: Actors, rounds: int, *, await_disk: bool = True) -> list[Measured]:
    """Return what the move takes in each of the databases.

    Args:
        stages: the databases.
        actors: who makes the moves.
        rounds: how many times each is timed.
        await_disk: whether a commit waits until it is on disk, as it does in use; without that wait, which is the same
            for both, the difference between them shows more.

    """
    works: dict[str, Work] = {}
    for stage in stages:
        _set_wait(stage, await_disk=await_disk)
        add_drafts(stage, actors, 2 * (WARM_UP + rounds) + 1)
        works[f"perform {stage.name}"] = _through_perform(stage, actors)
        works[f"floor {stage.name}"] = _by_hand(stage, actors)
    found = medians(works, rounds=rounds, warm_up=WARM_UP, seconds=SECONDS)
    return [
        Measured(found[f"perform {stage.name}"], found[f"floor {stage.name}"], count_statements(stage, actors))
        for stage in stages
    ]


def _set_wait(stage: Stage, *, await_disk: bool) -> None:
    statement = f"SET synchronous_commit = {'on' if await_disk else 'off'}"
    stage.plain.execute(statement)
    with stage.django.cursor() as cursor:
        cursor.execute(statement)


def count_statements(stage: Stage, actors: Actors) -> int:
    """Return how many statements the move takes, the beginning and end of its transaction included."""
    work = _through_perform(stage, actors)
    stage.enter()
    with CaptureQueriesContext(connections[APP_ALIAS]) as seen:
        work()
    return len(seen)


def _through_perform(stage: Stage, actors: Actors) -> Work:
    def work() -> None:
        stage.enter()
        perform(stage.drafts.pop(), MOVE, actor=actors.author, expected_edition=actors.edition)

    return work


def _by_hand(stage: Stage, actors: Actors) -> Work:
    def work() -> None:
        floor.move(stage.plain, stage.drafts.pop(), actors.author.pk, actors.author.name)

    return work
