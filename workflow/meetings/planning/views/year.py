"""The year's dates in one go: written or found by a pattern, checked, then planned all at once."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.models import Body
from governance.permissions import today
from workflow.errors import Invalid, NoMandate
from workflow.forms.refusals import add_refusal
from workflow.meetings.planning.actions import plan_many
from workflow.meetings.planning.dates import WEEKDAYS, days_of_year, deadlines, oddities, read_days
from workflow.meetings.planning.forms import PatternForm, YearForm
from workflow.meetings.planning.selectors import planned_bodies
from workflow.meetings.planning.views.common import PROBLEM
from workflow.meetings.planning.views.meetings import NOBODY_PLANS
from workflow.requests import person_of, viewer_of

JULY = 7


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a year's meetings.

    The button *fyll* writes the days of the pattern, *kontrollera* shows them with their last days, *planera* writes
    the meetings; it is there once the days have been shown, and shows them again where they are others than those.
    """
    bodies = planned_bodies(viewer_of(request))
    if not bodies:
        raise NoMandate(NOBODY_PLANS)
    if request.method != "POST":
        first = {"body": request.GET.get("organ") or bodies[0].pk}
        return _shown(request, YearForm(initial=first, bodies=bodies), _pattern(request))
    if "fyll" in request.POST:
        return _filled(request, bodies)
    form = YearForm(request.POST, bodies=bodies)
    written = read_days(request.POST.get("days", ""))
    if not form.is_valid() or written.errors or not written.days:
        for sentence in written.errors or (() if written.days else ("Skriv minst en dag.",)):
            form.add_error("days", sentence)
        return _shown(request, form, _pattern(request), status=PROBLEM)
    body = next(one for one in bodies if one.pk == form.cleaned_data["body"])
    seen = request.POST.get("sedda", "")
    if "planera" in request.POST and seen == _key(body, written.days):
        try:
            made = plan_many(body.pk, form.plans(written.days), actor=person_of(request))
        except Invalid as refusal:
            add_refusal(form, refusal, {"day": "days"})
            return _shown(request, form, _pattern(request), body=body, days=written.days, status=PROBLEM)
        noun = "1 möte är planerat" if len(made) == 1 else f"{len(made)} möten är planerade"
        messages.success(request, f"{noun}. Dagordningarna börjar med gruppens mall.")
        return redirect(f"{reverse('moten')}?organ={body.pk}")
    return _shown(request, form, _pattern(request), body=body, days=written.days)


def _filled(request: HttpRequest, bodies: list[Body]) -> HttpResponse:
    """Write the days of the pattern below those that are written."""
    pattern = PatternForm(request.POST)
    typed = {name: request.POST.get(name, "") for name in YearForm.base_fields}
    if not pattern.is_valid():
        return _shown(request, YearForm(initial=typed, bodies=bodies), pattern, status=PROBLEM)
    said = pattern.cleaned_data
    found = days_of_year(said["ar"], said["ordning"], said["veckodag"], said["manader"])
    kept = typed["days"].split()
    lines = [*kept, *(day.isoformat() for day in found if day.isoformat() not in kept)]
    typed["days"] = "\n".join(lines)
    return _shown(request, YearForm(initial=typed, bodies=bodies), pattern)


def _pattern(request: HttpRequest) -> PatternForm:
    """Return the pattern as it was, or the usual one: each month from February but July, next year."""
    first: dict[str, Any] = {"ordning": 2, "veckodag": 3, "ar": today().year + 1}
    first["manader"] = [month for month in range(2, 13) if month != JULY]
    if request.method == "POST" and "ar" in request.POST:
        first = {name: request.POST.get(name, "") for name in ("ordning", "veckodag", "ar")}
        first["manader"] = request.POST.getlist("manader")
    return PatternForm(initial=first)


def _key(body: Body, days: tuple[date, ...]) -> str:
    return " ".join([str(body.pk), *(day.isoformat() for day in days)])


def _shown(  # noqa: PLR0913 - what the page is made of
    request: HttpRequest,
    form: YearForm,
    pattern: PatternForm,
    *,
    body: Body | None = None,
    days: tuple[date, ...] = (),
    status: int = 200,
) -> HttpResponse:
    rows = [
        {
            "day": day,
            "weekday": WEEKDAYS[day.weekday()],
            "last": deadlines(body, day),
            "odd": oddities(body, day, today=today()),
        }
        for day in days
        if body is not None
    ]
    context = {
        "form": form,
        "pattern": pattern,
        "has_errors": bool(form.errors or pattern.errors),
        "rows": rows,
        "n_odd": sum(bool(row["odd"]) for row in rows),
        "body": body,
        "seen": _key(body, days) if body else "",
        "crumbs": [(reverse("moten"), "Möten")],
    }
    return render(request, "moten/planning/aret.html", context, status=status)
