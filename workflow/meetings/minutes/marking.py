"""A secrecy mark set on a matter after it was dealt with, or lifted by a justified act: the only writer of it then.

From the moment it is set the matter is hidden everywhere from who may not read it: in the minutes, among what is open
to everyone, on its case, and in extracts that went out before. Before a matter is dealt with its mark is set on the
agenda.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar.cleaning import clean_text
from workflow.errors import Invalid, NotFromHere
from workflow.meetings.acts import record
from workflow.meetings.minutes.keeper import LOCKED, WRITTEN, keep
from workflow.meetings.minutes.rounds import cleaned
from workflow.meetings.models import AgendaItem, OvrigtArende
from workflow.meetings.planning.saying import as_called
from workflow.meetings.rights import mark_of
from workflow.vocabulary import Act

SECTION_LIMIT = 100
"""Characters of a mark: a section of law."""


def set_mark(  # noqa: PLR0913 - a mark is made of this many facts
    meeting_id: int, item_id: int, section: str, reason: str, *, actor: Person, expected_edition: int
) -> None:
    """Set a matter's secrecy mark after it was dealt with, change it, or lift it with an empty one.

    Effects, in order, in one transaction: the meeting is locked; the words are cleaned; the item, and of a lifted one
    its matter, is written; the meeting's edition goes up; the journal is written with both marks and why.

    Args:
        meeting_id: the meeting.
        item_id: an item that has its paragraph.
        section: the section of law; empty lifts the mark, that which stands in the minutes too.
        reason: why; needed to lift it.
        actor: who keeps the body's minutes.
        expected_edition: the meeting's edition as it was seen.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeper.keep`.
        AgendaItem.DoesNotExist: the meeting has no such item.
        NotFromHere: the item has not been dealt with, or the mark is as it was.
        Invalid: the mark is too long, there is none to lift, or it is lifted without a reason.

    """
    with transaction.atomic():
        meeting, standing = keep(meeting_id, actor=actor, states=WRITTEN | LOCKED, expected_edition=expected_edition)
        item = AgendaItem.objects.select_related("matter", "paragraf").get(pk=item_id, meeting=meeting)
        if item.settled_at is None:
            raise NotFromHere(f"”{item.title}” är inte behandlad än. Markeringen ändras på dagordningen.")
        before, after = mark_of(item), _section(section)
        if not before and not after:
            raise Invalid({"section": ["Skriv lagrummet. Ärendet har ingen markering att häva."]})
        why = cleaned("reason", reason, "Skriv varför markeringen hävs.") if not after else _reason(reason)
        if before == after:
            raise NotFromHere("Ingen ändring: markeringen är redan sådan.")
        at = timezone.now()
        item.sekretess, item.mark_lifted_at = after, None if after else at
        if not after:
            item.marked_at = None
        elif not before:
            item.marked_at = at
        item.save(update_fields=["sekretess", "mark_lifted_at", "marked_at"])
        if not after and item.matter_id is not None:
            OvrigtArende.objects.filter(pk=item.matter_id).update(sekretess="")
        what = f"Satte en sekretessmarkering på {item.paragraf.label}." if after else ""
        payload = {
            "what": what or f"Hävde sekretessmarkeringen på {item.paragraf.label}.",
            "item": item.pk,
            "paragraf": item.paragraf.pk,
            "before": before,
            "after": after,
            "reason": why,
            "punkter": as_called([item]),
        }
        record(meeting, Act.SEKRETESS, actor=actor, standing=standing, payload=payload, at=at)


def _section(section: str) -> str:
    try:
        return clean_text(section, limit=SECTION_LIMIT, one_line=True).strip()
    except ValidationError as error:
        raise Invalid({"section": error.messages}) from None


def _reason(reason: str) -> str:
    try:
        return clean_text(reason).strip()
    except ValidationError as error:
        raise Invalid({"reason": error.messages}) from None
