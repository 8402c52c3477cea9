"""Reads for the pages of versions: the versions of a path, their cases in a list, and how far a move has come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from governance.models import Arendegang, ArendegangVersion
from governance.paths import PathVersion
from satsningar.models import Satsning
from workflow.models import Versionsflytt, Versionsflyttrad
from workflow.rights import Viewer, readable
from workflow.versions.holding import Held, held_by_versions, movable
from workflow.vocabulary import Flyttlage

IN_FORCE, COMING, PAST = "galler", "kommer", "galler_inte"


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version of a path as the list shows it."""

    row: ArendegangVersion
    state: str
    held: Held
    before: ArendegangVersion | None
    """The version before it, to compare with."""


def versions_of(who: Viewer, arendegang: Arendegang, day: date) -> list[ListedVersion]:
    """Return the path's versions, the newest first, with what each holds of what the person may read; two statements.

    Args:
        who: who looks.
        arendegang: the path.
        day: today.

    """
    rows = list(ArendegangVersion.objects.filter(arendegang=arendegang).order_by("-in_force_from", "-number"))
    held = held_by_versions(who, [row.pk for row in rows])
    current = next((row.pk for row in rows if row.in_force_from <= day), None)
    return [
        ListedVersion(
            row=row,
            state=COMING if row.in_force_from > day else IN_FORCE if row.pk == current else PAST,
            held=held.get(row.pk, Held()),
            before=rows[index + 1] if index + 1 < len(rows) else None,
        )
        for index, row in enumerate(rows)
    ]


def enterable(version: ArendegangVersion, day: date) -> list[ArendegangVersion]:
    """Return the versions that cases of a version may be moved to: its path's others in force by now, newest first."""
    rows = ArendegangVersion.objects.filter(arendegang=version.arendegang_id).in_force(day)
    return list(rows.exclude(pk=version.pk))


def listed_cases(who: Viewer, version_id: int) -> QuerySet[Satsning, Any]:
    """Return the cases of a version that may be moved, as rows for a list."""
    rows = movable(who, version_id).annotate(titel=F("uppdrag__titel"), grupp=F("ansvarig_grupp__name"))
    return rows.values("pk", "titel", "reference", "station", "grupp")


def stations_held(who: Viewer, path: PathVersion) -> Counter[str]:
    """Return how many cases that may be moved stand at each step of a version; one statement."""
    rows = movable(who, path.id).order_by().values_list("station").annotate(Count("pk"))
    return Counter(dict(rows))


def flytt_of(who: Viewer, flytt_id: int) -> Versionsflytt | None:
    """Return a move of many cases: one's own, or one in a county whose cases the person follows, drafts included."""
    rows = Versionsflytt.objects.select_related("before__arendegang", "after", "made_by")
    mine = Q(made_by=who.person_id) | Q(before__arendegang__county__in=who.followed)
    return rows.filter(mine, pk=flytt_id, before__arendegang__county__in=who.counties).first()


def counted(flytt: Versionsflytt) -> dict[str, int]:
    """Return how many of its cases are in each state; one statement."""
    rows = flytt.rader.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(Flyttlage.values, 0) | dict(rows)


def rows_of(who: Viewer, flytt: Versionsflytt, *states: Flyttlage) -> QuerySet[Versionsflyttrad]:
    """Return those of its cases in these states that the person may read, each with its title."""
    rows = flytt.rader.filter(state__in=states, satsning__in=readable(who)).select_related("satsning")
    return rows.annotate(titel=F("satsning__uppdrag__titel"))
