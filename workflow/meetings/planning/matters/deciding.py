"""What becomes of a matter that is no satsning when its item has got its paragraph."""

from governance.errors import Refused
from governance.minuted import record_paragraph
from workflow.errors import NotFromHere
from workflow.meetings.models import OvrigtArende, Paragraf
from workflow.meetings.vocabulary import Outcome

COMES_BACK = frozenset({Outcome.BORDLAGGNING, Outcome.ATERREMISS, Outcome.UTGICK})
"""The outcomes after which a matter is open still, to be put on another agenda."""
DECIDES = frozenset({Outcome.BIFALL, Outcome.BIFALL_ANDRING})
"""The outcomes by which what a matter is about has been decided; a change or condition stands in the paragraph."""


def settled(matter: OvrigtArende, paragraf: Paragraf) -> None:
    """Let a matter follow what the meeting decided; in the transaction that wrote the paragraph, the meeting locked.

    Effects, in order: the matter is locked; unless it comes back it is closed and its edition goes up; with a bifall
    its version of the ärendegång or its fokusområde carries the paragraph, with day and body.

    Args:
        matter: what the item is about.
        paragraf: what became of the item.

    Raises:
        NotFromHere: the version or fokusområde carries a decision as late as this one already.

    """
    if paragraf.outcome in COMES_BACK:
        return
    row = OvrigtArende.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    row.closed_at = paragraf.recorded_at
    row.edition += 1
    row.save(update_fields=["closed_at", "edition"])
    if paragraf.outcome not in DECIDES:
        return
    day, body = paragraf.item.meeting.day, paragraf.body.name
    for decided in (row.version, row.fokusomrade):
        if decided is None:
            continue
        try:
            record_paragraph(decided, paragraph=paragraf.label, decided_on=day, decided_by=body)
        except Refused as refusal:
            raise NotFromHere(str(refusal)) from None
