"""Who keeps a meeting's minutes: the lock, the right and the state that every act about them begins with."""

from collections.abc import Collection

from governance.models import Body, Person
from governance.permissions import Standing
from workflow.errors import NotFromHere
from workflow.meetings.acts import check_fresh, keeper_of, lock
from workflow.meetings.models import Meeting
from workflow.meetings.rights import may_read_minutes
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import Viewer, viewer

CLOSED = frozenset({MeetingState.AVSLUTAT})
LOCKED = frozenset({MeetingState.JUSTERAT})
WRITTEN = frozenset({MeetingState.PAGAR, MeetingState.AVSLUTAT})
"""When the secretary may write beside the facts: while the meeting goes on and until the minutes are adjusted."""

_WHY_NOT = {
    MeetingState.PLANERAT: "Mötet har inte hållits.",
    MeetingState.KALLAT: "Mötet har inte hållits.",
    MeetingState.PAGAR: "Mötet pågår. Protokollet upprättas när mötet är avslutat.",
    MeetingState.AVSLUTAT: "Protokollet är inte justerat.",
    MeetingState.JUSTERAT: "Protokollet är justerat och ändras inte. Ett fel rättas genom en rättelse.",
    MeetingState.INSTALLT: "Mötet är inställt.",
}


def who_keeps(body: Body) -> str:
    """Return the sentence of who keeps the body's minutes."""
    return f"Protokollet i {body.name} förs av dess sekreterare eller ordförande."


def locked(meeting_id: int, *, actor: Person) -> tuple[Meeting, Viewer]:
    """Return the meeting with its row locked until the transaction ends, and what the actor's rights depend on.

    Raises:
        Meeting.DoesNotExist: there is none whose minutes the actor may read.

    """
    meeting, who = lock(meeting_id), viewer(actor)
    if not may_read_minutes(who, meeting):
        raise Meeting.DoesNotExist
    return meeting, who


def refuse_unless(meeting: Meeting, states: Collection[str], expected_edition: int | None = None) -> None:
    """Let only a meeting pass that is as it was seen, and in one of the states.

    Raises:
        StaleMeeting: it has changed since it was seen.
        NotFromHere: it is not in such a state.

    """
    check_fresh(meeting, expected_edition)
    if meeting.state not in states:
        raise NotFromHere(_WHY_NOT[MeetingState(meeting.state)])


def keep(
    meeting_id: int, *, actor: Person, states: Collection[str], expected_edition: int | None = None
) -> tuple[Meeting, Standing]:
    """Return the meeting, locked, and the standing by which the actor keeps its minutes.

    Args:
        meeting_id: which.
        actor: who acts.
        states: how far the meeting may have come.
        expected_edition: the meeting's edition as the actor saw it, where that matters.

    Raises:
        Meeting.DoesNotExist: there is none whose minutes the actor may read.
        NoMandate: the actor does not keep them.
        StaleMeeting, NotFromHere: as `refuse_unless`.

    """
    meeting = lock(meeting_id)
    standing = keeper_of(meeting, actor, who_keeps, may_read_minutes)
    refuse_unless(meeting, states, expected_edition)
    return meeting, standing
