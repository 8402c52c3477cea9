"""Bringing a matter that is no satsning, changing it, withdrawing it and putting it on an agenda: its only writer.

Locks are taken in the order of meetings: the meeting whose agenda the matter stands on, then the matter.
"""

from django.db import transaction
from django.utils import timezone

from governance.models import Body, Person
from governance.permissions import Standing
from satsningar.errors import Conflict
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings import acts
from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende, Paragraf
from workflow.meetings.planning.agenda import put_on
from workflow.meetings.planning.keeper import OPEN_AGENDA, locked
from workflow.meetings.planning.matters.rights import standing_to_bring, standing_to_edit, who_brings, who_edits
from workflow.meetings.planning.matters.words import MatterWords, checked, words_of
from workflow.meetings.rights import may_read_matter
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.rights import viewer
from workflow.vocabulary import Act


def create_matter(body_id: int, words: MatterWords, *, actor: Person) -> int:
    """Bring a new matter before a body; return its id.

    Effects, in order: the right is asked, the words are checked, the matter is written, the journal is written.

    Args:
        body_id: the body that is to decide.
        words: what the matter says.
        actor: by whom.

    Raises:
        Body.DoesNotExist: there is no such body in a county that the actor takes part in.
        NoMandate: the actor brings no matters before the body.
        Invalid: the words cannot be used.

    """
    with transaction.atomic():
        who = viewer(actor)
        body = Body.objects.get(pk=body_id, county__in=who.counties)
        standing = standing_to_bring(who, body)
        if standing is None:
            raise NoMandate(who_brings(body))
        columns = checked(words, body).columns
        matter = OvrigtArende.objects.create(
            **columns, body=body, created_by=actor, created_by_body_id=standing.body_id
        )
        payload = {"matter": matter.pk, "title": matter.title, "slag": matter.get_kind_display()}
        acts.record_for_body(body, Act.OVRIGT_ARENDE, actor=actor, standing=standing, payload=payload)
        return matter.pk


def open_item_of(matter_id: int) -> AgendaItem | None:
    """Return the item by which the matter stands on an agenda now, with its meeting; one statement."""
    rows = AgendaItem.objects.filter(matter=matter_id, settled_at=None, withdrawn_at=None)
    return rows.select_related("meeting", "meeting__body").first()


def lock_matter(matter_id: int) -> tuple[OvrigtArende, AgendaItem | None]:
    """Return the matter locked, and the item by which it stands on an agenda, its meeting locked before it.

    Raises:
        OvrigtArende.DoesNotExist: there is none.
        NotFromHere: it was put on an agenda, or came off it, in this moment.

    """
    before = open_item_of(matter_id)
    meeting = acts.lock(before.meeting_id) if before else None
    rows = OvrigtArende.objects.select_for_update(of=("self",)).select_related("body", "created_by_body")
    matter = rows.get(pk=matter_id)
    item = open_item_of(matter_id)
    if (item.meeting_id if item else None) != (meeting.pk if meeting else None):
        raise NotFromHere("Ärendet sattes upp på en dagordning, eller togs bort, just nu. Försök igen.")
    if item is not None and meeting is not None:
        item.meeting = meeting
    return matter, item


def demand_change(matter_id: int, *, actor: Person) -> tuple[OvrigtArende, AgendaItem | None, Standing]:
    """Return a locked matter that the actor may change now, its item if it stands on an agenda, and the standing.

    Raises:
        OvrigtArende.DoesNotExist: there is no such matter that the actor may read.
        NoMandate: the actor does not change it.
        NotFromHere: it is closed, or its papers are frozen.

    """
    matter, item = lock_matter(matter_id)
    who = viewer(actor)
    if not may_read_matter(who, matter):
        raise OvrigtArende.DoesNotExist
    if matter.closed_at is not None:
        raise NotFromHere("Ärendet är avslutat och ändras inte längre.")
    standing = standing_to_edit(who, matter)
    if standing is None:
        raise NoMandate(who_edits(matter))
    if (why := why_frozen(item)) is not None:
        raise NotFromHere(why)
    return matter, item, standing


def why_frozen(item: AgendaItem | None) -> str | None:
    """Return why a matter that stands on an agenda by this item does not change; None when it may."""
    if item is None or item.meeting.state == MeetingState.PLANERAT:
        return None
    return (
        f"Kallelsen till mötet {item.meeting.day.isoformat()} har gått ut med ärendets handlingar, och de är frysta."
        " Det som har tillkommit tar sekreteraren med till mötet."
    )


