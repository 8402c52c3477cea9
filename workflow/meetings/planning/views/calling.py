"""The kallelse: checked and sent, read as a page and as PDF, and the supplements that come after it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.letters import sends_mail
from workflow.errors import Invalid
from workflow.forms.refusals import add_refusal
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.models import Meeting, Underlag
from workflow.meetings.planning import selectors
from workflow.meetings.planning.calling import NotReady, call, lacks_of, supplement
from workflow.meetings.planning.itemforms import SupplementForm
from workflow.meetings.planning.kallelse import facts_of, kallelse_paper
from workflow.meetings.planning.selectors import agenda_of
from workflow.meetings.planning.views.common import PROBLEM, STALE, edition_of, frame, kept_meeting, renewed, told
from workflow.meetings.planning.views.items import item_of
from workflow.meetings.selectors import items_of, readable_meeting, seats_at
from workflow.meetings.vocabulary import MeetingState
from workflow.papers.html import as_html
from workflow.papers.naming import file_name, sent
from workflow.papers.pdf import as_pdf
from workflow.papers.value import Paper
from workflow.requests import person_of, viewer_of

PDF = "application/pdf"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def called(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Check what goes out and to whom, then call."""
    found = kept_meeting(request, meeting_id, MeetingState.values)
    status, problem, since = 200, "", None
    if request.method == "POST":
        try:
            call(found.pk, actor=person_of(request), expected_edition=edition_of(request))
        except NotReady as refusal:
            status, problem = PROBLEM, str(refusal)
        except StaleMeeting as refusal:
            status, problem, since = STALE, str(refusal), told(found, request)
        else:
            messages.success(request, "Kallelsen har gått ut. Handlingarna är frysta.")
            return redirect("mote", found.pk)
    if found.state != MeetingState.PLANERAT:
        return redirect("kallelse", found.pk)
    seats = list(seats_at(found).values())
    context = frame(found) | {
        "agenda": agenda_of(viewer_of(request), found),
        "facts": [
            {"term": term, "value": said, "url": reverse("andra_mote", args=[found.pk]), "empty": "Saknas"}
            for term, said in facts_of(found)
            if term != "Kallelsen gick ut"
        ],
        "called": selectors.called(seats),
        "n_called": len(seats),
        "lacks": lacks_of(found, list(items_of(found))),
        "problem": problem,
        "has_errors": bool(problem),
        "since": since,
    }
    return render(request, "moten/planning/kalla.html", context | {"sends_mail": sends_mail()}, status=status)


def _paper(request: HttpRequest, found: Meeting) -> Paper:
    return kallelse_paper(found, agenda_of(viewer_of(request), found), seats_at(found).values())


@login_required
@require_safe
def page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the kallelse as it is printed."""
    found = readable_meeting(viewer_of(request), meeting_id)
    paper = _paper(request, found)
    context = frame(found) | {"paper": paper, "facts": as_html((paper.facts,)), "body": as_html(paper.blocks)}
    return render(request, "moten/planning/kallelse.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give the kallelse as PDF."""
    found = readable_meeting(viewer_of(request), meeting_id)
    paper = _paper(request, found)
    return sent(as_pdf(paper), PDF, f"Kallelse {file_name(paper, 'pdf')}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def supplemented(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Add to an item's papers after the kallelse."""
    found = kept_meeting(request, meeting_id, (MeetingState.KALLAT, MeetingState.PAGAR))
    shown = item_of(found, item_id)
    form = SupplementForm(request.POST if request.method == "POST" else None, initial={"edition": found.edition})
    status, since = 200, None
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            said = form.cleaned_data
            edition = said["edition"]
            try:
                supplement(found.pk, shown.pk, text=said["text"], actor=person_of(request), expected_edition=edition)
            except Invalid as refusal:
                add_refusal(form, refusal)
            except StaleMeeting as refusal:
                status, since = STALE, told(found, request)
                form.add_error(None, str(refusal))
                renewed(form, found.edition)
            else:
                messages.success(request, f"Tillägget till {shown.title} är utlagt.")
                return redirect("mote", found.pk)
    papers = Underlag.objects.filter(item=shown).order_by("number").values_list("number", "frozen_at")
    context = frame(found) | {"form": form, "since": since, "item": shown, "papers": list(papers)}
    return render(request, "moten/planning/tillagg.html", context, status=status)
