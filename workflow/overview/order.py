"""The cases of Läget in an order, a slice at a time: what its pages and its sheets are made from."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from governance.sorting import swedish
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, StationKind
from satsningar.models import Satsning
from workflow.overview.counts import StepTally
from workflow.overview.scope import Scope
from workflow.overview.waiting import at_kinds, overdue

BY_STEP = "steg"
COLUMNS: dict[str, Any] = {
    "arende": F("reference"),
    "titel": swedish("uppdrag__titel"),
    "handlaggare": swedish("handlaggare__name"),
    "grupp": swedish("ansvarig_grupp__name"),
    "handelse": F("last_act_at"),
}
"""What Läget may be sorted by beside the steps and the days, as it stands in the address."""
ORDERS = (BY_STEP, "dagar", *COLUMNS)

_HOLDERS = {
    ANSVARIG_GRUPP: "ansvarig_grupp",
    BodyKind.BEREDNINGSGRUPP.value: "beredningsgrupp",
    BodyKind.STYRGRUPP.value: "beslutsorgan",
    BodyKind.NAMND.value: "beslutsorgan",
}


class TrackedCases:
    """Ids of cases in order; sliced by the paging, which asks `count` first.

    By step, the numbers that are counted anyway say which steps a slice falls in, so that only the cases at those are
    read and sorted, by an index, however many there are.
    """

    def __init__(  # noqa: PLR0913 - what a list is made of
        self,
        scope: Scope,
        cases: QuerySet[Satsning],
        steps: Sequence[StepTally],
        *,
        kinds: Sequence[StationKind],
        only_overdue: bool = False,
        order: str = BY_STEP,
    ) -> None:
        """Keep what the list is made of; nothing is read.

        Args:
            scope: whose overview it is.
            cases: the cases, narrowed by every filter but those of step and wait.
            steps: those cases counted.
            kinds: the kinds of step to show.
            only_overdue: whether to leave out those that have not waited too long.
            order: one of `ORDERS`, turned round by a leading `-`.

        """
        self.scope, self.only_overdue = scope, only_overdue
        self.turned, self.key = order.startswith("-"), order.removeprefix("-")
        shown = [step for step in steps if step.station.kind in kinds and self._size(step)]
        self.steps = shown[::-1] if self.turned else shown
        self.kinds = kinds
        self.cases = cases.filter(overdue(scope.versions.values())) if only_overdue else cases

    def _size(self, step: StepTally) -> int:
        return step.overdue if self.only_overdue else step.count

    def count(self) -> int:
        """Return how many there are; they are counted already."""
        return sum(map(self._size, self.steps))

    def __len__(self) -> int:
        """Return how many there are."""
        return self.count()

    def __getitem__(self, part: slice) -> list[int]:
        """Return the ids in a slice, in one statement."""
        first, last = part.start or 0, self.count() if part.stop is None else part.stop
        if self.key == BY_STEP:
            return self._by_step(first, last)
        at = self.cases.filter(at_kinds(self.scope.versions.values(), self.kinds))
        if self.key == "titel":
            # Every case has a title's row; saying so lets the index on titles give the order.
            at = at.filter(uppdrag__isnull=False)
        return list(at.order_by(*self._columns()).values_list("pk", flat=True)[first:last])

    def _columns(self) -> list[Any]:
        """Return what to sort by: the longest wait first is how *dagar* is turned round."""
        if self.key == "dagar":
            return ["station_since" if self.turned else "-station_since", "pk"]
        column = COLUMNS[self.key]
        return [column.desc() if self.turned else column.asc(), "pk"]

    def _by_step(self, first: int, last: int) -> list[int]:
        covered, before, seen = [], 0, 0
        for step in self.steps:
            if seen < last and seen + self._size(step) > first:
                covered.append(step)
            elif not covered:
                before += self._size(step)
            seen += self._size(step)
        if not covered:
            return []
        at = [self._at(step) for step in covered]
        within = at[0]
        for condition in at[1:]:
            within |= condition
        place = Case(*(When(condition, then=Value(number)) for number, condition in enumerate(at)))
        holder = Case(*(When(condition, then=self._holder(step)) for condition, step in zip(at, covered, strict=True)))
        rows = self.cases.filter(within).order_by(place, holder, "station_since", "pk")
        return list(rows.values_list("pk", flat=True)[first - before : last - before])

    def _at(self, step: StepTally) -> Q:
        same = {
            id_: [code for code, one in version.stations.items() if (one.name, one.kind) == _named(step)]
            for id_, version in self.scope.versions.items()
        }
        found = Q(pk__in=[])
        for version_id, codes in same.items():
            if codes:
                found |= Q(version=version_id, station__in=codes)
        return found

    @staticmethod
    def _holder(step: StepTally) -> Combinable:
        column = _HOLDERS.get(step.station.held_by)
        return F(f"{column}_id") if column else Value(0, output_field=BigIntegerField())


def _named(step: StepTally) -> tuple[str, StationKind]:
    return step.station.name, step.station.kind
