"""The pages of what counties publish: the list, one published satsning, and publishing and taking back one's own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import County
from governance.posting import posted_from
from satsningar.present import part_text
from satsningar.revisions import RevisionDamaged
from workflow.beginnings.forms import WordsForm
from workflow.beginnings.publishing import (
    WHO,
    decided_revision,
    may_publish,
    open_publication,
    publication_of,
    publications,
    publish,
    published_parts,
    why_not,
    withdraw,
    words_beside,
)
from workflow.errors import NoMandate
from workflow.requests import person_of, viewer_of
from workflow.rights import Viewer
from workflow.selectors.cases import groups_to_create_for, readable_case, title_of
from workflow.views.conflicts import number_posted

PER_PAGE = 25
NO_SEAT = "Det som länen publicerar läses av den som har ett uppdrag i något län."


def _reader(request: HttpRequest) -> Viewer:
    who = viewer_of(request)
    if not who.counties:
        raise NoMandate(NO_SEAT)
    return who


@login_required
@require_safe
def published_list(request: HttpRequest) -> HttpResponse:
    """List what counties have published, newest first; found by words of the title."""
    who = _reader(request)
    form = WordsForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = publications(who)
    for word in words.split()[:12]:
        found = found.filter(title__icontains=word)
    shown = found.select_related("satsning").defer("satsning__station")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "publicerade/lista.html", {"page": page, "words_form": form, "words": words})


@login_required
@require_safe
def published(request: HttpRequest, publicering_id: int) -> HttpResponse:
    """Show what is published of a satsning, and nothing else of it."""
    who = _reader(request)
    found = open_publication(who, publicering_id)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "published": found,
        "crumbs": [(reverse("publicerade"), "Publicerade satsningar")],
        "is_example": found.satsning.is_example,
        "may_create": bool(groups_to_create_for(who)),
    }
    try:
        parts = published_parts(found.revision)
    except RevisionDamaged as damaged:
        return render(request, "publicerade/publicerad.html", context | {"damaged": damaged})
    texts = [part_text(code, value) for code, value in parts.items()]
    beside = words_beside(found.satsning, found.published_at)
    return render(request, "publicerade/publicerad.html", context | {"parts": texts, "beside": beside})


@login_required
def publishing(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show what would be published of a case, and what is; publish it."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    if may_publish(who, satsning) is None:
        raise NoMandate(WHO)
    if request.method == "POST":
        publish(satsning.pk, actor=person_of(request), expected_edition=number_posted(request, "edition"))
        messages.success(request, "Satsningen är publicerad för andra län.")
        return redirect("publicera", satsning.pk)
    revision, now = decided_revision(satsning), publication_of(satsning.pk)
    reason = why_not(satsning, revision)
    context: dict[str, Any] = {
        "satsning": satsning,
        "title": (title := title_of(satsning.pk)),
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title)],
        "county": County.objects.get(pk=satsning.county_id).name,
        "revision": revision,
        "reason": reason,
        "now": now,
        "is_current": bool(now and revision and now.revision_id == revision.pk),
        "parts": [part_text(code, value) for code, value in published_parts(revision).items()]
        if revision and not reason
        else [],
        "beside": words_beside(satsning),
    }
    return render(request, "publicerade/publicera.html", context)


@login_required
@posted_from("publicera", "satsning_id")
def take_back(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Take a publication back."""
    readable_case(viewer_of(request), satsning_id)
    withdraw(satsning_id, actor=person_of(request))
    messages.success(request, "Publiceringen är återtagen. Ingen utanför länet läser satsningen längre.")
    return redirect("publicera", satsning_id)
