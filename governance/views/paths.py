"""The ärendegång drawn and as a table, a version at a time."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from governance.drawing import path_rows, path_svg
from governance.drawing.table import who_is
from governance.models import ArendegangVersion, County
from governance.paths import PathVersion, path_version
from governance.permissions import today
from governance.selectors import body_names, paths_in_force
from governance.views.common import insight, page
from governance.views.counties import KEY, county_choice


@require_safe
@page
def paths(request: HttpRequest) -> HttpResponse:
    """Show the first path in force of the person's counties, with links to the others."""
    choice = county_choice(request)
    in_force = [version for county in choice.shown for version in paths_in_force(county.pk)]
    if not in_force:
        return render(request, "arendegang/none.html", {"county_links": choice.links})
    return _show(request, in_force[0], crumbs=[])


@require_safe
@page
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show a version of a path, in force or not."""
    row = ArendegangVersion.objects.filter(pk=version_id, arendegang__county__in=insight(request).county_ids).first()
    if row is None:
        raise Http404
    return _show(request, path_version(row.pk), crumbs=[(reverse("arendegangar"), "Ärendegång")])


def _show(request: HttpRequest, shown: PathVersion, *, crumbs: list[tuple[str, str]]) -> HttpResponse:
    row = ArendegangVersion.objects.select_related("arendegang__county").get(pk=shown.id)
    names = body_names(shown.county_id)
    siblings = list(ArendegangVersion.objects.filter(arendegang=row.arendegang).order_by("-in_force_from", "-number"))
    current = next((one.pk for one in siblings if one.in_force_from <= today()), None)
    others = (
        ArendegangVersion.objects.filter(
            arendegang__county__in=insight(request).county_ids, arendegang__ended_on=None, in_force_from__lte=today()
        )
        .exclude(arendegang=row.arendegang)
        .select_related("arendegang__county")
        .order_by("arendegang__county__name", "arendegang__name", "arendegang", "-in_force_from", "-number")
        .distinct("arendegang__county__name", "arendegang__name", "arendegang")
    )
    context: dict[str, Any] = {
        "row": row,
        "path": shown,
        # Drawn by the program, every text in it escaped there.
        "picture": mark_safe(path_svg(shown, names)),  # noqa: S308 - see the line above
        "moves": path_rows(shown, names),
        "stations": [
            {"station": station, "held_by": who_is(station.held_by, names) if station.held_by else ""}
            for station in shown.stations.values()
        ],
        "gates": [
            {"name": gate.name, "code": gate.code, "requirements": [str(one.label) for one in gate.requirements]}
            for gate in shown.gates.values()
        ],
        "versions": siblings,
        "current": current,
        "is_in_force": current == row.pk,
        "today": today(),
        "others": others,
        "county_links": _links(request, row.arendegang.county),
        "crumbs": crumbs,
    }
    return render(request, "arendegang/version.html", context)


def _links(request: HttpRequest, here: County) -> list[dict[str, object]]:
    """Return a link to the first path of each county, where the person takes part in several."""
    counties = insight(request).counties
    if len(counties) < 2:  # noqa: PLR2004 - with one county there is nothing to choose
        return []
    return [
        {"text": one.name, "url": f"{reverse('arendegangar')}?{KEY}={one.code}", "is_here": one.pk == here.pk}
        for one in counties
    ]
