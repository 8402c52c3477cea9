"""The page of the standing template by which a body's agendas begin."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.meeting_rules import may_meet, meeting_rule
from governance.models import Body
from workflow.errors import Invalid, NoMandate
from workflow.forms.rows import Typed, changes_rows, typed_rows
from workflow.meetings.planning.itemforms import LineForm
from workflow.meetings.planning.keeper import who_plans
from workflow.meetings.planning.standing import (
    MOST_LINES,
    Line,
    default_template,
    digest_of,
    save_template,
    template_of,
)
from workflow.meetings.planning.views.common import PROBLEM
from workflow.meetings.rights import keeping
from workflow.requests import person_of, viewer_of

PREFIX = "rader"
NAMES = ("order", "kind", "title", "section", "duration", "sort")
Lines = forms.formset_factory(LineForm, extra=0, can_delete=True, absolute_max=2 * MOST_LINES, max_num=2 * MOST_LINES)
LAST = 1000
"""The place of a line that says none: after those that do."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, body_id: int) -> HttpResponse:
    """Write and order the template; the button *standard* brings the usual one back."""
    who = viewer_of(request)
    body = Body.objects.filter(pk=body_id, county__in=who.counties).first()
    if body is None:
        raise Http404
    if keeping(who, body) is None or not may_meet(body):
        raise NoMandate(who_plans(body))
    kept = template_of(body)
    if request.method != "POST":
        return _shown(request, body, _formset(kept), seen=digest_of(kept))
    seen = request.POST.get("sett", "")
    if "standard" in request.POST:
        return _shown(request, body, _formset(default_template(meeting_rule(body))), seen=seen)
    if changes_rows(request.POST, PREFIX):
        typed = typed_rows(request.POST, PREFIX, NAMES, order="order")
        return _shown(request, body, Lines(initial=typed.rows, prefix=PREFIX), seen=seen, typed=typed)
    lines = Lines(request.POST, prefix=PREFIX)
    if not lines.is_valid():
        return _shown(request, body, lines, seen=seen, status=PROBLEM)
    try:
        save_template(body.pk, _ordered(lines), actor=person_of(request), seen=seen)
    except Invalid as refusal:
        return _shown(
            request, body, lines, seen=digest_of(kept), problems=list(refusal.errors["lines"]), status=PROBLEM
        )
    messages.success(request, f"Mallen är sparad. Nya möten i {body.name} börjar med den.")
    return redirect(f"{reverse('moten')}?organ={body.pk}")


def _formset(lines: tuple[Line, ...]) -> "forms.BaseFormSet[LineForm]":
    return Lines(initial=[LineForm.said(line, order) for order, line in enumerate(lines, 1)], prefix=PREFIX)


def _ordered(lines: "forms.BaseFormSet[LineForm]") -> list[Line]:
    """Return the lines that are kept, in the order that they say."""
    kept = [form for form in lines.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    kept.sort(key=lambda form: form.cleaned_data.get("order") or LAST)
    return [form.line for form in kept]


def _shown(  # noqa: PLR0913 - what the page is made of
    request: HttpRequest,
    body: Body,
    lines: "forms.BaseFormSet[LineForm]",
    *,
    seen: str,
    problems: list[str] | None = None,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "body": body,
        "lines": lines,
        "seen": seen,
        "moved": typed,
        "errors": [{"target": "", "label": "", "message": problem} for problem in problems or []],
        "has_errors": bool(problems) or (lines.is_bound and not lines.is_valid()),
        "crumbs": [(reverse("moten"), "Möten")],
    }
    return render(request, "moten/planning/mall.html", context, status=status)
