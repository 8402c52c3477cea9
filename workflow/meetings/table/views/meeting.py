"""What is done about the meeting as a whole: opened, attended, led by another, stepped on, closed, adjourned."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.posting import posted_from
from workflow.errors import Invalid, Refusal
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.views.common import edition_of, renewed
from workflow.meetings.table.closing import adjourn, close_meeting
from workflow.meetings.table.forms.opening import RENAMED, OpeningForm
from workflow.meetings.table.leading import set_chair
from workflow.meetings.table.opening import open_meeting
from workflow.meetings.table.presence import set_current, set_presence
from workflow.meetings.table.views.common import (
    Shown,
    answered,
    framed,
    kept_meeting,
    key_posted,
    meeting_of,
    seen,
    with_errors,
)
from workflow.meetings.table.views.pages import opening_form, show_table
from workflow.meetings.vocabulary import MeetingState
from workflow.requests import person_of


def _again(request: HttpRequest, meeting_id: int) -> Shown:
    """Return what shows the table as it is now, with why something was refused."""
    return lambda refusal: show_table(request, meeting_of(request, meeting_id), refusal=refusal)


@login_required
@posted_from("bordet", "meeting_id")
def opened(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Open the meeting."""
    meeting = kept_meeting(request, meeting_id)
    form = opening_form(meeting, request.POST)
    if not form.is_valid():
        return show_table(request, meeting, refusal=Invalid({}), form=form)
    said = form.cleaned_data
    try:
        open_meeting(
            meeting.pk,
            actor=person_of(request),
            expected_edition=said["edition"],
            chair_id=said["chair"],
            secretary_id=said["secretary"],
            adjuster_ids=form.adjuster_ids,
            present=said["present"],
        )
    except Invalid as refusal:
        with_errors(form, refusal, RENAMED)
        return show_table(request, meeting, refusal=refusal, form=form)
    except Refusal as refusal:
        return _not_opened(request, meeting.pk, form, refusal)
    messages.success(request, "Mötet är öppnat.")
    return redirect("bordet", meeting.pk)


def _not_opened(request: HttpRequest, meeting_id: int, form: OpeningForm, refusal: Refusal) -> HttpResponse:
    """Show the opening again as the meeting is now; where somebody was first it goes on, and is gone to."""
    meeting = meeting_of(request, meeting_id)
    if meeting.state == MeetingState.PAGAR:
        messages.info(request, "Mötet är redan öppnat.")
        return redirect("bordet", meeting.pk)
    if meeting.state != MeetingState.KALLAT:
        return show_table(request, meeting, refusal=refusal)
    form.add_error(None, str(refusal))
    if isinstance(refusal, StaleMeeting):
        renewed(form, meeting.edition)
    return show_table(request, meeting, refusal=refusal, form=form)


@login_required
@posted_from("bordet", "meeting_id", part="narvaro")
def presence(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Record that somebody has come or gone."""
    meeting = meeting_of(request, meeting_id)
    here = request.POST.get("har", "")

    def act() -> str:
        if here not in {"ja", "distans", "nej"}:
            raise Invalid({"har": ["Välj om någon har kommit eller gått."]})
        key = key_posted(request, "membership")
        set_presence(meeting.pk, key, is_present=here != "nej", is_remote=here == "distans", actor=person_of(request))
        seat = seen(request, meeting).table.seats.get(key)
        done = {"ja": "är här", "distans": "är med på distans", "nej": "har gått"}[here]
        return f"{seat.name if seat else 'Ledamoten'} {done}."

    there = reverse("bordet", args=[meeting.pk]) + "#narvaro"
    return answered(request, act, to=there, shown=_again(request, meeting.pk))


@login_required
@posted_from("bordet", "meeting_id")
def chair(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Let somebody else lead from now on."""
    meeting = meeting_of(request, meeting_id)

    def act() -> str:
        set_chair(meeting.pk, key_posted(request, "chair"), actor=person_of(request))
        found = seen(request, meeting_of(request, meeting.pk)).chair
        return f"{found.name if found else 'Någon annan'} leder mötet."

    there = reverse("bordet", args=[meeting.pk])
    return answered(request, act, to=there, shown=_again(request, meeting.pk))


@login_required
@posted_from("bordet", "meeting_id")
def current(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Let an item be the one that is on, and go to it."""
    meeting = meeting_of(request, meeting_id)
    key = key_posted(request, "item")

    def act() -> str:
        set_current(meeting.pk, key, actor=person_of(request))
        return f"{AgendaItem.objects.values_list('title', flat=True).get(pk=key)} pågår."

    there = reverse("bordet_punkt", args=[meeting.pk, key or 1])
    return answered(request, act, to=there, shown=_again(request, meeting.pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closed(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show what lacks an outcome and what will be settled by itself; close the meeting."""
    meeting = kept_meeting(request, meeting_id)
    if request.method != "POST":
        return _closing(request, meeting)

    def act() -> str:
        close_meeting(meeting.pk, actor=person_of(request), expected_edition=edition_of(request))
        return "Mötet är avslutat."

    def shown(refusal: Refusal) -> HttpResponse:
        return _closing(request, meeting_of(request, meeting.pk), refusal)

    return answered(request, act, to=reverse("bordet", args=[meeting.pk]), shown=shown)


def _closing(request: HttpRequest, meeting: Meeting, refusal: Refusal | None = None) -> HttpResponse:
    if meeting.state != MeetingState.PAGAR:
        return redirect("bordet", meeting.pk)
    screen = seen(request, meeting)
    context = framed(screen) | {"refusal": str(refusal or ""), "has_errors": refusal is not None}
    return render(request, "moten/table/avsluta.html", context, status=refusal.status if refusal else 200)


@login_required
@posted_from("bordet_avsluta", "meeting_id")
def adjourned(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Hand every matter that is left back, where the meeting is not quorate."""
    meeting = kept_meeting(request, meeting_id)

    def act() -> str:
        found = adjourn(meeting.pk, actor=person_of(request))
        back = "1 ärende" if len(found) == 1 else f"{len(found)} ärenden"
        return f"{back} utgick och väntar på nästa möte. Mötet kan avslutas."

    def shown(refusal: Refusal) -> HttpResponse:
        return _closing(request, meeting_of(request, meeting.pk), refusal)

    return answered(request, act, to=reverse("bordet_avsluta", args=[meeting.pk]), shown=shown)
