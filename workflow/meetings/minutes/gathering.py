"""The only place that reads the records of a meeting into the words of its minutes: nothing in them is typed twice."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from governance.models import Membership
from governance.vocabulary import Role
from workflow.meetings.minutes.content import Attending, Away, Ballot, Dissenting, Entry, Minutes, Movement
from workflow.meetings.minutes.selectors import adjusters_of
from workflow.meetings.models import Attendance, AttendanceEvent, Meeting, Paragraf, Reservation
from workflow.meetings.rights import mark_of
from workflow.meetings.selectors import seats_at
from workflow.meetings.vocabulary import ItemKind, MeetingForm, VoteValue
from workflow.models import ChainHead
from workflow.quorum import Seat

_MATTERS = {ItemKind.ARENDE, ItemKind.OVRIGT}


def gather(meeting: Meeting, *, version: int) -> Minutes:
    """Return the minutes of a meeting as its records are now; a fixed number of statements.

    Args:
        meeting: with its body and county; it has been closed.
        version: the number that the minutes get.

    """
    paragraphs = paragraphs_of(meeting)
    head = ChainHead.objects.filter(county=meeting.body.county_id).first()
    return Minutes(
        county=meeting.body.county.name,
        body=meeting.body.name,
        form=MeetingForm(meeting.form).label,
        title=meeting.title,
        day=meeting.day.isoformat(),
        opened=_clock(meeting.opened_at),
        closed=_clock(meeting.closed_at),
        place=meeting.place,
        chair=meeting.chair.person.name if meeting.chair else "",
        secretary=meeting.secretary.person.name if meeting.secretary else "",
        adjusters=tuple(seat.person.name for seat in adjusters_of(meeting)),
        is_example=meeting.is_example,
        version=version,
        journal_number=head.number if head else 0,
        journal_hash=head.hash if head else "",
        attending=tuple(_attending(meeting, paragraphs)),
        entries=tuple(entry_of(row, meeting) for row in paragraphs),
    )


def paragraphs_of(meeting: Meeting) -> list[Paragraf]:
    """Return the paragraphs of a meeting by number, each with its item, what it is about, and what was written to it.

    Two statements.
    """
    written = Reservation.objects.order_by("pk")
    rows = Paragraf.objects.filter(item__meeting=meeting).order_by("year", "number")
    rows = rows.select_related("item__anmalan__satsning", "item__matter", "to_meeting__body", "chair__person")
    return list(rows.prefetch_related(Prefetch("item__reservations", queryset=written)))


def _clock(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H.%M}" if at else ""


def _attending(meeting: Meeting, paragraphs: Sequence[Paragraf]) -> Iterable[Attending]:
    """Yield everybody who sits in the body and counts or was there: members first, substitutes, then the others."""
    seats = seats_at(meeting)
    there = {row.membership_id: row for row in Attendance.objects.filter(meeting=meeting)}
    movements: dict[int, list[Movement]] = {}
    for event in AttendanceEvent.objects.filter(meeting=meeting).order_by("pk"):
        label = _paragraph_at(event, paragraphs)
        movements.setdefault(event.membership_id, []).append(Movement(event.is_present, label, _clock(event.at)))
    for id_, attendance in there.items():
        if attendance.is_present and id_ not in movements:
            movements[id_] = [Movement(came=True, paragraph="", time=_clock(meeting.opened_at))]
    serves = _serving(paragraphs)
    rows = Membership.objects.filter(pk__in={*seats, *there, *movements}).select_related("person", "represents")
    for row in sorted(rows, key=lambda row: _order(row, seats)):
        seat, moved = seats.get(row.pk), tuple(movements.get(row.pk, ()))
        substitute = row.role == Role.ERSATTARE
        votes = seat is not None and seat.votes
        if moved or (votes and not substitute):
            yield Attending(
                membership_id=row.pk,
                name=row.person.name,
                role=row.get_role_display(),
                organisation=row.represents.name if row.represents else "",
                votes=votes,
                is_substitute=substitute,
                is_remote=row.pk in there and there[row.pk].is_remote,
                serves=_runs(serves.get(row.pk, ())),
                movements=moved,
            )


def _paragraph_at(event: AttendanceEvent, paragraphs: Sequence[Paragraf]) -> str:
    """Return the first paragraph that came after somebody came or went, empty at the opening.

    That is the item's that was on, unless the meeting decided another before it: numbers follow what was decided, so
    who came while the third item waited is in time for the seventh if that was decided first.
    """
    own = next((row for row in paragraphs if row.item_id == event.item_id), None)
    if own is None or own.recorded_at < event.at:
        return own.label if own else ""
    return next(row.label for row in paragraphs if row.recorded_at >= event.at)


_ROLES = list(Role)


def _order(row: Membership, seats: Mapping[int, Seat]) -> tuple[bool, bool, int, int]:
    seat = seats.get(row.pk)
    has_vote = seat is not None and seat.votes
    return (not has_vote, row.role == Role.ERSATTARE, _ROLES.index(Role(row.role)), row.pk)


def _serving(paragraphs: Iterable[Paragraf]) -> dict[int, list[tuple[int, str]]]:
    """Return in which paragraphs each substitute decided, as place and label."""
    found: dict[int, list[tuple[int, str]]] = {}
    for place, row in enumerate(paragraphs):
        for id_, _, role, _, votes, jav, _ in row.participants:
            if role == Role.ERSATTARE and votes and not jav:
                found.setdefault(id_, []).append((place, row.label))
    return found


def _runs(places: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """Return labels with those that follow on each other written as one: `§ 3 – § 7`."""
    runs: list[list[tuple[int, str]]] = []
    for place, label in places:
        if runs and runs[-1][-1][0] == place - 1:
            runs[-1].append((place, label))
        else:
            runs.append([(place, label)])
    return tuple(run[0][1] if len(run) == 1 else f"{run[0][1]} – {run[-1][1]}" for run in runs)


def entry_of(row: Paragraf, meeting: Meeting) -> Entry:
    """Return a paragraph as the minutes of its meeting say it; the row as `paragraphs_of` gives it, no statements."""
    item = row.item
    led_by_another = row.chair and meeting.chair and row.chair.person_id != meeting.chair.person_id
    people = row.participants
    return Entry(
        paragraf_id=row.pk,
        item_id=item.pk,
        label=row.label,
        title=item.title,
        reference=item.anmalan.satsning.reference if item.anmalan else "",
        kind=ItemKind(item.kind).label,
        outcome=row.outcome_words or row.get_outcome_display(),
        proposal=row.wording,
        decided=row.decided,
        condition=row.condition,
        reason=row.reason,
        quorum=row.quorum,
        ballot=row.ballot_result,
        text=item.minutes_text,
        to_meeting=row.to_meeting.day.isoformat() if row.to_meeting else "",
        sekretess=mark_of(item),
        participants=tuple(one[1] for one in people if one[4] and not one[5]) if item.kind in _MATTERS else (),
        votes=tuple(Ballot(one[1], VoteValue(one[2]).label, bool(one[3]), *one[4:]) for one in row.votes),
        chair=row.chair.person.name if row.chair and led_by_another else "",
        jav=tuple(Away(one[1], one[6]) for one in people if one[5]),
        dissents=tuple(
            Dissenting(one.get_kind_display(), one.name, one.text, "" if one.text else one.due.isoformat())
            for one in item.reservations.all()
        ),
    )
