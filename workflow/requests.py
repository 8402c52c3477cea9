"""The only place that ties a request to the person behind it, and that says what the frame of every page shows."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef
from django.http import HttpRequest

from governance.models import ArendegangVersion, County, Person
from governance.paths import PathVersion, path_version
from governance.vocabulary import Mandate
from workflow.desk.selectors import MOST, count_waiting
from workflow.meetings.reading.copies import copy_id
from workflow.notices.selectors import COUNTED, unread_count
from workflow.rights import Viewer, viewer

KEPT, COUNTIES = "_viewer", "_counties"


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


def paths_for(request: HttpRequest) -> dict[int, PathVersion]:
    """Return every version of a path in the person's counties by id; read once for each request."""
    ids = sorted(id_ for _, _, versions in _counties(request) for id_ in versions)
    return {id_: path_version(id_) for id_ in ids}


def _counties(request: HttpRequest) -> list[tuple[str, int, list[int]]]:
    """Return name, unread notices and ids of versions of each of the person's counties; one statement."""
    kept: dict[str, Any] = vars(request)
    if COUNTIES not in kept:
        who = viewer_of(request)
        versions = ArendegangVersion.objects.filter(arendegang__county=OuterRef("pk")).order_by("pk").values("pk")
        rows = County.objects.filter(pk__in=who.counties).order_by("pk")
        rows = rows.annotate(unread=unread_count(who), versions=ArraySubquery(versions))
        kept[COUNTIES] = list(rows.values_list("name", "unread", "versions"))
    found: list[tuple[str, int, list[int]]] = kept[COUNTIES]
    return found


def is_autosave(request: HttpRequest) -> bool:
    """Tell whether the form was sent by itself and wants its answer as JSON."""
    return request.headers.get("X-Autosave") == "1"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page of a person logged in how much waits, unread notices, the county and what mandates open.

    Two statements beside those that read the person.
    """
    if not isinstance(getattr(request, "user", None), Person):
        return {}
    who = viewer_of(request)
    named = _counties(request)
    unread = max((count for _, count, _ in named), default=0)
    waiting = count_waiting(who, paths_for(request))
    return {
        "copy_id": copy_id(request),
        "county_name": named[0][0] if len(named) == 1 else "",
        "waiting_count": waiting,
        "waiting_text": f"fler än {MOST - 1}" if waiting >= MOST else str(waiting),
        "waiting_short": f"{MOST - 1}+" if waiting >= MOST else str(waiting),
        "unread_notices": "" if not unread else f"{unread}" if unread < COUNTED else f"{COUNTED - 1}+",
        "show_laget": bool(who.followed),
        "show_utskick": any(standing.mandate == Mandate.LEDA_ARENDEN for standing in who.standings),
        "show_personer": any(standing.mandate == Mandate.ADMINISTRERA for standing in who.standings),
    }
