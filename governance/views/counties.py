"""The choice of county, in the address, on pages about the constitution, for those who sit in bodies of several."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from governance.models import County
from governance.views.common import insight

KEY = "lan"


@dataclass(frozen=True, slots=True)
class CountyChoice:
    """The counties to show, and the links that choose among those the person takes part in; none with one county."""

    shown: tuple[County, ...]
    links: tuple[dict[str, object], ...] = ()


def county_choice(request: HttpRequest) -> CountyChoice:
    """Return which of the person's counties the address asks for: one by its code, or all of them.

    Raises:
        Http404: the address names a county that the person takes no part in, or none at all.

    """
    counties, asked = insight(request).counties, request.GET.get(KEY, "")
    shown = tuple(county for county in counties if not asked or county.code == asked)
    if asked and not shown:
        raise Http404
    if len(counties) < 2:  # noqa: PLR2004 - with one county there is nothing to choose
        return CountyChoice(shown)
    links = [{"text": "Alla län", "url": request.path, "is_here": not asked}]
    links += [
        {"text": county.name, "url": f"{request.path}?{KEY}={county.code}", "is_here": county.code == asked}
        for county in counties
    ]
    return CountyChoice(shown, tuple(links))
