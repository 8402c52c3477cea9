"""What pages show of last days and of why cases stand still: a case's own page, and Läget's sum."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from governance.paths import PathVersion
from governance.vocabulary import FINAL_KINDS
from satsningar.models import Satsning
from workflow.deadlines.due import due_of
from workflow.deadlines.models import Paminnelse, Stopp
from workflow.deadlines.stopping import open_stop, stopping_standing
from workflow.deadlines.vocabulary import Paminnelseslag, Stopporsak
from workflow.overview.waiting import at_kinds
from workflow.rights import Viewer


def case_deadline(who: Viewer, satsning: Satsning, path: PathVersion) -> dict[str, Any]:
    """Return the last day of a case, why it stands still, and whether the person may say so; two statements.

    What has ended does not stand still, whatever was said before.
    """
    taken = Paminnelse.objects.filter(
        satsning=satsning.pk,
        kind=Paminnelseslag.ESKALERING,
        station=satsning.station,
        since=satsning.station_since,
    )
    due = due_of(satsning, path)
    return {
        "due": due,
        "stop": None if path.stations[satsning.station].is_final else open_stop(satsning.pk),
        "may_stop": stopping_standing(who, satsning) is not None,
        "taken_further": taken.select_related("to").first() if due and due.is_late else None,
    }


def stops_of(ids: Iterable[int]) -> Mapping[int, str]:
    """Return why cases stand still, in words, by case; one statement."""
    rows = Stopp.objects.filter(satsning__in=list(ids), cleared_at=None)
    return {row.satsning_id: f"{row}: {row.text}" if row.text else str(row) for row in rows}


def stopped_for(cause: str, versions: Collection[PathVersion]) -> Q:
    """Return the condition that a case that has not ended stands still for a cause; `alla` is for any.

    Args:
        cause: which.
        versions: every version of a path that the cases follow.

    """
    rows = Stopp.objects.filter(cleared_at=None).order_by()
    stopped = Q(pk__in=(rows if cause == "alla" else rows.filter(cause=cause)).values("satsning"))
    return stopped & ~at_kinds(versions, FINAL_KINDS)


def sum_of_stops(cases: QuerySet[Satsning]) -> list[tuple[str, str, int]]:
    """Return how many of the cases stand still for each cause: its code, its words and the number; one statement."""
    rows = Stopp.objects.filter(cleared_at=None, satsning__in=cases.order_by().values("pk")).order_by()
    counted = dict(rows.values_list("cause").annotate(count=Count("pk")))
    return [(cause.value, str(cause.label), counted[cause]) for cause in Stopporsak if cause in counted]
