"""What other pages show of what comes of decisions: a case's, a body's, the desk and Läget."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from governance.models import Body
from governance.permissions import today
from workflow.meetings.after.rights import home_rows, readable_duties
from workflow.meetings.after.selectors import (
    extracts_of_case,
)
from workflow.meetings.rights import kept_bodies
from workflow.rights import Viewer


def case_block(who: Viewer, satsning_id: int) -> list[dict[str, Any]]:
    """Return a case's paragraphs with where the extracts of each are, newest first; one statement."""
    found: dict[int, dict[str, Any]] = {}
    for one in extracts_of_case(who, satsning_id):
        meeting = one.paragraf.item.meeting
        shown = {"paragraf": one.paragraf, "body": meeting.body.name, "day": meeting.day, "extracts": []}
        found.setdefault(one.paragraf_id, shown)["extracts"].append(one)
    return list(found.values())


def body_block(who: Viewer, body: Body) -> list[dict[str, Any]]:
    """Return how many open decisions a body has made and answers for, as far as the person may read; one statement."""
    rows = readable_duties(who).filter(Q(body=body) | Q(responsible=body), done_at=None)
    counted = rows.aggregate(
        decided=Count("pk", filter=Q(body=body)),
        given=Count("pk", filter=Q(responsible=body)),
        late=Count("pk", filter=Q(due__lt=today())),
    )
    url = reverse("oppna_beslut")
    lines = [
        {"label": "Beslutade här", "count": counted["decided"], "url": f"{url}?organ={body.pk}"},
        {"label": "Ansvarar för", "count": counted["given"], "url": f"{url}?ansvarig={body.pk}"},
    ]
    return [line for line in lines if line["count"]]


def home_figure(who: Viewer) -> dict[str, Any]:
    """Return how much has not been brought home, as a figure of Läget; nothing for others, and when all has been.

    One statement, for those who see it.
    """
    if not who.followed and not kept_bodies(who):
        return {}
    count = home_rows(who).filter(returned_at=None).count()
    return {"label": "Inte återfört", "value": count, "url": reverse("aterforing")} if count else {}
