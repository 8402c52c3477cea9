"""The only place that turns what an act refuses into the page, and the status, that says so."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.defaults import page_not_found

from satsningar.models import Satsning
from workflow.errors import Incomplete, Refusal
from workflow.links import gap_rows
from workflow.meetings.models import Meeting
from workflow.requests import is_autosave

TITLES = {
    403: "Det här får du inte göra",
    409: "Satsningen har ändrats",
    422: "Det går inte än",
}
NO_CASE = "Det går inte nu"
"""Instead of the title of 409, where the page is not about a satsning."""
CONFLICT = 409
NOT_SHOWN = {"csrfmiddlewaretoken"}
SHORTEST_TEXT = 20
"""Shorter values than this in one word are choices, not texts that somebody would miss."""


class Refusals:
    """Answers a refusal that a view lets through with a page of its own, and a case not to be seen with 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; nothing is done unless an exception comes back."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of a refusal; None leaves every other exception alone."""
        if isinstance(exception, Satsning.DoesNotExist | Meeting.DoesNotExist):
            return page_not_found(request, Http404())
        return refused(request, exception) if isinstance(exception, Refusal) else None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page that says why, who can, and what was written, so that nothing is lost."""
    if is_autosave(request):
        return JsonResponse({"message": f"Inte sparat. {refusal} Kopiera din text innan du lämnar sidan."}, status=403)
    about = request.resolver_match.kwargs if request.resolver_match else {}
    satsning_id, meeting_id = about.get("satsning_id"), about.get("meeting_id")
    title = TITLES.get(refusal.status, TITLES[403])
    context: dict[str, Any] = {
        "title": NO_CASE if refusal.status == CONFLICT and satsning_id is None else title,
        "reason": str(refusal),
        "typed": typed_texts(request),
    }
    if satsning_id is not None:
        context["back_url"] = reverse("satsning", args=[satsning_id])
        if isinstance(refusal, Incomplete):
            context |= {"reason": "Det som saknas står nedan.", "gaps": gap_rows(satsning_id, refusal.gaps)}
    elif meeting_id is not None:
        context |= {"back_url": reverse("mote", args=[meeting_id]), "back_link": "Tillbaka till mötet"}
    return render(request, "errors/refused.html", context, status=refusal.status)


def typed_texts(request: HttpRequest) -> str:
    """Return the texts that were sent along, one after another."""
    texts = [value for name in request.POST if name not in NOT_SHOWN for value in request.POST.getlist(name)]
    return "\n\n".join(text for text in texts if len(text) >= SHORTEST_TEXT or len(text.split()) > 1)
