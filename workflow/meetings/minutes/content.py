"""The words of a meeting's minutes: the shape that is kept as canonical JSON, and read by pages and documents."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from satsningar.content import canonical_json


@dataclass(frozen=True, slots=True)
class Movement:
    """That somebody came or went: at which paragraph (empty at the opening) and at what time."""

    came: bool
    paragraph: str
    time: str


@dataclass(frozen=True, slots=True)
class Attending:
    """Somebody who sits in the body: what as, for whom, and when in the room.

    `votes` is whether the role has a vote; `serves` are the paragraphs in which a substitute decided in a member's
    place, a run of them written as one. `movements` are empty for somebody who was never there.
    """

    membership_id: int
    name: str
    role: str
    organisation: str
    votes: bool
    is_substitute: bool = False
    is_remote: bool = False
    serves: tuple[str, ...] = ()
    movements: tuple[Movement, ...] = ()

    @property
    def was_there(self) -> bool:
        """Tell whether the person was in the room at any time."""
        return bool(self.movements)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote of an open ballot; `casting` is the chair's, where it decided; `noted_by` who wrote it for another."""

    name: str
    value: str
    casting: bool
    noted_by: str = ""


@dataclass(frozen=True, slots=True)
class Dissenting:
    """A reservation or a note to the minutes; `due` is the last day for its text where that is still to come."""

    kind: str
    name: str
    text: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who did not take part for jäv, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph: the matter, what was proposed, what was decided and by whom; `sekretess` is its mark, if any.

    `chair` is who led it where that was not the meeting's chair.
    """

    paragraf_id: int
    item_id: int
    label: str
    title: str
    reference: str
    kind: str
    outcome: str
    proposal: str
    decided: str
    condition: str
    reason: str
    quorum: str
    ballot: str
    text: str
    to_meeting: str
    sekretess: str
    participants: tuple[str, ...] = ()
    votes: tuple[Ballot, ...] = ()
    jav: tuple[Away, ...] = ()
    dissents: tuple[Dissenting, ...] = ()
    chair: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting. Times are of Stockholm, as they are written; days are ISO."""

    county: str
    body: str
    form: str
    title: str
    day: str
    opened: str
    closed: str
    place: str
    chair: str
    secretary: str
    adjusters: tuple[str, ...]
    is_example: bool
    version: int
    journal_number: int
    journal_hash: str
    attending: tuple[Attending, ...]
    entries: tuple[Entry, ...]

    @property
    def secret(self) -> frozenset[int]:
        """Return the items that carried a secrecy mark when the minutes were drawn up."""
        return frozenset(entry.item_id for entry in self.entries if entry.sekretess)

    @property
    def span(self) -> str:
        """Return the first and last paragraph, as the minutes are referred to."""
        if not self.entries:
            return ""
        first, last = self.entries[0].label, self.entries[-1].label
        return first if first == last else f"{first} – {last}"


def as_json(minutes: Minutes) -> str:
    """Return the minutes as canonical JSON."""
    return canonical_json(asdict(minutes))


def digest(text: str) -> str:
    """Return the SHA-256 of a text as it is kept, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def from_json(text: str) -> Minutes:
    """Return the minutes that `as_json` wrote."""
    value = json.loads(text)
    value["adjusters"] = tuple(value["adjusters"])
    value["attending"] = tuple(map(_attending, value["attending"]))
    value["entries"] = tuple(map(_entry, value["entries"]))
    return Minutes(**value)


def _attending(value: dict[str, Any]) -> Attending:
    value["serves"] = tuple(value["serves"])
    value["movements"] = tuple(Movement(**one) for one in value["movements"])
    return Attending(**value)


def _entry(value: dict[str, Any]) -> Entry:
    value["participants"] = tuple(value["participants"])
    for name, shape in (("votes", Ballot), ("jav", Away), ("dissents", Dissenting)):
        value[name] = tuple(shape(**one) for one in value[name])
    return Entry(**value)
