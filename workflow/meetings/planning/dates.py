"""The only place that computes a meeting's last days, says what is odd about a day, and makes the days of a year."""

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from governance.meeting_rules import meeting_rule
from governance.models import Body
from governance.permissions import today
from governance.workdays import is_workday, workdays_before

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september"),
    *("oktober", "november", "december"),
)
ORDINALS = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", -1: "sista"}
"""Which of a month's days of one weekday; there is always a fourth, not always a fifth."""
MOST_DAYS = 60
"""Meetings that are planned in one go."""
YEARS_AHEAD = 5
"""Years ahead that a meeting may be planned; later is a slip of the pen."""
EARLIEST_YEAR = 1900
"""A day before it is no day that somebody means; that a later one has been is said when it is planned."""

_SEPARATORS = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days before a meeting: of papers, and of the kallelse."""

    papers: date
    kallelse: date


def deadlines(body: Body, day: date) -> Deadlines:
    """Return the last days before the body's meeting on the day, by the body's rule in Swedish working days."""
    rule = meeting_rule(body)
    return Deadlines(papers=workdays_before(day, rule.handlingar), kallelse=workdays_before(day, rule.kallelse))


def oddities(body: Body, day: date, *, today: date) -> list[str]:
    """Return what is odd about the day, in sentences: that it is not worked, that a last day has passed."""
    found = []
    if not is_workday(day):
        is_weekend = day.weekday() > calendar.FRIDAY
        found.append(f"{WEEKDAYS[day.weekday()].capitalize()} är ingen arbetsdag." if is_weekend else "Helgdag.")
    last = deadlines(body, day)
    if last.kallelse < today:
        found.append(f"Nära: kallelsen skulle ha gått ut senast {last.kallelse.isoformat()}.")
    elif last.papers < today:
        found.append(f"Nära: handlingarna skulle ha varit inne senast {last.papers.isoformat()}.")
    return found


def at_clock(day: date, clock: time) -> datetime:
    """Return the moment when the clock shows this in Stockholm."""
    return timezone.make_aware(datetime.combine(day, clock))


def days_of_year(year: int, ordinal: int, weekday: int, months: Collection[int]) -> list[date]:
    """Return one day in each of the months: the first, second, … or last (-1) of a weekday.

    Args:
        year: which.
        ordinal: a key of `ORDINALS`.
        weekday: 0 is Monday.
        months: 1 is January.

    """
    return [_day_in(year, month, ordinal, weekday) for month in sorted(set(months))]


def _day_in(year: int, month: int, ordinal: int, weekday: int) -> date:
    last = calendar.monthrange(year, month)[1]
    days = [day for number in range(1, last + 1) if (day := date(year, month, number)).weekday() == weekday]
    return days[ordinal if ordinal < 0 else ordinal - 1]


@dataclass(frozen=True, slots=True)
class Written:
    """Days as somebody wrote them: those that were read, and a sentence for each that was not."""

    days: tuple[date, ...]
    errors: tuple[str, ...]


def read_days(text: str) -> Written:
    """Return the days written one per line, or between blanks and commas, in their order."""
    words = [word for word in _SEPARATORS.split(text) if word]
    if len(words) > MOST_DAYS:
        return Written((), (f"Skriv högst {MOST_DAYS} dagar åt gången (nu {len(words)}).",))
    days: list[date] = []
    errors: list[str] = []
    for word in words:
        day = _read(word)
        if day is None:
            errors.append(f"”{word[:30]}” är ingen dag. Skriv år, månad, dag: 2027-02-11.")
        elif not EARLIEST_YEAR <= day.year <= today().year + YEARS_AHEAD:
            errors.append(f"{day.isoformat()} är för långt bort. Är årtalet rätt?")
        elif day in days:
            errors.append(f"{day.isoformat()} står två gånger.")
        else:
            days.append(day)
    return Written(tuple(sorted(days)), tuple(errors))


def _read(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word) else None
    except ValueError:
        return None
