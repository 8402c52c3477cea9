"""Moving cases to another version of their path: what each takes when few and when many are moved."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.stages import Actors, Stage, add_drafts
from governance.countyfile import load
from governance.models import ArendegangVersion
from governance.paths import PathVersion, path_version
from satsningar.models import Satsning
from tests.workflow.versions.helping import text_of_version
from workflow.versions.moving import ask_for_move, move_some
from workflow.versions.trying import proposed_mapping, try_out

FEW, MANY = 100, 1000


@dataclass(frozen=True)
class MovedMany:
    """Milliseconds for each case, tried out and moved."""

    count: int
    trial: float
    move: float


def measure_versions(stage: Stage, actors: Actors) -> tuple[MovedMany, MovedMany]:
    """Return what it takes to try out and move a hundred drafts, and a thousand, in one database.

    Args:
        stage: the database; its path gets another version, and drafts are added.
        actors: who moves them.

    """
    stage.enter()
    load(text_of_version(2))
    add_drafts(stage, actors, FEW + MANY + 1)
    stage.enter()
    old, new = (path_version(version.pk) for version in ArendegangVersion.objects.order_by("number"))
    _moved(stage, actors, old, new, 1)
    return _moved(stage, actors, old, new, FEW), _moved(stage, actors, old, new, MANY)


def _moved(stage: Stage, actors: Actors, old: PathVersion, new: PathVersion, count: int) -> MovedMany:
    ids = [stage.drafts.pop() for _ in range(count)]
    mapping = proposed_mapping(old, new)
    with _clock() as trial:
        cases = list(Satsning.objects.filter(pk__in=ids).select_related("beslutsorgan"))
        try_out(cases, old, new, mapping)
    editions = {case.pk: case.edition for case in cases}
    with _clock() as move:
        flytt = ask_for_move(old, new, mapping, editions, reason="Den nya gäller.", actor=actors.coordinator)
        while move_some(flytt, actor=actors.coordinator):
            pass
    left = Satsning.objects.filter(pk__in=ids, version=old.id).count()
    if left:
        msg = f"{left} of {count} were not moved, so that what was measured is not what the application does"
        raise ValueError(msg)
    return MovedMany(count, trial[0] / count, move[0] / count)


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Give a list that holds the milliseconds that passed, once they have."""
    found: list[float] = []
    begins = time.perf_counter()
    yield found
    found.append((time.perf_counter() - begins) * 1000)
