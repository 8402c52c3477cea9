"""The list of meetings, a meeting's own page, and the pages that plan, change and cancel one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from governance.models import Body
from governance.permissions import today
from workflow.errors import Invalid, NoMandate
from workflow.forms.refusals import add_refusal
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.planning.actions import cancel, change, plan
from workflow.meetings.planning.dates import deadlines, oddities
from workflow.meetings.planning.forms import MeetingFilter, MeetingForm, ReasonForm
from workflow.meetings.planning.hub import blocks_of
from workflow.meetings.planning.kallelse import facts_of
from workflow.meetings.planning.keeper import BEFORE_OPENING, is_open_agenda
from workflow.meetings.planning.selectors import (
    COLOURS,
    COMING_SHOWN,
    agenda_of,
    bodies_with_meetings,
    called,
    coming,
    past,
    planned_bodies,
    with_body,
    years_with_meetings,
)
from workflow.meetings.planning.views.common import PROBLEM, STALE, frame, kept_meeting, renewed, told
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import readable_meeting, seats_at
from workflow.requests import person_of, viewer_of

PER_PAGE = 30
NOBODY_PLANS = "Möten planeras av sekreteraren och ordföranden i det organ som möts."


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show coming and past meetings of the bodies whose meetings the person reads."""
    who = viewer_of(request)
    bodies, years = bodies_with_meetings(who), years_with_meetings(who)
    form = MeetingFilter(request.GET, bodies=bodies, years=years)
    asked = _narrowed(form)
    ahead = list(with_body(coming(who).filter(asked))[:COMING_SHOWN])
    page = Paginator(with_body(past(who).filter(asked)), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "filter_form": form if len(bodies) > 1 or len(years) > 1 else None,
        "has_errors": bool(form.errors),
        "chosen": form.chosen(),
        "coming": [{"meeting": one, "color": COLOURS[one.state]} for one in ahead],
        "past": [{"meeting": one, "color": COLOURS[one.state]} for one in page],
        "page": page,
        "plans": planned_bodies(who),
        "example_data": any(one.is_example for one in (*ahead, *page)),
    }
    return render(request, "moten/planning/lista.html", context)


def _narrowed(form: MeetingFilter) -> Q:
    values, asked = form.values, Q()
    if values.get("organ"):
        asked &= Q(body=values["organ"])
    if values.get("ar"):
        asked &= Q(starts_at__year=values["ar"])
    return asked


@login_required
@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a meeting: where it stands, its agenda, who is called, and what each part of the work has to show."""
    who = viewer_of(request)
    found = readable_meeting(who, meeting_id)
    agenda = agenda_of(who, found)
    context = frame(found, below=False) | {
        "agenda": agenda,
        "facts": _facts(found),
        "called": called(seats_at(found).values()),
        "keeps": is_open_agenda(found) and keeping(who, found.body) is not None,
        "blocks": blocks_of(who, found, agenda.standing),
    }
    return render(request, "moten/planning/mote.html", context)


def _facts(found: Any) -> list[dict[str, Any]]:
    rows = [{"term": term, "value": said} for term, said in facts_of(found) if said and term != "Digitalt"]
    rows.append({"term": "Handlingar senast", "value": found.papers_due.isoformat()})
    rows.append({"term": "Kallelse senast", "value": found.kallelse_due.isoformat()})
    return rows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting; its last days are shown before it is written."""
    bodies = planned_bodies(viewer_of(request))
    if not bodies:
        raise NoMandate(NOBODY_PLANS)
    status, first = 200, {"body": request.GET.get("organ") or bodies[0].pk}
    form = MeetingForm(request.POST if request.method == "POST" else None, bodies=bodies, initial=first)
    if request.method == "POST" and "visa" not in request.POST:
        status = PROBLEM
        if form.is_valid():
            try:
                made = plan(form.cleaned_data["body"], form.plan, actor=person_of(request))
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, "Mötet är planerat. Dagordningen börjar med gruppens mall.")
                return redirect("mote", made.pk)
    shown = form
    if "visa" in request.POST:
        # Days are asked for before everything is filled in: what is missing is said when the meeting is planned.
        shown = MeetingForm(initial=_typed(request), bodies=bodies)
    context = {
        "form": shown,
        "last_days": _last_days(request, bodies),
        "crumbs": [(reverse("moten"), "Möten")],
        "several": True,
    }
    return render(request, "moten/planning/ny.html", context, status=status)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in MeetingForm.base_fields}


def _last_days(request: HttpRequest, bodies: list[Body]) -> dict[str, Any] | None:
    """Return the last days of the meeting that is being filled in, where its body and day can be read."""
    asked = request.POST if request.method == "POST" else request.GET
    body = next((one for one in bodies if str(one.pk) == asked.get("body", asked.get("organ", ""))), bodies[0])
    field = MeetingForm.base_fields["day"]
    try:
        day = field.to_python(asked.get("day", ""))
    except ValidationError:
        return None
    return _days(body, day) if isinstance(day, date) else None


def _days(body: Body, day: date) -> dict[str, Any]:
    return {"body": body, "day": day, "last": deadlines(body, day), "odd": oddities(body, day, today=today())}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changed(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Change a meeting's time, place or title."""
    found = kept_meeting(request, meeting_id, BEFORE_OPENING)
    starts, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    first = {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": found.place}
    first |= {"link": found.link, "title": found.title, "edition": found.edition}
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=first)
    status, since = 200, None
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                change(
                    found.pk,
                    form.plan,
                    actor=person_of(request),
                    expected_edition=form.cleaned_data["edition"] or 0,
                )
            except Invalid as refusal:
                add_refusal(form, refusal)
            except StaleMeeting as refusal:
                status, since = STALE, told(found, request)
                form.add_error(None, str(refusal))
                renewed(form, found.edition)
            else:
                messages.success(request, "Mötet är ändrat.")
                return redirect("mote", found.pk)
    context = frame(found) | {"form": form, "since": since, "last_days": _days(found.body, starts.date())}
    return render(request, "moten/planning/andra.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancelled(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting, with why."""
    found = kept_meeting(request, meeting_id, BEFORE_OPENING)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"edition": found.edition})
    status, since = 200, None
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                cancel(
                    found.pk,
                    reason=form.cleaned_data["reason"],
                    actor=person_of(request),
                    expected_edition=form.cleaned_data["edition"],
                )
            except Invalid as refusal:
                add_refusal(form, refusal)
            except StaleMeeting as refusal:
                status, since = STALE, told(found, request)
                form.add_error(None, str(refusal))
                renewed(form, found.edition)
            else:
                messages.success(request, "Mötet är inställt. Dess ärenden väntar på en ny dagordning.")
                return redirect("mote", found.pk)
    context = frame(found) | {"form": form, "since": since}
    return render(request, "moten/planning/stall_in.html", context, status=status)
