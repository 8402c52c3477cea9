"""Only what one organisation has to say: its lines in a satsning, what is missing of them, and where to write."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Organisation
from satsningar import content
from satsningar.selectors import registernummer_of
from workflow import facts
from workflow.errors import NoMandate
from workflow.requests import viewer_of
from workflow.rights import station_of
from workflow.rounds.selectors import rounds_of
from workflow.selectors.cases import readable_case
from workflow.selectors.own import organisations_of, own_view

NOT_YOURS = (
    "Sidan visar det som gäller en organisation, för den som är dess kontaktperson eller företräder den i den ansvariga"
    " gruppen. Hela satsningen går att läsa på dess egen sida."
)


@login_required
@require_safe
def own(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show what concerns the person's organisation in the case; the first of several where none is chosen."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    organisations = organisations_of(who, satsning)
    if not organisations:
        raise NoMandate(NOT_YOURS)
    chosen = _chosen(request, organisations)
    read = content.read(satsning.pk)
    numbers = {one.organisation_id: one.number for one in registernummer_of(satsning.pk)}
    address = reverse("min_organisation", args=[satsning.pk])
    context = {
        "satsning": satsning,
        "title": read.title,
        "station": station_of(satsning),
        "own": own_view(
            who,
            satsning,
            chosen,
            read=read,
            known=facts.read(satsning.pk),
            rounds=rounds_of(satsning),
            number=numbers.get(chosen.pk, ""),
        ),
        "others": [
            {"name": one.name, "url": f"{address}?organisation={one.pk}"} for one in organisations if one != chosen
        ],
        "crumbs": [(reverse("satsning", args=[satsning.pk]), read.title)],
    }
    return render(request, "satsning/min_organisation.html", context)


def _chosen(request: HttpRequest, organisations: list[Organisation]) -> Organisation:
    """Return the organisation that is asked for.

    Raises:
        Http404: the person does not speak for it here.

    """
    asked = request.GET.get("organisation", str(organisations[0].pk))
    found = next((one for one in organisations if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found
