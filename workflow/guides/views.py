"""The pages of help, and the guides that are put away and had back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from governance.posting import posted_from
from governance.vocabulary import BodyKind
from satsningar.help import PART_GUIDES
from workflow.guides.actions import hide_guide, show_guide
from workflow.guides.pages import KEYS, TERMS
from workflow.guides.selectors import bodies_of, guides_of, help_with, paths_in_short, shown_guides, who_does_what
from workflow.guides.vocabulary import Guide
from workflow.requests import person_of, viewer_of


@login_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the path in short, who does what, the terms, the keyboard and whom to ask."""
    who = viewer_of(request)
    bodies = bodies_of(who.counties)
    context = {
        "guides": shown_guides(who),
        "paths": paths_in_short(who, bodies),
        "roles": who_does_what(bodies),
        "terms": TERMS,
        "keys": KEYS,
        "support": [body for body in bodies if body.kind == BodyKind.REGIONALT_STOD],
    }
    return render(request, "hjalp/hjalp.html", context)


@login_required
@require_safe
def parts_page(request: HttpRequest) -> HttpResponse:
    """Show what each part is for, what a good one looks like and who may help."""
    bodies = bodies_of(viewer_of(request).counties)
    context = {"parts": [help_with(part, bodies) for part in PART_GUIDES]}
    return render(request, "hjalp/delar.html", context)


@login_required
@posted_from("hjalp")
def hide(request: HttpRequest, guide: str) -> HttpResponse:
    """Put one of the person's own guides away."""
    found = _own(request, guide)
    hide_guide(person_of(request), found)
    messages.success(request, "Genomgången visas inte igen. Du hittar den under Hjälp.")
    return redirect("mitt_arbete")


@login_required
@posted_from("hjalp")
def show(request: HttpRequest, guide: str) -> HttpResponse:
    """Have one of the person's own guides back on *mitt arbete*."""
    found = _own(request, guide)
    show_guide(person_of(request), found)
    messages.success(request, "Genomgången visas här igen.")
    return redirect("mitt_arbete")


def _own(request: HttpRequest, guide: str) -> Guide:
    """Return the guide by its code, found among those that are the person's."""
    found = next((one for one in guides_of(viewer_of(request)) if one.value == guide), None)
    if found is None:
        raise Http404
    return found
