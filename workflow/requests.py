"""The only place that ties a request to the person behind it, and that says what the frame of every page shows."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from governance.models import County, Person
from governance.vocabulary import Mandate
from workflow.rights import Viewer, viewer

KEPT = "_viewer"


def person_of(request: HttpRequest) -> Person:
    """Return the person who is logged in.

    Raises:
        PermissionDenied: nobody is; views that need somebody send them to the log-in page first.

    """
    user = getattr(request, "user", None)
    if not isinstance(user, Person):
        raise PermissionDenied
    return user


def viewer_of(request: HttpRequest) -> Viewer:
    """Return what the person's rights depend on; read once for each request."""
    kept: dict[str, Any] = vars(request)
    if KEPT not in kept:
        kept[KEPT] = viewer(person_of(request))
    who: Viewer = kept[KEPT]
    return who


def is_autosave(request: HttpRequest) -> bool:
    """Tell whether the form was sent by itself and wants its answer as JSON."""
    return request.headers.get("X-Autosave") == "1"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page of a person logged in the county's name and the menu items the person's mandates open."""
    if not isinstance(getattr(request, "user", None), Person):
        return {}
    who = viewer_of(request)
    names = list(County.objects.filter(pk__in=who.counties).values_list("name", flat=True)[:2])
    return {
        "county_name": names[0] if len(names) == 1 else "",
        "show_laget": bool(who.followed),
        "show_personer": any(standing.mandate == Mandate.ADMINISTRERA for standing in who.standings),
    }
