"""What ends with the case itself: every invitation to it."""

from django.utils import timezone

from workflow.coauthors.models import Medforfattare
from workflow.context import ActContext


def end_with_case(act: ActContext) -> None:
    """End every invitation to a case that an act takes to its end; no statement where there is none."""
    if act.facts.has_invited and act.into.stations[act.target].is_final:
        rows = Medforfattare.objects.filter(satsning=act.arende.pk, ended_at=None)
        rows.update(ended_at=timezone.now(), end_act_id=act.act_id)
