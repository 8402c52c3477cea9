"""The only place that writes the journal of what comes of a decision: on its case, or on the county where it has none.

The caller holds the meeting's lock; the case's is taken here, so that a transaction takes one case and takes it second.
"""

from typing import Any
from uuid import UUID

from governance.models import Person
from governance.permissions import Standing
from workflow.cases import lock as lock_case
from workflow.cases import record_act
from workflow.meetings.acts import record_for_body
from workflow.meetings.models import Meeting, Paragraf
from workflow.vocabulary import Act


def satsning_of(paragraf: Paragraf) -> int | None:
    """Return the id of the case that a paragraph is about, None for another matter; reads `item__anmalan`."""
    return paragraf.item.anmalan.satsning_id if paragraf.item.anmalan else None


def paragraf_of(meeting: Meeting, paragraf_id: int) -> Paragraf:
    """Return a paragraph of a meeting with its item and what that is about.

    Raises:
        Paragraf.DoesNotExist: the meeting has none such.

    """
    return Paragraf.objects.select_related("item__anmalan", "item__matter", "body", "beslut").get(
        pk=paragraf_id, item__meeting=meeting
    )


def record_about(  # noqa: PLR0913 - an act is made of this many facts
    meeting: Meeting,
    paragraf: Paragraf,
    act: Act,
    *,
    actor: Person,
    standing: Standing,
    payload: dict[str, Any],
) -> UUID:
    """Record what was done about a paragraph; return the act's id.

    Effects, in order: the case is locked where there is one; its edition and time of last act go up; the journal is
    written.
    """
    said = {
        "meeting": meeting.pk,
        "day": meeting.day.isoformat(),
        "paragraf": paragraf.pk,
        "paragraf_label": paragraf.label,
        "body": standing.body_name,
    } | payload
    satsning_id = satsning_of(paragraf)
    if satsning_id is None:
        return record_for_body(meeting.body, act, actor=actor, standing=standing, payload=said)
    return record_act(lock_case(satsning_id), act, actor=actor, standing=standing, payload=said)
