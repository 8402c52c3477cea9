"""Open votes with names: opened and closed by who keeps the meeting, cast by each or recorded for each.

The journal has all of it: what was voted on, each vote with its name and who noted it, and how it came out.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance import prepared
from governance.meeting_rules import meeting_rule
from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from workflow.errors import Invalid, Jav, NoMandate, NoQuorum, NotFromHere
from workflow.meetings.acts import lock, record
from workflow.meetings.models import AgendaItem, Attendance, Ballot, Meeting, Vote
from workflow.meetings.rights import keeping
from workflow.meetings.table.counting import Count, count_votes
from workflow.meetings.table.keeping import MATTERS, Kept, check_state, keep, open_item, refuse_strangers, written
from workflow.meetings.table.leading import check_leader, leads
from workflow.meetings.table.state import Table, read_table
from workflow.meetings.vocabulary import MeetingForm, MeetingState, VoteValue
from workflow.quorum import Seat
from workflow.vocabulary import Act

ANSWER_LIMIT = 100
"""Characters in what ja and nej mean."""


def open_ballot(  # noqa: PLR0913 - a vote is made of this many facts
    meeting_id: int, item_id: int, *, yes: str, no: str, actor: Person, expected_edition: int | None = None
) -> int:
    """Open a vote on a matter; return its id.

    Raises:
        NoQuorum: the body is not quorate in the matter.
        NotFromHere: a vote goes on already, the item is no matter to decide, or it has its outcome.
        Invalid: what ja and nej mean is not said, or they mean the same.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor, expected_edition=expected_edition)
        item = open_item(kept.meeting, item_id)
        if item.kind not in MATTERS:
            raise NotFromHere("Mötet röstar bara om det som det beslutar om.")
        table = read_table(kept.meeting)
        check_leader(kept.meeting, table, item)
        found = table.quorum(kept.meeting, item.pk)
        if not found.holds:
            raise NoQuorum(found.sentence)
        if Ballot.objects.filter(item__meeting=kept.meeting, closed_at=None).exists():
            raise NotFromHere("En omröstning pågår redan. Avsluta den först.")
        means = _meanings(yes, no)
        number, now = newest_ballot(item.pk).number + 1, timezone.now()
        ballot = Ballot.objects.create(item=item, number=number, opened_at=now, opened_by=actor, **means)
        kept.meeting.current_item = item
        payload = {"what": f"Öppnade en omröstning om ”{item.title}”.", "omrostning": said_of(ballot)}
        record(kept.meeting, Act.OMROSTNING, actor=actor, standing=kept.standing, payload=payload, at=now)
        return ballot.pk


def _meanings(yes: str, no: str) -> dict[str, str]:
    """Return what ja and nej mean.

    Raises:
        Invalid: one of them is not said, or they mean the same.

    """
    means = {
        "yes": written(yes, "yes", limit=ANSWER_LIMIT, missing="Skriv vad ja betyder."),
        "no": written(no, "no", limit=ANSWER_LIMIT, missing="Skriv vad nej betyder."),
    }
    if means["yes"].casefold() == means["no"].casefold():
        raise Invalid({"no": ["Ja och nej kan inte betyda samma sak. Skriv två förslag att välja mellan."]})
    return means


def said_of(ballot: Ballot) -> dict[str, Any]:
    """Return a vote as the journal keeps it, when it opens and when it closes."""
    return {
        "id": ballot.pk,
        "item": ballot.item_id,
        "number": ballot.number,
        "yes": ballot.yes,
        "no": ballot.no,
        "result": str(ballot.result),
        "utslagsrost": ballot.by_casting_vote,
    }


