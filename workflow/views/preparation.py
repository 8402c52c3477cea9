"""What is written around a case: the preparing body's statement, and the answers to requests for completion."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from satsningar import content
from satsningar.errors import Conflict
from satsningar.models import Satsning
from workflow import facts
from workflow.comments.showing import gathered
from workflow.errors import Invalid, NoMandate
from workflow.forms.preparation import ANSWER, SHOWN, AnswersForm, StatementForm
from workflow.forms.refusals import add_refusal
from workflow.links import part_url
from workflow.meetings.masking import requests_shown
from workflow.models import Komplettering, Utlatande
from workflow.preparation import (
    answer_completion,
    bodies_of_statements,
    mark_of_answers,
    save_statement,
    words_of,
)
from workflow.requests import is_autosave, person_of, viewer_of
from workflow.rights import Access, access, may_prepare
from workflow.selectors.cases import readable_case, title_of
from workflow.views.conflicts import KEEP_MINE, expected_version, takes_theirs
from workflow.vocabulary import Rekommendation


def _context(satsning: Satsning) -> dict[str, Any]:
    title = title_of(satsning.pk)
    return {"satsning": satsning, "title": title, "crumbs": [(reverse("satsning", args=[satsning.pk]), title)]}


@login_required
def statement(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show the statement of the person's own body; save what is posted."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    if takes_theirs(request):
        return redirect("utlatande", satsning.pk)
    standing = may_prepare(who, satsning)
    body_id = standing.body_id if standing else 0
    stored = Utlatande.objects.filter(satsning=satsning.pk, body=body_id).first()
    form = StatementForm(request.POST if request.method == "POST" else None, initial=words_of(stored))
    if request.method == "POST":
        return _save_statement(request, satsning, form)
    if standing is None:
        return _statement_as_text(request, satsning)
    return _statement_form(request, satsning, form, stored.version if stored else 0)


def _save_statement(request: HttpRequest, satsning: Satsning, form: StatementForm) -> HttpResponse:
    expected = expected_version(request)
    if form.is_valid():
        try:
            version = save_statement(satsning.pk, form.words, actor=person_of(request), expected_version=expected)
        except Conflict as conflict:
            return _statement_conflict(request, satsning, form, conflict)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            if is_autosave(request):
                return _saved({"version": version})
            messages.success(request, "Utlåtandet är sparat.")
            return redirect("satsning", satsning.pk)
    return _not_valid(request, form) or _statement_form(request, satsning, form, expected, status=422)


def _saved(more: dict[str, Any]) -> JsonResponse:
    return JsonResponse({"saved": f"{timezone.localtime():%H.%M}", **more})


def _not_valid(request: HttpRequest, form: StatementForm | AnswersForm) -> HttpResponse | None:
    """Return the errors as JSON to a form that saves itself; None when the page is to be shown again."""
    return JsonResponse({"errors": form.errors}, status=422) if is_autosave(request) else None


def _statement_form(  # noqa: PLR0913 - what the page is made of
    request: HttpRequest,
    satsning: Satsning,
    form: StatementForm,
    version: int,
    *,
    status: int = 200,
    conflict: dict[str, Any] | None = None,
) -> HttpResponse:
    shown = request.POST.get("version", version) if request.method == "POST" else version
    context = _context(satsning) | {"form": form, "version": shown, "conflict": conflict}
    return render(request, "satsning/utlatande.html", context, status=status)


def _statement_conflict(
    request: HttpRequest, satsning: Satsning, form: StatementForm, conflict: Conflict
) -> HttpResponse:
    labels = dict(Rekommendation.choices)
    rows = [
        {
            "label": str(field.label),
            "mine": labels.get(form.cleaned_data[name], form.cleaned_data[name]),
            "theirs": labels.get(conflict.current[name], conflict.current[name]),
        }
        for name, field in form.fields.items()
        if form.cleaned_data[name] != conflict.current[name]
    ]
    context = {"rows": rows, "version": conflict.version}
    if is_autosave(request):
        html = render_to_string("components/conflict.html", context, request)
        return JsonResponse({"html": html}, status=409)
    return _statement_form(request, satsning, form, conflict.version, status=409, conflict=context)


def _statement_as_text(request: HttpRequest, satsning: Satsning) -> HttpResponse:
    found = bodies_of_statements(satsning.pk, viewer_of(request).bodies)
    if not found:
        raise NoMandate("Utlåtandet skrivs av den grupp som bereder satsningen just nu, och läses bara av den gruppen.")
    return render(request, "satsning/utlatande_last.html", _context(satsning) | {"statements": found})


@login_required
def completion(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show the open requests for completion; save the answers that are posted."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    if takes_theirs(request):
        return redirect("komplettering", satsning.pk)
    asked = Komplettering.objects.filter(satsning=satsning.pk, closed_at=None).select_related("begard_av")
    requests = requests_shown(who, satsning, asked)
    known = facts.read(satsning.pk)
    writes = any(access(who, satsning, row.part, known) is Access.WRITE for row in requests)
    form = AnswersForm(request.POST if request.method == "POST" else None, requests=requests)
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            over = request.POST.get("konflikt_version", "") if request.POST.get("konflikt") == KEEP_MINE else ""
            try:
                marks = answer_completion(
                    satsning.pk, form.answers, actor=person_of(request), seen=form.seen(written_over=over)
                )
            except Conflict as found:
                status, conflict = 409, _answers_conflict(form, requests, found)
                if is_autosave(request):
                    html = render_to_string("components/conflict.html", conflict, request)
                    return JsonResponse({"html": html}, status=409)
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                if is_autosave(request):
                    return _saved({"values": {f"{SHOWN}{id_}": mark for id_, mark in marks.items()}})
                messages.success(request, "Svaren är sparade. Lämna kompletteringen när allt är klart.")
                return redirect("satsning", satsning.pk)
        if answer := _not_valid(request, form):
            return answer
    context = _context(satsning) | {
        "form": form,
        "gathered": gathered(satsning, content.read(satsning.pk)) if requests else [],
        "unanswered": known.unanswered_parts,
        "conflict": conflict,
        "writes": writes,
        "pairs": [(row, field, part_url(satsning.pk, row.part)) for row, field in form.pairs],
    }
    return render(request, "satsning/komplettering.html", context, status=status)


def _answers_conflict(form: AnswersForm, requests: list[Komplettering], conflict: Conflict) -> dict[str, Any]:
    """Return both texts of every answer that differs, as the conflict shows them."""
    for row in requests:
        row.svar = conflict.current.get(str(row.pk), row.svar)
    rows = [
        {"label": row.get_part_display(), "mine": mine, "theirs": row.svar}
        for row in requests
        if (mine := form.cleaned_data[f"{ANSWER}{row.pk}"].strip()) != row.svar
    ]
    return {"rows": rows, "version": mark_of_answers(requests)}
