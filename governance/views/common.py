"""What the pages about the constitution share: who asks, what they see, and how they are told no."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from governance.directory import Insight, insight_of
from governance.errors import NotAdministrator, Refused
from governance.models import Body, Person
from governance.vocabulary import BodyKind

P = ParamSpec("P")
KEPT = "_insight"

View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def person_of(request: HttpRequest) -> Person:
    """Return the person who is logged in.

    Raises:
        PermissionDenied: nobody is; every page sends them to the log-in page first.

    """
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def insight(request: HttpRequest) -> Insight:
    """Return what the person sees; read once for each request."""
    kept: dict[str, Any] = vars(request)
    if KEPT not in kept:
        kept[KEPT] = insight_of(person_of(request))
    found: Insight = kept[KEPT]
    return found


def page(view: View[P]) -> Callable[..., HttpResponse]:
    """Show the page to people who are logged in, and a refusal that the view lets through as a page that says why."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return refused(request, refusal)

    return login_required(answer)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return the page that says why it was refused and, with a link, who can."""
    is_mandate = isinstance(refusal, NotAdministrator)
    who = _support(insight(request)) if is_mandate else None
    context = {
        "title": "Det här får du inte göra" if is_mandate else "Det går inte",
        "reason": refusal.message,
        "url": reverse("organet", args=[who.pk]) if who else "",
        "link": f"Vilka som sitter i {who}" if who else "",
    }
    return render(request, "errors/refused.html", context, status=403 if is_mandate else 422)


def _support(seen: Insight) -> Body | None:
    bodies = Body.objects.filter(county__in=seen.county_ids, kind=BodyKind.REGIONALT_STOD, ended_on=None)
    return bodies.order_by("position", "pk").first()


def demand_administrator(request: HttpRequest, county_id: int | None = None) -> Insight:
    """Return what the person sees, if they administer people: in that county, or in any.

    Raises:
        NotAdministrator: they do not.

    """
    seen = insight(request)
    if not seen.administered or (county_id is not None and county_id not in seen.administered):
        name = next((str(county) for county in seen.counties if county.pk == county_id), "")
        raise NotAdministrator(name)
    return seen


def tags(chosen: Iterable[tuple[str, str]], request: HttpRequest) -> list[dict[str, str]]:
    """Return chosen filters as `components/filters.html` shows them.

    Args:
        chosen: the name of each chosen filter in the address, and what the tag says.
        request: whose address they stand in.

    """
    found = []
    for name, text in chosen:
        query = request.GET.copy()
        query.pop(name, None)
        query.pop("sida", None)
        found.append({"text": text, "url": f"?{query.urlencode()}"})
    return found
