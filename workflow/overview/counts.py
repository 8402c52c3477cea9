"""How many cases stand where: per step and per body, those overdue, and the longest wait; one statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from governance.paths import StationValue
from satsningar.models import Satsning
from workflow.overview.scope import Scope
from workflow.overview.waiting import days_since, overdue


@dataclass(slots=True)
class Tally:
    """A number of cases, those of them overdue, and since when the one that has waited longest stands there."""

    count: int = 0
    overdue: int = 0
    since: datetime | None = None

    def add(self, count: int, overdue_count: int, since: datetime) -> None:
        """Add more cases."""
        self.count += count
        self.overdue += overdue_count
        self.since = since if self.since is None else min(self.since, since)

    @property
    def longest(self) -> int:
        """Return the days that the one that has waited longest has stood there."""
        return days_since(self.since) if self.since else 0


@dataclass(slots=True)
class StepTally(Tally):
    """The cases at a step, by the body that has them there; an empty name where they have ended."""

    station: StationValue = field(kw_only=True)
    holders: dict[str, Tally] = field(default_factory=dict)


def step_order(station: StationValue) -> tuple[int, str]:
    """Return what steps are sorted by: their place on the path, then name."""
    return station.position, station.name


def count_by_step(scope: Scope, cases: QuerySet[Satsning]) -> list[StepTally]:
    """Return the cases at each step where there are any, in the path's order.

    Steps of several versions are one when name and kind are the same.
    """
    bodies = ("ansvarig_grupp_id", "beredningsgrupp_id", "beslutsorgan_id")
    late = overdue(scope.versions.values())
    rows = (
        cases.order_by()
        .values_list("version_id", "station", *bodies)
        .annotate(count=Count("pk"), late=Count("pk", filter=late), since=Min("station_since"))
    )
    steps: dict[tuple[str, str], StepTally] = {}
    for version_id, code, ansvarig, beredning, beslut, count, late_count, since in rows:
        station = scope.station_of(version_id, code)
        step = steps.setdefault((station.name, station.kind), StepTally(station=station))
        step.add(count, late_count, since)
        holder = scope.holder_of(station, ansvarig, beredning, beslut)
        step.holders.setdefault(holder, Tally()).add(count, late_count, since)
    found = sorted(steps.values(), key=lambda step: step_order(step.station))
    order = {body.name: place for place, body in enumerate(scope.bodies.values())}
    for step in found:
        step.holders = dict(sorted(step.holders.items(), key=lambda item: order.get(item[0], -1)))
    return found


def total(steps: Iterable[Tally]) -> Tally:
    """Return the tallies added up."""
    found = Tally()
    for step in steps:
        if step.since is not None:
            found.add(step.count, step.overdue, step.since)
    return found
