"""Mitt arbete: what waits for the person, in the order in which it is to be done, and what stands beside it."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.vocabulary import Mandate
from workflow.desk.selectors import Desk, Narrowed, desk_of
from workflow.desk.vocabulary import DeskKind
from workflow.guides.selectors import shown_guides
from workflow.requests import paths_for, viewer_of
from workflow.rights import Viewer

CREATING = frozenset({Mandate.FORFATTA, Mandate.BESLUTA})
_A_CHOICE = 2
"""From how many bodies on there is something to choose among."""


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show the person's desk, or what waits for one body or of one kind."""
    who = viewer_of(request)
    narrowed = _narrowed(request, who)
    found = desk_of(who, paths_for(request), narrowed)
    guides = [guide for guide in shown_guides(who) if not guide.is_hidden]
    bodies = sorted({(one.body_name, one.body_id) for one in who.standings})
    context = {
        "desk": found,
        "narrowed": narrowed,
        "bodies": bodies if len(bodies) >= _A_CHOICE else (),
        "kinds": _kinds(found, narrowed),
        "may_create": any(standing.mandate in CREATING for standing in who.standings),
        "has_seat": bool(who.bodies),
        "guide": next(iter(guides), None),
        "more_guides": len(guides) > 1,
    }
    return render(request, "arbete/mitt_arbete.html", context)


def _narrowed(request: HttpRequest, who: Viewer) -> Narrowed:
    """Return what the address narrows the list to; what it cannot be narrowed to is passed by."""
    body, kind = request.GET.get("organ", ""), request.GET.get("slag", "")
    body_id = next((one for one in who.bodies if str(one) == body), None)
    chosen = DeskKind(kind) if kind in DeskKind.values else None
    everything = request.GET.get("visa") == "alla" or body_id is not None or chosen is not None
    return Narrowed(body_id, chosen, everything)


def _kinds(found: Desk, narrowed: Narrowed) -> Iterable[tuple[str, str]]:
    """Return the kinds to choose among: those on the desk, and the chosen one."""
    there = {line.kind for line in found.lines} | ({narrowed.kind} if narrowed.kind else set())
    return [(kind.value, str(kind.label)) for kind in DeskKind if kind in there]
