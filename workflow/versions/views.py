"""The versions of a path, what differs between two, and moving cases from one to another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from governance.drawing import difference_svg
from governance.models import Arendegang, ArendegangVersion
from governance.paths import path_version
from governance.permissions import today
from governance.selectors import body_names
from workflow.errors import NoMandate
from workflow.requests import person_of, viewer_of
from workflow.rights import Viewer
from workflow.selectors.cases import readable_case
from workflow.versions.choosing import ChoosePage
from workflow.versions.difference import difference
from workflow.versions.moving import move_some, moving_standing, who_moves
from workflow.versions.selectors import counted, enterable, flytt_of, rows_of, versions_of
from workflow.vocabulary import Flyttlage

PER_PAGE = 100


def _version(who: Viewer, version_id: int) -> ArendegangVersion:
    """Return a version of a path of the person's counties.

    Raises:
        Http404: there is none.

    """
    rows = ArendegangVersion.objects.select_related("arendegang__county")
    return get_object_or_404(rows, pk=version_id, arendegang__county__in=who.counties)


def _demand_mover(who: Viewer, county_id: int) -> None:
    if moving_standing(who.standings, county_id) is None:
        raise NoMandate(who_moves(county_id))


def _crumbs(arendegang: Arendegang, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (reverse("arendegangar"), "Ärendegång"),
        (reverse("versioner", args=[arendegang.pk]), f"Versioner av {arendegang.name}"),
        *more,
    ]


@login_required
@require_safe
def versions(request: HttpRequest, arendegang_id: int) -> HttpResponse:
    """Show the versions of a path: which one is in force, what is to come and how many cases follow each."""
    who = viewer_of(request)
    rows = Arendegang.objects.select_related("county")
    arendegang = get_object_or_404(rows, pk=arendegang_id, county__in=who.counties)
    found = versions_of(who, arendegang, today())
    context = {
        "arendegang": arendegang,
        "versions": found,
        "may_move": moving_standing(who.standings, arendegang.county_id) is not None,
        "has_enterable": sum(one.row.in_force_from <= today() for one in found) > 1,
        "crumbs": _crumbs(arendegang)[:1],
    }
    return render(request, "versioner/lista.html", context)


@login_required
@require_safe
def compare(request: HttpRequest, version_id: int, other_id: int) -> HttpResponse:
    """Show what differs between two versions of a path, in the picture and as a table."""
    who = viewer_of(request)
    before, after = _version(who, version_id), _version(who, other_id)
    if before.arendegang_id != after.arendegang_id:
        raise Http404
    names = body_names(before.arendegang.county_id)
    old, new = path_version(before.pk), path_version(after.pk)
    found = difference(old, new, names)
    picture = difference_svg(old, new, names, stations=found.stations, moves=found.moves)
    context = {
        "before": before,
        "after": after,
        "difference": found,
        "counts": [
            {"value": found.count("added"), "label": "Nytt"},
            {"value": found.count("changed"), "label": "Ändrat"},
            {"value": found.count("removed"), "label": "Borttaget"},
        ],
        # Drawn by the program, every text in it escaped there.
        "picture": mark_safe(picture),  # noqa: S308 - see the line above
        "crumbs": _crumbs(before.arendegang),
    }
    return render(request, "versioner/skillnad.html", context)


@login_required
def choose(request: HttpRequest, version_id: int) -> HttpResponse:
    """Choose where cases of a version will stand in another, and which; try it out; ask for it to be done."""
    who = viewer_of(request)
    version = _version(who, version_id)
    _demand_mover(who, version.arendegang.county_id)
    targets = enterable(version, today())
    asked = request.GET.get("till", "")
    target = next((one for one in targets if str(one.pk) == asked), targets[0] if targets else None)
    return ChoosePage(request, version, targets, target, _crumbs(version.arendegang)).answer()


@login_required
def progress(request: HttpRequest, flytt_id: int) -> HttpResponse:
    """Show how far a move of many cases has come; move some more."""
    who = viewer_of(request)
    flytt = flytt_of(who, flytt_id)
    if flytt is None:
        raise Http404
    _demand_mover(who, flytt.before.arendegang.county_id)
    if request.method == "POST":
        move_some(flytt, actor=person_of(request))
        if not counted(flytt)[Flyttlage.VANTAR]:
            messages.success(request, "Flytten är klar.")
        return redirect("versionsflytt", flytt.pk)
    counts = counted(flytt)
    total = sum(counts.values())
    done = total - counts[Flyttlage.VANTAR]
    page = Paginator(rows_of(who, flytt, Flyttlage.FLYTTAD, Flyttlage.REDAN, Flyttlage.VANTAR), PER_PAGE)
    context = {
        "flytt": flytt,
        "waiting": counts[Flyttlage.VANTAR],
        "total": total,
        "done": done,
        "figures": [
            {"value": counts[Flyttlage.FLYTTAD], "label": "Flyttade"},
            *([{"value": again, "label": "Redan flyttade"}] if (again := counts[Flyttlage.REDAN]) else []),
            {"value": counts[Flyttlage.NEKAD], "label": "Inte flyttade"},
            {"value": counts[Flyttlage.VANTAR], "label": "Väntar"},
        ],
        "refused": list(rows_of(who, flytt, Flyttlage.NEKAD)),
        "page": page.get_page(request.GET.get("sida")),
        "crumbs": _crumbs(flytt.before.arendegang),
    }
    return render(request, "versioner/flytt.html", context)


@login_required
def of_case(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Lead to the page where the case's version is chosen for a move, with this case ticked."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    _demand_mover(who, satsning.county_id)
    return redirect(f"{reverse('flytta_satsningar', args=[satsning.version_id])}?satsning={satsning.pk}")
