"""Who leads a meeting, from its opening and from one matter to the next."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet

from governance.meeting_rules import meeting_rule
from governance.models import Person
from governance.permissions import members
from governance.vocabulary import Mandate
from workflow.errors import Invalid, Jav, NotFromHere
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem, Ballot, Justerare, Meeting
from workflow.meetings.table.keeping import MATTERS, keep, open_item
from workflow.meetings.table.state import Table, read_table
from workflow.quorum import Seat
from workflow.vocabulary import Act


def leads(meeting: Meeting, item: AgendaItem) -> int | None:
    """Return the membership of who leads an item: the item's own chair, else the meeting's."""
    return item.chair_id or meeting.chair_id


def may_do(meeting: Meeting, mandate: Mandate) -> frozenset[int]:
    """Return the membership ids of those who hold a mandate in the body on the meeting's day; one statement."""
    return frozenset(one.membership_id for one in members(meeting.body_id, mandate, meeting.day) if one.holds)


def check_chair(meeting: Meeting, seats: Mapping[int, Seat], present: frozenset[int], chair_id: int) -> None:
    """Refuse a chair who is not there, or may not lead the body's meetings; one statement.

    Raises:
        Invalid: so it is.

    """
    if chair_id not in seats:
        raise Invalid({"chair": [f"Ordföranden för mötet sitter i {meeting.body.name}."]})
    if chair_id not in may_do(meeting, Mandate.LEDA_MOTE):
        raise Invalid({"chair": [f"{seats[chair_id].name} har inte uppdraget att leda möten i {meeting.body.name}."]})
    if chair_id not in present:
        raise Invalid({"chair": [f"{seats[chair_id].name} är inte här och kan inte leda mötet."]})


def set_chair(meeting_id: int, membership_id: int, *, actor: Person) -> None:
    """Let somebody else lead the meeting from now on, as when the chair goes or has jäv.

    Effects, in order: the meeting is locked, its chair is changed and its edition goes up, the journal is written with
    who led before and who leads now. Nothing is done where that person leads it already.

    Raises:
        NotFromHere: a vote goes on, or one has been held by the chair on a matter that has no outcome yet.
        Invalid: the one named is not there, may not lead the body's meetings, or adjusts the minutes beside the chair.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        meeting = kept.meeting
        table = read_table(meeting)
        check_chair(meeting, table.seats, table.present, membership_id)
        before = meeting.chair_id
        if before == membership_id:
            return
        _check_votes(meeting, table)
        _check_adjusting(meeting, table.seats[membership_id])
        seat, old = table.seats[membership_id], table.seats.get(before or 0)
        meeting.chair_id = membership_id
        payload = {
            "what": f"{seat.name} leder mötet.",
            "before": [before, old.name if old else ""],
            "after": [membership_id, seat.name],
        }
        record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=kept.standing, payload=payload)


def set_item_chair(meeting_id: int, item_id: int, membership_id: int, *, actor: Person) -> None:
    """Let somebody lead one matter alone, as when the chair has jäv in it; afterwards the meeting's chair leads again.

    Whoever adjusts the minutes beside the chair may: the chair of the meeting, who adjusts them, stays the same.

    Effects, in order: the meeting is locked, the item gets its chair and the meeting's edition goes up, the journal is
    written with who led the matter before and who leads it now. Nothing is done where that person leads it already.

    Raises:
        AgendaItem.DoesNotExist: the agenda has no such item.
        NotFromHere: it is no matter or has its outcome, or a vote on it is held by who leads it now.
        Invalid: the one named is not there, or may not lead the body's meetings.
        Jav: the one named has jäv in the matter.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        meeting, item = kept.meeting, open_item(kept.meeting, item_id)
        if item.kind not in MATTERS:
            raise NotFromHere(f"”{item.title}” är inget ärende. Byt ordförande för mötet i stället.")
        table = read_table(meeting)
        check_chair(meeting, table.seats, table.present, membership_id)
        seat, before = table.seats[membership_id], leads(meeting, item)
        if membership_id in table.away(item.pk):
            raise Jav(f"{seat.name} har jäv i ärendet. Låt någon annan leda det.")
        if before == membership_id:
            return
        _check_votes_on(Ballot.objects.filter(item=item), meeting, table)
        old = table.seats.get(before or 0)
        item.chair_id = None if membership_id == meeting.chair_id else membership_id
        item.save(update_fields=["chair"])
        payload = {
            "what": f"{seat.name} leder punkten ”{item.title}”.",
            "item": item.pk,
            "before": [before, old.name if old else ""],
            "after": [membership_id, seat.name],
        }
        record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=kept.standing, payload=payload)


def _check_votes(meeting: Meeting, table: Table) -> None:
    """Refuse another chair between the opening of a vote and its decision: the casting vote is that of who led it.

    A closed vote on a matter in which the chair has got jäv since is no such: the chair can not lead its decision.
    """
    rows = Ballot.objects.filter(item__meeting=meeting, item__settled_at=None, item__withdrawn_at=None)
    _check_votes_on(rows.filter(Q(item__chair=None) | Q(closed_at=None)), meeting, table)


def _check_votes_on(rows: QuerySet[Ballot], meeting: Meeting, table: Table) -> None:
    for item_id, title, closed_at, own in rows.values_list("item_id", "item__title", "closed_at", "item__chair"):
        if closed_at is None:
            raise NotFromHere(f"En omröstning om ”{title}” pågår. Avsluta den och besluta innan någon annan tar över.")
        if (own or meeting.chair_id) not in table.away(item_id):
            raise NotFromHere(f"Mötet har röstat om ”{title}”. Besluta punkten innan någon annan leder mötet.")


_ADJUSTS = (
    "{name} justerar protokollet utöver ordföranden. Låt någon annan leda mötet, eller låt {name} leda bara den punkt"
    " det gäller."
)


def _check_adjusting(meeting: Meeting, seat: Seat) -> None:
    """Refuse a chair without whom too few adjust the minutes beside the chair."""
    adjusters = set(Justerare.objects.filter(meeting=meeting).values_list("membership__person_id", flat=True))
    if seat.person_id in adjusters and len(adjusters) - 1 < meeting_rule(meeting.body).justerare:
        raise Invalid(
            {"chair": [_ADJUSTS.format(name=seat.name)]},
        )


def check_leader(meeting: Meeting, table: Table, item: AgendaItem) -> None:
    """Refuse a matter led by somebody who has jäv in it.

    Raises:
        Jav: the chair has.

    """
    leader = leads(meeting, item)
    if leader is not None and leader in table.away(item.pk):
        name = table.seats[leader].name
        raise Jav(f"{name} har jäv i ärendet. Låt någon annan leda det: byt ordförande för punkten.")
