"""A part of a case: its form, saved by button or by itself, or its text for those who do not write it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from governance.posting import posted_from
from satsningar import content
from satsningar.errors import Conflict
from satsningar.forms import PartEditor, part_editor
from satsningar.help import PART_HELP
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from satsningar.partversions import version_of
from satsningar.present import part_text
from satsningar.requirements import part_gaps
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.beginnings.selectors import left_of
from workflow.coauthors.versions import reads_versions
from workflow.comments.showing import beside_part
from workflow.edits import Saved, save_part, withdraw_proposal
from workflow.errors import NoMandate
from workflow.guides.selectors import help_with
from workflow.links import gap_rows, part_url
from workflow.meetings.masking import masked_for, requests_shown
from workflow.models import Beslut
from workflow.requests import is_autosave, person_of, viewer_of
from workflow.rights import Access, Viewer
from workflow.saying import who_writes
from workflow.selectors.cases import bodies_of_county, readable_case
from workflow.selectors.parts import PartPage, neighbours, part_page
from workflow.selectors.tasks import shown_parts
from workflow.views.conflicts import (
    conflict_units,
    expected_version,
    is_same,
    keeps_mine,
    number_posted,
    takes_theirs,
)


@login_required
def part(request: HttpRequest, satsning_id: int, part: str) -> HttpResponse:
    """Show the part; save what is posted."""
    if part not in PARTS:
        raise Http404
    satsning = readable_case(viewer_of(request), satsning_id)
    page = part_page(viewer_of(request), satsning, part)
    if request.method == "POST":
        return _post(request, satsning, page)
    if page.access is Access.NONE:
        context = _read_context(viewer_of(request), satsning, page) | {
            "beside": _beside(request, satsning, page),
            "reads_versions": reads_versions(viewer_of(request), satsning),
        }
        return render(request, "satsning/del_last.html", context)
    return _form(request, satsning, page, _editor(request, page))


def _editor(request: HttpRequest, page: PartPage) -> PartEditor:
    """Return the part's editor, bound when something was posted."""
    data = request.POST if request.method == "POST" else None
    return part_editor(page.code, page.content, data, value=page.value, only_organisation=_organisation(request, page))


def _organisation(request: HttpRequest, page: PartPage) -> int | None:
    """Return the organisation whose lines are written: the one asked for, else the person's first."""
    if not page.organisations:
        return None
    asked = request.GET.get("organisation", "")
    return next((one for one in page.organisations if str(one) == asked), page.organisations[0])


def _post(request: HttpRequest, satsning: Satsning, page: PartPage) -> HttpResponse:
    if page.access is Access.NONE:
        raise NoMandate(who_writes(satsning, page.code))
    if takes_theirs(request):
        return redirect("del", satsning.pk, page.code)
    editor = _editor(request, page)
    if not editor.is_valid():
        return _not_saved(request, satsning, page, editor)
    try:
        saved = save_part(
            satsning.pk,
            page.code,
            keeps_mine(request, page, editor.value),
            actor=person_of(request),
            expected_version=expected_version(request),
        )
    except Conflict as conflict:
        if is_same(page.code, editor.value, conflict.current):
            saved = Saved(conflict.version, satsning.edition, proposal=page.access is Access.PROPOSE)
            return _saved(request, satsning, page, editor, saved)
        return _conflict(request, satsning, page, editor, conflict)
    except ValidationError as error:
        editor.add_errors(error)
        return _not_saved(request, satsning, page, editor)
    return _saved(request, satsning, page, editor, saved)


def _saved(request: HttpRequest, satsning: Satsning, page: PartPage, editor: PartEditor, saved: Saved) -> HttpResponse:
    if is_autosave(request):
        ids = {} if saved.proposal else editor.row_ids(content.read(satsning.pk))
        now = timezone.localtime()
        return JsonResponse({"saved": f"{now:%H.%M}", "version": saved.version, "values": ids})
    what = "Ändringsförslaget är sparat" if saved.proposal else "Sparat"
    messages.success(request, f"{what}: {page.code.label.lower()}.")
    if request.POST.get("sedan") in PARTS:
        return redirect("del", satsning.pk, request.POST["sedan"])
    return redirect("satsning", satsning.pk)


def _not_saved(request: HttpRequest, satsning: Satsning, page: PartPage, editor: PartEditor) -> HttpResponse:
    """Show the form as it was typed: with its errors, or with a list one line longer or shorter."""
    if editor.row_button:
        return _form(request, satsning, page, editor, status=200)
    if is_autosave(request):
        errors: dict[str, list[str]] = {}
        for target, message in editor.errors:
            errors.setdefault(target.removeprefix("id_"), []).append(message)
        return JsonResponse({"errors": errors}, status=422)
    return _form(request, satsning, page, editor, status=422)


