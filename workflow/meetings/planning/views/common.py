"""What the pages of planning share: a meeting that the person plans, and what a form that came too late is told."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from workflow.errors import NoMandate
from workflow.meetings.models import Meeting
from workflow.meetings.planning.changes import Change, changes_since
from workflow.meetings.planning.kallelse import title_of
from workflow.meetings.planning.keeper import OPEN_AGENDA, refuse_unless, who_plans
from workflow.meetings.planning.selectors import COLOURS
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import readable_meeting
from workflow.requests import viewer_of

PROBLEM = 422
STALE = 409


def kept_meeting(request: HttpRequest, meeting_id: int, states: Collection[str] = OPEN_AGENDA) -> Meeting:
    """Return a meeting that the person plans, in one of the states.

    Raises:
        Http404: there is none that the person may read.
        NoMandate: the person only reads it.
        NotNow: it is in another state, or is a decision between meetings.

    """
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    if keeping(who, meeting.body) is None:
        raise NoMandate(who_plans(meeting.body))
    refuse_unless(meeting, states)
    return meeting


def crumbs_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Return the way to a page under the meeting's own."""
    return [(reverse("moten"), "Möten"), (reverse("mote", args=[meeting.pk]), title_of(meeting))]


def frame(meeting: Meeting, *, below: bool = True) -> dict[str, Any]:
    """Return what every page about a meeting shows; `below` is a page under the meeting's own."""
    return {
        "meeting": meeting,
        "meeting_title": title_of(meeting),
        "color": COLOURS[meeting.state],
        "edition": meeting.edition,
        "crumbs": crumbs_of(meeting)[: None if below else 1],
        "example_data": meeting.is_example,
    }


def edition_of(request: HttpRequest) -> int:
    """Return the edition that a form carries; 0, which no meeting has, where it is none."""
    said = request.POST.get("edition", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004 - digits


def told(meeting: Meeting, request: HttpRequest) -> list[Change]:
    """Return what has been done with the meeting since the form was shown."""
    return changes_since(meeting, edition_of(request))


def renewed(form: Any, edition: int) -> None:
    """Let a form that came too late carry the edition of now, so that it may be sent again."""
    data = form.data.copy()
    data["edition"] = str(edition)
    form.data = data
