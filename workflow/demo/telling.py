"""Telling in the terminal what is done: one line for each act, read back from the journal, and one for each refusal."""

import json
import shutil
import textwrap
from collections.abc import Callable
from typing import Protocol

from governance.models import Membership, Person
from governance.permissions import today
from satsningar.errors import Conflict
from satsningar.models import Satsning
from workflow.demo.hands import Case, Cast
from workflow.errors import Incomplete, Refusal
from workflow.models import JournalEntry
from workflow.vocabulary import Act, RoundKind

COLUMNS = (4, 23, 36, 27)
"""Widths of the number, who, in which body and what; the rest of the line says from where to where, or why not."""
NARROWEST = 40
SHOWN_GAPS = 3
UNFOLDED = 10_000
"""How wide a line may be where nobody looks at it: in a file or a pipe a line stays one line."""


class Deviation(Exception):  # noqa: N818 - reads as what has happened: `raise Deviation`
    """Something did not go as the story says; the message tells what."""


class Out(Protocol):
    """Where the lines go: a command's `self.stdout`."""

    def write(self, msg: str) -> object:
        """Write a line."""

    def isatty(self) -> bool:
        """Tell whether somebody looks at it."""


class Teller:
    """Tells of one satsning: counts its acts and the refusals, and stops at the first deviation."""

    def __init__(self, cast: Cast, out: Out) -> None:
        """Take the people and where to write."""
        self.cast = cast
        self.out = out
        self.acts = 0
        self.refusals = 0
        width = shutil.get_terminal_size().columns if out.isatty() else UNFOLDED
        self._room = max(width - sum(COLUMNS) - 1, NARROWEST)

    def chapter(self, title: str) -> None:
        """Write a heading."""
        self.out.write("")
        self.out.write(title)

    def acted(self) -> None:
        """Write a line for every act that the journal has got since the last time."""
        entries = JournalEntry.objects.filter(county=self.cast.county, number__gt=self.acts).order_by("number")
        for entry in entries.select_related("payload"):
            said = json.loads(entry.payload.content)
            where = f"{said.get('from', '–')} → {said['to']}" if "to" in said else _meant(entry, said)
            if "beslut" in said:
                where += f", {said['beslut']['paragraph']}"
            what = said.get("move") or str(Act(entry.act).label).capitalize()
            self._line(str(entry.number), said["actor"], said["body"], what, where)
            self.acts = entry.number

    def wrote(self, who: str, what: str) -> None:
        """Write a line of what somebody has written: no act of the journal, and not counted as one."""
        person = self.cast.people[who]
        self._line("·", person.name, _bodies(person), "skriver", what)

    def refused(  # noqa: PLR0913 - what a refusal is
        self,
        who: Person,
        what: str,
        expected: type[Exception],
        attempt: Callable[[], object],
        *,
        because: str,
        case: Case | None = None,
    ) -> None:
        """Let somebody try what must be refused, and write a line of why it was.

        Args:
            who: the person who tries.
            what: what is tried.
            expected: the refusal that must come.
            attempt: the try.
            because: why it must be refused, in a few words.
            case: the satsning, which must be as it was afterwards.

        Raises:
            Deviation: it was not refused, or for another reason, or something was written all the same.

        """
        before = _state(self.cast, case)
        try:
            attempt()
        except (Refusal, Conflict, Satsning.DoesNotExist) as refusal:
            if not isinstance(refusal, expected):
                raise Deviation(
                    f"{who.name}, {what}: väntade {expected.__name__} men fick {type(refusal).__name__}: {refusal}"
                ) from refusal
            reason = _said(refusal)
        else:
            raise Deviation(f"{who.name}, {what}: skulle nekas ({because}) men gick igenom.")
        if _state(self.cast, case) != before:
            raise Deviation(f"{who.name}, {what}: nekades, men något skrevs ändå.")
        self.refusals += 1
        self._line("nej", who.name, _bodies(who), what, f"nekas, {because}: {reason}")

    def _line(self, number: str, who: str, body: str, what: str, rest: str) -> None:
        cells = (number.rjust(COLUMNS[0] - 1), who, body, what)
        head = "".join(_cut(cell, width) for cell, width in zip(cells, COLUMNS, strict=True))
        lines = textwrap.wrap(rest, self._room, break_long_words=False) or [""]
        self.out.write((head + lines[0]).rstrip())
        for line in lines[1:]:
            self.out.write(" " * sum(COLUMNS) + line)


def _meant(entry: JournalEntry, said: dict[str, object]) -> str:
    """Return what an act that leaves the case where it is was about."""
    about = [said[key] for key in ("receiver", "stance", "purpose", "title") if said.get(key)]
    if said.get("kind") in RoundKind.values:
        about.insert(0, RoundKind(str(said["kind"])).label)
    return ", ".join(str(one) for one in about) or entry.to_station


def _said(refusal: Exception) -> str:
    """Return what a refusal says; of a long list of gaps the beginning."""
    if isinstance(refusal, Satsning.DoesNotExist):
        return "Satsningen finns inte för den som inte får läsa den."
    if isinstance(refusal, Incomplete) and len(refusal.gaps) > SHOWN_GAPS:
        shown = " ".join(gap.message for gap in refusal.gaps[:SHOWN_GAPS])
        return f"{shown} Och {len(refusal.gaps) - SHOWN_GAPS} saker till."
    return str(refusal)


def _cut(text: str, width: int) -> str:
    """Return the text as wide as its column, with room to the next."""
    return f"{text if len(text) < width else f'{text[: width - 2]}…':<{width}}"


def _bodies(person: Person) -> str:
    """Return where the person sits today, or what else the person is."""
    seats = Membership.objects.current(today()).filter(person=person).select_related("body").order_by("body__position")
    names = [seat.body.name for seat in seats]
    if names:
        return names[0] if len(names) == 1 else f"{names[0]} m.fl."
    return "superanvändare utan uppdrag" if person.is_superuser else "inget uppdrag i dag"


def _state(cast: Cast, case: Case | None) -> tuple[object, ...]:
    entries = JournalEntry.objects.filter(county=cast.county).count()
    if case is None:
        return (entries, Satsning.objects.count())
    satsning = case.satsning
    return (entries, satsning.station, satsning.edition)