def save_matter(matter_id: int, words: MatterWords, *, actor: Person, expected_edition: int) -> int:
    """Write what a matter says; return its edition.

    Effects, in order: the meeting whose agenda it stands on and the matter are locked; the matter is written and its
    edition goes up; the agenda's line takes the new title and the meeting's edition goes up; the journal is written.

    Args:
        matter_id: which.
        words: what it is to say.
        actor: by whom.
        expected_edition: the matter's edition as the actor saw it.

    Raises:
        OvrigtArende.DoesNotExist: there is no such matter that the actor may read.
        NoMandate: the actor does not change it.
        NotFromHere: it is closed, or its papers are frozen.
        Conflict: somebody else has saved it since; `current` is what stands there.
        Invalid: the words cannot be used, or the secrecy mark is another though a paragraph rests on it.

    """
    with transaction.atomic():
        matter, item, standing = demand_change(matter_id, actor=actor)
        new, old = checked(words, matter.body, matter_id=matter.pk), words_of(matter)
        if new == old:
            return matter.edition
        if matter.edition != expected_edition:
            raise Conflict(old.columns, matter.edition)
        if new.sekretess != old.sekretess and Paragraf.objects.filter(item__matter=matter).exists():
            raise Invalid({"sekretess": [_DEALT_WITH]})
        for name, value in new.columns.items():
            setattr(matter, name, value)
        matter.edition += 1
        matter.save()
        if item is not None:
            _follow(item, old.title, new.title)
        payload = {"matter": matter.pk, "title": matter.title, "before": old.columns, "after": new.columns}
        acts.record_for_body(matter.body, Act.OVRIGT_ARENDE_ANDRAT, actor=actor, standing=standing, payload=payload)
        return matter.edition


_DEALT_WITH = (
    "Ärendet har behandlats på ett möte, och markeringen gäller paragrafen där."
    " Den som för protokollet sätter eller häver den i protokollet."
)


def _follow(item: AgendaItem, before: str, after: str) -> None:
    """Let the agenda say the new title where it said the old one, and its meeting be one edition further."""
    if item.title == before:
        AgendaItem.objects.filter(pk=item.pk).update(title=after)
    touch(item)


def touch(item: AgendaItem | None) -> None:
    """Raise the edition of the locked meeting whose papers have changed."""
    if item is not None:
        Meeting.objects.filter(pk=item.meeting_id).update(edition=item.meeting.edition + 1)


def withdraw(matter_id: int, *, reason: str, actor: Person) -> None:
    """Withdraw a matter that no meeting has before it; it is closed.

    Raises:
        OvrigtArende.DoesNotExist: there is no such matter that the actor may read.
        NoMandate: the actor does not change it.
        NotFromHere: it is closed, or stands on an agenda.
        Invalid: no reason is given.

    """
    with transaction.atomic():
        matter, item, standing = demand_change(matter_id, actor=actor)
        if item is not None:
            raise NotFromHere(f"Ärendet står på dagordningen till {_name(item.meeting)}. Ta bort det därifrån först.")
        said = " ".join(reason.split())[:LONGEST_REASON]
        if not said:
            raise Invalid({"reason": ["Skriv varför ärendet tas tillbaka."]})
        matter.closed_at = timezone.now()
        matter.edition += 1
        matter.save()
        payload = {"matter": matter.pk, "title": matter.title, "reason": said}
        acts.record_for_body(matter.body, Act.OVRIGT_ARENDE_ATERTAGET, actor=actor, standing=standing, payload=payload)


LONGEST_REASON = 1000
"""Characters of why a matter is withdrawn."""


def put_on_agenda(matter_id: int, meeting_id: int, *, actor: Person, expected_edition: int | None = None) -> AgendaItem:
    """Put a matter on the agenda of a meeting of the body that is to decide; return the item.

    Effects, in order: the meeting, then the matter, is locked; what `planning.agenda.put_on` does: the line is written,
    late where it comes after the papers' last day, and after the kallelse its papers are frozen.

    Args:
        matter_id: the matter.
        meeting_id: a meeting that is planned, called or under way.
        actor: who keeps the body's records.
        expected_edition: the meeting's edition as the actor saw it, where it was seen.

    Raises:
        OvrigtArende.DoesNotExist: there is no such matter that the actor may read.
        Meeting.DoesNotExist: the body has no such meeting.
        NoMandate: the actor does not keep the body's records.
        StaleMeeting: the meeting has changed since the actor saw it.
        NotNow: the meeting is over or cancelled; `OnAnotherAgenda`: the matter stands on an agenda already.
        NotFromHere: the matter is closed.
        Invalid: the matter has no proposed wording, or the agenda is full.

    """
    with transaction.atomic():
        meeting, standing = locked(meeting_id, actor=actor, states=OPEN_AGENDA, expected_edition=expected_edition)
        matter = OvrigtArende.objects.select_for_update(of=("self",)).select_related("body").get(pk=matter_id)
        if not may_read_matter(viewer(actor), matter):
            raise OvrigtArende.DoesNotExist
        if meeting.body_id != matter.body_id:
            raise Meeting.DoesNotExist
        if matter.closed_at is not None:
            raise NotFromHere("Ärendet är avslutat.")
        if not matter.forslag:
            raise Invalid({"forslag": ["Skriv förslaget till beslut innan ärendet sätts upp på en dagordning."]})
        return put_on(meeting, standing, actor=actor, kind=ItemKind.OVRIGT, matter=matter, title=matter.title)


def _name(meeting: Meeting) -> str:
    return f"mötet {meeting.day.isoformat()}"
