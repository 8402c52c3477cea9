"""Putting a matter off: it goes onto the agenda of a later meeting of the body by itself."""

from dataclasses import dataclass

from governance.models import Person
from governance.permissions import Standing
from workflow.errors import Invalid
from workflow.meetings.acts import lock
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.agenda import put_on
from workflow.meetings.vocabulary import MeetingForm, MeetingState


@dataclass(frozen=True, slots=True)
class Later:
    """The later meeting of the same body, locked."""

    meeting: Meeting


def lock_later(meeting: Meeting, to_meeting_id: int | None) -> Later:
    """Return the meeting that a matter is put off to; one statement, and its row is locked.

    Raises:
        Invalid: none is chosen, or it is not a later meeting of the body that is still to come.

    """
    if to_meeting_id is None:
        raise Invalid({"to_meeting": ["Välj till vilket möte ärendet bordläggs."]})
    try:
        later = lock(to_meeting_id)
    except Meeting.DoesNotExist:
        raise Invalid({"to_meeting": ["Välj ett av organets kommande möten."]}) from None
    waits = later.state in {MeetingState.PLANERAT, MeetingState.KALLAT} and later.form == MeetingForm.SAMMANTRADE
    if later.body_id != meeting.body_id or not waits:
        raise Invalid({"to_meeting": ["Välj ett av organets kommande möten."]})
    if later.day <= meeting.day:
        raise Invalid({"to_meeting": ["Ärendet bordläggs till ett senare möte."]})
    return Later(later)


def put_again(item: AgendaItem, later: Later, *, actor: Person, standing: Standing) -> AgendaItem:
    """Put a settled matter on the later meeting's agenda, in its place there; as `planning.agenda.put_on`.

    Where that meeting has been called already it comes there as a late item, with its papers.
    """
    return put_on(
        later.meeting,
        standing,
        actor=actor,
        kind=item.kind,
        title=item.title,
        text=item.text,
        duration=item.duration,
        sort=item.sort,
        presenter=item.presenter,
        anmalan=item.anmalan,
        matter=item.matter,
        sekretess=item.sekretess,
    )
