"""What the pages of decisions between meetings show: what waits, who has answered, and what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from governance.meeting_rules import meeting_rule
from governance.models import Body
from governance.permissions import today
from workflow.meetings.between.actions import Brought
from workflow.meetings.models import AgendaItem, Jav, Meeting, OvrigtArende, Paragraf
from workflow.meetings.planning.matters.selectors import waiting_for_agenda
from workflow.meetings.planning.selectors import backlog_of
from workflow.meetings.rights import is_secret, may_read_secret
from workflow.meetings.table.ballots import Voted, newest_ballot
from workflow.meetings.table.counting import Count, count_votes
from workflow.meetings.table.state import Table, read_table
from workflow.meetings.vocabulary import ItemKind, MeetingForm, MeetingState
from workflow.models import Anmalan
from workflow.quorum import Seat, members_of
from workflow.rights import Viewer

CASE, MATTER = "satsning-", "arende-"
"""Begin the code of what may be brought: a case that is before the body, or another matter."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the body's decision and stands on no agenda."""

    code: str
    title: str
    proposal: str
    anmalan: Anmalan | None = None
    matter: OvrigtArende | None = None

    @property
    def brought(self) -> Brought:
        """Return it as the acts take it."""
        return Brought(
            anmalan_id=self.anmalan.pk if self.anmalan else None, matter_id=self.matter.pk if self.matter else None
        )

    def as_item(self) -> AgendaItem:
        """Return it as the item it would be, not saved: what may be chosen in it is read from that."""
        kind = ItemKind.ARENDE if self.anmalan else ItemKind.OVRIGT
        return AgendaItem(kind=kind, title=self.title, anmalan=self.anmalan, matter=self.matter)


def waiting_in(body: Body) -> list[Waiting]:
    """Return what waits for the body's decision and stands on no agenda; two statements."""
    cases = [
        Waiting(f"{CASE}{one.anmalan.pk}", one.title, one.anmalan.forslag, anmalan=one.anmalan)
        for one in backlog_of(body)
    ]
    others = [Waiting(f"{MATTER}{one.pk}", one.title, one.forslag, matter=one) for one in waiting_for_agenda(body.pk)]
    return cases + others


def asked_in(body: Body) -> list[Meeting]:
    """Return the body's decisions per capsulam that are awaited, the soonest first; one statement."""
    rows = Meeting.objects.filter(body=body, form=MeetingForm.PER_CAPSULAM, state=MeetingState.KALLAT)
    return list(rows.prefetch_related("items").order_by("ends_at", "pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A decision per capsulam: the item, who has answered what, and who is still to."""

    meeting: Meeting
    item: AgendaItem
    key: int
    voted: Voted
    table: Table
    silent: tuple[Seat, ...]
    own: tuple[Seat, ...]
    """The person's own seats that are still to answer."""
    jav: Sequence[Jav]
    paragraf: Paragraf | None

    @property
    def answer_by(self) -> date:
        """Return the last day to answer."""
        return timezone.localdate(self.meeting.ends_at)

    @property
    def is_open(self) -> bool:
        """Tell whether answers are still taken."""
        return self.meeting.state == MeetingState.KALLAT and self.answer_by >= today()

    @property
    def waits(self) -> bool:
        """Tell whether it is still to be decided or handed back."""
        return self.meeting.state == MeetingState.KALLAT

    @property
    def count(self) -> Count:
        """Return how it stands."""
        votes = {id_: value for id_, _, value, _ in self.voted.votes}
        return count_votes(votes, chair=None, has_casting_vote=False)

    @property
    def may_settle(self) -> bool:
        """Tell whether it can be settled: all have answered, somebody has not said ja, or the day has been."""
        refused = self.count.no or self.count.abstained
        return self.waits and bool(not self.silent or refused or not self.is_open)


def answers_of(who: Viewer, meeting: Meeting) -> Answers | None:
    """Return a decision per capsulam as the person sees it; None where it may not be read. Six statements."""
    rows = AgendaItem.objects.select_related("anmalan__satsning", "anmalan__made_by", "matter", "paragraf")
    item = rows.get(meeting=meeting)
    if is_secret(item) and not may_read_secret(who, meeting):
        return None
    item.meeting = meeting
    key = item.ballots.order_by("-number").values_list("pk", flat=True).first()
    voted, table = newest_ballot(item.pk), read_table(meeting)
    away, done = table.away(item.pk), {id_ for id_, *_ in voted.votes}
    people = {seat.person_id for id_, seat in table.seats.items() if id_ in done}
    waits: dict[int, Seat] = {}
    for seat in members_of(table.seats.values()):
        if seat.membership_id not in away and seat.person_id not in people:
            waits.setdefault(seat.person_id, seat)
    silent = tuple(waits.values())
    return Answers(
        meeting=meeting,
        item=item,
        key=key or 0,
        voted=voted,
        table=table,
        silent=silent,
        own=tuple(seat for seat in silent if seat.person_id == who.person_id),
        jav=list(Jav.objects.filter(item=item).select_related("membership__person")),
        paragraf=item.paragraf if item.settled_at else None,
    )


def decides_between(body: Body) -> bool:
    """Tell whether the body's rule lets anything be decided between its meetings."""
    rule = meeting_rule(body)
    return rule.per_capsulam or rule.delegation
