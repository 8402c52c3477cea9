"""The only place that lets the demonstration have happened on other days than today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

from governance.workdays import is_workday

_NOW = timezone.now


@contextmanager
def on(day: date, clock: time = time(9)) -> Iterator[None]:
    """Let what is done inside happen on a day, beginning at that time in Stockholm; time goes on as it does."""
    start, began = timezone.make_aware(datetime.combine(day, clock)), _NOW()

    def now() -> datetime:
        return start + (_NOW() - began)

    with patch.object(timezone, "now", now):
        yield


def actual_today() -> date:
    """Return today in Stockholm, whatever day it is in the demonstration."""
    return timezone.localdate(_NOW())


def ago(days: int) -> date:
    """Return the day that was so many days before today, or the nearest working day before it."""
    day = actual_today() - timedelta(days=days)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day
