"""The pages of one item of an agenda: added, changed, taken away, and taken up though it came late."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from governance.posting import posted_from
from workflow.errors import Invalid
from workflow.forms.refusals import add_refusal
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.agenda import add_information, edit_item
from workflow.meetings.planning.forms import ReasonForm
from workflow.meetings.planning.itemforms import ItemForm
from workflow.meetings.planning.leaving import accept_late, remove
from workflow.meetings.planning.views.common import PROBLEM, STALE, edition_of, frame, kept_meeting, renewed, told
from workflow.meetings.vocabulary import ItemSort, MeetingState
from workflow.requests import person_of


def _sections(found: Meeting) -> list[str]:
    rows = AgendaItem.objects.filter(meeting=found, withdrawn_at=None).order_by("position")
    return list(rows.values_list("section", flat=True))


def item_of(found: Meeting, item_id: int) -> AgendaItem:
    """Return an item of the meeting's agenda.

    Raises:
        Http404: it has none such.

    """
    item = AgendaItem.objects.select_related("matter", "anmalan").filter(meeting=found, pk=item_id).first()
    if item is None:
        raise Http404
    return item


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Add an item of information."""
    found = kept_meeting(request, meeting_id)
    first = {"edition": found.edition, "section": "Information", "sort": ItemSort.BRA_ATT_VETA}
    posted = request.POST if request.method == "POST" else None
    form = ItemForm(posted, initial=first, sections=_sections(found))
    status, since = 200, None
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            edition = form.cleaned_data["edition"]
            try:
                made = add_information(found.pk, form.words, actor=person_of(request), expected_edition=edition)
            except Invalid as refusal:
                add_refusal(form, refusal)
            except StaleMeeting as refusal:
                status, since = STALE, _stale(request, found, form, refusal)
            else:
                messages.success(request, f"{made.title} står på dagordningen.")
                return redirect("dagordning", found.pk)
    context = frame(found) | {"form": form, "since": since, "heading": "Ny informationspunkt", "button": "Lägg till"}
    return render(request, "moten/planning/punkt.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Change what an agenda says of an item."""
    found = kept_meeting(request, meeting_id)
    shown = item_of(found, item_id)
    called = found.state != MeetingState.PLANERAT
    posted = request.POST if request.method == "POST" else None
    form = ItemForm(posted, initial=ItemForm.said(shown, found), sections=_sections(found), called=called)
    status, since = 200, None
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            edition = form.cleaned_data["edition"]
            try:
                edit_item(found.pk, shown.pk, form.words, actor=person_of(request), expected_edition=edition)
            except Invalid as refusal:
                add_refusal(form, refusal)
            except StaleMeeting as refusal:
                status, since = STALE, _stale(request, found, form, refusal)
            else:
                messages.success(request, "Punkten är sparad.")
                return redirect("dagordning", found.pk)
    context = frame(found) | {"form": form, "since": since, "item": shown, "heading": shown.title, "button": "Spara"}
    return render(request, "moten/planning/punkt.html", context, status=status)


def _stale(request: HttpRequest, found: Meeting, form: Any, refusal: StaleMeeting) -> list[Any]:
    form.add_error(None, str(refusal))
    renewed(form, found.edition)
    return told(found, request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def removed(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Take an item off the agenda."""
    found = kept_meeting(request, meeting_id)
    shown = item_of(found, item_id)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"edition": found.edition})
    status, since = 200, None
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            said = form.cleaned_data
            try:
                remove(
                    found.pk,
                    shown.pk,
                    reason=said["reason"],
                    actor=person_of(request),
                    expected_edition=said["edition"],
                )
            except Invalid as refusal:
                add_refusal(form, refusal)
            except StaleMeeting as refusal:
                status, since = STALE, _stale(request, found, form, refusal)
            else:
                messages.success(request, f"{shown.title} är borttagen från dagordningen.")
                return redirect("dagordning", found.pk)
    called = found.state != MeetingState.PLANERAT
    context = frame(found) | {"form": form, "since": since, "item": shown, "called": called}
    return render(request, "moten/planning/ta_bort.html", context, status=status)


@login_required
@posted_from("dagordning", "meeting_id")
def late(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Write whether the meeting takes up a late item."""
    found = kept_meeting(request, meeting_id)
    shown = item_of(found, item_id)
    accepted = request.POST.get("tas_upp") == "ja"
    accept_late(
        found.pk, shown.pk, accepted=accepted, actor=person_of(request), expected_edition=edition_of(request) or None
    )
    done = "tas upp" if accepted else "tas inte upp"
    messages.success(request, f"{shown.title} {done}.")
    return redirect("dagordning", found.pk)
