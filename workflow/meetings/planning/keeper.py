"""The only place that says who may change a meeting and its agenda, until when, and how it is refused."""

from collections.abc import Collection

from governance.models import Body, Person
from governance.permissions import Standing
from workflow.errors import Refusal
from workflow.meetings.acts import check_fresh, keeper_of, lock
from workflow.meetings.models import Meeting
from workflow.meetings.vocabulary import MeetingForm, MeetingState

BEFORE_OPENING = frozenset({MeetingState.PLANERAT, MeetingState.KALLAT})
OPEN_AGENDA = BEFORE_OPENING | {MeetingState.PAGAR}
"""The states in which an agenda may be changed."""


def is_open_agenda(meeting: Meeting) -> bool:
    """Tell whether the meeting's agenda may be changed still; decisions between meetings have none to change."""
    return meeting.state in OPEN_AGENDA and meeting.form == MeetingForm.SAMMANTRADE


_WHY_NOT = {
    MeetingState.KALLAT: "Kallelsen till mötet har gått ut.",
    MeetingState.PAGAR: "Mötet har öppnats.",
    MeetingState.AVSLUTAT: "Mötet är avslutat.",
    MeetingState.JUSTERAT: "Mötet är avslutat och protokollet justerat.",
    MeetingState.INSTALLT: "Mötet är inställt.",
    MeetingState.PLANERAT: "Kallelsen till mötet har inte gått ut.",
}


class NotNow(Refusal):
    """The meeting, or the item, is not where this may be done."""

    status = 409


def who_plans(body: Body) -> str:
    """Return the sentence of who plans the body's meetings."""
    return f"Möten i {body.name} planeras av dess sekreterare och ordförande."


def locked(
    meeting_id: int, *, actor: Person, states: Collection[str], expected_edition: int | None = None
) -> tuple[Meeting, Standing]:
    """Return the meeting with its row locked, and the standing by which the actor plans it.

    Args:
        meeting_id: which.
        actor: who acts.
        states: the states in which the act may be made.
        expected_edition: the meeting's `edition` as the actor saw it; None where it does not matter.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        NoMandate: the actor does not plan the body's meetings.
        StaleMeeting: it has changed since the actor saw it.
        NotNow: it is not in one of the states, or is a decision between meetings.

    """
    meeting = lock(meeting_id)
    standing = keeper_of(meeting, actor, who_plans)
    check_fresh(meeting, expected_edition)
    refuse_unless(meeting, states)
    return meeting, standing


def refuse_unless(meeting: Meeting, states: Collection[str]) -> None:
    """Refuse what is done in some states alone, and what is planned of a decision between meetings.

    Raises:
        NotNow: the meeting is not in one of the states, or is no sammanträde.

    """
    if meeting.form != MeetingForm.SAMMANTRADE:
        raise NotNow("Det här är ett beslut mellan möten. Det har ingen dagordning och ingen kallelse att ändra.")
    if meeting.state not in states:
        raise NotNow(_WHY_NOT[MeetingState(meeting.state)])
