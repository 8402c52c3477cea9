"""Mitt arbete: first what only the person can do, then what is on its way."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.vocabulary import Mandate
from workflow.avsteg.selectors import SHOWN, waiting_for
from workflow.guides.selectors import shown_guides
from workflow.links import address
from workflow.requests import viewer_of
from workflow.selectors.desk import desk_of, paths_of
from workflow.selectors.reports import reports_of

CREATING = frozenset({Mandate.FORFATTA, Mandate.BESLUTA})


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show the person's desk."""
    who = viewer_of(request)
    found = desk_of(who)
    reports = reports_of(who, paths_of(who)) if who.organisations else []
    asked = waiting_for(who)
    guides = [guide for guide in shown_guides(who) if not guide.is_hidden]
    context = {
        "desk": found,
        "reports": reports,
        "is_clear": found.is_clear and not reports and not asked,
        "asked_avsteg": asked[:SHOWN],
        "more_avsteg": len(asked) > SHOWN,
        "answers": [{"answer": one, "url": address("runda_svara", one.pk)} for one in found.answers],
        "may_create": any(standing.mandate in CREATING for standing in who.standings),
        "has_seat": bool(who.bodies),
        "guide": next(iter(guides), None),
        "more_guides": len(guides) > 1,
    }
    return render(request, "arbete/mitt_arbete.html", context)
