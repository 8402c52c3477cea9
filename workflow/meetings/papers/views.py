"""The papers of a meeting as one PDF: whether it is there, asking for it, and fetching it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from governance.posting import posted_from
from satsningar.cleaning import grouped
from workflow.meetings.models import Handlingssamling, Meeting
from workflow.meetings.papers.keeping import Shelf, ask_for_set, shelf_of
from workflow.meetings.planning.views.common import crumbs_of
from workflow.meetings.selectors import readable_meeting
from workflow.meetings.vocabulary import MeetingState
from workflow.papers.naming import named, sent
from workflow.papers.views import PDF
from workflow.requests import person_of, viewer_of
from workflow.selectors.documents import size_in_words


@login_required
@require_safe
def page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show whether the meeting's papers are there as one PDF, and whether they are of now."""
    who = viewer_of(request)
    shelf = shelf_of(who, readable_meeting(who, meeting_id))
    meeting = shelf.meeting
    context = {
        "shelf": shelf,
        "meeting": meeting,
        "reads": meeting.state not in {MeetingState.PLANERAT, MeetingState.INSTALLT},
        "crumbs": crumbs_of(meeting),
        "said": _said(shelf),
    }
    return render(request, "moten/papers/handlingar.html", context)


@login_required
@posted_from("handlingar", "meeting_id")
def make(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Ask for the PDF; show how far it has come, or that it is there."""
    work = ask_for_set(viewer_of(request), meeting_id, actor=person_of(request))
    if work is None:
        messages.info(request, "Handlingarna finns redan som en PDF, och inget har ändrats sedan den gjordes.")
        return redirect("handlingar", meeting_id)
    return redirect("jobb", work.pk)


@login_required
@require_safe
def pdf(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give the newest PDF that the person may read."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    kept = shelf_of(who, meeting).kept
    if kept is None:
        raise Http404
    return sent(bytes(Handlingssamling.objects.get(pk=kept.pk).pdf), PDF, _name(meeting, kept))


def _name(meeting: Meeting, kept: Handlingssamling) -> str:
    return named(f"Handlingar {meeting.body.name} {meeting.day.isoformat()} utgåva {kept.edition}", "pdf")


def _said(shelf: Shelf) -> list[dict[str, str]]:
    """Return the facts of the kept set, for the component `definitions`."""
    kept = shelf.kept
    if kept is None:
        return []
    return [
        {"term": "Gjord från", "value": f"mötets utgåva {kept.edition}"},
        {"term": "Omfång", "value": f"{grouped(kept.pages)} sidor, {size_in_words(kept.size)}"},
        {"term": "Med sekretess", "value": "Ja, lämna den inte vidare" if kept.with_secret else "Nej"},
    ]
