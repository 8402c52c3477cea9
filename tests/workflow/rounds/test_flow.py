"""The graph of a round, and what viewflow costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.flow import Flow
from viewflow.workflow.models import Process, Task

from governance.permissions import today
from satsningar.models import Satsning
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.rounds.many import more_contacts
from tests.workflow.rounds.picture import picture
from workflow.rounds import flows
from workflow.rounds.actions import open_round
from workflow.rounds.flows import JusteringFlow, RoundFlow
from workflow.rounds.questions import Question
from workflow.vocabulary import RoundEnding, RoundKind

ROUND = """\
start (StartHandle) -> ask
ask (SplitPerReceiver) -> answer for each, close
answer (View) -> join
close (Handle) -> join
join (Join) -> finish
finish (Function) -> end
end (End)"""
JUSTERING = """\
start (StartHandle) -> ask
ask (SplitPerReceiver) -> adjust for each, take_back
adjust (View) -> join
take_back (Handle) -> join
join (Join) -> outcome
outcome (If) -> adjusted, again
adjusted (End)
again (End)"""
MOST_EACH, MOST_BESIDE = 3, 40
"""Statements for each receiver of a round that is opened, and beside them."""


@pytest.mark.parametrize(("flow", "graph"), [(RoundFlow, ROUND), (JusteringFlow, JUSTERING)])
def test_flow_has_this_graph(flow: type[Flow], graph: str) -> None:
    assert picture(flow) == graph


def test_every_flow_has_its_picture() -> None:
    found = {each for each in vars(flows).values() if isinstance(each, type) and issubclass(each, Flow)}

    assert found - {Flow} == {RoundFlow, JusteringFlow}


def test_start_gives_every_receiver_a_task_at_once(db: None) -> None:
    process, tasks = flows.start([11, 12, 13])

    waiting = Task.objects.filter(process=process, finished=None).order_by("pk")
    assert [(task.flow_task.name, task.data) for task in waiting] == [
        ("answer", {"receiver": 11}),
        ("answer", {"receiver": 12}),
        ("answer", {"receiver": 13}),
        ("close", {}),
    ]
    assert tasks == {task.data["receiver"]: task.pk for task in waiting if task.data}


@pytest.mark.django_db(transaction=True)
def test_process_is_driven_inside_an_act_alone() -> None:
    process = Process.objects.create(flow_class=RoundFlow)

    with pytest.raises(RuntimeError, match="driven by an act"), RoundFlow.lock(process.pk):
        pass


def test_each_receiver_costs_two_statements(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    codes = ["eskilstuna", "flen", "gnesta", "katrineholm", "nykoping", "oxelosund", "trosa", "vingaker"]
    counts = {}
    for number in (1, 2, 8):
        counts[number] = statements_of_opening(rounds, satsning, codes[:number])

    assert counts[2] - counts[1] == 2
    assert counts[8] - counts[1] == 7 * 2


def test_sixty_receivers_are_asked_in_few_statements(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.in_preparation()
    bodies = [body.pk for body in more_contacts(world.county, 60)]
    with CaptureQueriesContext(connection) as captured:
        held = open_round(
            satsning.pk,
            RoundKind.REMISS,
            actor=world.officer,
            purpose="Synpunkter",
            deadline=today(),
            questions=[Question("Är det rätt?"), Question("Räcker det?", "resurser")],
            receivers=bodies,
        )

    assert held.answers.count() == 60
    assert len(captured) <= MOST_EACH * 60 + MOST_BESIDE


def statements_of_opening(rounds: Rounds, satsning: Satsning, codes: list[str]) -> int:
    receivers = [body.pk for body in rounds.contacts(*codes)]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        held = open_round(
            satsning.pk,
            RoundKind.REMISS,
            actor=rounds.world.officer,
            purpose="Synpunkter",
            deadline=today() + timedelta(days=1),
            receivers=receivers,
        )
    assert held.process is not None
    flows.close(held.process, RoundEnding.STANGD)
    return len(captured)
