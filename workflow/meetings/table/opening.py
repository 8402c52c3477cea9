"""Opening a meeting: who leads, who keeps the minutes, who adjusts them, and who is there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from governance.meeting_rules import meeting_rule
from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Mandate
from workflow.errors import Invalid, NotFromHere
from workflow.inputs import Errors
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem, Justerare, Meeting
from workflow.meetings.selectors import items_of, seats_at, seats_on
from workflow.meetings.table import settling
from workflow.meetings.table.keeping import keep
from workflow.meetings.table.leading import check_chair, may_do
from workflow.meetings.table.presence import enter_all
from workflow.meetings.table.settling import Finding
from workflow.meetings.table.state import Table, read_table
from workflow.meetings.table.withdrawing import noted
from workflow.meetings.vocabulary import MeetingForm, MeetingState, StandingItem
from workflow.quorum import Seat
from workflow.vocabulary import Act


def open_meeting(  # noqa: PLR0913 - a meeting opens with this many facts
    meeting_id: int,
    *,
    actor: Person,
    expected_edition: int,
    chair_id: int,
    secretary_id: int,
    adjuster_ids: Collection[int],
    present: Collection[int],
) -> None:
    """Open a called meeting on its day, or later than planned.

    Effects, in order: the meeting is locked; attendance and its events are written; those who adjust the minutes are
    named; it goes on, led and kept by those named, at its first item that is left; the opening and the choice of
    adjusters are settled, each with its number; the journal is written.

    Args:
        meeting_id: which.
        actor: who opens it: the body's secretary or whoever may lead.
        expected_edition: the meeting's edition as it was seen.
        chair_id: the membership of whoever leads it.
        secretary_id: the membership of whoever keeps the minutes.
        adjuster_ids: the memberships of those who adjust the minutes beside the chair; as many as the body's rule says.
        present: the memberships of everybody who is there.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeping.keep`.
        NotFromHere: it is not called, its day has not come, or its agenda is empty.
        Invalid: somebody named does not sit in the body, is not there, or may not do what is asked.

    """
    with transaction.atomic():
        states = (MeetingState.KALLAT,)
        kept = keep(meeting_id, actor=actor, expected_edition=expected_edition, states=states)
        meeting = kept.meeting
        if timezone.localdate(meeting.starts_at) > today():
            day = timezone.localdate(meeting.starts_at)
            raise NotFromHere(f"Mötet är {day.isoformat()} och öppnas den dagen.")
        first = items_of(meeting).first()
        if first is None:
            raise NotFromHere("Dagordningen är tom. Ett möte utan punkter öppnas inte.")
        meeting.opened_at = timezone.now()
        seats = seats_at(meeting)
        there = frozenset(present)
        _check_people(meeting, seats, _Named(chair_id, secretary_id, tuple(adjuster_ids), there))
        came = enter_all(meeting, sorted(there), actor=actor, at=meeting.opened_at)
        meeting.state = MeetingState.PAGAR
        meeting.chair_id, meeting.secretary_id = chair_id, secretary_id
        Justerare.objects.bulk_create(
            Justerare(meeting=meeting, membership_id=id_, named_at=meeting.opened_at, named_by=actor)
            for id_ in adjuster_ids
        )
        begun = _begun(meeting)
        meeting.current_item = next((item for item in items_of(meeting) if item not in begun), first)
        table = read_table(meeting, seats)
        adjusting = [seats[id_].name for id_ in adjuster_ids]
        numbered = [settling.number(meeting, item, _found(item, table, adjusting)) for item in begun]
        payload = {
            "paragrafer": [one.facts for one in numbered],
            "chair": seats[chair_id].name,
            "secretary": seats[secretary_id].name,
            "adjusters": adjusting,
            "narvaro": came,
            "present": [[id_, seats[id_].name] for id_ in sorted(there)],
        }
        at, standing = meeting.opened_at, kept.standing
        act_id = record(meeting, Act.MOTE_OPPNAT, actor=actor, standing=standing, payload=payload, at=at)
        for one in numbered:
            settling.write(one, act_id=act_id, actor_id=actor.pk)


def _begun(meeting: Meeting) -> list[AgendaItem]:
    """Return the items that the opening itself deals with: they come first in the minutes, by their numbers too."""
    return [item for item in items_of(meeting) if item.standing in {StandingItem.OPPNANDE, StandingItem.JUSTERARE}]


def _found(item: AgendaItem, table: Table, adjusting: Sequence[str]) -> Finding:
    """Return what became of an item that the opening deals with; the choice of adjusters says who they are."""
    found = noted(item, table)
    if item.standing == StandingItem.JUSTERARE and adjusting:
        found = replace(found, decided=f"Att justera protokollet utses {' och '.join(adjusting)}, jämte ordföranden.")
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """The memberships that an opening names."""

    chair: int
    secretary: int
    adjusters: tuple[int, ...]
    there: frozenset[int]


def _check_people(meeting: Meeting, seats: Mapping[int, Seat], named: _Named) -> None:
    errors = Errors()
    body = meeting.body.name
    if strangers := named.there - seats.keys():
        errors.add("present", f"{len(strangers)} av de närvarande sitter inte i {body} i dag.")
    try:
        check_chair(meeting, seats, named.there, named.chair)
    except Invalid as refusal:
        errors.found |= refusal.errors
    if named.secretary not in seats or named.secretary not in may_do(meeting, Mandate.PROTOKOLLFORA):
        errors.add("secretary", f"Välj en sekreterare som har uppdraget att föra protokoll i {body}.")
    elif named.secretary not in named.there:
        errors.add("secretary", f"{seats[named.secretary].name} är inte här och kan inte föra protokollet.")
    _check_adjusters(meeting, seats, named, errors)
    if errors.found:
        raise Invalid(errors.found)


def _check_adjusters(meeting: Meeting, seats: Mapping[int, Seat], named: _Named, errors: Errors) -> None:
    wanted, chosen = meeting_rule(meeting.body).justerare, set(named.adjusters)
    people = {seats[id_].person_id for id_ in chosen & seats.keys()}
    different = len(people) == len(chosen & seats.keys())
    if len(chosen) != len(named.adjusters) or len(chosen) != wanted or not different:
        several = f"Välj {wanted} {'justerare' if wanted == 1 else 'olika justerare'} utöver ordföranden."
        errors.add("adjusters", several if wanted else "Protokollet justeras av ordföranden ensam. Välj ingen mer.")
    if named.chair in chosen or (named.chair in seats and seats[named.chair].person_id in people):
        errors.add("adjusters", "Ordföranden justerar ändå. Välj någon annan.")
    if not chosen <= {id_ for id_ in named.there & seats.keys() if seats[id_].votes}:
        errors.add("adjusters", "Justerare är ledamöter med rösträtt som är här.")


def planned_seats(meeting: Meeting) -> Mapping[int, Seat]:
    """Return everybody who would sit at the table if the meeting were opened today; one statement."""
    return seats_on(meeting.body, today())


def may_open(meeting: Meeting) -> bool:
    """Tell whether the meeting's day has come and it waits to be opened."""
    is_ordinary = meeting.form == MeetingForm.SAMMANTRADE
    return is_ordinary and meeting.state == MeetingState.KALLAT and timezone.localdate(meeting.starts_at) <= today()
