"""The only place that speaks with viewflow: the graph of a round, and the four steps that drive it.

Each function here is called by an act that has locked the case's row and asked the actor's right. viewflow does neither
well: its own lock does not wait, and a task asks nobody's permission when it is finished.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes.split import SplitActivation
from viewflow.workflow.status import PROCESS, STATUS

from governance.models import Person
from workflow.rounds.models import Round, RoundAnswer
from workflow.vocabulary import AnswerState

RECEIVER = "receiver"
RECEIVERS = "receivers"
"""Where the process keeps the ids of the bodies asked, and a task the id of its own."""


@contextmanager
def locked_by_the_act(_flow_class: object, _process_id: int) -> Iterator[None]:
    """Stand in for viewflow's lock: the act holds the row of the case, so nobody else is in the process.

    Raises:
        RuntimeError: outside a transaction, where no row can be held.

    """
    if not connection.in_atomic_block:
        msg = "a round is driven by an act, in its transaction"
        raise RuntimeError(msg)
    yield


class PerReceiverActivation(SplitActivation):
    """Fans out to one task for each receiver; viewflow's own `data_source` raises TypeError in 2.4."""

    @Activation.status.super()
    def activate(self) -> None:
        """Queue a task per receiver on the branches that ask for it, one on the others."""
        for node, per_receiver, _ in self.flow_task._branches:  # noqa: SLF001 - viewflow gives the branches no other name
            receivers = self.process.data[RECEIVERS] if per_receiver else [None]
            self.next_tasks += [(node, {RECEIVER: id_} if per_receiver else {}) for id_ in receivers]


class SplitPerReceiver(flow.Split):
    """A parallel split where a branch may have a task for each receiver."""

    activation_class = PerReceiverActivation

    def NextPerReceiver(self, node: Any) -> "SplitPerReceiver":  # noqa: N802 - beside viewflow's own `Next`
        """Add a branch with a task for each receiver."""
        self._activate_next.append((node, True, None))
        return self


class RoundFlow(flow.Flow):
    """A round of answers, of whatever kind.

    Everybody who is asked gets a task at once, and whoever opened the round gets one for closing it. When every
    answer is in, or when the round is closed, the join goes on and cancels what is left.
    """

    process_title = "Runda"
    lock_impl = staticmethod(locked_by_the_act)

    start = flow.StartHandle().Next(this.ask)
    ask = SplitPerReceiver().NextPerReceiver(this.answer).Next(this.close)
    answer = flow.View(None).Next(this.join)
    close = flow.Handle().Next(this.join)
    join = flow.Join(continue_on_condition=this.is_settled).Next(this.finish)
    finish = flow.Function(this.finish_round).Next(this.end)
    end = flow.End()

    def is_settled(self, activation: Activation, active_tasks: Any) -> bool:  # noqa: ARG002 - viewflow's signature
        """Tell whether nothing is left to wait for: no answer is due, or the round has been closed."""
        waiting = {task.name for task in active_tasks.values_list("flow_task", flat=True).distinct()}
        return not {"answer", "close"} <= waiting

    def finish_round(self, activation: Activation) -> None:
        """Write that the round is over and who never answered."""
        waiting = RoundAnswer.objects.filter(round__process=activation.process.pk, state=AnswerState.VANTAR)
        waiting.update(state=AnswerState.UTEBLIVEN)
        Round.objects.filter(process=activation.process.pk).update(closed_at=timezone.now())


def start(receivers: Collection[int]) -> tuple[Process, dict[int, int]]:
    """Start the process of a round; return it and the id of each receiver's task by the receiver's id.

    Two statements per receiver, and a fixed number beside them.

    Args:
        receivers: the ids of the bodies asked.

    """
    process: Process = RoundFlow.start.run(_process_data={RECEIVERS: list(receivers)})
    tasks = Task.objects.filter(process=process, flow_task=RoundFlow.answer).values_list("data__receiver", "pk")
    return process, dict(tasks)


def hand_over(task: Task, to: Person) -> None:
    """Make the task somebody's own."""
    activation = task.flow_task.activation_class(task)
    if task.status == STATUS.ASSIGNED:
        activation.reassign(to)
    else:
        activation.assign(to)


def finish(task: Task, by: Person) -> bool:
    """Finish a receiver's task; return whether the round ended with it."""
    hand_over(task, by)
    activation = task.flow_task.activation_class(task)
    activation.start(None)
    activation.execute()
    ended: bool = Process.objects.filter(pk=task.process_id, status=PROCESS.DONE).exists()
    return ended


def close(process: Process) -> None:
    """End the round with what has come in; the tasks of those who have not answered are cancelled."""
    RoundFlow.close.run(Task.objects.get(process=process, flow_task=RoundFlow.close, status=STATUS.NEW))
