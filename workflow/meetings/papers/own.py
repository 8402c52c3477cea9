"""The only place that says what a satsning's content means for one organisation: cost and time, year by year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from satsningar.vocabulary import PartCode

Parts = Mapping[str, Mapping[str, Any]]
"""The content as it is frozen, by part."""


@dataclass(frozen=True, slots=True)
class OwnYear:
    """What a matter asks of an organisation in a year; `year` is None for time that no year is said of.

    `cost` is in kronor. `hours` are hours in all, `share` is time said as per cent of a full-time year.
    """

    year: int | None
    cost: Decimal = Decimal(0)
    hours: int = 0
    share: int = 0


@dataclass(frozen=True, slots=True)
class OwnShare:
    """What a matter means for one organisation."""

    takes_part: bool
    leads: bool
    years: tuple[OwnYear, ...]

    @property
    def concerns(self) -> bool:
        """Tell whether the matter concerns the organisation at all."""
        return self.takes_part or self.leads or bool(self.years)

    @property
    def cost(self) -> Decimal:
        """Return the cost of all years, in kronor."""
        return sum((one.cost for one in self.years), Decimal(0))

    @property
    def hours(self) -> int:
        """Return the hours of all years."""
        return sum(one.hours for one in self.years)


def for_organisation(parts: Parts, organisation_id: int) -> OwnShare:
    """Return what content holds of one organisation; hours over several years are parted by the days of each.

    Args:
        parts: the content by part, as it was frozen; empty where there is none.
        organisation_id: the organisation.

    """
    cost: dict[int | None, Decimal] = defaultdict(Decimal)
    hours: dict[int | None, int] = defaultdict(int)
    share: dict[int | None, Decimal] = defaultdict(Decimal)
    for row in _lines(parts, PartCode.EKONOMI, "kostnader", organisation_id):
        cost[row.get("ar")] += Decimal(str(row.get("belopp") or 0))
    for row in _lines(parts, PartCode.RESURSER, "resurser", organisation_id):
        first, last = _day(row.get("fran")), _day(row.get("till"))
        for year, amount in _parted(int(row.get("timmar") or 0), first, last):
            hours[year] += amount
        for year, part in _share(int(row.get("andel") or 0), first, last):
            share[year] += part
    said = sorted({*cost, *hours, *share}, key=_last_without_year)
    years = (OwnYear(year, cost[year], hours[year], round(share[year])) for year in said)
    uppdrag = parts.get(PartCode.UPPDRAG, {})
    return OwnShare(
        takes_part=any(_lines(parts, PartCode.OMFATTNING, "deltagare", organisation_id)),
        leads=uppdrag.get("ledande_organisation_id") == organisation_id,
        years=tuple(one for one in years if one.cost or one.hours or one.share),
    )


def summed(years: Iterable[OwnYear]) -> tuple[OwnYear, ...]:
    """Return years of several organisations or matters as one line a year, in order."""
    by_year: dict[int | None, OwnYear] = {}
    for one in years:
        had = by_year.get(one.year, OwnYear(one.year))
        by_year[one.year] = OwnYear(one.year, had.cost + one.cost, had.hours + one.hours, had.share + one.share)
    return tuple(by_year[year] for year in sorted(by_year, key=_last_without_year))


def _last_without_year(year: int | None) -> tuple[bool, int]:
    return year is None, year or 0


def _lines(parts: Parts, part: PartCode, key: str, organisation_id: int) -> Iterator[Mapping[str, Any]]:
    for row in parts.get(part, {}).get(key, ()):
        if row.get("organisation_id") == organisation_id:
            yield row


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _days(first: date, last: date) -> Iterator[tuple[int, int]]:
    """Yield each year of a period with its number of days in it."""
    for year in range(first.year, last.year + 1):
        begins, ends = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        yield year, (ends - begins + timedelta(days=1)).days


def _parted(hours: int, first: date | None, last: date | None) -> Iterator[tuple[int | None, int]]:
    """Yield each year with its part of hours said for a whole period; the parts make up the whole."""
    if first is None or last is None or last < first:
        yield _only_year(first, last), hours
        return
    whole, passed, given = (last - first).days + 1, 0, 0
    for year, days in _days(first, last):
        passed += days
        upto = round(Decimal(hours) * passed / whole)
        yield year, upto - given
        given = upto


def _share(per_cent: int, first: date | None, last: date | None) -> Iterator[tuple[int | None, Decimal]]:
    """Yield each year with the per cent of a full-time year that a share of full time makes of it."""
    if first is None or last is None or last < first:
        yield _only_year(first, last), Decimal(per_cent)
        return
    for year, days in _days(first, last):
        yield year, Decimal(per_cent) * days / (date(year, 12, 31) - date(year - 1, 12, 31)).days


def _only_year(first: date | None, last: date | None) -> int | None:
    """Return the year of a period of which only one end is said."""
    known = first or last
    return known.year if known else None
