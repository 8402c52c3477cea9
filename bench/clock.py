"""Taking time: rounds in which every work has its turn, so that what disturbs the machine disturbs all alike."""

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], object]
FEWEST = 5


def medians(works: Mapping[str, Work], *, rounds: int, warm_up: int, seconds: float) -> dict[str, float]:
    """Return the median time of each work in milliseconds.

    In every round each work is done once, and each round begins with the next of them. What earlier work left to be
    collected is collected between the works, outside the time taken.

    Args:
        works: what to time, by name.
        rounds: how many times each is timed.
        warm_up: rounds before them that are not counted: connections are made, plans and caches filled.
        seconds: how long it may take; on a slow machine there are fewer rounds, though never fewer than `FEWEST`.

    """
    names = list(works)
    taken: dict[str, list[float]] = {name: [] for name in names}
    end = time.monotonic() + seconds
    for turn in range(warm_up + rounds):
        if turn >= warm_up + FEWEST and time.monotonic() > end:
            break
        shift = turn % len(names)
        for name in (*names[shift:], *names[:shift]):
            gc.collect(0)
            begun = time.perf_counter()
            works[name]()
            spent = time.perf_counter() - begun
            if turn >= warm_up:
                taken[name].append(spent * 1000)
    return {name: median(times) for name, times in taken.items()}
