"""Working days in Sweden: which days are worked, and how they are counted before and after a meeting."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from governance.workdays import is_workday, workdays_after, workdays_before

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
COUNTS = st.integers(0, 60)
WORKDAYS = DAYS.filter(is_workday)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 5), True),
        (date(2026, 1, 6), False),
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), False),
        (date(2026, 4, 4), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
        (date(2026, 4, 30), True),
        (date(2026, 5, 1), False),
        (date(2026, 5, 14), False),
        (date(2026, 5, 15), True),
        (date(2026, 5, 25), True),
        (date(2025, 6, 6), False),
        (date(2026, 6, 6), False),
        (date(2026, 6, 8), True),
        (date(2026, 6, 19), False),
        (date(2026, 6, 20), False),
        (date(2026, 10, 30), True),
        (date(2026, 10, 31), False),
        (date(2026, 11, 2), True),
        (date(2026, 12, 23), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), True),
        (date(2026, 12, 31), False),
        (date(2027, 1, 6), False),
    ],
)
def test_days_of_the_year_are_worked_or_not(day: date, *, worked: bool) -> None:
    assert is_workday(day) is worked


@pytest.mark.parametrize(
    ("day", "count", "before", "after"),
    [
        (date(2026, 11, 3), 0, date(2026, 11, 3), date(2026, 11, 3)),
        (date(2026, 11, 3), 5, date(2026, 10, 27), date(2026, 11, 10)),
        # over Easter: Good Friday and Easter Monday are not counted
        (date(2026, 4, 8), 5, date(2026, 3, 30), date(2026, 4, 15)),
        # 6 June is a Saturday and takes no working day away
        (date(2026, 6, 9), 3, date(2026, 6, 4), date(2026, 6, 12)),
        # over Christmas and the New Year
        (date(2026, 12, 23), 5, date(2026, 12, 16), date(2027, 1, 5)),
        (date(2027, 1, 7), 7, date(2026, 12, 22), date(2027, 1, 18)),
        # a day that is not worked is not counted, and 0 from it is the nearest that is
        (date(2026, 12, 27), 0, date(2026, 12, 23), date(2026, 12, 28)),
        (date(2026, 12, 27), 1, date(2026, 12, 23), date(2026, 12, 28)),
    ],
)
def test_working_days_are_counted_before_and_after(day: date, count: int, before: date, after: date) -> None:
    assert (workdays_before(day, count), workdays_after(day, count)) == (before, after)


@given(WORKDAYS, COUNTS)
def test_counting_back_undoes_counting_on(day: date, count: int) -> None:
    assert workdays_before(workdays_after(day, count), count) == day
    assert workdays_after(workdays_before(day, count), count) == day


@given(DAYS, COUNTS)
def test_what_is_counted_is_exactly_the_days_that_are_worked(day: date, count: int) -> None:
    first, last = workdays_before(day, count), workdays_after(day, count)
    assert is_workday(first)
    assert is_workday(last)
    assert count in {0, _worked_from(day + timedelta(1), last)}
    assert count in {0, _worked_from(first, day - timedelta(1))}


@given(DAYS, st.integers(0, 40), COUNTS, st.integers(0, 5))
def test_a_later_day_or_more_days_never_come_earlier(day: date, days: int, count: int, more: int) -> None:
    later = day + timedelta(days)
    assert workdays_after(day, count) <= workdays_after(later, count + more)
    assert workdays_before(day, count + more) <= workdays_before(later, count)


@given(DAYS, st.integers(1, 60))
def test_a_day_more_is_the_next_day_that_is_worked(day: date, count: int) -> None:
    assert workdays_after(day, count) < workdays_after(day, count + 1)
    assert workdays_before(day, count + 1) < workdays_before(day, count)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        workdays_before(date(2026, 11, 3), -1)


def test_the_library_is_read_first_when_a_day_is_asked_for() -> None:
    """Hold the library out of the start of every command: it is a quarter of a second."""
    check = "import sys, governance.workdays; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=settings.BASE_DIR, check=False).returncode == 0


def _worked_from(first: date, last: date) -> int:
    return sum(is_workday(first + timedelta(n)) for n in range((last - first).days + 1))
