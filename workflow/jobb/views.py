"""The page of work that takes time: how far it has come; asking for it once more."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from governance.posting import posted_from
from workflow.jobb.actions import try_again
from workflow.jobb.models import Jobblage, Jobbstatus
from workflow.requests import person_of

COLOURS = {
    Jobblage.VANTAR: "neutral",
    Jobblage.PAGAR: "info",
    Jobblage.KLAR: "success",
    Jobblage.MISSLYCKAD: "danger",
}
QUARTERS = (
    "Arbetet pågår.",
    "Mer än en fjärdedel är klar.",
    "Mer än hälften är klar.",
    "Mer än tre fjärdedelar är klara.",
)
SAYING = {
    Jobblage.VANTAR: "Arbetet väntar på sin tur.",
    Jobblage.KLAR: "Arbetet är klart.",
    Jobblage.MISSLYCKAD: "Det gick inte att bli klar.",
}


@login_required
@require_safe
@vary_on_headers("HX-Request")
def page(request: HttpRequest, jobb_id: int) -> HttpResponse:
    """Show how far one's own work has come; to htmx, that part of the page alone."""
    row = get_object_or_404(Jobbstatus, pk=jobb_id, owner=person_of(request))
    template = "jobb/laget.html" if request.headers.get("HX-Request") else "jobb/jobb.html"
    return render(request, template, _shown(row))


@login_required
@posted_from("jobb", "jobb_id")
def again(request: HttpRequest, jobb_id: int) -> HttpResponse:
    """Ask once more for one's own work that failed."""
    try:
        try_again(jobb_id, actor=person_of(request))
    except Jobbstatus.DoesNotExist:
        raise Http404 from None
    return redirect("jobb", jobb_id)


def _shown(row: Jobbstatus) -> dict[str, Any]:
    state = Jobblage(row.state)
    return {"jobb": row, "state": state, "color": COLOURS[state], "saying": _saying(row, state)}


def _saying(row: Jobbstatus, state: Jobblage) -> str:
    """Return how it stands in words that change seldom: they are read aloud each time they do."""
    if state == Jobblage.PAGAR:
        return QUARTERS[min(4 * row.done // row.total, 3) if row.total else 0]
    return SAYING[state]
