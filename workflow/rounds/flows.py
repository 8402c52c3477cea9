"""The only place that speaks with viewflow: the graphs of rounds, and the steps that drive them.

Each function here is called by an act that has locked the row of the case, or of the meeting, and asked the actor's
right. viewflow does neither well: its own lock does not wait, and a task asks nobody's permission when it is finished.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes.split import SplitActivation
from viewflow.workflow.status import PROCESS, STATUS
from viewflow.workflow.token import Token

from governance.models import Person
from workflow.meetings.models import Justering
from workflow.meetings.vocabulary import JusteringState
from workflow.rounds.models import Round, RoundAnswer
from workflow.vocabulary import AnswerState, RoundEnding

RECEIVER = "receiver"
RECEIVERS = "receivers"
"""Where the process keeps the ids of the bodies asked, and a task the id of its own."""


@contextmanager
def locked_by_the_act(_flow_class: object, _process_id: int) -> Iterator[None]:
    """Stand in for viewflow's lock: the act holds the row of the case or meeting, so nobody else is in the process.

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
        """Write how the round ended, and who never answered.

        Nobody has said how where the last answer ended it.
        """
        held = Round.objects.get(process=activation.process.pk)
        held.ending = held.ending or RoundEnding.ALLA_SVARADE
        held.closed_at = timezone.now()
        held.save(update_fields=["ending", "closed_at"])
        silent = AnswerState.DRAGEN if held.is_withdrawn else AnswerState.UTEBLIVEN
        RoundAnswer.objects.filter(round=held, state=AnswerState.VANTAR).update(state=silent)


class JusteringFlow(flow.Flow):
    """A round in which a meeting's minutes are adjusted.

    Every adjuster gets a task at once, and whoever keeps the minutes one for taking them back. When everybody has
    approved, or somebody asks for a correction, or they are taken back, the join goes on and cancels what is left;
    then the minutes are either adjusted or to be drawn up again. What follows of that is done by the act.
    """

    process_title = "Justering"
    lock_impl = staticmethod(locked_by_the_act)

    start = flow.StartHandle().Next(this.ask)
    ask = SplitPerReceiver().NextPerReceiver(this.adjust).Next(this.take_back)
    adjust = flow.View(None).Next(this.join)
    take_back = flow.Handle().Next(this.join)
    join = flow.Join(continue_on_condition=this.is_settled).Next(this.outcome)
    outcome = flow.If(this.everybody_approved).Then(this.adjusted).Else(this.again)
    adjusted = flow.End()
    again = flow.End()

    def is_settled(self, activation: Activation, active_tasks: Any) -> bool:
        """Tell whether nothing is left to wait for: all have approved, one asks for a correction, or it is over."""
        waiting = {task.name for task in active_tasks.values_list("flow_task", flat=True).distinct()}
        if not {"adjust", "take_back"} <= waiting:
            return True
        answers = Justering.objects.filter(protokoll__process=activation.process.pk)
        return answers.filter(state=JusteringState.RATTELSE).exists()

    def everybody_approved(self, activation: Activation) -> bool:
        """Tell whether there is an adjuster and no one who has not approved."""
        states = set(Justering.objects.filter(protokoll__process=activation.process.pk).values_list("state", flat=True))
        return states == {JusteringState.GODKAND}


def start_justering(adjusters: Collection[int]) -> tuple[Process, dict[int, int]]:
    """Start the round about minutes; return its process and the id of each adjuster's task by membership.

    Args:
        adjusters: the ids of the memberships that adjust.

    """
    process: Process = JusteringFlow.start.run(_process_data={RECEIVERS: list(adjusters)})
    tasks = Task.objects.filter(process=process, flow_task=JusteringFlow.adjust).values_list("data__receiver", "pk")
    return process, dict(tasks)


def is_adjusted(process_id: int) -> bool:
    """Tell whether the round about minutes ended with everybody having approved."""
    ended: bool = Task.objects.filter(process=process_id, flow_task=JusteringFlow.adjusted, status=STATUS.DONE).exists()
    return ended


def take_back(process: Process) -> None:
    """End the round about minutes before it is over; the tasks of those who have not answered are cancelled."""
    JusteringFlow.take_back.run(Task.objects.get(process=process, flow_task=JusteringFlow.take_back, status=STATUS.NEW))


def start(receivers: Collection[int]) -> tuple[Process, dict[int, int]]:
    """Start the process of a round; return it and the id of each receiver's task by the receiver's id.

    Two statements per receiver, and a fixed number beside them.

    Args:
        receivers: the ids of the bodies asked.

    """
    process: Process = RoundFlow.start.run(_process_data={RECEIVERS: list(receivers)})
    tasks = Task.objects.filter(process=process, flow_task=RoundFlow.answer).values_list("data__receiver", "pk")
    return process, dict(tasks)


def ask_more(process: Process, receivers: Collection[int]) -> dict[int, int]:
    """Give more receivers a task beside those who have one; return the ids of their tasks by theirs.

    Args:
        process: of a round that is open.
        receivers: the ids of the bodies asked, none of which has a task.

    """
    split = PerReceiverActivation(Task.objects.get(process=process, flow_task=RoundFlow.ask))
    # Each branch has the next token after the split's own; the join knows by them which belong together.
    beside = Task.objects.filter(process=process, token__startswith=f"{split.task.token}/{split.task.pk}_")
    tokens = islice(Token.split_token_source(split.task.token, split.task.pk), beside.count(), None)
    made = {}
    for id_, token in zip(receivers, tokens, strict=False):
        answer = RoundFlow.instance.answer
        made[id_] = answer._create(prev_activation=split, token=token, data={RECEIVER: id_}).task.pk  # noqa: SLF001 - as above
    return made


def hand_over(task: Task, to: Person) -> None:
    """Make the task somebody's own."""
    activation = task.flow_task.activation_class(task)
    if task.status == STATUS.ASSIGNED:
        activation.reassign(to)
    else:
        activation.assign(to)


def finish(task: Task, by: Person) -> bool:
    """Finish a receiver's or an adjuster's task; return whether the round ended with it."""
    hand_over(task, by)
    activation = task.flow_task.activation_class(task)
    activation.start(None)
    activation.execute()
    ended: bool = Process.objects.filter(pk=task.process_id, status=PROCESS.DONE).exists()
    return ended


def close(process: Process, ending: RoundEnding, reason: str = "") -> None:
    """End the round before everybody has answered; the tasks of those who have not are cancelled."""
    Round.objects.filter(process=process).update(ending=ending, ending_reason=reason)
    RoundFlow.close.run(Task.objects.get(process=process, flow_task=RoundFlow.close, status=STATUS.NEW))
