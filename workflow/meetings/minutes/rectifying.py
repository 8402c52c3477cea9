"""Correcting adjusted minutes: they stay as they are, and the correction is a record of its own, linked to them."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from governance.models import Person
from satsningar.content import canonical_json
from workflow.errors import Invalid
from workflow.meetings.acts import record
from workflow.meetings.minutes.content import digest
from workflow.meetings.minutes.keeper import LOCKED, keep
from workflow.meetings.minutes.rounds import cleaned
from workflow.meetings.models import Meeting, Paragraf, Protokoll, Rattelse
from workflow.vocabulary import Act


def rectify(protokoll_id: int, paragraf_id: int | None, text: str, reason: str, *, actor: Person) -> Rattelse:
    """Correct minutes that are adjusted, and return the correction.

    Effects, in order, in one transaction: the meeting is locked; the words are cleaned; the journal is written; the
    correction is written with its number and its SHA-256, for ever. The minutes and their PDF are not touched.

    Args:
        protokoll_id: the locked version.
        paragraf_id: the paragraph that is wrong; None for the minutes as a whole.
        text: how it should be, Markdown.
        reason: why it is corrected.
        actor: the body's chair or secretary.

    Raises:
        Meeting.DoesNotExist, NoMandate: as `keeper.keep`.
        NotFromHere: the minutes are not adjusted; they are corrected by a new version.
        Invalid: the paragraph is another meeting's, or something is missing or too long.

    """
    with transaction.atomic():
        meeting_id = Protokoll.objects.filter(pk=protokoll_id).values_list("meeting_id", flat=True).first()
        if meeting_id is None:
            raise Meeting.DoesNotExist
        meeting, standing = keep(meeting_id, actor=actor, states=LOCKED)
        protokoll = Protokoll.objects.defer("pdf").get(pk=protokoll_id, locked_at__isnull=False)
        paragraf = _paragraph(meeting, paragraf_id)
        text = cleaned("text", text, "Skriv hur det ska vara i stället.")
        reason = cleaned("reason", reason, "Skriv varför protokollet rättas.")
        number = (Rattelse.objects.filter(protokoll=protokoll).aggregate(last=Max("number"))["last"] or 0) + 1
        at = timezone.now()
        said = {
            "protokoll": protokoll.pk,
            "number": number,
            "paragraf": paragraf.pk if paragraf else None,
            "text": text,
            "reason": reason,
        }
        total = digest(canonical_json(said))
        payload = said | {"label": paragraf.label if paragraf else "", "sha256": total}
        act_id = record(meeting, Act.PROTOKOLL_RATTAT, actor=actor, standing=standing, payload=payload, at=at)
        return Rattelse.objects.create(
            protokoll=protokoll,
            paragraf=paragraf,
            number=number,
            text=text,
            reason=reason,
            sha256=total,
            act_id=act_id,
            at=at,
            by=actor,
        )


def _paragraph(meeting: Meeting, paragraf_id: int | None) -> Paragraf | None:
    if paragraf_id is None:
        return None
    found = Paragraf.objects.filter(pk=paragraf_id, item__meeting=meeting).first()
    if found is None:
        raise Invalid({"paragraf": ["Välj en paragraf i det här protokollet."]})
    return found
