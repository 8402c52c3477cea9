"""Which cases follow which version: how many a path, a version or a body holds, and which of them may be moved."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet

from governance.countyfile.running import count_running_by, count_running_in_bodies_by
from governance.models import Station
from governance.vocabulary import FINAL_KINDS
from satsningar.models import Satsning
from workflow.rights import Viewer, readable


def _at_an_end() -> Exists:
    """Return the condition of a case that has ended: its step is an end in its own version."""
    return Exists(Station.objects.filter(version=OuterRef("version"), code=OuterRef("station"), kind__in=FINAL_KINDS))


@count_running_by
def running_of_paths(path_ids: Collection[int]) -> dict[int, int]:
    """Return how many cases that have not ended follow each of the paths; one statement."""
    rows = Satsning.objects.filter(~_at_an_end(), version__arendegang__in=path_ids).order_by()
    return dict(rows.values_list("version__arendegang").annotate(Count("pk")))


@count_running_in_bodies_by
def running_of_bodies(body_ids: Collection[int]) -> dict[int, int]:
    """Return how many cases that have not ended each of the bodies answers for, prepares or decides; one statement.

    A body decides those that are before it, too, where that is another than the one that decides in the end.
    """
    before = FilteredRelation("anmalningar", condition=Q(anmalningar__closed_at=None))
    columns = ("ansvarig_grupp", "beredningsgrupp", "beslutsorgan", "before__body")
    is_theirs = Q(*((f"{column}__in", body_ids) for column in columns), _connector=Q.OR)
    rows = Satsning.objects.annotate(before=before).filter(~_at_an_end(), is_theirs).order_by()
    asked = set(body_ids)
    return dict(Counter(body for row in rows.values_list(*columns) for body in asked.intersection(row)))


@dataclass(frozen=True, slots=True)
class Held:
    """How many cases that somebody may read follow a version: on their way, and at an end."""

    running: int = 0
    ended: int = 0


def held_by_versions(who: Viewer, version_ids: Collection[int]) -> dict[int, Held]:
    """Return what each of the versions holds of the cases that the person may read; one statement."""
    rows = readable(who).filter(version__in=version_ids).annotate(at_an_end=_at_an_end()).order_by()
    counted = rows.values_list("version").annotate(
        running=Count("pk", filter=Q(at_an_end=False)), ended=Count("pk", filter=Q(at_an_end=True))
    )
    return {version: Held(running, ended) for version, running, ended in counted}


def movable(who: Viewer, version_id: int) -> QuerySet[Satsning]:
    """Return the cases of a version that have not ended and that the person may read, in the order they were made."""
    return readable(who).filter(~_at_an_end(), version=version_id).order_by("pk")
