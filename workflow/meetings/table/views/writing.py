"""What is written beside the decisions: the secretary's text, a reservation's text, and jäv declared beforehand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from governance.permissions import today
from governance.posting import posted_from
from workflow.errors import Invalid, NotFromHere, Refusal
from workflow.meetings.minutes.actions import TextChanged, save_text
from workflow.meetings.models import AgendaItem, Jav, Meeting, Reservation
from workflow.meetings.planning.selectors import agenda_of
from workflow.meetings.planning.views.common import frame
from workflow.meetings.rights import is_secret, keeping, may_read_secret
from workflow.meetings.selectors import seats_at
from workflow.meetings.table.dissent import WrittenSince, seen_of, write_reservation_text
from workflow.meetings.table.forms.advance import AdvanceForm
from workflow.meetings.table.forms.small import DissentTextForm, TextForm
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.keeping import MATTERS
from workflow.meetings.table.views.common import answered, kept_meeting, meeting_of, valid, with_errors
from workflow.meetings.table.views.pages import show_item
from workflow.meetings.vocabulary import JavState, MeetingForm, MeetingState
from workflow.requests import is_autosave, person_of, viewer_of
from workflow.views.conflicts import expected_version, takes_theirs


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id")
def minutes_text(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Save what the secretary writes beside the facts of an item; the form also sends itself."""
    meeting = kept_meeting(request, meeting_id)
    item = AgendaItem.objects.filter(meeting=meeting, pk=item_id).first()
    if item is None:
        raise Http404
    here = redirect("bordet_punkt", meeting.pk, item_id)
    if takes_theirs(request):
        return here
    form = TextForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            version = save_text(item_id, text, actor=person_of(request), expected=expected_version(request))
        except TextChanged as conflict:
            return _conflict(request, meeting, item_id, form, conflict)
        except Invalid as refusal:
            with_errors(form, refusal)
        else:
            if is_autosave(request):
                return JsonResponse({"saved": f"{timezone.localtime():%H.%M}", "version": version})
            messages.success(request, "Texten till protokollet är sparad.")
            return here
    if is_autosave(request):
        return JsonResponse({"errors": form.errors}, status=422)
    return show_item(request, meeting, item_id, refusal=Invalid({}), text_form=form)


def _conflict(
    request: HttpRequest, meeting: Meeting, item_id: int, form: TextForm, conflict: TextChanged
) -> HttpResponse:
    rows = [{"label": "Text", "mine": form.cleaned_data["text"], "theirs": conflict.text}]
    context: dict[str, Any] = {"rows": rows, "version": conflict.edition}
    if is_autosave(request):
        return JsonResponse({"html": render_to_string("components/conflict.html", context, request)}, status=409)
    return show_item(request, meeting, item_id, refusal=conflict, conflict=context, text_form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dissent_text(request: HttpRequest, meeting_id: int, reservation_id: int) -> HttpResponse:
    """Write the text of a reservation or note, by its day."""
    meeting = meeting_of(request, meeting_id)
    who = viewer_of(request)
    rows = Reservation.objects.select_related("item__paragraf", "item__matter", "membership")
    found = rows.filter(pk=reservation_id, item__meeting=meeting).first()
    if found is None or (is_secret(found.item) and not may_read_secret(who, meeting)):
        raise Http404
    is_own = found.membership.person_id == who.person_id
    if not is_own and keeping(who, meeting.body) is None:
        raise Http404
    there = reverse("bordet_punkt", args=[meeting.pk, found.item_id]) + "#avvikande"
    form = DissentTextForm(request.POST if request.method == "POST" else None, initial={"text": found.text})
    context = frame(meeting) | {"form": form, "found": found, "is_late": today() > found.due, "back": there}
    if request.method != "POST":
        return render(request, "moten/table/avvikande_text.html", context | {"seen": seen_of(found)})
    context["seen"] = seen = request.POST.get("seen", "")

    def act() -> str:
        write_reservation_text(found.pk, text=valid(form)["text"], actor=person_of(request), seen=seen)
        return "Texten är sparad."

    def shown(refusal: Refusal) -> HttpResponse:
        with_errors(form, refusal)
        if isinstance(refusal, WrittenSince):
            context.update({"theirs": refusal.text, "seen": refusal.seen})
        return render(request, "moten/table/avvikande_text.html", context, status=refusal.status)

    return answered(request, act, to=there, shown=shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_jav(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Declare one's own jäv in matters of a meeting that has been called."""
    meeting = meeting_of(request, meeting_id)
    who = viewer_of(request)
    own = [seat for seat in seats_at(meeting).values() if seat.person_id == who.person_id]
    if not own:
        raise Http404
    if meeting.state not in {MeetingState.KALLAT, MeetingState.PAGAR}:
        raise NotFromHere("Jäv anmäls från det att kallelsen har gått ut tills ärendet är behandlat.")
    seat = next((one for one in own if one.votes), own[0])
    rows = agenda_of(who, meeting).rows
    open_matters = [
        (row.item.pk, row.title) for row in rows if row.number and row.item.kind in MATTERS and not row.item.settled_at
    ]
    declared = list(Jav.objects.filter(item__meeting=meeting, membership=seat.membership_id).select_related("item"))
    has_jav = {one.item_id for one in declared if one.state == JavState.JAV}
    matters = [(key, title) for key, title in open_matters if key not in has_jav]
    form = AdvanceForm(request.POST if request.method == "POST" else None, matters=matters)
    in_writing = meeting.form == MeetingForm.PER_CAPSULAM
    there = reverse("per_capsulam" if in_writing else "anmal_jav", args=[meeting.pk])
    context = frame(meeting) | {
        "form": form,
        "declared": declared,
        "matters": matters,
        "declared_all": bool(open_matters),
    }

    def act() -> str:
        said = valid(form)
        set_jav(
            meeting.pk,
            said["item"],
            seat.membership_id,
            state=JavState.JAV,
            reason=said["reason"],
            actor=person_of(request),
        )
        return "Ditt jäv är anmält. Du deltar inte i ärendet."

    def shown(refusal: Refusal) -> HttpResponse:
        with_errors(form, refusal)
        return render(request, "moten/table/anmal_jav.html", context, status=refusal.status)

    if request.method != "POST":
        return render(request, "moten/table/anmal_jav.html", context)
    return answered(request, act, to=there, shown=shown)
