"""Making a new case."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.models import Body
from governance.vocabulary import Mandate
from workflow.beginnings.selectors import templates_for
from workflow.beginnings.sources import find_start
from workflow.creation import create_satsning, possible_preparing_bodies
from workflow.errors import Invalid, NoMandate
from workflow.forms.creation import CreationForm
from workflow.forms.refusals import add_refusal
from workflow.requests import person_of, viewer_of
from workflow.selectors.cases import groups_to_create_for

EMPTY = "Utkastet är skapat. Börja med uppdraget, eller ta delarna i den ordning du vill."
COPIED = "Utkastet är skapat. Gå igenom varje del som är kopierad innan ni lämnar in satsningen."


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Show the form, or make the case and go to its page."""
    groups = {body.pk: body for body in groups_to_create_for(viewer_of(request))}
    if not groups:
        raise NoMandate(
            "En satsning skapas av en ledamot i en arbetsgrupp, av regionalt stöd eller av länsstyrgruppen."
        )
    preparing = preparing_bodies(list(groups.values()))
    named = request.POST.get("fran") or request.GET.get("fran", "")
    start = find_start(viewer_of(request), named) if named else None
    if named and start is None:
        raise Http404
    initial = {"ansvarig_grupp": next(iter(groups)), "titel": start.title if start else ""}
    form = CreationForm(request.POST or None, groups=list(groups.values()), preparing=preparing, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = {body.pk: body for body in preparing}
        try:
            satsning_id, _ = create_satsning(
                groups[form.cleaned_data["ansvarig_grupp"]],
                form.cleaned_data["titel"],
                actor=person_of(request),
                beredningsgrupp=chosen.get(form.cleaned_data.get("beredningsgrupp") or 0),
                start=start,
            )
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, COPIED if start else EMPTY)
            return redirect("satsning", satsning_id)
    context: dict[str, Any] = {"form": form, "start": start, "named": named}
    if start is None:
        context["may_keep"] = any(one.mandate == Mandate.LEDA_ARENDEN for one in viewer_of(request).standings)
        context["mallar"] = templates_for({group.county_id for group in groups.values()})
    return render(request, "satsning/ny.html", context, status=422 if form.errors else 200)


def preparing_bodies(groups: list[Body]) -> list[Body]:
    """Return the bodies to choose among for preparation, for those of the groups whose chain does not say it."""
    found: dict[int, Body] = {}
    for group in groups:
        try:
            found |= {body.pk: body for body in possible_preparing_bodies(group)}
        except Invalid:
            continue
    return sorted(found.values(), key=lambda body: (body.position, body.pk))
