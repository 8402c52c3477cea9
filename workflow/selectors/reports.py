"""Where the organisations that a person answers for still have to say how far they have come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from governance.models import Organisation
from governance.paths import PathVersion
from governance.vocabulary import StationKind
from satsningar.models import LageRad, Satsning
from satsningar.vocabulary import FINAL_STATUSES, PartCode
from workflow.links import part_url
from workflow.rights import Viewer

SHOWN = 8
"""Lines of the list."""


@dataclass(frozen=True, slots=True)
class Report:
    """A case in breddinförande where an organisation has neither introduced it nor declined."""

    satsning_id: int
    title: str
    reference: str
    is_example: bool
    since: datetime
    organisation_id: int
    organisation: str

    @property
    def url(self) -> str:
        """The page where the organisation writes its own line."""
        return f"{part_url(self.satsning_id, PartCode.LAGE)}?organisation={self.organisation_id}"


def reports_of(who: Viewer, paths: Mapping[int, PathVersion]) -> list[Report]:
    """Return what waits for the person's organisations, the oldest first, in one statement; none for others."""
    spreading = Q(pk__in=())
    for path in paths.values():
        stations = [code for code, station in path.stations.items() if station.kind == StationKind.BREDDINFORANDE]
        spreading |= Q(version=path.id, station__in=stations)
    queries = [_open_for(organisation, spreading) for organisation in sorted(who.organisations)]
    if not queries:
        return []
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    return [Report(*row) for row in rows.order_by("station_since", "pk")[:SHOWN]]


def _open_for(organisation_id: int, spreading: Q) -> QuerySet[Satsning, Any]:
    named = Organisation.objects.filter(pk=organisation_id)
    final = LageRad.objects.filter(satsning=OuterRef("pk"), organisation=organisation_id, status__in=FINAL_STATUSES)
    return (
        Satsning.objects.filter(spreading, ~Exists(final), county__in=named.values("county"))
        .annotate(org_id=Subquery(named.values("pk")), org_name=Subquery(named.values("name")))
        .values_list("pk", "uppdrag__titel", "reference", "is_example", "station_since", "org_id", "org_name")
    )
