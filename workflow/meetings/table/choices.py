"""What a meeting may decide of a matter, as a value, and which move of the case's path that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from governance.paths import MoveValue, PathVersion
from governance.vocabulary import MoveKind
from workflow.errors import Invalid, NotFromHere
from workflow.inputs import Request
from workflow.meetings.vocabulary import Outcome
from workflow.models import Anmalan
from workflow.vocabulary import Rekommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that the decision asks for: what, by which body, by which day."""

    text: str
    responsible_id: int | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the meeting decides: as recommended, unless `outcome`, or for a case `move`, says something else.

    Attributes:
        outcome: bifall, avslag, återremiss, bordläggning or that it is handed over; None as recommended.
        move: the code of any move in a meeting that leaves from where the case stands, where the outcome does not say.
        target: the station chosen where the move leads to several: how far back an återremiss goes.
        reason: why; needed for what the path needs a reason for, and for avslag and återremiss.
        amended_wording: what is decided instead of the proposed wording.
        condition: what is attached to a bifall; becomes an open decision.
        condition_responsible_id: the body that answers for the condition.
        condition_due: the day by which it is met.
        duties: what else the decision asks somebody to do.
        requests: what an återremiss to be completed asks for, part by part.
        to_meeting_id: the later meeting of the body that a bordläggning puts the matter off to.

    """

    outcome: Outcome | None = None
    move: str = ""
    target: str = ""
    reason: str = ""
    amended_wording: str = ""
    condition: str = ""
    condition_responsible_id: int | None = None
    condition_due: date | None = None
    duties: tuple[Duty, ...] = ()
    requests: tuple[Request, ...] = ()
    to_meeting_id: int | None = None


AS_RECOMMENDED = Choice()

OUTCOMES: Mapping[MoveKind, Outcome] = MappingProxyType(
    {
        MoveKind.AVSLAG: Outcome.AVSLAG,
        MoveKind.ATERREMISS: Outcome.ATERREMISS,
        MoveKind.BORDLAGGNING: Outcome.BORDLAGGNING,
        MoveKind.OVERLAMNA: Outcome.OVERLAMNAD,
    }
)
"""What a kind of move comes to; every other is bifall to what it says."""
KINDS: Mapping[Outcome, MoveKind] = MappingProxyType({outcome: kind for kind, outcome in OUTCOMES.items()})
DECIDED = frozenset({Outcome.BIFALL, Outcome.BIFALL_ANDRING, *KINDS})
"""What a meeting may decide of a matter."""
WITHOUT_MOVE = frozenset({Outcome.AVSLAG, Outcome.BORDLAGGNING})
"""What is decided of a case also where its path has no such move: the proposal falls, or waits, and the case stays."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A choice as the path knows it: its move, None where the case stays, and what it comes to."""

    move: MoveValue | None
    target: str
    outcome: Outcome
    words: str
    reason: str


def ruling_of_case(choice: Choice, anmalan: Anmalan, path: PathVersion, station: str) -> Ruling:
    """Return what a choice is in a case.

    Args:
        choice: what the meeting decides.
        anmalan: what was brought, with the body that made it.
        path: the case's version of the path.
        station: where it stands.

    Raises:
        Invalid: nothing follows from the recommendation, or the choice is none of the body's.
        NotFromHere: no such move is made in a meeting from there.

    """
    move, outcome = _move_of(choice, anmalan, path, station)
    reason = choice.reason
    if move is None:
        return Ruling(None, "", outcome, str(outcome.label), reason)
    if not reason and choice.move == "" and choice.outcome is None and move.needs_reason:
        reason = f"Enligt utlåtandet från {anmalan.made_by.name}."
    proposed = anmalan.target if move.code == anmalan.move else ""
    found = OUTCOMES.get(move.kind, Outcome.BIFALL)
    if found == Outcome.BIFALL and (choice.amended_wording.strip() or choice.condition.strip()):
        found = Outcome.BIFALL_ANDRING
    words = str(found.label) if move.kind == MoveKind.BIFALL else move.name
    return Ruling(move, choice.target or proposed, found, words, reason)


def _move_of(choice: Choice, anmalan: Anmalan, path: PathVersion, station: str) -> tuple[MoveValue | None, Outcome]:
    """Return the chosen move and what it comes to; no move where the case stays where it is."""
    if choice.move:
        move = path.move_from(station, choice.move)
        if move is None or not move.in_meeting:
            here = path.stations[station].name
            raise NotFromHere(f"Det går inte att besluta så om satsningen. Den är i steget {here}.")
        return move, OUTCOMES.get(move.kind, Outcome.BIFALL)
    outcome = choice.outcome
    if outcome is None:
        outcome = Outcome.BIFALL if anmalan.rekommendation == Rekommendation.TILLSTYRKAN else Outcome.AVSLAG
    if outcome not in DECIDED:
        raise Invalid({"outcome": ["Välj vad mötet beslutar."]})
    if outcome in KINDS:
        leaving = (move for move in path.moves_from(station) if move.in_meeting and move.kind == KINDS[outcome])
        move = next(leaving, None)
    else:
        move = path.move_from(station, anmalan.move)
    if move is None and outcome not in WITHOUT_MOVE:
        here = path.stations[station].name
        raise NotFromHere(f"{outcome.label} går inte att besluta om satsningen. Den är i steget {here}.")
    return move, outcome


def ruling_of_matter(choice: Choice) -> Ruling:
    """Return what a choice is in a matter without a satsning: as recommended is bifall to the proposal.

    Raises:
        Invalid: it is nothing that a meeting decides.

    """
    outcome = choice.outcome or Outcome.BIFALL
    if outcome not in DECIDED or choice.move:
        raise Invalid({"outcome": ["Välj vad mötet beslutar."]})
    if outcome == Outcome.BIFALL and (choice.amended_wording.strip() or choice.condition.strip()):
        outcome = Outcome.BIFALL_ANDRING
    return Ruling(None, "", outcome, str(outcome.label), choice.reason)
