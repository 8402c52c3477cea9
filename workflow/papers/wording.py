"""How days and times are written on paper, as the pages write them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def day_of(when: date) -> str:
    """Return the day as `2026-11-27`, in Stockholm where a time is given."""
    return (timezone.localtime(when).date() if isinstance(when, datetime) else when).isoformat()


def moment_of(when: datetime) -> str:
    """Return day and time as `2026-11-27 14.05` in Stockholm, with a no-break space."""
    return f"{timezone.localtime(when):%Y-%m-%d\xa0%H.%M}"


def long_day_of(when: date) -> str:
    """Return the day as `27 november 2026`, in Stockholm where a time is given, with no-break spaces."""
    day = timezone.localtime(when).date() if isinstance(when, datetime) else when
    return date_format(day, "j F Y").replace(" ", "\xa0")


def time_of(when: datetime) -> str:
    """Return the time of day in Stockholm as `14.05`."""
    return f"{timezone.localtime(when):%H.%M}"
