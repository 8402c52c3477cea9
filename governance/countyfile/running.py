"""Where the app that moves cases says how many still run in a path: this app knows nothing of cases."""

from collections.abc import Callable, Collection, Mapping

Counter = Callable[[Collection[int]], Mapping[int, int]]
"""Takes the ids of paths and returns how many cases that have not ended follow each; none may be left out."""

_counters: list[Counter] = []


def count_running_by(counter: Counter) -> Counter:
    """Register who counts; a decorator."""
    _counters.append(counter)
    return counter


def running(path_ids: Collection[int]) -> dict[int, int]:
    """Return how many cases that have not ended follow each of the paths; nothing is asked when there are no paths."""
    found: dict[int, int] = {}
    for counter in _counters if path_ids else ():
        for path_id, count in counter(path_ids).items():
            found[path_id] = found.get(path_id, 0) + count
    return found
