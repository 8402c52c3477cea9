"""What was frozen, readable as it was, and two states of a case side by side."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from satsningar import content
from satsningar.content import Content
from satsningar.models import Revision, Satsning
from satsningar.partspec import PARTS
from satsningar.present import part_text
from satsningar.revisions import RevisionDamaged, difference, revision_content
from satsningar.vocabulary import DECIDED_PARTS
from workflow.avsteg.selectors import avsteg_at
from workflow.requests import viewer_of
from workflow.selectors.cases import readable_case
from workflow.selectors.revisions import (
    NOW,
    PROPOSED,
    name_of_act,
    names_of_acts,
    proposed_content,
    revision_of,
    revisions_of,
)
from workflow.views.comparing import compare_rows

LARGEST_NUMBER = 2**31 - 1


def _context(satsning: Satsning, title: str) -> dict[str, Any]:
    return {"satsning": satsning, "title": title, "crumbs": [(reverse("satsning", args=[satsning.pk]), title)]}


@login_required
@require_safe
def revision(request: HttpRequest, satsning_id: int, number: int) -> HttpResponse:
    """Show the content as it was frozen."""
    satsning = readable_case(viewer_of(request), satsning_id)
    found = revision_of(satsning.pk, min(number, LARGEST_NUMBER))
    if found is None:
        raise Http404
    damaged, parts = "", []
    try:
        frozen = revision_content(found)
        parts = [part_text(code, frozen[code]) for code in PARTS if _is_shown(code, frozen)]
        title = frozen["uppdrag"]["titel"]
    except RevisionDamaged as error:
        damaged, title = str(error), str(satsning)
    context = _context(satsning, title) | {
        "revision": found,
        "act": name_of_act(satsning, found),
        "parts": parts,
        "damaged": damaged,
        "papers_avsteg": avsteg_at(satsning.pk, found.pk),
    }
    return render(request, "satsning/revision.html", context)


def _is_shown(code: str, frozen: Mapping[str, Any]) -> bool:
    """Tell whether a part is shown: those of the proposal always, later ones once something is written."""
    written = any(answer not in (None, "", []) for answer in frozen.get(code, {}).values())
    return code in frozen and (code in DECIDED_PARTS or written)


class Side(forms.Form):
    """Which two states are compared."""

    fran = forms.ChoiceField(label="Jämför")
    till = forms.ChoiceField(label="med")


@login_required
@require_safe
def compare(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show what differs between two revisions, a revision and now, or now and the proposed changes."""
    satsning = readable_case(viewer_of(request), satsning_id)
    read = content.read(satsning.pk)
    revisions = revisions_of(satsning.pk)
    names = _names(satsning, revisions)
    form = Side({"fran": request.GET.get("fran", NOW), "till": request.GET.get("till", NOW)})
    for name in ("fran", "till"):
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(names.items())
    if not form.is_valid():
        raise Http404
    sides = form.cleaned_data
    damaged, rows = "", []
    try:
        before, after = (_state(satsning, sides[name], read, revisions) for name in ("fran", "till"))
        rows = [row for part in difference(before, after) for row in compare_rows(part)]
    except RevisionDamaged as error:
        damaged = str(error)
    context = _context(satsning, read.title) | {
        "sides": form,
        "rows": rows,
        "before_title": names[sides["fran"]],
        "after_title": names[sides["till"]],
        "damaged": damaged,
    }
    return render(request, "satsning/jamfor.html", context)


def _names(satsning: Satsning, revisions: list[Revision]) -> dict[str, str]:
    acts = names_of_acts(satsning, revisions)
    frozen = {str(one.number): f"Revision {one.number}, {acts[one.number].lower()}" for one in revisions}
    return {NOW: "Som det är nu", PROPOSED: "Med föreslagna ändringar", **frozen}


def _state(satsning: Satsning, key: str, read: Content, revisions: list[Revision]) -> Mapping[str, Any]:
    if key == NOW:
        return read.parts
    if key == PROPOSED:
        return proposed_content(satsning.pk, read)
    return revision_content(next(one for one in revisions if str(one.number) == key))
