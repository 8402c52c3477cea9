"""What a person sends along with a move, as values; which of them a move needs follows from its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflow.meetings.vocabulary import MeetingForm
from workflow.quorum import Seat


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody at the meeting; who has jäv is away from the matter."""

    membership_id: int
    jav: bool = False
    jav_reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the minutes say of a decision in a meeting.

    `amended_wording` is the wording decided instead of the proposed one, `condition` what was attached to it,
    `to_meeting` the meeting a bordläggning puts the matter off to. A decision of a meeting held here is about an item
    of its agenda, in the meeting's form; `meeting` are the facts of it that the journal keeps, `seats` who sits in the
    body that day, where the same transaction has read it.
    """

    meeting_date: date
    paragraph: str
    participants: tuple[Participant, ...]
    amended_wording: str = ""
    condition: str = ""
    to_meeting: date | None = None
    item_id: int | None = None
    form: MeetingForm = MeetingForm.SAMMANTRADE
    meeting: Mapping[str, Any] = field(default_factory=dict)
    seats: Mapping[int, Seat] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to complete, in one part."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a move may carry beside its reason."""

    handlaggare_id: int | None = None
    requests: tuple[Request, ...] = ()
    comments: tuple[int, ...] = ()
    """The open comments that a request for completion gathers."""
    proposed_move: str = ""
    proposed_target: str = ""
    decision: Decision | None = None
    ansvarig_grupp_id: int | None = None
    version_id: int | None = None
    """The version of its path that the case is moved to."""


NOTHING = Inputs()


@dataclass(slots=True)
class Errors:
    """Collects the sentences of an act's input, all of them, before anything is refused."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, message: str) -> None:
        """Add a sentence at a field."""
        self.found.setdefault(name, []).append(message)
