"""The list of satsningar: which ones, how many as far as anybody counts, and what a row shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from governance.paths import StationValue
from satsningar.models import Deltagande, KopplingRad, Satsning
from satsningar.selectors import NEWEST_FIRST, ordered
from workflow.deadlines.due import Due, due_at
from workflow.models import Registrering
from workflow.overview.scope import Scope

REGISTERED = Exists(Registrering.objects.filter(satsning=OuterRef("pk")))
COUNTED = 1000
"""Nobody pages further than this: beyond it the list says so, and is not counted."""


class ListedCases:
    """Ids of cases in order, for the paging; counted no further than `COUNTED`."""

    def __init__(self, cases: QuerySet[Satsning], order: str, *, searched: bool = False) -> None:
        """Count the cases, in one statement.

        Args:
            cases: which ones.
            order: as `satsningar.selectors.ordered` takes it.
            searched: whether words are searched for: the search is what costs then, so it is made once, for the
                number and for every page.

        """
        self.cases, self.order = cases, order
        self.found: list[int] | None = None
        if searched:
            self.found = list(ordered(cases, order).values_list("pk", flat=True)[: COUNTED + 1])
            counted = len(self.found)
        else:
            # In the order that an index has, so that the table is read no further than is counted.
            counted = ordered(cases, NEWEST_FIRST)[: COUNTED + 1].count()
        self.total = min(counted, COUNTED)
        self.has_more = counted > COUNTED

    def count(self) -> int:
        """Return how many the pages hold."""
        return self.total

    def __len__(self) -> int:
        """Return how many the pages hold."""
        return self.total

    def __getitem__(self, part: slice) -> list[int]:
        """Return the ids in a slice, in one statement or none."""
        if self.found is not None:
            return self.found[part]
        return list(ordered(self.cases, self.order).values_list("pk", flat=True)[part])

    def all(self) -> list[int]:
        """Return every id in order, those that the pages leave out too."""
        return list(ordered(self.cases, self.order).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """A case as the list shows it."""

    id: int
    county: str
    reference: str
    title: str
    station: StationValue
    due: Due | None
    fokusomraden: tuple[str, ...]
    organisations: tuple[str, ...]
    ansvarig_grupp: str
    beredningsgrupp: str
    beslutsorgan: str
    handlaggare: str
    created: date
    last_act: date
    is_example: bool
    is_registered: bool
    """Whether it was registered afterwards."""


def listed(scope: Scope, ids: Sequence[int]) -> list[ListedCase]:
    """Return the cases in the order of their ids; three statements, however many they are."""
    if not ids:
        return []
    rows = (
        Satsning.objects.annotate(titel=F("uppdrag__titel"), is_registered=REGISTERED)
        .select_related("handlaggare")
        .in_bulk(list(ids))
    )
    focus: dict[int, list[str]] = defaultdict(list)
    names = {one.pk: one.name for one in scope.fokusomraden}
    links = KopplingRad.objects.filter(satsning__in=ids).order_by("position", "pk")
    for id_, focus_id in links.values_list("satsning_id", "fokusomrade_id"):
        if focus_id in names:
            focus[id_].append(names[focus_id])
    taking_part: dict[int, list[str]] = defaultdict(list)
    organisations = Deltagande.objects.filter(satsning__in=ids).order_by("organisation__position", "pk")
    for id_, name in organisations.values_list("satsning_id", "organisation__name"):
        taking_part[id_].append(name)
    return [_listed(scope, rows[id_], focus[id_], taking_part[id_]) for id_ in ids]


def _listed(scope: Scope, case: Satsning, focus: Sequence[str], organisations: Sequence[str]) -> ListedCase:
    title: str = getattr(case, "titel", None) or ""
    station = scope.station_of(case.version_id, case.station)
    return ListedCase(
        id=case.pk,
        county=scope.counties[case.county_id].name,
        reference=case.reference,
        title=title,
        station=station,
        due=due_at(station, case.station_since),
        fokusomraden=tuple(focus),
        organisations=tuple(organisations),
        ansvarig_grupp=scope.body_name(case.ansvarig_grupp_id),
        beredningsgrupp=scope.body_name(case.beredningsgrupp_id),
        beslutsorgan=scope.body_name(case.beslutsorgan_id),
        handlaggare=case.handlaggare.name if case.handlaggare else "",
        created=timezone.localdate(case.created_at),
        last_act=timezone.localdate(case.last_act_at),
        is_example=case.is_example,
        is_registered=bool(getattr(case, "is_registered", False)),
    )
