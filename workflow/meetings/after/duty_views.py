"""The pages of open decisions: the list and its sheet, one of them, and a new one."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.permissions import today
from workflow.errors import Invalid, NotFromHere
from workflow.forms.refusals import add_refusal
from workflow.meetings.after.duties import Duty, add_duty, carry_out, who_carries_out
from workflow.meetings.after.forms import DoneForm, DutyFilter, DutyForm
from workflow.meetings.after.open_duties import Asked, Duties, OpenDuty, bodies_in, of_duty, read, with_words
from workflow.meetings.after.receivers import bodies_of, decided_paragraphs
from workflow.meetings.after.rights import carrying_out, hidden_duties, readable_duties
from workflow.meetings.after.views import PROBLEM
from workflow.meetings.planning.views.common import crumbs_of
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import readable_meeting
from workflow.overview.sheets import Column, as_csv, as_xlsx, parts
from workflow.requests import person_of, viewer_of

PER_PAGE = 50
COLUMNS: tuple[Column[OpenDuty], ...] = (
    Column("Vad", 60, lambda one: one.text),
    Column("Slag", 18, lambda one: one.kind),
    Column("Ärende", 45, lambda one: one.title),
    Column("Beslutat av", 26, lambda one: one.body),
    Column("Paragraf", 12, lambda one: one.paragraph),
    Column("Beslutat", 12, lambda one: one.decided_on),
    Column("Ansvarig", 34, lambda one: one.responsible),
    Column("Senast", 12, lambda one: one.due),
    Column("Dagar sedan beslutet", 10, lambda one: one.age),
    Column("Försenat", 18, lambda one: one.late_in_words),
    Column("Verkställt", 12, lambda one: one.done_on),
    Column("Hur", 60, lambda one: one.done_text),
)


def _asked(request: HttpRequest) -> tuple[DutyFilter, Duties]:
    who = viewer_of(request)
    deciding, responsible = bodies_in(who)
    form = DutyFilter(request.GET, deciding=deciding, responsible=responsible)
    values = form.values
    asked = Asked(
        body=values.get("organ"),
        responsible=values.get("ansvarig"),
        late=values.get("lage") == "sena",
        done=values.get("lage") == "verkstallda",
    )
    return form, Duties(who, asked)


@login_required
@require_safe
def duties_page(request: HttpRequest) -> HttpResponse:
    """List what decisions ask for, oldest first."""
    form, duties = _asked(request)
    page = Paginator(cast("Any", duties), PER_PAGE).get_page(request.GET.get("sida"))
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "chosen": form.chosen(),
        "page": page,
        "rows": read(viewer_of(request), list(page.object_list)),
        "done": form.values.get("lage") == "verkstallda",
        "query": query.urlencode(),
    }
    return render(request, "moten/after/att_verkstalla.html", context)


@login_required
@require_safe
def duties_sheet(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Return the same list, all of it, as a sheet."""
    _, duties = _asked(request)
    rows = parts(cast("Any", duties[0 : len(duties)]), cast("Any", partial(read, viewer_of(request))))
    if ending == "csv":
        return as_csv("beslut-att-verkstalla", COLUMNS, rows)
    if ending == "xlsx":
        return as_xlsx("beslut-att-verkstalla", "Beslut att verkställa", COLUMNS, rows)
    raise Http404(reverse("oppna_beslut"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duty_page(request: HttpRequest, uppdrag_id: int) -> HttpResponse:
    """Show one thing that a decision asks for; say that it is carried out."""
    who = viewer_of(request)
    row = (
        with_words(readable_duties(who))
        .select_related("paragraf__item__anmalan__satsning", "created_by")
        .filter(pk=uppdrag_id)
        .first()
    )
    if row is None:
        raise Http404
    form = DoneForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                carry_out(row.pk, form.cleaned_data["text"], actor=person_of(request))
            except Invalid as refusal:
                add_refusal(form, refusal)
            except NotFromHere as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, "Att beslutet är verkställt är infört.")
                return redirect("beslutsuppdrag", row.pk)
    may = row.done_at is None and carrying_out(who, row) is not None
    context = {
        "row": row,
        "duty": of_duty(row, today(), hides=bool(hidden_duties(who, [row]))),
        "satsning": row.paragraf.item.anmalan.satsning if row.paragraf.item.anmalan else None,
        "form": form if may or form.errors else None,
        "who": who_carries_out(row) if row.done_at is None and not may else "",
        "crumbs": [(reverse("oppna_beslut"), "Beslut att verkställa")],
    }
    return render(request, "moten/after/uppdrag.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_duty_page(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Add something to carry out to a decided paragraph."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    paragraf = next((one for one in decided_paragraphs(meeting) if one.item_id == item_id), None)
    if paragraf is None or keeping(who, meeting.body) is None:
        raise Http404
    bodies = [(body.pk, body.name) for body in bodies_of([meeting.body.county_id])]
    form = DutyForm(request.POST if request.method == "POST" else None, bodies=bodies)
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            said = form.cleaned_data
            duty = Duty(said["text"], said["responsible"], said["due"], said["kind"])
            try:
                add_duty(meeting.pk, paragraf.pk, duty, actor=person_of(request))
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, f"Uppdraget är infört vid {paragraf.label}.")
                return redirect("utdrag_expediera", meeting.pk)
    context = {
        "meeting": meeting,
        "paragraf": paragraf,
        "form": form,
        "crumbs": [
            *crumbs_of(meeting),
            (reverse("utdrag_expediera", args=[meeting.pk]), "Utdrag"),
        ],
    }
    return render(request, "moten/after/nytt_uppdrag.html", context, status=status)
