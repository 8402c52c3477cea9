"""Reservations and notes to the minutes: declared at the meeting by who was there, with a text that may follow."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.meeting_rules import meeting_rule
from governance.models import Person
from governance.permissions import today
from governance.workdays import workdays_after
from workflow.errors import Invalid, NoMandate, NotFromHere, Refusal
from workflow.meetings.acts import lock, record
from workflow.meetings.models import Meeting, Paragraf, Protokoll, Reservation
from workflow.meetings.rights import keeping
from workflow.meetings.table.keeping import check_state, refuse_strangers, who_keeps, written
from workflow.meetings.vocabulary import Dissent, MeetingState
from workflow.vocabulary import Act

_NOT_OWN = "Du skriver bara för dig själv."


def reservation_due(meeting: Meeting) -> date:
    """Return the last day for the text of a reservation declared at the meeting, by the body's rule."""
    return workdays_after(meeting.day, meeting_rule(meeting.body).reservation)


def add_reservation(  # noqa: PLR0913 - a reservation is made of this many facts
    meeting_id: int, item_id: int, membership_id: int, *, kind: str, text: str, actor: Person
) -> int:
    """Declare a reservation against a decision, or a note to the minutes, while the meeting goes on; return its id.

    Args:
        meeting_id: the meeting.
        item_id: an item that has its outcome.
        membership_id: whose; one's own, or anybody's as who keeps the meeting records it.
        kind: `Dissent`: a reservation is made by who took part in the decision, a note by who was there.
        text: what is written; may follow until the day that the body's rule gives.
        actor: who says so.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        Paragraf.DoesNotExist: the item has no outcome in this meeting.
        NoMandate: the actor speaks for somebody else without keeping the meeting.
        NotFromHere: the meeting is over, or has not begun.
        Invalid: the member was not there, had jäv or no vote, or has said so already.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        who = refuse_strangers(meeting, actor)
        if meeting.state in {MeetingState.AVSLUTAT, MeetingState.JUSTERAT}:
            raise NotFromHere("Reservationer och anteckningar anmäls innan mötet är avslutat.")
        check_state(meeting, (MeetingState.PAGAR,))
        paragraf = Paragraf.objects.select_related("item").get(item=item_id, item__meeting=meeting)
        keeper = keeping(who, meeting.body)
        own = next((one for one in who.standings if one.membership_id == membership_id), None)
        standing = keeper or own
        if standing is None:
            raise NoMandate(f"{_NOT_OWN} {who_keeps(meeting.body)}")
        if kind not in Dissent.values:
            raise Invalid({"kind": ["Välj reservation eller anteckning."]})
        name = _name_of(paragraf, membership_id, Dissent(kind))
        clean = written(text, "text")
        at = timezone.now()
        try:
            with transaction.atomic():
                row = Reservation.objects.create(
                    item=paragraf.item,
                    membership_id=membership_id,
                    name=name,
                    kind=kind,
                    text=clean,
                    due=reservation_due(meeting),
                    declared_at=at,
                    text_at=at if clean else None,
                    recorded_by=actor,
                )
        except IntegrityError:
            raise Invalid({"membership": [f"{name} har redan en sådan under {paragraf.label}."]}) from None
        record(meeting, Act.RESERVATION, actor=actor, standing=standing, payload=_said(row, paragraf), at=at)
        return row.pk


def _name_of(paragraf: Paragraf, membership_id: int, kind: Dissent) -> str:
    """Return the name of a participant who may say so."""
    there = {id_: (name, votes, jav) for id_, name, _, _, votes, jav, _ in paragraf.participants}
    if membership_id not in there:
        raise Invalid({"membership": ["Bara den som var med när ärendet behandlades skriver till protokollet."]})
    name, votes, jav = there[membership_id]
    if jav:
        raise Invalid({"membership": [f"{name} hade jäv och deltog inte i ärendet."]})
    if kind == Dissent.RESERVATION and not votes:
        raise Invalid({"membership": [f"{name} deltog inte i beslutet och kan inte reservera sig. Välj anteckning."]})
    return str(name)


def _said(row: Reservation, paragraf: Paragraf) -> dict[str, Any]:
    return {
        "item": paragraf.item_id,
        "paragraf": paragraf.label,
        "member": [row.membership_id, row.name],
        "kind": row.kind,
        "text": row.text,
        "due": row.due.isoformat(),
    }


class WrittenSince(Refusal):
    """Somebody else has written the text since it was shown."""

    status = 409

    def __init__(self, row: Reservation) -> None:
        """Keep what stands there now."""
        super().__init__("Någon annan har skrivit texten sedan du öppnade sidan. Spara igen om din ska gälla.")
        self.text, self.seen = row.text, seen_of(row)


def seen_of(row: Reservation) -> str:
    """Return what tells one writing of a text from the next: when it was written; empty before it is."""
    return row.text_at.isoformat() if row.text_at else ""


def write_reservation_text(reservation_id: int, *, text: str, actor: Person, seen: str | None = None) -> None:
    """Write the text of a reservation or note, until its day and before the minutes are adjusted.

    Args:
        reservation_id: which.
        text: what it says; Markdown.
        actor: who writes.
        seen: as `seen_of` gave it when the text was shown; None where none was shown.

    Raises:
        Meeting.DoesNotExist: there is no such reservation in a meeting that the actor may read.
        NoMandate: it is somebody else's, and the actor does not keep the meeting.
        NotFromHere: its day has been, or the minutes are adjusted.
        Invalid: nothing is written.
        WrittenSince: somebody else has written another text since it was seen.

    """
    with transaction.atomic():
        found = Reservation.objects.filter(pk=reservation_id).values_list("item__meeting_id", flat=True).first()
        if found is None:
            raise Meeting.DoesNotExist
        meeting = lock(found)
        who = refuse_strangers(meeting, actor)
        row = Reservation.objects.select_related("item__paragraf").get(pk=reservation_id)
        own = next((one for one in who.standings if one.membership_id == row.membership_id), None)
        standing = keeping(who, meeting.body) or own
        if standing is None:
            raise NoMandate(f"{_NOT_OWN} {who_keeps(meeting.body)}")
        if today() > row.due:
            raise NotFromHere(f"Texten skulle lämnas senast {row.due.isoformat()}.")
        locked = Protokoll.objects.filter(meeting=meeting).exclude(locked_at=None).exists()
        if meeting.state == MeetingState.JUSTERAT or locked:
            raise NotFromHere("Protokollet är justerat. Texten ändras inte längre.")
        new = written(text, "text", missing="Skriv texten.")
        if seen is not None and seen != seen_of(row) and new != row.text:
            raise WrittenSince(row)
        row.text = new
        row.text_at = timezone.now()
        row.save(update_fields=["text", "text_at"])
        payload = _said(row, row.item.paragraf)
        record(meeting, Act.RESERVATION, actor=actor, standing=standing, payload=payload, at=row.text_at)


def may_reserve(paragraf: Paragraf, meeting: Meeting) -> list[tuple[int, str]]:
    """Return membership id and name of those who may make a reservation against a decision; no statements."""
    if meeting.state != MeetingState.PAGAR:
        return []
    return [(id_, name) for id_, name, _, _, votes, jav, _ in paragraf.participants if votes and not jav]
