"""The county file in the browser: what is loaded and was, a file that is checked, its difference, and the load."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.countyfile import ChangedMeanwhile, CountyFileError, Problem, decode, export, load_history
from governance.countyfile.marking import marked, numbered
from governance.countyfile.reading import refuse_size
from governance.countyloading import (
    check_file,
    examine_draft,
    load_draft,
    may_begin_county,
    may_load,
    may_load_something,
)
from governance.errors import NotAdministrator
from governance.models import County, CountyDraft, CountyLoad
from governance.views.common import demand_administrator, insight, page, person_of

LOADS_SHOWN = 10


@require_safe
@page
def start(request: HttpRequest) -> HttpResponse:
    """Show what there is to do with county files: one's counties, the guide, and a file for a new county."""
    seen = insight(request)
    counties = [county for county in seen.counties if county.pk in seen.administered]
    context = {"counties": counties, "may_begin": may_begin_county(person_of(request))}
    return render(request, "lansfil/start.html", context)


def _county(request: HttpRequest, county_id: int) -> County:
    """Return a county of one's own that one administers.

    Raises:
        Http404: it is none of the person's counties.
        NotAdministrator: somebody else administers it.

    """
    county = next((one for one in insight(request).counties if one.pk == county_id), None)
    if county is None:
        raise Http404
    demand_administrator(request, county.pk)
    return county


@require_safe
@page
def county(request: HttpRequest, county_id: int) -> HttpResponse:
    """Show who loaded what when, each load with what it changed, and where a file is handed in."""
    of = _county(request, county_id)
    rows = CountyLoad.objects.filter(county=of).select_related("loaded_by")
    shown = Paginator(rows, LOADS_SHOWN).get_page(request.GET.get("sida"))
    after = [*shown.object_list, *rows[shown.end_index() : shown.end_index() + 1]]
    context = {
        "county": of,
        "page": shown,
        "loads": load_history(after)[: len(shown.object_list)],
        "crumbs": [(reverse("lansfil"), "Länsfil")],
    }
    return render(request, "lansfil/lan.html", context)


@require_safe
@page
def in_force(request: HttpRequest, county_id: int) -> HttpResponse:
    """Hand out what is in force as a county file."""
    of = _county(request, county_id)
    return file_response(export(of), f"lansfil-{of.code}.toml")


