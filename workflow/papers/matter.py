"""Everything that a paper on a case is made of, read beforehand, so that making the paper asks nobody anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from satsningar.models import Handling, Revision, Satsning
from workflow.models import Anmalan, Registrering, Round
from workflow.papers.avsteg import PrintedAvsteg
from workflow.selectors.decisions import Decided
from workflow.selectors.timeline import Entry


class Scope(Enum):
    """How much of a case a paper holds; the values stand in the address."""

    WHOLE = "hela"
    PARTS = "delar"
    HISTORY = "historik"

    @property
    def label(self) -> str:
        """Return what the choice is called."""
        return {
            Scope.WHOLE: "Hela ärendet",
            Scope.PARTS: "Bara satsningens delar",
            Scope.HISTORY: "Hela ärendet med historik",
        }[self]


@dataclass(frozen=True, slots=True)
class Source:
    """The frozen revision that the paper shows, with the name of the act it was frozen at."""

    revision: Revision
    act: str

    @property
    def number(self) -> int:
        """Return the revision's number."""
        return self.revision.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case as a paper needs it.

    `parts` is the content, as it is now or as it was frozen where `source` says so. `documents` holds those that every
    reader of the case sees listed; one with a secrecy mark is named by its mark alone.
    """

    satsning: Satsning
    county: str
    station: str
    is_draft: bool
    parts: Mapping[str, Mapping[str, Any]]
    source: Source | None
    printed_on: date
    avsteg: tuple[PrintedAvsteg, ...] = ()
    """Those granted: in all, or among what was frozen where `source` says so."""
    other_avsteg: tuple[PrintedAvsteg, ...] = ()
    registration: Registrering | None = None
    """What was said when the case was registered afterwards."""
    writing_in: bool = False
    builds_on: str = ""
    """What the case was begun from, in words."""
    copied: tuple[str, ...] = ()
    """Names of the parts that came along from there."""
    unreviewed: tuple[str, ...] = ()
    """Names of those of them that nobody has looked through."""
    decided: tuple[Decided, ...] = ()
    brought: Anmalan | None = None
    brought_move: str = ""
    brought_mark: str = ""
    """The secrecy mark of what lies on the table, whose words are not printed then."""
    rounds: tuple[Round, ...] = ()
    documents: tuple[Handling, ...] = ()
    closed_statements: frozenset[int | None] = frozenset()
    """Revisions whose utlåtande carries a secrecy mark."""
    numbers: tuple[tuple[str, str], ...] = ()
    revisions: tuple[Revision, ...] = ()
    acts: Mapping[int, str] = field(default_factory=dict)
    """What the moves that revisions were frozen at are called."""
    entries: tuple[Entry, ...] = ()
    since: datetime | None = None
