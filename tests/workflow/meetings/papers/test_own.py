"""What content means for one organisation, year by year."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workflow.meetings.papers.own import OwnShare, OwnYear, Parts, for_organisation, summed


def papers(*, costs: list[dict[str, Any]] = [], time: list[dict[str, Any]] = [], takes_part: bool = True) -> Parts:  # noqa: B006 - read alone
    return {
        "uppdrag": {"ledande_organisation_id": 2},
        "omfattning": {"deltagare": [{"organisation_id": 1}] if takes_part else []},
        "ekonomi": {"kostnader": costs},
        "resurser": {"resurser": time},
    }


def time(hours: int | None = None, share: int | None = None, **more: Any) -> dict[str, Any]:
    return {
        "organisation_id": 1,
        "roll": "Sjuksköterska",
        "timmar": hours,
        "andel": share,
        "fran": None,
        "till": None,
    } | more


def test_costs_and_hours_are_told_by_year() -> None:
    tabled = papers(
        costs=[
            {"ar": 2027, "organisation_id": 1, "belopp": "1000.50"},
            {"ar": 2027, "organisation_id": 1, "belopp": "200.00"},
            {"ar": 2028, "organisation_id": 1, "belopp": "300.00"},
            {"ar": 2028, "organisation_id": 2, "belopp": "7.00"},
        ],
        time=[time(730, fran="2027-01-01", till="2028-12-31"), time(share=50, fran="2028-01-01", till="2028-12-31")],
    )
    found = for_organisation(tabled, 1)
    assert found == OwnShare(
        takes_part=True,
        leads=False,
        years=(OwnYear(2027, Decimal("1200.50"), 365, 0), OwnYear(2028, Decimal("300.00"), 365, 50)),
    )
    assert (found.cost, found.hours, found.concerns) == (Decimal("1500.50"), 730, True)


def test_time_without_days_has_no_year_and_stands_last() -> None:
    tabled = papers(time=[time(40), time(share=20), time(10, fran="2027-03-01")], takes_part=False)
    assert for_organisation(tabled, 1).years == (OwnYear(2027, hours=10), OwnYear(None, hours=40, share=20))


def test_a_matter_that_says_nothing_of_an_organisation_does_not_concern_it() -> None:
    assert not for_organisation(papers(), 3).concerns
    assert for_organisation(papers(), 2) == OwnShare(takes_part=False, leads=True, years=())
    assert not for_organisation({}, 1).concerns


@given(st.integers(0, 1_000_000), st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.integers(0, 3_000))
def test_hours_of_a_period_are_parted_without_loss(hours: int, first: Any, days: int) -> None:
    last = first.fromordinal(first.toordinal() + days)
    found = for_organisation(papers(time=[time(hours, fran=first.isoformat(), till=last.isoformat())]), 1)
    assert found.hours == hours
    assert all(one.hours >= 0 and first.year <= (one.year or 0) <= last.year for one in found.years)


def test_years_of_several_are_summed_and_the_one_without_year_comes_last() -> None:
    years = [
        OwnYear(None, hours=4),
        OwnYear(2028, Decimal(7)),
        OwnYear(2027, Decimal(1), 2, 10),
        OwnYear(2028, Decimal(3), 1),
    ]
    assert summed(years) == (OwnYear(2027, Decimal(1), 2, 10), OwnYear(2028, Decimal(10), 1), OwnYear(None, hours=4))
