"""A table to sit at: a meeting of länsstyrgruppen that goes on, and words for what a test does there."""

from dataclasses import dataclass

import pytest

from governance.models import Body, Membership, Person
from governance.vocabulary import Role
from satsningar.models import Satsning
from tests.workflow.meetings.building import add_case, add_item, chair_of, make_meeting, seat_everybody
from tests.workflow.world import STYRGRUPP, World
from workflow import journal
from workflow.meetings.models import AgendaItem, Attendance, Meeting, OvrigtArende, Paragraf
from workflow.meetings.table.ballots import open_ballot
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import ItemKind, MeetingState


@dataclass
class Table:
    """A meeting that goes on."""

    world: World
    meeting: Meeting

    @property
    def fresh(self) -> Meeting:
        """Return the meeting as the database has it."""
        return Meeting.objects.select_related("body").get(pk=self.meeting.pk)

    @property
    def chair(self) -> Membership:
        """Return the chair's membership."""
        return chair_of(self.world)

    def members(self) -> list[Membership]:
        """Return the members, one for each organisation, the chair left out."""
        return self.world.members()

    def also(self, role: Role, *, present: bool = True) -> Membership:
        """Seat somebody new in a role."""
        person = self.world.seat(STYRGRUPP, role)
        seat = Membership.objects.get(person=person)
        if present:
            Attendance.objects.create(meeting=self.meeting, membership=seat, is_present=True)
        return seat

    def case(self, section: str = "") -> AgendaItem:
        """Return an item about a case."""
        return add_case(self.world, self.meeting, section=section)

    def matter(self, title: str = "Svar på remiss", section: str = "") -> AgendaItem:
        """Return an item about another matter."""
        matter = OvrigtArende.objects.create(
            body=self.meeting.body,
            kind="annat",
            title=title,
            forslag="Svaret lämnas.",
            created_by=self.world.secretary,
        )
        return add_item(self.world, self.meeting, kind=ItemKind.OVRIGT, matter=matter, title=title, section=section)

    def decide(self, item: AgendaItem, choice: Choice = AS_RECOMMENDED, *, actor: Person | None = None) -> Paragraf:
        """Decide as the secretary, or somebody else."""
        return decide(self.meeting.pk, item.pk, choice, actor=actor or self.world.secretary)

    def vote_on(self, item: AgendaItem) -> int:
        """Open a vote on an item; return its id."""
        return open_ballot(self.meeting.pk, item.pk, yes="Bifall", no="Avslag", actor=self.world.secretary)

    def leave(self, *seats: Membership) -> None:
        """Let members be away, as rows."""
        Attendance.objects.filter(meeting=self.meeting, membership__in=seats).update(is_present=False)

    def set_rule(self, **rule: int | bool | str) -> Body:
        """Let the body hold its meetings otherwise than is usual."""
        body = self.meeting.body
        body.meeting_rule = rule
        body.save()
        return body

    def is_sound(self) -> bool:
        """Tell whether journal and tables agree."""
        return journal.verify(self.world.county.pk, self.world.county.name)[1] is None


def case_of(item: AgendaItem) -> Satsning:
    """Return the case that an item is about."""
    assert item.anmalan is not None
    return item.anmalan.satsning


@pytest.fixture
def table(world: World) -> Table:
    """Return a meeting that goes on with everybody there."""
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    return Table(world, meeting)
