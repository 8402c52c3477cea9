"""What every page of minutes shows around it, and how a refused act is answered there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from governance.permissions import today
from workflow.errors import Invalid, Refusal
from workflow.meetings.models import Justering, Meeting, Protokoll
from workflow.meetings.planning.kallelse import title_of
from workflow.meetings.planning.views.common import crumbs_of
from workflow.meetings.vocabulary import JusteringState, MeetingState

TITLE = "Det går inte nu"
COLOURS = {
    JusteringState.VANTAR: "warning",
    JusteringState.GODKAND: "success",
    JusteringState.RATTELSE: "danger",
    JusteringState.AVSLUTAD: "neutral",
}


def frame(meeting: Meeting) -> dict[str, Any]:
    """Return what every page of a meeting's minutes shows around it."""
    return {
        "meeting": meeting,
        "meeting_name": title_of(meeting),
        "crumbs": crumbs_of(meeting),
        "county_name": meeting.body.county.name,
        "example_data": meeting.is_example,
    }


def under(meeting: Meeting) -> dict[str, Any]:
    """Return the same for a page below that of the minutes."""
    context = frame(meeting)
    return context | {"crumbs": [*context["crumbs"], (reverse("protokoll", args=[meeting.pk]), "Protokoll")]}


def answered(request: HttpRequest, meeting: Meeting, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what an act leads to, or the page that says why it was refused, with the way back.

    Raises:
        Invalid: something that was sent is to be put right at its field.

    """
    try:
        return act()
    except Invalid:
        raise
    except Refusal as refusal:
        context = {
            "title": TITLE,
            "reason": str(refusal),
            "back_url": reverse("protokoll", args=[meeting.pk]),
            "back_link": "Tillbaka till protokollet",
        }
        return render(request, "errors/refused.html", context, status=refusal.status)


def state_of(meeting: Meeting, newest: Protokoll | None) -> tuple[str, str]:
    """Return how far the minutes have come, as a tag: its words and its colour; the answers have been read."""
    if newest is None:
        return "Inte upprättat", "neutral"
    if newest.locked_at:
        return "Justerat", "success"
    answers = [one.state for one in newest.justeringar.all()]
    if not answers:
        return "Upprättat", "info"
    if JusteringState.RATTELSE in answers:
        return "Rättelse begärd", "danger"
    if meeting.state == MeetingState.AVSLUTAT and newest.justeras_senast < today():
        return "Justering försenad", "danger"
    return "Hos justerarna", "warning"


HIDDEN_ANSWER = (
    "Protokollet har ärenden med sekretessmarkering. Det som ska rättas visas bara för den som sitter i organet."
)


def answer_rows(newest: Protokoll | None, *, hides: bool) -> list[dict[str, Any]]:
    """Return each adjuster's answer as it is shown.

    Args:
        newest: the version that they are about, its answers read.
        hides: whether what is to be corrected may be about something that the reader may not see.

    """
    rows = newest.justeringar.all() if newest else ()
    return [
        {
            "answer": one,
            "color": COLOURS[JusteringState(one.state)],
            "left": _has_left(one),
            "text": HIDDEN_ANSWER if one.text and hides else one.text,
        }
        for one in rows
    ]


def _has_left(one: Justering) -> bool:
    return one.state == JusteringState.VANTAR and not (
        one.membership.is_current(today()) and one.membership.person.is_active
    )
