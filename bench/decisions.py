"""A decision at the table beside the bare move that it makes: how much the meeting around it costs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.clock import Work, medians
from bench.stages import Actors, Stage
from governance.models import Body, Membership, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role
from tests.workflow.world import BEGAN, STYRGRUPP
from workflow.actions import perform
from workflow.inputs import Decision, Inputs, Participant
from workflow.meetings.models import AgendaItem, Attendance, Meeting
from workflow.meetings.table.choices import AS_RECOMMENDED
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.models import Anmalan

ROUNDS, WARM_UP, SECONDS = 60, 12, 15.0


@dataclass(frozen=True)
class MeasuredDecision:
    """Milliseconds and statements of a decision and of the bare move, neither of them kept."""

    decide: float
    perform: float
    decide_statements: int
    perform_statements: int

    @property
    def ratio(self) -> float:
        """Return how many times as long the decision takes."""
        return self.decide / self.perform


def measure_decisions(stage: Stage, actors: Actors) -> MeasuredDecision:
    """Return what it takes to decide a case as recommended, in a meeting and recorded by hand.

    Both decide the same case and are undone before they are kept, so that neither stands in the other's way; what a
    commit waits for, which is the same for both, is left out, and the ratio is the larger for it.

    Args:
        stage: the database; a meeting that goes on is added to it.
        actors: who records.

    """
    stage.enter()
    body = Body.objects.get(county=actors.county, code=STYRGRUPP)
    waiting = Anmalan.objects.filter(body=body, move="bifall", closed_at=None, agenda_items=None)
    anmalan = waiting.select_related("satsning").order_by("pk")[0]
    meeting, item = _running(body, anmalan, actors)
    voting = Membership.objects.filter(body=body, role__in=(Role.ORDFORANDE, Role.LEDAMOT))
    people = tuple(Participant(seat.pk) for seat in voting)
    decision = Decision(meeting_date=today(), paragraph="§ 1000", participants=people)

    def by_hand() -> None:
        edition = anmalan.satsning.edition
        inputs = Inputs(decision=decision)
        perform(anmalan.satsning_id, "bifall", actor=actors.secretary, expected_edition=edition, inputs=inputs)

    def at_table() -> None:
        decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=actors.secretary)

    works: dict[str, Work] = {"perform": _undone(by_hand), "decide": _undone(at_table)}
    found = medians(works, rounds=ROUNDS, warm_up=WARM_UP, seconds=SECONDS)
    counts = {name: _statements(work) for name, work in works.items()}
    return MeasuredDecision(found["decide"], found["perform"], counts["decide"], counts["perform"])


def _running(body: Body, anmalan: Anmalan, actors: Actors) -> tuple[Meeting, AgendaItem]:
    """Return a meeting that goes on with everybody there, and its one item."""
    chair = Membership.objects.filter(body=body, role=Role.ORDFORANDE).first()
    if chair is None:
        person = Person.objects.create_user("ordforande@example.org", "Exempelordförande", "lösenord")
        region = body.county.organisations.order_by("position")[0]
        chair = register_membership(
            person=person, body=body, role=Role.ORDFORANDE, starts_on=BEGAN, ends_on=None, represents=region
        )
    now = timezone.now()
    meeting = Meeting.objects.create(
        body=body,
        starts_at=now,
        ends_at=now + timedelta(hours=3),
        papers_due=today(),
        kallelse_due=today(),
        state=MeetingState.PAGAR,
        called_at=now,
        opened_at=now,
        chair=chair,
        created_by=actors.secretary,
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership=seat, is_present=True) for seat in Membership.objects.filter(body=body)
    )
    item = AgendaItem.objects.create(
        meeting=meeting,
        kind=ItemKind.ARENDE,
        anmalan=anmalan,
        position=1,
        title="Ärende",
        added_by=actors.secretary,
    )
    return meeting, item


def _undone(work: Callable[[], None]) -> Work:
    """Return the work with its deferred checks made, and then undone."""

    def done() -> None:
        with transaction.atomic():
            work()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)

    return done


def _statements(work: Work) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)
