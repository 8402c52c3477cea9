"""The only reader of who is at the table: who sits, who is in the room, who has jäv in which matter, who votes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from governance import prepared
from workflow.forms_of_decision import quorum_of
from workflow.meetings.models import Meeting
from workflow.meetings.selectors import seats_at
from workflow.meetings.vocabulary import JavState, MeetingForm, VoteValue
from workflow.quorum import Participation, Quorum, Seat, serving

_ROOM = f"""
SELECT coalesce((SELECT json_agg(json_build_array(a.membership_id, a.is_present))
        FROM workflow_attendance a WHERE a.meeting_id = %(meeting)s), '[]'),
    coalesce((SELECT json_agg(json_build_array(j.item_id, j.membership_id, j.reason) ORDER BY j.id)
        FROM workflow_jav j JOIN workflow_agendaitem i ON i.id = j.item_id
        WHERE i.meeting_id = %(meeting)s AND j.state = '{JavState.JAV.value}'), '[]'),
    coalesce((SELECT json_agg(v.membership_id)
        FROM workflow_vote v JOIN workflow_ballot b ON b.id = v.ballot_id JOIN workflow_agendaitem i ON i.id = b.item_id
        WHERE i.meeting_id = %(meeting)s AND v.value = '{VoteValue.JA.value}'), '[]')
"""  # noqa: S608 - words of the vocabulary


@dataclass(frozen=True)
class Table:
    """A meeting as it stands: everybody who sits in the body on its day, and where they are.

    `been` are those who have been in the room at all, per capsulam everybody, for all are asked; `jav` is the reason by
    item and membership; `agreeing` are those who have said ja in a vote, which is what quorum per capsulam counts.
    Pure: the rest is computed from these.
    """

    seats: Mapping[int, Seat]
    present: frozenset[int] = frozenset()
    been: frozenset[int] = frozenset()
    jav: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    agreeing: frozenset[int] = frozenset()

    def people_with_jav(self, item_id: int) -> dict[int, str]:
        """Return the reason of everybody with jäv in a matter, by person id: one's other seats are away as well."""
        found = self.jav.get(item_id, {})
        return {self.seats[id_].person_id: reason for id_, reason in found.items() if id_ in self.seats}

    def away(self, item_id: int) -> frozenset[int]:
        """Return the membership ids of those with jäv in a matter."""
        people = self.people_with_jav(item_id)
        return frozenset(id_ for id_, seat in self.seats.items() if seat.person_id in people)

    def taking_part(self, item_id: int) -> frozenset[int]:
        """Return the membership ids of those in the room who do not have jäv in the matter."""
        return (self.present & self.seats.keys()) - self.away(item_id)

    def participation(self, item_id: int) -> Participation:
        """Return who takes part in a matter and who is away from it for jäv."""
        return Participation(self.taking_part(item_id), self.away(item_id))

    def voters(self, item_id: int) -> tuple[Seat, ...]:
        """Return who votes in a matter: members, and as many substitutes as members are away, in the body's order."""
        return serving(self.seats.values(), self.taking_part(item_id))

    def seats_of(self, membership_id: int | None) -> frozenset[int]:
        """Return all membership ids of the person who holds a seat; none where nobody does."""
        seat = self.seats.get(membership_id or 0)
        return frozenset(id_ for id_, one in self.seats.items() if seat and one.person_id == seat.person_id)

    def quorum(self, meeting: Meeting, item_id: int = 0) -> Quorum:
        """Tell whether the body is quorate in a matter, and why; without an item, as if nobody had jäv."""
        there = self.participation(item_id)
        if meeting.form == MeetingForm.PER_CAPSULAM:
            there = Participation((self.agreeing & self.seats.keys()) - there.jav, there.jav)
        return quorum_of(meeting.body, MeetingForm(meeting.form), self.seats.values(), there)


def read_table(meeting: Meeting, seats: Mapping[int, Seat] | None = None) -> Table:
    """Return the meeting's table as it is now; two statements, one where the seats are known.

    Args:
        meeting: which, with its body.
        seats: everybody who sits on its day, if read already.

    """
    attendance, jav, agreeing = prepared.fetch_all(_ROOM, {"meeting": meeting.pk})[0]
    by_item: dict[int, dict[int, str]] = {}
    for item_id, membership_id, reason in jav:
        by_item.setdefault(item_id, {})[membership_id] = reason
    seats = seats_at(meeting) if seats is None else seats
    everybody = meeting.form == MeetingForm.PER_CAPSULAM
    return Table(
        seats=seats,
        present=frozenset(id_ for id_, is_present in attendance if is_present),
        been=frozenset(seats) if everybody else frozenset(id_ for id_, _ in attendance),
        jav=by_item,
        agreeing=frozenset(agreeing),
    )
