"""The acts of whoever keeps the minutes: what is written beside the facts, and drawing the minutes up."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.meeting_rules import meeting_rule
from governance.models import Person
from governance.workdays import workdays_after
from satsningar.cleaning import clean_text
from workflow.errors import Invalid, NotFromHere, Refusal
from workflow.meetings.acts import record
from workflow.meetings.minutes.content import Minutes, as_json, digest
from workflow.meetings.minutes.gathering import gather
from workflow.meetings.minutes.keeper import CLOSED, WRITTEN, keep
from workflow.meetings.minutes.rounds import end_round
from workflow.meetings.minutes.selectors import newest, with_names
from workflow.meetings.models import AgendaItem, Justering, Meeting, Protokoll
from workflow.meetings.vocabulary import JusteringState
from workflow.vocabulary import Act


class TextChanged(Refusal):
    """Somebody else has saved the same text since it was shown; nothing is overwritten."""

    status = 409

    def __init__(self, text: str, edition: int) -> None:
        """Keep what is saved now."""
        self.text, self.edition = text, edition
        super().__init__("Någon annan har sparat samma text. Ingenting är överskrivet.")


def draw_up(meeting_id: int, *, actor: Person, expected_edition: int) -> Protokoll:
    """Make the next version of a closed meeting's minutes of its records, and return it.

    Effects, in order, in one transaction: the meeting is locked; a round about the version before ends; the records are
    read; the version is written with its SHA-256 and the journal's newest number and hash; the marks that stand in it
    are written on their items; the journal is written.

    Args:
        meeting_id: which.
        actor: who keeps the body's minutes.
        expected_edition: the meeting's edition as it was seen.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeper.keep`.
        NotFromHere: the meeting goes on, its minutes are adjusted, or it has no paragraph.

    """
    with transaction.atomic():
        meeting, standing = keep(meeting_id, actor=actor, states=CLOSED, expected_edition=expected_edition)
        meeting = with_names(meeting)
        before = newest(meeting)
        if before is not None:
            end_round(before)
        number = before.number + 1 if before else 1
        minutes = gather(meeting, version=number)
        if not minutes.entries:
            raise NotFromHere("Mötet har inga paragrafer. Det finns inget att upprätta ett protokoll av.")
        content, at = as_json(minutes), timezone.now()
        protokoll = Protokoll.objects.create(
            meeting=meeting,
            number=number,
            content=content,
            sha256=digest(content),
            journal_number=minutes.journal_number,
            journal_hash=minutes.journal_hash,
            made_at=at,
            made_by=actor,
            justeras_senast=workdays_after(meeting.day, meeting_rule(meeting.body).justering),
        )
        _keep_marks(minutes)
        payload = {
            "protokoll": protokoll.pk,
            "number": number,
            "sha256": protokoll.sha256,
            "journal_number": protokoll.journal_number,
            "journal_hash": protokoll.journal_hash,
        }
        record(meeting, Act.PROTOKOLL, actor=actor, standing=standing, payload=payload, at=at)
        return protokoll


def _keep_marks(minutes: Minutes) -> None:
    """Write on each item the mark that stands in the minutes: it holds until an act lifts it, whatever else happens."""
    rows = AgendaItem.objects.filter(pk__in=[entry.item_id for entry in minutes.entries])
    rows.exclude(mark_in_minutes="").update(mark_in_minutes="")
    for entry in minutes.entries:
        if entry.sekretess:
            rows.filter(pk=entry.item_id).update(mark_in_minutes=entry.sekretess)


def save_text(item_id: int, text: str, *, actor: Person, expected: int) -> int:
    """Save what the secretary adds to the minutes of an item; return the edition of the text.

    It is read into the next version that is drawn up. Facts are not altered by it.

    Effects, in order, in one transaction: the meeting is locked; the text is cleaned; it is written and its edition
    goes up. The journal says nothing until minutes are drawn up with it.

    Args:
        item_id: the item of the agenda.
        text: Markdown.
        actor: who keeps the body's minutes.
        expected: the edition of the text as it was seen.

    Raises:
        Meeting.DoesNotExist: there is no such item of a meeting that the actor may read.
        NoMandate: the actor does not keep the minutes.
        NotFromHere: the meeting has not begun, or its minutes are being adjusted or are.
        TextChanged: somebody else has saved another text since.
        Invalid: the text is too long.

    """
    with transaction.atomic():
        meeting_id = AgendaItem.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
        if meeting_id is None:
            raise Meeting.DoesNotExist
        keep(meeting_id, actor=actor, states=WRITTEN)
        if Justering.objects.filter(protokoll__meeting=meeting_id, state=JusteringState.VANTAR).exists():
            raise NotFromHere("Protokollet är ute för justering, och texten ändras inte då. Vänta på svaren.")
        try:
            cleaned = clean_text(text).strip()
        except ValidationError as error:
            raise Invalid({"text": error.messages}) from None
        item = AgendaItem.objects.get(pk=item_id)
        if item.minutes_text == cleaned:
            return item.minutes_edition
        if item.minutes_edition != expected:
            raise TextChanged(item.minutes_text, item.minutes_edition)
        item.minutes_text, item.minutes_edition = cleaned, expected + 1
        item.save(update_fields=["minutes_text", "minutes_edition"])
        return item.minutes_edition
