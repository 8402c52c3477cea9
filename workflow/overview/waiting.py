"""The only place that says how long a case may stay in a step before Läget calls it overdue."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType

from django.db.models import Q
from django.utils import timezone

from governance.paths import PathVersion, StationValue
from governance.permissions import today
from governance.vocabulary import StationKind
from workflow.deadlines.due import due_at, late

LONGEST_WAIT: Mapping[StationKind, int] = MappingProxyType(
    {
        StationKind.INLAMNAD: 14,
        StationKind.BEREDNING: 60,
        StationKind.KOMPLETTERING: 30,
        StationKind.BESLUT: 45,
        StationKind.BESLUTAD: 60,
        StationKind.FORSTUDIE: 180,
        StationKind.VILANDE: 180,
    }
)
"""Days in the steps where a case waits for somebody, where the county's path says nothing else."""
ANSWERED = LONGEST_WAIT.keys() - {StationKind.VILANDE}
"""The steps among them in which somebody owes the case an answer: one that is paused waits for nobody."""


def days_since(moment: datetime) -> int:
    """Return the days from a moment until today, by Stockholm's calendar."""
    return (today() - timezone.localdate(moment)).days


def is_overdue(station: StationValue, since: datetime) -> bool:
    """Tell whether a case has been at a step longer than it may; `overdue` is the same rule for many.

    By the last day of its own path; where that gives the step no time, by `LONGEST_WAIT`.
    """
    due = due_at(station, since)
    if due is not None:
        return due.is_late
    days = days_since(since)
    return days > LONGEST_WAIT.get(station.kind, days)


def at_kinds(versions: Collection[PathVersion], kinds: Collection[StationKind]) -> Q:
    """Return the condition that a case stands at a step of one of these kinds, in its own version of the path."""
    at = {version.id: set(version.stations_of(*kinds)) for version in versions}
    codes = set().union(*at.values())
    if all({code for code in codes if code in version.stations} == at[version.id] for version in versions):
        return Q(station__in=sorted(codes))
    # One code stands for steps of different kinds in different versions.
    found = Q(pk__in=[])
    for version_id, own in at.items():
        found |= Q(version=version_id, station__in=sorted(own))
    return found


def overdue(versions: Collection[PathVersion]) -> Q:
    """Return the condition that a case has been at a step longer than it may; `is_overdue` is the rule for one."""
    found = late(versions)
    for version in versions:
        for kind, days in LONGEST_WAIT.items():
            codes = [
                code for code, station in version.stations.items() if station.kind == kind and station.days is None
            ]
            if codes:
                first_day = timezone.make_aware(datetime.combine(today() - timedelta(days=days), time.min))
                found |= Q(version=version.id, station__in=codes, station_since__lt=first_day)
    return found
