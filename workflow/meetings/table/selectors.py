"""What is seen of a meeting at the table: who is there, who votes, whether the body is quorate and why."""

from dataclasses import dataclass

from workflow.meetings.models import AgendaItem
from workflow.meetings.table.state import Table
from workflow.quorum import Seat


@dataclass(frozen=True, slots=True)
class AtTable:
    """A member, a substitute or somebody co-opted, as seen in one matter.

    `serves` is whether the one votes in the matter now; `jav` is the reason, empty where there is none.
    """

    seat: Seat
    is_present: bool
    serves: bool
    jav: str


def around_table(table: Table, item: AgendaItem | None = None) -> list[AtTable]:
    """Return everybody who sits in the body in its order, as seen in a matter or at all; no statements."""
    item_id = item.pk if item else 0
    serving = {seat.membership_id for seat in table.voters(item_id)}
    people = table.people_with_jav(item_id)
    return [
        AtTable(seat, id_ in table.present, id_ in serving, people.get(seat.person_id, ""))
        for id_, seat in table.seats.items()
    ]


def may_speak_for(table: Table, person_id: int) -> list[Seat]:
    """Return the seats that a person holds in the body, those who vote first; no statements."""
    own = [seat for seat in table.seats.values() if seat.person_id == person_id]
    return sorted(own, key=lambda seat: not seat.votes)