def _conflict(
    request: HttpRequest, satsning: Satsning, page: PartPage, editor: PartEditor, conflict: Conflict
) -> HttpResponse:
    seen = number_posted(request, "version")
    theirs = {**page.content.part(page.code), **conflict.current}
    context: dict[str, Any] = {
        "rows": conflict_units(page, editor.value, theirs, seen),
        "choose": True,
        "version": conflict.version,
    }
    if page.access is not Access.PROPOSE and (saved := version_of(satsning.pk, page.code, conflict.version)):
        context |= {"who": saved.saved_by.name, "at": saved.saved_at}
    if is_autosave(request):
        html = render_to_string("components/conflict.html", context, request)
        return JsonResponse({"html": html}, status=409)
    return _form(request, satsning, page, editor, status=409, conflict=context)


def _form(  # noqa: PLR0913 - what the page is made of
    request: HttpRequest,
    satsning: Satsning,
    page: PartPage,
    editor: PartEditor,
    *,
    status: int = 200,
    conflict: dict[str, Any] | None = None,
) -> HttpResponse:
    organisation = _organisation(request, page)
    names = {one.id: one.name for one in page.content.organisations}
    context = _context(viewer_of(request), satsning, page) | {
        "editor": editor,
        "errors": [{"target": target, "label": "", "message": message} for target, message in editor.errors],
        "has_errors": status != 200,  # noqa: PLR2004 - the one status that is no error
        "version": request.POST.get("version", page.version) if request.method == "POST" else page.version,
        "proposing": page.access is Access.PROPOSE,
        "proposed": page.proposed,
        "copied": page.code in page.facts.copied_parts and page.access is Access.WRITE,
        "reads_versions": reads_versions(viewer_of(request), satsning),
        "left": left_of(satsning.pk, page.code) if page.code in page.facts.copied_parts else [],
        "writing_in": page.facts.writing_in and page.access is Access.WRITE,
        "organisation": names.get(organisation or 0, ""),
        "other_organisations": [
            {"name": names.get(one, ""), "url": f"{part_url(satsning.pk, page.code)}?organisation={one}"}
            for one in page.organisations
            if one != organisation
        ],
        "autosave_url": request.get_full_path(),
        "conflict": conflict,
        "gaps": [] if organisation else _gaps(satsning, page),
    }
    context["beside"] = _beside(request, satsning, page)
    for name, field in editor.form.fields.items():
        beside = context["beside"] or {"cards": {}, "comment_url": ""}
        vars(field)["beside"] = {"cards": beside["cards"].get(name, ()), "comment_url": beside["comment_url"]}
    return render(request, "satsning/del.html", context, status=status)


def _beside(request: HttpRequest, satsning: Satsning, page: PartPage) -> dict[str, Any]:
    """Return the comments on the part, for a part that is commented on."""
    if page.code not in DECIDED_PARTS:
        return {}
    return beside_part(viewer_of(request), satsning, page.code.value, page.content)


def _gaps(satsning: Satsning, page: PartPage) -> list[dict[str, str]]:
    """Return what the part lacks; its own name need not be said on its own page."""
    return [{**row, "part": ""} for row in gap_rows(satsning.pk, part_gaps(page.content, page.code))]


def _context(who: Viewer, satsning: Satsning, page: PartPage) -> dict[str, Any]:
    shown = shown_parts(satsning, page.content, page.facts)
    before, after = neighbours(page.code, shown)
    title = page.content.title
    return {
        "satsning": satsning,
        "title": title,
        "part": page.code,
        "help": PART_HELP[page.code],
        "part_help": help_with(page.code, bodies_of_county(satsning.county_id), satsning.beredningsgrupp_id),
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title)],
        "before": _neighbour(satsning, before),
        "after": _neighbour(satsning, after),
        "place": shown.index(page.code) + 1 if page.code in shown else 0,
        "places": len(shown),
        "requests": requests_shown(who, satsning, satsning.kompletteringar.filter(part=page.code, closed_at=None)),
        "decision": _amending(who, satsning) if page.code == PartCode.INARBETNING else None,
    }


def _amending(who: Viewer, satsning: Satsning) -> Beslut | None:
    """Return the newest decision with another wording or a condition, which is what is worked in.

    None where it carries a secrecy mark and the person does not read it.
    """
    found = satsning.beslut.exclude(amended_wording="", condition="").select_related("body").first()
    return None if found is None or masked_for(who, satsning.pk).hides(found) else found


def _neighbour(satsning: Satsning, code: str) -> dict[str, str]:
    return {"code": code, "name": PartCode(code).label, "url": part_url(satsning.pk, code)} if code else {}


def _read_context(who: Viewer, satsning: Satsning, page: PartPage) -> dict[str, Any]:
    return _context(who, satsning, page) | {
        "text": part_text(page.code, page.value),
        "why": who_writes(satsning, page.code),
        "is_proposed": page.code in page.facts.proposed_parts,
    }


@login_required
@posted_from("del", "satsning_id", "part")
def withdraw(request: HttpRequest, satsning_id: int, part: str) -> HttpResponse:
    """Close an open proposal to change a part."""
    if part not in PARTS:
        raise Http404
    readable_case(viewer_of(request), satsning_id)
    withdraw_proposal(satsning_id, part, actor=person_of(request))
    messages.success(request, "Ändringsförslaget är borttaget. Det beslutade gäller som förut.")
    return redirect("satsning", satsning_id)
