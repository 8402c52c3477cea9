"""The only place that knows which days are worked in Sweden; periods before and after a meeting are counted here.

Not worked are Saturdays, Sundays, the public holidays (lag 1989:253) and the three eves that the law on annual leave
(1977:480, 7 §) puts beside Sundays: midsommarafton, julafton and nyårsafton. The library knows when they fall.
"""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    """Return the public holidays of the year and the eves that are kept as such."""
    from holidays.constants import DE_FACTO, PUBLIC  # noqa: PLC0415 - a quarter of a second, which most commands
    from holidays.countries.sweden import Sweden  # noqa: PLC0415 - do without

    return frozenset(Sweden(years=year, categories=(PUBLIC, DE_FACTO)))


def is_workday(day: date) -> bool:
    """Tell whether the day is worked."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def workdays_before(day: date, count: int) -> date:
    """Return the working day that is `count` working days before the day, which is not itself counted.

    With a count of 0 it is the day itself, or the last working day before one that is not worked.

    Raises:
        ValueError: the count is negative.

    """
    return _counted(day, count, -_DAY)


def workdays_after(day: date, count: int) -> date:
    """Return the working day that is `count` working days after the day, which is not itself counted.

    With a count of 0 it is the day itself, or the first working day after one that is not worked.

    Raises:
        ValueError: the count is negative.

    """
    return _counted(day, count, _DAY)


def _counted(day: date, count: int, step: timedelta) -> date:
    if count < 0:
        message = "count is the number of working days and never negative"
        raise ValueError(message)
    while count:
        day += step
        count -= is_workday(day)
    while not is_workday(day):
        day += step
    return day
