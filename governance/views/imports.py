"""People from a sheet: the template, the upload with what is to mend, the difference, and reading in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.directory import Insight
from governance.errors import NotAdministrator, Refused
from governance.forms.fields import show_refusal
from governance.forms.imports import UploadForm
from governance.import_people import Changed, answer, check_file, check_kept, discard, load
from governance.import_people import template as sheets
from governance.import_people.columns import MOST_ROWS
from governance.import_people.known import Known
from governance.import_people.spec import ANOTHER, Checked, SeatChange
from governance.models import County, PeopleImport
from governance.permissions import today
from governance.views.common import demand_administrator, page, person_of
from governance.views.sheets import SHOWN, shown_of, template_response

CRUMBS = [("personer", "Personer"), ("las_in_personer", "Läs in personer")]


def _crumbs(count: int) -> list[tuple[str, str]]:
    return [(reverse(name), text) for name, text in CRUMBS[:count]]


def _counties(seen: Insight) -> list[County]:
    return [county for county in seen.counties if county.pk in seen.administered]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and check it whole: everything to mend is shown at once, else the difference."""
    seen = demand_administrator(request)
    counties = _counties(seen)
    if request.method != "POST":
        return _upload_page(request, UploadForm(counties=counties), counties)
    form = UploadForm(request.POST, request.FILES, counties=counties)
    if not form.is_valid():
        return _upload_page(request, form, counties)
    file = form.cleaned_data["file"]
    try:
        checked, kept = check_file(file.read(), file.name or "", actor=person_of(request), county=form.chosen_county)
    except NotAdministrator:
        raise
    except Refused as refusal:
        show_refusal(form, refusal)
        return _upload_page(request, form, counties)
    if kept is None:
        return _upload_page(request, form, counties, checked, file.name)
    return HttpResponseRedirect(reverse("inlasning", args=[kept.pk]))


def _upload_page(
    request: HttpRequest, form: UploadForm, counties: list[County], checked: Checked | None = None, name: str = ""
) -> HttpResponse:
    problems = checked.problems if checked else []
    done = PeopleImport.objects.filter(county__in=counties).exclude(loaded_at=None)
    context = {
        "form": form,
        "has_errors": bool(form.errors or problems),
        "file_name": name,
        **shown_of(problems, checked.notices if checked else []),
        "counties": counties,
        "several_counties": len(counties) > 1,
        "most_rows": MOST_ROWS,
        "earlier": [_earlier(one) for one in done.select_related("loaded_by", "county")[:10]],
        "crumbs": _crumbs(1),
    }
    return render(request, "personer/import/upload.html", context, status=422 if form.errors or problems else 200)


def _earlier(done: PeopleImport) -> dict[str, Any]:
    return {"row": done, "people": done.counts.get("people", 0), "added": done.counts.get("added", 0)}


