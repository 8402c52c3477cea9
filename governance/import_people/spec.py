"""What the import passes from step to step: rows as checked, what is wrong, asked and changed."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from governance.sheets import Problem
from governance.vocabulary import Role


class Column(StrEnum):
    """A column of the sheet; the value is its key in `columns.COLUMNS` and in what is kept of an upload."""

    NAMN = "namn"
    EPOST = "epost"
    BEFATTNING = "befattning"
    ORGAN = "organ"
    ROLL = "roll"
    FORETRADER = "foretrader"
    FRAN = "fran"
    TILL = "till"


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A checked row: who, and in which role; without a body it is about the person alone."""

    number: int
    email: str
    name: str
    title: str
    body_id: int | None = None
    role: Role | None = None
    represents_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Whether somebody with a new address is somebody of the same name who is there already."""

    email: str
    name: str
    row: int
    candidates: tuple[tuple[str, str], ...]
    """Address and words of each one it may be."""
    answer: str = ""
    """The address of the one it is, `ANOTHER`, or empty when not answered."""


ANOTHER = "annan"
"""The answer that they are two."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who will be added."""

    email: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody whose name or title the sheet says otherwise."""

    person_id: int
    email: str
    before: tuple[str, str]
    """Name and title."""
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeatChange:
    """A membership that will be added, ended, or that is there already."""

    email: str
    name: str
    body_id: int
    role: Role
    represents_id: int | None
    starts_on: date
    ends_on: date | None
    person_id: int | None = None
    membership_id: int | None = None
    ended_before: date | None = None
    """For one that will end: the last day it has now, if any."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the sheet would change, and how much it would leave as it is."""

    people: tuple[NewPerson, ...] = ()
    changed: tuple[ChangedPerson, ...] = ()
    added: tuple[SeatChange, ...] = ()
    ended: tuple[SeatChange, ...] = ()
    unchanged: tuple[SeatChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.people or self.changed or self.added or self.ended)

    def counts(self) -> dict[str, int]:
        """Return how many of each there are."""
        names = ("people", "changed", "added", "ended", "unchanged")
        return {name: len(getattr(self, name)) for name in names}


@dataclass(slots=True)
class Checked:
    """The outcome of a check: everything to mend, everything to answer and, when nothing is to mend, the difference."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    difference: Difference | None = None
    digest: str = ""
    """A mark of the difference, by which it is known to have been seen."""

    @property
    def unanswered(self) -> list[Question]:
        """Return the questions that have no answer."""
        return [question for question in self.questions if not question.answer]
