"""The målbild: what a county steers towards, on one page."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.models import (
    Arstema,
    Fokusomrade,
    Forflyttning,
    Framgangsfaktor,
    FundingArea,
    Indikator,
    Malbild,
    Malomrade,
    Malsattning,
    Matt,
    Perspektiv,
    Vardeord,
)
from governance.permissions import today
from governance.views.common import page
from governance.views.counties import county_choice

ITEMS: dict[str, type[models.Model]] = {
    "malomraden": Malomrade,
    "vardeord": Vardeord,
    "framgangsfaktorer": Framgangsfaktor,
    "forflyttningar": Forflyttning,
    "perspektiv": Perspektiv,
    "fokusomraden": Fokusomrade,
    "malsattningar": Malsattning,
    "indikatorer": Indikator,
    "matt": Matt,
    "arsteman": Arstema,
    "statsbidrag": FundingArea,
}
ALONE = ("framgangsfaktorer", "forflyttningar", "perspektiv", "arsteman", "statsbidrag")
"""What stands under nothing else."""


@require_safe
@page
def target_picture(request: HttpRequest) -> HttpResponse:
    """Show the målbild of each county the person takes part in; a statement for each kind of line."""
    choice = county_choice(request)
    counties = choice.shown
    pictures = {picture.county_id: picture for picture in Malbild.objects.filter(county__in=counties)}
    lines = {name: _by_county(model, [county.pk for county in counties]) for name, model in ITEMS.items()}
    shown = [
        {"county": county, "malbild": pictures.get(county.pk), **_nested({k: v[county.pk] for k, v in lines.items()})}
        for county in counties
    ]
    return render(request, "malbild/malbild.html", {"pictures": shown, "today": today(), "county_links": choice.links})


def _by_county(model: type[models.Model], counties: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows: Iterable[Any] = model._default_manager.filter(county__in=counties, ended_on=None)
    for row in rows:
        found[row.county_id].append(row)
    return found


def _nested(lines: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the lines with those that belong to others under them."""
    measures = [
        {"item": indicator, "matt": [one for one in lines["matt"] if one.indikator_id == indicator.pk]}
        for indicator in lines["indikatorer"]
    ]
    return {
        "malomraden": [
            {
                "item": area,
                "vardeord": [one for one in lines["vardeord"] if one.malomrade_id == area.pk],
                "indikatorer": [one for one in measures if one["item"].malomrade_id == area.pk],
            }
            for area in lines["malomraden"]
        ],
        "fokusomraden": [
            {"item": area, "mal": [one for one in lines["malsattningar"] if one.fokusomrade_id == area.pk]}
            for area in lines["fokusomraden"]
        ],
        **{name: lines[name] for name in ALONE},
    }
