"""How long a case may wait: one rule in two shapes."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from governance.deadlines import began_too_early
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from tests.factories import make_satsning
from tests.workflow.world import World
from workflow.overview.scope import Scope
from workflow.overview.waiting import LONGEST_WAIT, at_kinds, days_since, is_overdue, overdue
from workflow.rights import viewer


def test_overdue_cases_are_those_that_the_rule_for_one_says(world: World) -> None:
    versions = Scope(viewer(world.coordinator)).versions
    stations = next(iter(versions.values())).stations.values()
    late = {}
    for station in stations:
        for days in (-1, 0, 1):
            case = make_satsning(world.county, station=station.code, person=world.author)
            day = timezone.localdate() - timedelta(days=LONGEST_WAIT.get(station.kind, 400) + days)
            if station.days is not None:
                day = began_too_early(station.days, timezone.localdate()) - timedelta(days=days)
            since = timezone.make_aware(datetime.combine(day, time(12)))
            Satsning.objects.filter(pk=case.pk).update(station_since=since)
            late[case.pk] = is_overdue(station, since)

    found = set(Satsning.objects.filter(overdue(versions.values())).values_list("pk", flat=True))

    assert found == {id_ for id_, is_late in late.items() if is_late}
    assert len(found) == sum(station.days is not None or station.kind in LONGEST_WAIT for station in stations)


@pytest.mark.parametrize(("hour", "days"), [(0, 1), (23, 1)])
def test_days_are_those_of_the_calendar_in_stockholm(hour: int, days: int) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    at = timezone.make_aware(datetime.combine(yesterday, time(hour, 59)))

    assert days_since(at) == days


def test_a_code_that_means_different_things_in_two_versions_is_asked_with_its_version(world: World) -> None:
    version = next(iter(Scope(viewer(world.coordinator)).versions.values()))
    fields = {name: getattr(version, name) for name in version.__dataclass_fields__}
    swapped = {**version.stations, "beslut": version.stations["beredning"], "beredning": version.stations["beslut"]}
    other = type(version)(**{**fields, "id": version.id + 1, "stations": swapped})

    plain = at_kinds([version], [StationKind.BESLUT])
    apart = at_kinds([version, other], [StationKind.BESLUT])

    assert str(plain) == "(AND: ('station__in', ['beslut']))"
    assert {str(child) for child in apart.children[1:]} == {
        f"(AND: ('station__in', ['beslut']), ('version', {version.id}))",
        f"(AND: ('station__in', ['beredning']), ('version', {other.id}))",
    }
