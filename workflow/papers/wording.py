"""How days and times are written on paper, as the pages write them."""

from datetime import date, datetime

from django.utils import timezone


def day_of(when: date) -> str:
    """Return the day as `2026-11-27`, in Stockholm where a time is given."""
    return (timezone.localtime(when).date() if isinstance(when, datetime) else when).isoformat()


def moment_of(when: datetime) -> str:
    """Return day and time as `2026-11-27 14.05` in Stockholm, with a no-break space."""
    return f"{timezone.localtime(when):%Y-%m-%d\xa0%H.%M}"
