"""The graph of a round, and what viewflow costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Process, Task

from governance.permissions import today
from satsningar.models import Satsning
from tests.workflow.rounds.conftest import Rounds
from workflow.rounds import flows
from workflow.rounds.actions import open_round
from workflow.rounds.flows import RoundFlow
from workflow.vocabulary import RoundKind

GRAPH = {
    ("start", "ask"),
    ("ask", "answer"),
    ("ask", "close"),
    ("answer", "join"),
    ("close", "join"),
    ("join", "finish"),
    ("finish", "end"),
}


def test_round_has_this_graph() -> None:
    edges = [edge for node in RoundFlow.instance.nodes() for edge in node._outgoing()]

    assert {(edge.src.name, edge.dst.name) for edge in edges} == GRAPH
    assert {edge.dst.flow_class for edge in edges} == {RoundFlow}


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
    flows.close(held.process)
    return len(captured)