@require_safe
@page
def template(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the template of a county to fill in, as XLSX or CSV."""
    seen = demand_administrator(request)
    asked = request.GET.get("lan", "")
    county = next((one for one in _counties(seen) if asked in {"", str(one.pk)}), None)
    if county is None:
        raise Http404
    made = {"xlsx": lambda: sheets.as_xlsx(county), "csv": lambda: sheets.as_csv(county)}
    return template_response(f"personer-{county.code}-{today().isoformat()}", ending, made)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def one(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what an upload would change; answer who is who, read in, or remove it."""
    seen = demand_administrator(request)
    kept = PeopleImport.objects.filter(pk=import_id, county__in=seen.administered).select_related("county", "loaded_by")
    upload = kept.first()
    if upload is None:
        raise Http404
    if upload.loaded_at is not None:
        return _done_page(request, upload)
    if request.method != "POST":
        return _difference_page(request, upload)
    return _act(request, upload)


def _act(request: HttpRequest, upload: PeopleImport) -> HttpResponse:
    """Do what was posted about an upload."""
    if "ta_bort" in request.POST:
        discard(upload, actor=person_of(request))
        messages.success(request, "Filen är borttagen. Ingenting lästes in.")
        return HttpResponseRedirect(reverse("las_in_personer"))
    before = dict(upload.answers)
    answer(upload, _answers(request), actor=person_of(request))
    if "svara" in request.POST or upload.answers != before:
        messages.info(request, "Svaren är sparade. Läs igenom skillnaden innan du läser in.")
        return HttpResponseRedirect(f"{reverse('inlasning', args=[upload.pk])}#skillnad")
    try:
        done = load(upload, actor=person_of(request), seen=request.POST.get("sett", ""))
    except NotAdministrator:
        raise
    except Changed as refusal:
        return _difference_page(request, upload, refusal, status=409)
    except Refused as refusal:
        return _difference_page(request, upload, refusal, status=422)
    messages.success(request, f"{done.file_name} är inläst.")
    return HttpResponseRedirect(reverse("inlasning", args=[done.pk]))


def _answers(request: HttpRequest) -> dict[str, str]:
    prefix = "samma-"
    given = request.POST.dict()
    return {key.removeprefix(prefix): str(text) for key, text in given.items() if key.startswith(prefix) and text}


def _difference_page(
    request: HttpRequest, upload: PeopleImport, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    known, checked = check_kept(upload, actor=person_of(request))
    difference = checked.difference
    context: dict[str, Any] = {
        "upload": upload,
        "refusal": refusal,
        "has_errors": bool(checked.problems or refusal),
        "checked": checked,
        **shown_of(checked.problems, checked.notices),
        "questions": [
            {
                "question": question,
                "options": [*question.candidates, (ANOTHER, f"Nej, {question.name} är en annan person")],
            }
            for question in checked.questions[:SHOWN]
        ],
        "unanswered": len(checked.unanswered),
        "crumbs": _crumbs(2),
    }
    if difference is not None:
        context |= {
            "difference": difference,
            "figures": [
                {"value": len(difference.people), "label": "Nya personer"},
                {"value": len(difference.added), "label": "Nya uppdrag"},
                {"value": len(difference.ended), "label": "Uppdrag som slutar"},
                {"value": len(difference.changed), "label": "Ändrade uppgifter"},
                {"value": len(difference.unchanged), "label": "Oförändrade uppdrag"},
            ],
            "people": difference.people[:SHOWN],
            "changed": difference.changed[:SHOWN],
            "groups": [
                _group("Nya uppdrag", "nya-uppdrag", difference.added, known),
                _group("Uppdrag som slutar", "slutar", difference.ended, known),
                _group("Oförändrade uppdrag", "oforandrade", difference.unchanged, known),
            ],
            "shown": SHOWN,
        }
    return render(request, "personer/import/difference.html", context, status=status)


def _group(title: str, key: str, changes: tuple[SeatChange, ...], known: Known) -> dict[str, Any]:
    return {
        "title": title,
        "key": key,
        "count": len(changes),
        "more": max(0, len(changes) - SHOWN),
        "folded": key == "oforandrade",
        "ends": key == "slutar",
        "rows": [
            {
                "change": change,
                "body": known.bodies[change.body_id],
                "represents": known.organisations.get(change.represents_id or 0),
            }
            for change in changes[:SHOWN]
        ],
    }


def _done_page(request: HttpRequest, done: PeopleImport) -> HttpResponse:
    counts = done.counts
    context = {
        "upload": done,
        "figures": [
            {"value": counts.get(key, 0), "label": label}
            for key, label in (
                ("people", "Nya personer"),
                ("added", "Nya uppdrag"),
                ("ended", "Avslutade uppdrag"),
                ("changed", "Ändrade uppgifter"),
                ("unchanged", "Oförändrade uppdrag"),
            )
        ],
        "new_count": len(done.new_people),
        "crumbs": _crumbs(2),
    }
    return render(request, "personer/import/done.html", context)
