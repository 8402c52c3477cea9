"""What somebody enters about a case that was on its way before the system, and at which steps it may enter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.models import Body
from governance.paths import PathVersion, StationValue
from governance.vocabulary import DECIDED_KINDS, FINAL_KINDS, StationKind

SOURCE_LIMIT = 250
NEVER_ENTERED = frozenset({StationKind.UTKAST, StationKind.KOMPLETTERING, StationKind.BESLUT})
"""A draft is made as a draft; and what has been asked for, or lies on a table, is known only by the act that did it."""
BY_DECISION = (DECIDED_KINDS | FINAL_KINDS) - {StationKind.ATERKALLAD}
"""Where a case stands only because somebody decided it, so that day and source of the decision are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One case to register.

    `station` is a code of the group's path; `decided_on` and `source` are of the decision that it rests on; `since` is
    the day it came to its step (the day of the decision, or today, where nothing is said); `reference` is the number
    it has already; `parts` is what is known of its content, by part.
    """

    ansvarig_grupp: Body
    titel: str
    station: str
    decided_on: date | None = None
    source: str = ""
    since: date | None = None
    reference: str = ""
    beredningsgrupp: Body | None = None
    handlaggare_id: int | None = None
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    is_example: bool = False


def enterable(path: PathVersion) -> tuple[StationValue, ...]:
    """Return the steps of a path where a case may be registered, in order."""
    stations = (station for station in path.stations.values() if station.kind not in NEVER_ENTERED)
    return tuple(sorted(stations, key=lambda station: station.position))
