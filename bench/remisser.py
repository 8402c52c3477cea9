"""A remiss that is opened to few receivers and to many: statements and time for each of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.clock import Work, medians
from bench.stages import Actors, Stage
from governance.permissions import today
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from tests.workflow.rounds.many import more_contacts
from workflow.rounds.actions import open_round
from workflow.rounds.questions import Question
from workflow.vocabulary import RoundKind

FEW, MANY = 10, 60
ROUNDS, WARM_UP, SECONDS = 25, 3, 15.0
QUESTIONS = (Question("Är det rätt väg?"), Question("Räcker resurserna?", "resurser"), Question("Vad saknas?"))


@dataclass(frozen=True)
class MeasuredRemiss:
    """Statements and milliseconds of opening a remiss, by how many are asked; none of them is kept."""

    statements: dict[int, int]
    times: dict[int, float]

    @property
    def growth(self) -> float:
        """Return how many times as long one receiver takes among many as among few."""
        return (self.times[MANY] / MANY) / (self.times[FEW] / FEW)


def measure_remiss(stage: Stage, actors: Actors) -> MeasuredRemiss:
    """Return what it takes to open a remiss to few receivers and to many.

    Args:
        stage: the database; as many organisations as are asked are added to it.
        actors: who asks.

    """
    stage.enter()
    with transaction.atomic():
        bodies = [body.pk for body in more_contacts(actors.county, MANY)]
    satsning = Satsning.objects.filter(station=StationKind.BEREDNING).order_by("pk")[0]
    works: dict[str, Work] = {
        str(count): _undone(_opening(satsning.pk, bodies[:count], actors)) for count in (FEW, MANY)
    }
    times = medians(works, rounds=ROUNDS, warm_up=WARM_UP, seconds=SECONDS)
    return MeasuredRemiss(
        statements={count: _statements(works[str(count)]) for count in (FEW, MANY)},
        times={count: times[str(count)] for count in (FEW, MANY)},
    )


def _opening(satsning_id: int, receivers: list[int], actors: Actors) -> Callable[[], object]:
    return lambda: open_round(
        satsning_id,
        RoundKind.REMISS,
        actor=actors.officer,
        purpose="Synpunkter",
        deadline=today(),
        questions=QUESTIONS,
        receivers=receivers,
    )


def _undone(work: Callable[[], object]) -> Work:
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
