"""The lines of the desk: what is to be done, by when, how late it is, and in which order they stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from workflow.desk.vocabulary import DeskKind, Urgency

SOON = timedelta(days=7)


def in_days(count: int) -> str:
    """Return a number of days in words."""
    return "1 dag" if count == 1 else f"{count} dagar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that waits for a person.

    `do` is what is to be done, `due` the last day for it, `since` when it began to wait; `hints` are short facts.
    `about` is the case or the meeting.
    """

    kind: DeskKind
    key: int
    about: int
    body_id: int
    body: str
    title: str
    url: str
    do: str
    as_of: date
    since: datetime
    due: date | None = None
    reference: str = ""
    hints: tuple[str, ...] = ()
    link: tuple[str, str] | None = None
    """A second address with its text, where there is one."""
    left: str = ""
    """How much time is left, where its kind says it in its own way."""
    is_example: bool = False
    is_reminded: bool = False
    missing: int = 0
    station: str = field(default="", compare=False)
    version: int = field(default=0, compare=False)

    @property
    def anchor(self) -> str:
        """Return what tells the line from all others of the page."""
        return f"{self.kind}-{self.key}"

    @property
    def urgency(self) -> Urgency:
        """Return how soon it must be done."""
        if self.due is None or self.due > self.as_of + SOON:
            return Urgency.SEN
        return Urgency.FORSENAT if self.due < self.as_of else Urgency.SNART

    @property
    def late(self) -> str:
        """Return how late it is, or how much time is left, in words; empty where there is no last day."""
        if self.due is None or self.left:
            return self.left
        left = (self.due - self.as_of).days
        if left < 0:
            return f"{in_days(-left)} för sent"
        return "sista dagen är i dag" if left == 0 else f"{in_days(left)} kvar"

    @property
    def color(self) -> str:
        """Return the colour of its last day."""
        return {Urgency.FORSENAT: "danger", Urgency.SNART: "warning"}.get(self.urgency, "neutral")

    @property
    def waited(self) -> str:
        """Return how long it has waited."""
        days = (self.as_of - timezone.localdate(self.since)).days
        return "sedan i dag" if days < 1 else in_days(days)


def by_urgency(lines: Iterable[Line]) -> list[Line]:
    """Return lines in the order in which they are to be done: by last day, then what has waited longest."""
    return sorted(lines, key=lambda one: (one.due or date.max, one.since, one.kind, one.key))


@dataclass(frozen=True, slots=True)
class Band:
    """The lines of one urgency."""

    urgency: Urgency
    lines: tuple[Line, ...]


def bands(lines: Iterable[Line]) -> list[Band]:
    """Return lines in their order, those of each urgency together; no empty band."""
    ordered = by_urgency(lines)
    found = (Band(urgency, tuple(one for one in ordered if one.urgency == urgency)) for urgency in Urgency)
    return [band for band in found if band.lines]
