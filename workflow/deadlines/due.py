"""The only place that says when a case must have left its step, how late it is, and which cases are late.

`Due` says it of one case; `late` is the same rule for many.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from governance.deadlines import began_too_early, last_day, workdays_between
from governance.paths import PathVersion, StationValue
from governance.permissions import today
from satsningar.models import Satsning

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a case at its step, as it stands on a day."""

    day: date
    as_of: date

    @property
    def is_late(self) -> bool:
        """Tell whether the last day has been."""
        return self.day < self.as_of

    @property
    def is_soon(self) -> bool:
        """Tell whether it is at most a week away."""
        return not self.is_late and self.day <= self.as_of + SOON

    @property
    def workdays(self) -> int:
        """Return how many working days are left, or how many it is late: negative where it is late."""
        return workdays_between(self.as_of, self.day)

    @property
    def words(self) -> str:
        """Return how much time is left, or how late it is."""
        count = abs(self.workdays)
        days = "1 arbetsdag" if count == 1 else f"{count} arbetsdagar"
        if self.is_late:
            return f"{days} för sent" if count else "för sent"
        if self.day == self.as_of:
            return "sista dagen är i dag"
        return f"{days} kvar"

    @property
    def color(self) -> str:
        """Return the colour of the last day; the words say the same."""
        return "danger" if self.is_late else "warning" if self.is_soon else "neutral"


def due_at(station: StationValue, since: datetime) -> Due | None:
    """Return the last day of a case that came to a step at a time; None where the path gives the step no time."""
    if station.days is None:
        return None
    return Due(last_day(timezone.localdate(since), station.days), today())


def due_of(satsning: Satsning, path: PathVersion) -> Due | None:
    """Return the last day of a case where it stands, by its own version of the path."""
    return due_at(path.stations[satsning.station], satsning.station_since)


def late(versions: Collection[PathVersion], as_of: date | None = None) -> Q:
    """Return the condition that a case's last day has been; `Due.is_late` is the same rule for one."""
    return _before(versions, as_of or today())


def may_be_near(versions: Collection[PathVersion], workdays: int) -> Q:
    """Return the condition that a case's last day has been, or is at most so many working days away."""
    return _before(versions, last_day(today(), workdays) + timedelta(days=1))


def _before(versions: Iterable[PathVersion], day: date) -> Q:
    """Return the condition that a case's last day is before a day."""
    codes: dict[tuple[int, int], list[str]] = {}
    for version in versions:
        for code, station in version.stations.items():
            if station.days is not None:
                codes.setdefault((version.id, station.days), []).append(code)
    found = Q(pk__in=())
    for (version_id, days), stations in codes.items():
        midnight = timezone.make_aware(datetime.combine(began_too_early(days, day), time.min))
        found |= Q(version=version_id, station__in=stations, station_since__lt=midnight)
    return found


def proposed_deadline(path: PathVersion, kind: str) -> date | None:
    """Return the last day that is proposed for a round of answers opened today; None where the path says nothing."""
    days = {one.value: days for one, days in path.frister.rounds.items()}.get(kind)
    return None if days is None else last_day(today(), days)
