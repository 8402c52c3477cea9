"""Where the apps that hold acts say when a membership was last used: this app knows nothing of acts."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

LastUse = Callable[[Collection[int]], Mapping[int, date]]
"""Takes the ids of memberships and returns the last day on which something was done by each; none for unused ones."""

_sources: list[LastUse] = []


def last_used_by(source: LastUse) -> LastUse:
    """Register who knows; a decorator."""
    _sources.append(source)
    return source


def last_used(membership_ids: Collection[int]) -> dict[int, date]:
    """Return the last day on which each membership was used, before which it cannot end; nothing is asked for none."""
    found: dict[int, date] = {}
    for source in _sources if membership_ids else ():
        for membership_id, day in source(membership_ids).items():
            found[membership_id] = max(day, found.get(membership_id, day))
    return found