def cast(meeting_id: int, ballot_id: int, membership_id: int, value: str, *, actor: Person) -> None:
    """Cast somebody's vote: one's own from any device, or anybody's as the keeper of the meeting records it.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        Ballot.DoesNotExist: there is no such vote in it.
        NoMandate: the actor votes for somebody else, and does not keep the meeting.
        NotFromHere: the meeting does not go on, or the vote is closed.
        Jav: the member has jäv in the matter.
        Invalid: the member is not there, has no vote, does not serve or has voted, or the answer is none.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        who = refuse_strangers(meeting, actor)
        in_writing = meeting.form == MeetingForm.PER_CAPSULAM
        check_state(meeting, (MeetingState.KALLAT if in_writing else MeetingState.PAGAR,))
        ballot = Ballot.objects.select_related("item").filter(item__meeting=meeting).get(pk=ballot_id)
        table = read_table(meeting)
        seat = table.seats.get(membership_id)
        if seat is None:
            raise Invalid({"membership": ["Bara den som sitter i organet i dag röstar."]})
        is_own, keeper = seat.person_id == actor.pk, keeping(who, meeting.body)
        if not is_own and keeper is None:
            raise NoMandate(_NOT_OTHERS)
        _check_vote(ballot, table, membership_id, value, in_writing=in_writing)
        own = next((one for one in who.standings if one.membership_id == membership_id), None)
        standing = own if is_own and own else keeper
        if standing is None:
            raise NoMandate(_NOT_OTHERS)
        if in_writing and timezone.localdate(meeting.ends_at) < today():
            raise NotFromHere("Svarstiden har gått ut. Frågan tas upp på ett möte.")
        now = timezone.now()
        Vote.objects.create(ballot=ballot, membership_id=membership_id, value=value, at=now, recorded_by=actor)
        if in_writing:
            Attendance.objects.get_or_create(meeting=meeting, membership_id=membership_id, is_present=True)
        noted_by = "" if is_own else actor.name
        payload = {
            "what": f"Antecknade rösten för {seat.name}." if noted_by else f"{seat.name} röstade.",
            "item": ballot.item_id,
            "rost": {"omrostning": ballot.pk, "member": [membership_id, seat.name], "value": value, "av": noted_by},
        }
        record(meeting, Act.OMROSTNING, actor=actor, standing=standing, payload=payload, at=now)


_NOT_OTHERS = "Du röstar bara för dig själv. Andras röster förs in av sekreteraren eller ordföranden."


def _check_vote(ballot: Ballot, table: Table, membership_id: int, value: str, *, in_writing: bool) -> None:
    seat, item_id = table.seats[membership_id], ballot.item_id
    name = seat.name
    if ballot.closed_at is not None:
        raise NotFromHere("Omröstningen är avslutad.")
    if value not in VoteValue.values:
        raise Invalid({"value": ["Välj ja, nej eller avstår."]})
    if not seat.votes:
        raise Invalid({"membership": [f"{name} har ingen rösträtt: {seat.role.label.lower()} röstar inte."]})
    if membership_id in table.away(item_id):
        raise Jav(f"{name} har jäv i ärendet och röstar inte.")
    if ballot.votes.filter(membership__person=seat.person_id).exists():
        raise Invalid({"membership": [f"{name} har redan röstat."]})
    if not in_writing:
        _check_serving(table, seat, item_id)
    elif seat.role == Role.ERSATTARE:
        raise Invalid({"membership": [f"{name} är ersättare. Per capsulam svarar de ordinarie ledamöterna."]})


def _check_serving(table: Table, seat: Seat, item_id: int) -> None:
    """Refuse the vote of somebody who is not in the room, or does not serve from that seat."""
    name, voters = seat.name, table.voters(item_id)
    if seat.membership_id in {one.membership_id for one in voters}:
        return
    if seat.membership_id not in table.present:
        raise Invalid({"membership": [f"{name} är inte här. Anteckna att {name} har kommit innan rösten förs in."]})
    if seat.person_id in {one.person_id for one in voters}:
        raise Invalid({"membership": [f"{name} har flera platser och röstar en gång, från den första av dem."]})
    raise Invalid({"membership": [f"{name} är ersättare och tjänstgör inte: ingen ledamot är borta."]})


def close_ballot(meeting_id: int, ballot_id: int, *, actor: Person) -> Count:
    """Close a vote and return how it came out; the result stands.

    Raises:
        Ballot.DoesNotExist: there is no such vote in the meeting.
        NoQuorum: the body is not quorate in the matter any longer.
        NotFromHere: it is closed already, or nobody has voted.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor)
        ballot = Ballot.objects.filter(item__meeting=kept.meeting).get(pk=ballot_id)
        if ballot.closed_at is not None:
            raise NotFromHere("Omröstningen är redan avslutad.")
        found = read_table(kept.meeting).quorum(kept.meeting, ballot.item_id)
        if not found.holds:
            raise NoQuorum(found.sentence)
        return close_counted(kept, ballot)


