"""Where the app that moves cases says how many still run in a path or in a body: this app knows nothing of cases."""

from collections.abc import Callable, Collection, Mapping

Counter = Callable[[Collection[int]], Mapping[int, int]]
"""Takes the ids of paths, or of bodies, and returns how many cases that have not ended follow each path, or are each
body's; none may be left out."""

_counters: list[Counter] = []
_body_counters: list[Counter] = []


def count_running_by(counter: Counter) -> Counter:
    """Register who counts the cases of paths; a decorator."""
    _counters.append(counter)
    return counter


def count_running_in_bodies_by(counter: Counter) -> Counter:
    """Register who counts the cases of bodies; a decorator."""
    _body_counters.append(counter)
    return counter


def running(path_ids: Collection[int]) -> dict[int, int]:
    """Return how many cases that have not ended follow each of the paths; nothing is asked when there are no paths."""
    return _sum(_counters, path_ids)


def running_in(body_ids: Collection[int]) -> dict[int, int]:
    """Return how many cases that have not ended are each of the bodies'; nothing is asked when there are no bodies."""
    return _sum(_body_counters, body_ids)


def _sum(counters: Collection[Counter], ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for counter in counters if ids else ():
        for id_, count in counter(ids).items():
            found[id_] = found.get(id_, 0) + count
    return found
