"""A body's page: what it is, who sits in it, and how many cases it answers for, prepares and decides."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.directory import body_of
from governance.meeting_rules import may_meet
from governance.models import Body
from governance.views.bodies import body_context
from governance.vocabulary import BodyKind
from workflow.meetings.after.showing import body_block
from workflow.meetings.between.showing import decides_between
from workflow.meetings.planning.selectors import meetings_of_body, reads_meetings_of
from workflow.meetings.rights import keeping
from workflow.requests import person_of, viewer_of
from workflow.rights import Viewer, readable

TIES = (
    ("ansvarig_grupp", "Svarar för", (BodyKind.ARBETSGRUPP, BodyKind.REGIONALT_STOD)),
    ("beredningsgrupp", "Bereder", (BodyKind.BEREDNINGSGRUPP,)),
    ("beslutsorgan", "Beslutar om", (BodyKind.STYRGRUPP, BodyKind.NAMND)),
)
"""How a case belongs to a body, in words, and the kinds of body that always show it."""


@require_safe
@login_required
def body(request: HttpRequest, body_id: int) -> HttpResponse:
    """Show a body of a county that the person takes part in."""
    who = viewer_of(request)
    try:
        shown = body_of(body_id, who.counties)
    except Body.DoesNotExist:
        raise Http404 from None
    context = body_context(shown, person_of(request)) | {
        "cases": _cases(shown, who),
        "body_meetings": meetings_of_body(who, shown),
        "plans_meetings": may_meet(shown) and keeping(who, shown) is not None,
        "decides_between": decides_between(shown),
        "reads_meetings": may_meet(shown) and reads_meetings_of(who, shown),
        "body_duties": body_block(who, shown),
    }
    return render(request, "organ/body.html", context)


def _cases(shown: Body, who: Viewer) -> list[dict[str, Any]]:
    """Return how many cases of each tie the person may read, in one statement, with the list that shows them."""
    ties = Q(ansvarig_grupp=shown) | Q(beredningsgrupp=shown) | Q(beslutsorgan=shown)
    counted = (
        readable(who)
        .filter(ties)
        .aggregate(**{f"n_{tie}": Count("pk", filter=Q(**{tie: shown})) for tie, _, _ in TIES})
    )
    url = f"{reverse('satsningar')}?grupp={shown.pk}"
    return [
        {"label": label, "count": counted[f"n_{tie}"], "url": url}
        for tie, label, kinds in TIES
        if counted[f"n_{tie}"] or shown.kind in kinds
    ]
