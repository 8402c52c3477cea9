"""The only place that says how long a case may stay in a step before Läget calls it overdue."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType

from django.db.models import Q
from django.utils import timezone

from governance.paths import PathVersion
from governance.permissions import today
from governance.vocabulary import StationKind

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
"""Days in the steps where a case waits for somebody; in the others the work itself takes its time."""


def days_since(moment: datetime) -> int:
    """Return the days from a moment until today, by Stockholm's calendar."""
    return (today() - timezone.localdate(moment)).days


def is_overdue(kind: StationKind, days: int) -> bool:
    """Tell whether a case has waited longer than it may; `overdue` is the same rule for many."""
    return days > LONGEST_WAIT.get(kind, days)


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
    """Return the condition that a case has waited longer than it may; `is_overdue` is the same rule for one."""
    found = Q(pk__in=[])
    for kind, days in LONGEST_WAIT.items():
        first_day = timezone.make_aware(datetime.combine(today() - timedelta(days=days), time.min))
        found |= at_kinds(versions, [kind]) & Q(station_since__lt=first_day)
    return found
