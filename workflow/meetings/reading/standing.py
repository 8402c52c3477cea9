"""What there is to read in the standing items of an agenda: what the records say, as they are now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.meetings.after.open_duties import counted_on, open_duties
from workflow.meetings.between.selectors import between_since_last
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.selectors import HIDDEN_TITLE
from workflow.meetings.rights import is_secret, may_read_secret
from workflow.meetings.vocabulary import MeetingForm, MeetingState, StandingItem
from workflow.rights import Viewer

_RECORDED = (MeetingState.AVSLUTAT, MeetingState.JUSTERAT)


@dataclass(frozen=True, slots=True)
class Between:
    """A decision that was made between meetings."""

    meeting: Meeting
    label: str
    title: str
    outcome: str
    day: date


def content_of(who: Viewer, meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """Return what a standing item is about, under the name its template looks for; at most three statements."""
    match item.standing:
        case StandingItem.OPPNA_BESLUT:
            day = counted_on(meeting)
            return {"duties": open_duties(meeting.body, day, with_secret=may_read_secret(who, meeting)), "as_of": day}
        case StandingItem.MELLAN_MOTEN:
            return {"between": _between(who, meeting)}
        case StandingItem.FOREGAENDE:
            return {"last_meeting": _last_held(meeting), "shows_last": True}
        case _:
            return {}


def changes_by_itself(item: AgendaItem) -> bool:
    """Tell whether the item holds what changes from day to day, or that others' secrecy marks stand in."""
    return item.standing in {StandingItem.OPPNA_BESLUT, StandingItem.MELLAN_MOTEN}


def _between(who: Viewer, meeting: Meeting) -> list[Between]:
    reads_secret = may_read_secret(who, meeting)
    return [
        Between(
            meeting=row.item.meeting,
            label=row.label,
            title=HIDDEN_TITLE if is_secret(row.item) and not reads_secret else row.item.title,
            outcome=row.get_outcome_display(),
            day=row.item.meeting.day,
        )
        for row in between_since_last(meeting)
    ]


def _last_held(meeting: Meeting) -> Meeting | None:
    """Return the body's meeting before this one, once it has ended; one statement."""
    rows = Meeting.objects.filter(body=meeting.body_id, form=MeetingForm.SAMMANTRADE, state__in=_RECORDED)
    return rows.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at", "-pk").first()
