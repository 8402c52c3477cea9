"""The guide for a new county: a step a page, going back and forth keeps what was typed, and a file at the end."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from governance.countyfile import CountyFileError, CountySpec, read_county
from governance.countyfile.marking import numbered
from governance.countyfile.show import as_version
from governance.countyloading import check_file, may_begin_county
from governance.drawing import path_rows, path_svg
from governance.errors import Refused
from governance.guide import LAST, STEPS, Guide, StepForms
from governance.models import County
from governance.official import regions
from governance.posting import posted_from
from governance.views.common import page, person_of
from governance.views.countyfile import file_response

KEPT = "ny_lansfil"
NAMES = list(STEPS)


def _guide(request: HttpRequest) -> Guide:
    """Return the person's guide as it is kept in the session."""
    kept = request.session.get(KEPT)
    return Guide(kept if isinstance(kept, dict) else {})


def _address(step: str) -> str:
    return reverse("ny_lansfil_steg", args=[step])


@require_safe
@page
def begin(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Lead to the first step."""
    return HttpResponseRedirect(_address(NAMES[0]))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def step(request: HttpRequest, step: str) -> HttpResponse:
    """Show a step, keep what is typed in it, and go on when it is as it should be or back whatever it is."""
    if step not in STEPS:
        raise Http404
    guide = _guide(request)
    unfinished = guide.unfinished(step)
    if unfinished:
        return HttpResponseRedirect(_address(unfinished))
    if request.method == "POST":
        return _take(request, guide, step)
    if step == LAST:
        return _review(request, guide)
    forms = guide.forms(step)
    return _show(request, guide, step, forms.quiet() if forms.form.is_bound else forms)


def _take(request: HttpRequest, guide: Guide, step: str) -> HttpResponse:
    """Keep what was typed in a step; change a list, go back, or go on where nothing is wrong."""
    if step == LAST:
        return HttpResponseRedirect(_address(NAMES[NAMES.index(LAST) - 1]))
    if guide.press(step, request.POST):
        request.session[KEPT] = guide.typed
        return _show(request, guide, step, guide.forms(step).quiet())
    guide.keep(step, request.POST)
    request.session[KEPT] = guide.typed
    if "tillbaka" in request.POST:
        return HttpResponseRedirect(_address(NAMES[max(NAMES.index(step) - 1, 0)]))
    forms = guide.forms(step)
    if not forms.is_valid():
        return _show(request, guide, step, forms, status=422)
    return HttpResponseRedirect(_address(NAMES[NAMES.index(step) + 1]))


def _show(request: HttpRequest, guide: Guide, step: str, forms: StepForms, *, status: int = 200) -> HttpResponse:
    context = {
        **_frame(guide, step),
        "form": forms.form,
        "lists": forms.lists,
        "parts": forms.parts,
        "has_errors": status != 200,  # noqa: PLR2004 - the status of a page without faults
        "is_first": step == NAMES[0],
    }
    return render(request, "lansfil/guide.html", context, status=status)


def _frame(guide: Guide, step: str) -> dict[str, Any]:
    """Return what every step shows around its form."""
    here = NAMES.index(step)
    finished = guide.unfinished()
    reached = NAMES.index(finished) if finished else len(NAMES) - 1
    steps = [
        {
            "name": STEPS[name],
            "state": "current" if place == here else "done" if place < here else "coming",
            "url": _address(name) if place != here and place <= reached else "",
        }
        for place, name in enumerate(NAMES)
    ]
    return {
        "step": step,
        "step_name": STEPS[step],
        "steps": steps,
        "place": here + 1,
        "crumbs": [(reverse("lansfil"), "Länsfil")],
    }


def _review(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Show the file, and the path that it lays, drawn and as a table."""
    text = guide.file()
    spec = read_county(text)
    [path] = spec.paths
    names = {body.code: body.name for body in spec.bodies}
    version = as_version(path)
    may_begin = may_begin_county(person_of(request))
    context = {
        **_frame(guide, LAST),
        "spec": spec,
        "kinds": _kinds(spec),
        "parents": [(body, names.get(body.parent, "")) for body in spec.bodies],
        "path": path,
        "lines": numbered(text),
        "moves": path_rows(version, names),
        # Drawn by the program, every text in it escaped there.
        "picture": mark_safe(path_svg(version, names)),  # noqa: S308 - see the line above
        "may_begin": may_begin,
        "is_here": may_begin and County.objects.filter(code=spec.code).exists(),
    }
    return render(request, "lansfil/guide_granska.html", context)


def _kinds(spec: CountySpec) -> list[tuple[str, int]]:
    """Return how many organisations there are of each kind."""
    kinds = list(dict.fromkeys(one.kind for one in spec.organisations))
    return [(str(kind.label), sum(one.kind == kind for one in spec.organisations)) for kind in kinds]


@require_safe
@page
def download(request: HttpRequest) -> HttpResponse:
    """Hand out the file."""
    guide = _guide(request)
    unfinished = guide.unfinished()
    if unfinished:
        return HttpResponseRedirect(_address(unfinished))
    return file_response(guide.file(), f"lansfil-{regions()[guide.county_code].code}.toml")


@posted_from("ny_lansfil")
@page
def load(request: HttpRequest) -> HttpResponse:
    """Go on to loading the file, for whoever may begin a county."""
    person = person_of(request)
    if not may_begin_county(person):
        raise Refused("Ett nytt län läggs in av den som sköter installationen. Ladda ner filen och lämna den dit.")
    guide = _guide(request)
    unfinished = guide.unfinished()
    if unfinished:
        return HttpResponseRedirect(_address(unfinished))
    try:
        draft = check_file(guide.file(), actor=person)
    except CountyFileError as error:
        raise Refused(" ".join(f"{one.message} {one.remedy}" for one in error.problems)) from None
    return HttpResponseRedirect(reverse("granska_lansfil", args=[draft.pk]))
