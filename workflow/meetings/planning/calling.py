"""Calling a body to its meeting, and adding to the papers afterwards: what freezes them."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar.cleaning import clean_text
from workflow.errors import Invalid, Refusal
from workflow.meetings.acts import record
from workflow.meetings.calendar.invitations import queue_invitations
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.papers.freezing import freeze_items
from workflow.meetings.planning.agenda import live_item
from workflow.meetings.planning.keeper import locked
from workflow.meetings.planning.placing import DECIDED
from workflow.meetings.planning.saying import as_called
from workflow.meetings.selectors import items_of, seats_at
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.vocabulary import Act


class NotReady(Refusal):
    """The kallelse cannot go out as the agenda is."""

    status = 422


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a kallelse lacks: sentences that stop it, and sentences that are worth a thought."""

    stops: tuple[str, ...]
    thoughts: tuple[str, ...]


def lacks_of(meeting: Meeting, items: list[AgendaItem]) -> Lacks:
    """Return what the kallelse lacks; no statements.

    Args:
        meeting: with its body.
        items: what stands on its agenda, as `selectors.items_of` gives it.

    """
    now = timezone.now()
    stops, thoughts = [], []
    if not items:
        stops.append("Dagordningen är tom. Lägg till minst en punkt.")
    if meeting.starts_at <= now:
        stops.append("Mötet skulle ha börjat redan. Ändra dag eller tid först.")
    for number, item in enumerate(items, 1):
        if item.anmalan is not None and item.anmalan.closed_at is not None:
            stops.append(f"Punkt {number}, ”{item.title}”, är inte längre anmäld till beslut. Ta bort punkten.")
        elif _is_without_papers(item):
            thoughts.append(f"Punkt {number}, ”{item.title}”, saknar förslag till beslut.")
    without_time = sum(item.duration is None for item in items)
    if without_time:
        noun = "1 punkt" if without_time == 1 else f"{without_time} punkter"
        thoughts.append(f"{noun} saknar tid.")
    if items and not any(item.kind in DECIDED for item in items):
        thoughts.append("Inget ärende till beslut står på dagordningen.")
    if not meeting.place and not meeting.link:
        thoughts.append("Mötet har varken plats eller länk.")
    if timezone.localdate() > meeting.kallelse_due:
        thoughts.append(f"Kallelsen är sen: den skulle ha gått ut senast {meeting.kallelse_due.isoformat()}.")
    return Lacks(tuple(stops), tuple(thoughts))


def _is_without_papers(item: AgendaItem) -> bool:
    if item.anmalan is not None:
        return not item.anmalan.forslag.strip()
    return item.matter is not None and not item.matter.forslag.strip()


@transaction.atomic
def call(meeting_id: int, *, actor: Person, expected_edition: int) -> Meeting:
    """Call the body to the meeting: from then on its papers are what they are, and can only be added to.

    Effects, in order: the meeting is locked, the papers of every item are frozen, state and time are written, the
    meeting's edition goes up, the journal is written with the agenda and who was called, invitations are queued.

    Args:
        meeting_id: the meeting.
        actor: who calls.
        expected_edition: its edition as the actor saw it.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        NoMandate: the actor does not plan the body's meetings.
        StaleMeeting: it has changed since the actor saw it.
        NotNow: it has been called or cancelled already.
        NotReady: the agenda is empty, a matter on it is closed, or the meeting should have begun.

    """
    planned = frozenset({MeetingState.PLANERAT})
    meeting, standing = locked(meeting_id, actor=actor, states=planned, expected_edition=expected_edition)
    items = list(items_of(meeting))
    if stops := lacks_of(meeting, items).stops:
        raise NotReady(" ".join(stops))
    now = timezone.now()
    frozen = freeze_items(meeting, items, at=now, actor=actor)
    meeting.state, meeting.called_at = MeetingState.KALLAT, now
    payload = {
        "items": [item.title for item in items],
        "punkter": as_called(items),
        "underlag": frozen,
        "called": [seat.name for seat in seats_at(meeting).values()],
        "starts": timezone.localtime(meeting.starts_at).isoformat(),
    }
    record(meeting, Act.MOTE_KALLAT, actor=actor, standing=standing, payload=payload, at=now)
    queue_invitations(meeting, actor=actor)
    return meeting


@transaction.atomic
def supplement(meeting_id: int, item_id: int, *, text: str = "", actor: Person, expected_edition: int) -> None:
    """Add to an item's papers after the kallelse: a new number beside the one that was called.

    Effects, in order: the meeting is locked, the text is put below what the item said, its papers are frozen anew, the
    meeting's edition goes up, the journal is written.

    Args:
        meeting_id: the meeting.
        item_id: the item.
        text: what is added; for a case it may be empty, where its papers have changed.
        actor: who adds.
        expected_edition: the meeting's edition as the actor saw it.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeper.locked`.
        NotNow: the kallelse has not gone out, the meeting has been closed, or the item is settled or has left.
        Invalid: the text cannot be used, or nothing has been added.

    """
    called = frozenset({MeetingState.KALLAT, MeetingState.PAGAR})
    meeting, standing = locked(meeting_id, actor=actor, states=called, expected_edition=expected_edition)
    item = live_item(meeting, item_id)
    try:
        added = clean_text(text).strip()
    except ValidationError as error:
        raise Invalid({"text": error.messages}) from None
    if not added and item.kind in {ItemKind.INFORMATION, ItemKind.STAENDE}:
        raise Invalid({"text": ["Skriv det som läggs till."]})
    now = timezone.now()
    if added:
        heading = f"**Tillägg {timezone.localtime(now):%Y-%m-%d %H.%M}**"
        try:
            item.text = clean_text("\n\n".join(piece for piece in (item.text, heading, added) if piece))
        except ValidationError as error:
            raise Invalid({"text": error.messages}) from None
        item.save(update_fields=["text"])
    frozen = freeze_items(meeting, [item], at=now, actor=actor)
    if not frozen:
        raise Invalid({"text": ["Handlingarna är de som gick ut. Skriv det som läggs till, eller ändra dem först."]})
    [[_, number, _]] = frozen
    said = {"punkter": as_called([item]), "underlag": frozen}
    payload = {"what": f"Lade till handlingar i ”{item.title}”.", "item": item.pk, "number": number} | said
    record(meeting, Act.MOTE_TILLAGG, actor=actor, standing=standing, payload=payload, at=now)
