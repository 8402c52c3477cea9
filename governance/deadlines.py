"""How long things may take by a county's path, in working days: the last day of a step and of a round of answers.

A step's last day is so many working days after the day when the case came there, which is not itself counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from governance.vocabulary import Eskalering, Rundfrist
from governance.workdays import is_workday, workdays_after

LONGEST = 750
"""Working days that anything may be given: three years."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Frister:
    """A path's rules: when somebody is reminded of a last day, when it is taken further, and how long rounds last.

    `before` and `after` are the working days before and after the last day when a reminder goes out, `escalate` the
    working days after it when it is taken to `to`.
    """

    before: int = 3
    after: int = 1
    escalate: int = 10
    to: Eskalering = Eskalering.ORDFORANDE
    rounds: Mapping[Rundfrist, int] = field(default_factory=dict)

    @property
    def stored(self) -> dict[str, Any]:
        """Return what differs from the usual, as the county file and the database have it."""
        usual = Frister()
        found: dict[str, Any] = {
            "paminn_fore": self.before if self.before != usual.before else None,
            "paminn_efter": self.after if self.after != usual.after else None,
            "eskalera_efter": self.escalate if self.escalate != usual.escalate else None,
            "eskalera_till": self.to.value if self.to != usual.to else None,
            **{kind.value: self.rounds.get(kind) for kind in Rundfrist},
        }
        return {key: value for key, value in found.items() if value is not None}


def frister_of(stored: Mapping[str, Any]) -> Frister:
    """Return the rules that the database has."""
    usual = Frister()
    return Frister(
        before=stored.get("paminn_fore", usual.before),
        after=stored.get("paminn_efter", usual.after),
        escalate=stored.get("eskalera_efter", usual.escalate),
        to=Eskalering(stored.get("eskalera_till", usual.to)),
        rounds={kind: stored[kind.value] for kind in Rundfrist if kind.value in stored},
    )


@lru_cache(maxsize=4096)
def last_day(began: date, days: int) -> date:
    """Return the last day of what began on a day and may take so many working days."""
    return workdays_after(began, days)


def workdays_between(day: date, other: date) -> int:
    """Return how many working days after `day` the other one is, the other counted; negative where it is before."""
    if other < day:
        return -workdays_between(other, day)
    count = 0
    while day < other:
        day += _DAY
        count += is_workday(day)
    return count


def began_too_early(days: int, today: date) -> date:
    """Return the day that divides what is late today from what is not: late is what began before it.

    `last_day(began, days) < today` holds exactly where `began` is before the returned day.
    """
    day = today
    while last_day(day, days) >= today:
        day -= _DAY
    return day + _DAY
