"""What a reader writes for their own use alone: that a matter is read, and notes. No act of the body, so no journal."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar.cleaning import clean_text
from satsningar.errors import Conflict
from workflow.errors import Invalid
from workflow.meetings.models import AgendaItem, Meeting, PrivateNote, ReadMark, Underlag
from workflow.meetings.rights import is_secret, may_read_meeting, may_read_secret
from workflow.rights import viewer


def mark_read(item_id: int, *, number: int, actor: Person) -> None:
    """Write that the actor has read an item's papers; once is enough, and a newer number is never made older.

    Effects, in order, in one transaction: the right is asked; the mark is made, or its number and time are renewed.

    Args:
        item_id: which.
        number: of the newest underlag that the actor was shown, 0 for papers that are not frozen.
        actor: who has read.

    Raises:
        Meeting.DoesNotExist: there is no such item that the actor may read.

    """
    with transaction.atomic():
        item = _readable(item_id, actor)
        there = Underlag.objects.filter(item=item).order_by("-number").values_list("number", flat=True).first() or 0
        seen = max(0, min(number, there))
        values = {"underlag": seen, "at": timezone.now()}
        mark, is_new = ReadMark.objects.get_or_create(item=item, person=actor, defaults=values)
        if not is_new:
            ReadMark.objects.filter(pk=mark.pk, underlag__lt=seen).update(**values)


def save_note(item_id: int, text: str, *, actor: Person, expected: int) -> int:
    """Save the actor's own note on an item; return its version.

    Effects, in order, in one transaction: the right is asked; the text is cleaned; the note's row is made where there
    is none, and locked; it is written and its version goes up. A text that stands there already is left as it is.

    Args:
        item_id: which.
        text: what is noted.
        actor: whose note.
        expected: the version as it was seen, 0 where there was none.

    Raises:
        Meeting.DoesNotExist: there is no such item that the actor may read.
        Invalid: the text is too long.
        Conflict: the actor has saved another text since, on another device.

    """
    with transaction.atomic():
        item = _readable(item_id, actor)
        try:
            cleaned = clean_text(text).strip()
        except ValidationError as error:
            raise Invalid({"text": error.messages}) from None
        empty = PrivateNote(item=item, person=actor, version=0)
        PrivateNote.objects.bulk_create([empty], ignore_conflicts=True)
        note = PrivateNote.objects.select_for_update().get(item=item, person=actor)
        if note.text == cleaned:
            return note.version
        if note.version != expected:
            raise Conflict({"text": note.text}, note.version)
        note.text, note.version = cleaned, note.version + 1
        note.save()
        return note.version


def _readable(item_id: int, actor: Person) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__body", "matter").filter(pk=item_id, withdrawn_at=None)
    item, who = rows.first(), viewer(actor)
    if item is None or not may_read_meeting(who, item.meeting):
        raise Meeting.DoesNotExist
    if is_secret(item) and not may_read_secret(who, item.meeting):
        raise Meeting.DoesNotExist
    return item