def close_counted(kept: Kept, ballot: Ballot) -> Count:
    """Count an open vote of a locked meeting, close it and write the journal.

    Raises:
        NotFromHere: nobody has voted.

    """
    rows = list(ballot.votes.values_list("membership_id", "value", "membership__person_id"))
    if not rows:
        raise NotFromHere("Ingen har röstat än.")
    votes = {id_: value for id_, value, _ in rows}
    meeting, item = kept.meeting, ballot.item
    casting = meeting_rule(meeting.body).utslagsrost
    leader = Membership.objects.filter(pk=leads(meeting, item) or 0).values_list("person_id", flat=True).first()
    chair = next((id_ for id_, _, person in rows if person == leader), None)
    count = count_votes(votes, chair=chair, has_casting_vote=casting)
    close_as(kept, ballot, count.result, by_casting_vote=count.by_casting_vote)
    return count


def close_as(kept: Kept, ballot: Ballot, result: VoteValue, *, by_casting_vote: bool = False) -> None:
    """Close an open vote of a locked meeting with a result, and write the journal."""
    ballot.closed_at, ballot.result, ballot.by_casting_vote = timezone.now(), result, by_casting_vote
    ballot.save(update_fields=["closed_at", "result", "by_casting_vote"])
    payload = {"what": "Avslutade omröstningen.", "omrostning": said_of(ballot)}
    at, standing = ballot.closed_at, kept.standing
    record(kept.meeting, Act.OMROSTNING, actor=kept.actor, standing=standing, payload=payload, at=at)


_NEWEST = """
SELECT b.number, b.closed_at IS NULL, b.yes, b.no, coalesce((
    SELECT json_agg(json_build_array(v.membership_id, p.name, v.value,
        CASE WHEN v.recorded_by_id = m.person_id THEN '' ELSE r.name END) ORDER BY v.id)
    FROM workflow_vote v JOIN governance_membership m ON m.id = v.membership_id
    JOIN governance_person p ON p.id = m.person_id JOIN governance_person r ON r.id = v.recorded_by_id
    WHERE v.ballot_id = b.id), '[]'), b.result, b.by_casting_vote
FROM workflow_ballot b WHERE b.item_id = %s ORDER BY b.number DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Voted:
    """The newest vote on an item: number 0 where there has been none.

    `votes` are membership id, name, vote and who noted it, empty for one's own.
    """

    number: int = 0
    is_open: bool = False
    yes: str = ""
    no: str = ""
    votes: list[list[Any]] = field(default_factory=list)
    result: str = ""
    by_casting_vote: bool = False

    def rows(self, chair: Collection[int]) -> list[list[Any]]:
        """Return the votes as a paragraph keeps them, that from one of the chair's seats marked if it was casting."""
        return [
            [id_, name, value, self.by_casting_vote and id_ in chair, noted_by]
            for id_, name, value, noted_by in self.votes
        ]

    @property
    def sentence(self) -> str:
        """Return how it came out as the minutes say it; empty where there was no vote."""
        if not self.result:
            return ""
        votes = {id_: value for id_, _, value, _ in self.votes}
        count = count_votes(votes, chair=None, has_casting_vote=False)
        return replace(count, result=VoteValue(self.result), by_casting_vote=self.by_casting_vote).sentence(
            self.yes, self.no
        )


def newest_ballot(item_id: int) -> Voted:
    """Return the newest vote on an item; one statement."""
    row = prepared.fetch_one(_NEWEST, [item_id])
    return Voted(*row) if row else Voted()


def refuse_if_voting(meeting: Meeting) -> None:
    """Refuse what is not done of a meeting while a vote goes on in it; as `refuse_while_voting`, of all its items.

    Raises:
        NotFromHere: a vote goes on.

    """
    item = Ballot.objects.filter(item__meeting=meeting, closed_at=None).values_list("item__title", flat=True).first()
    if item is not None:
        raise NotFromHere(f"En omröstning om ”{item}” pågår. Avsluta den först.")


def refuse_while_voting(item: AgendaItem | int | None) -> None:
    """Refuse what would change who votes while a vote goes on.

    Raises:
        NotFromHere: a vote on the item goes on.

    """
    item_id = item.pk if isinstance(item, AgendaItem) else item
    if item_id is not None and Ballot.objects.filter(item=item_id, closed_at=None).exists():
        raise NotFromHere("En omröstning pågår. Avsluta den först.")