def file_response(text: str, name: str) -> HttpResponse:
    """Return a county file to save."""
    response = HttpResponse(text.encode(), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@page
def edit(request: HttpRequest, county_id: int) -> HttpResponse:
    """Show the county's file to be changed: as last loaded, with its comments, where that is what is in force."""
    of = _county(request, county_id)
    text = export(of)
    newest = CountyLoad.objects.filter(county=of).first()
    if newest is not None and load_history([newest])[0].says(text):
        text = newest.text
    crumbs = [(reverse("lansfil"), "Länsfil"), (reverse("lanets_lansfil", args=[of.pk]), of.name)]
    return render(request, "lansfil/skriv.html", {"county": of, "text": text, "crumbs": crumbs})


def _load(request: HttpRequest, load_id: int) -> CountyLoad:
    row = CountyLoad.objects.select_related("county", "loaded_by").filter(pk=load_id).first()
    if row is None:
        raise Http404
    _county(request, row.county_id)
    return row


@require_safe
@page
def loaded(request: HttpRequest, load_id: int) -> HttpResponse:
    """Show a file as it was loaded, and what it changed."""
    row = _load(request, load_id)
    before = CountyLoad.objects.filter(county=row.county_id, pk__lt=row.pk)[:1]
    context = {
        "load": load_history([row, *before])[0],
        "lines": numbered(row.text),
        "crumbs": [
            (reverse("lansfil"), "Länsfil"),
            (reverse("lanets_lansfil", args=[row.county_id]), row.county.name),
        ],
    }
    return render(request, "lansfil/laddning.html", context)


@require_safe
@page
def loaded_file(request: HttpRequest, load_id: int) -> HttpResponse:
    """Hand out a file as it was loaded."""
    row = _load(request, load_id)
    return file_response(row.text, f"lansfil-{row.county.code}-{row.loaded_at:%Y-%m-%d}.toml")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def check(request: HttpRequest) -> HttpResponse:
    """Check a file that is sent or written; go on to its difference, or show every fault beside its line."""
    person = person_of(request)
    if not may_load_something(person):
        raise NotAdministrator
    if request.method != "POST":
        return render(request, "lansfil/skriv.html", {"text": "", "crumbs": [(reverse("lansfil"), "Länsfil")]})
    text = ""
    try:
        text = _sent(request)
        draft = check_file(text, actor=person)
    except CountyFileError as error:
        return _faults(request, text, error)
    return HttpResponseRedirect(reverse("granska_lansfil", args=[draft.pk]))


def _sent(request: HttpRequest) -> str:
    """Return the text that was sent as a file, or written.

    Raises:
        CountyFileError: there is none, it is too large, or it is no text.

    """
    upload = request.FILES.get("fil")
    if upload is not None:
        refuse_size(upload.size or 0)
        return decode(upload.read())
    if "text" not in request.POST:
        raise CountyFileError([Problem("filen", "Ingen fil är vald.", "Välj en länsfil på din dator.")])
    return str(request.POST["text"]).replace("\r\n", "\n")


def _faults(request: HttpRequest, text: str, error: CountyFileError) -> HttpResponse:
    context = {
        "has_errors": True,
        "text": text,
        "problems": error.problems,
        "lines": marked(text, error.problems),
        "crumbs": [(reverse("lansfil"), "Länsfil")],
    }
    return render(request, "lansfil/skriv.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def review(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show what a checked file of one's own changes, and load it when its owner says so."""
    person = person_of(request)
    draft = CountyDraft.objects.filter(pk=draft_id, person=person).first()
    if draft is None:
        raise Http404
    if not may_load(person, draft.code):
        raise NotAdministrator
    try:
        return _loaded(request, draft) if request.method == "POST" else _difference(request, draft)
    except CountyFileError as error:
        return _faults(request, draft.text, error)


def _loaded(request: HttpRequest, draft: CountyDraft) -> HttpResponse:
    """Load the draft and tell what was done; show the difference anew when the county is no longer as it was seen.

    Raises:
        CountyFileError: what is loaded no longer agrees with the file.

    """
    try:
        difference = load_draft(draft, actor=person_of(request), seen=request.POST.get("sett", "-"))
    except ChangedMeanwhile:
        return _difference(request, draft, changed=True)
    of = County.objects.get(code=draft.code)
    count = len(difference.changes)
    messages.success(request, f"Länsfilen för {of} är laddad: {count} {'ändring' if count == 1 else 'ändringar'}.")
    if of.pk in insight(request).county_ids:
        return HttpResponseRedirect(reverse("lanets_lansfil", args=[of.pk]))
    messages.info(request, f"Utse den första som administrerar {of} med kommandot manage.py administrator {of.code}.")
    return HttpResponseRedirect(reverse("lansfil"))


def _difference(request: HttpRequest, draft: CountyDraft, *, changed: bool = False) -> HttpResponse:
    """Show what the draft changes.

    Raises:
        CountyFileError: what is loaded no longer agrees with the file.

    """
    found = examine_draft(draft)
    of = County.objects.filter(code=draft.code).first()
    context: dict[str, Any] = {
        "draft": draft,
        "spec": found.spec,
        "county": of,
        "difference": found.difference,
        "state": found.state,
        "nobody_administers": not found.spec.is_administered,
        "changed": changed,
        "newest": CountyLoad.objects.filter(county=of).select_related("loaded_by").first() if changed else None,
        "crumbs": [(reverse("lansfil"), "Länsfil")],
    }
    return render(request, "lansfil/granska.html", context, status=409 if changed else 200)
