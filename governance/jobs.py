"""The only place where work that is not done at once is asked for, and functions become tasks that can be asked of.

A *job* is a row of the database, written in the transaction of whoever asks for it: it is there when that transaction
is, and gone when it is rolled back. Any number of workers (``manage.py work``) on any number of machines carry jobs
out. A job is done **at least once**: a worker that is killed half-way leaves it to the next, so a task looks first
whether its work is done already.

It stands in the lowest app because all of them ask for jobs and none may import ``config``. A task is a function in a
module called ``jobs`` anywhere in an app, which the worker finds by its place (``PROCRASTINATE_IMPORT_PATHS``)::

    @jobs.task("moten.kallelse")
    def send_kallelse(meeting_id: int) -> None: ...

    jobs.defer(send_kallelse, meeting_id=meeting.pk)
"""

import inspect
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeAlias, TypeVar, cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.tasks import Task as _Task
from procrastinate.tasks import configure_task

from governance.dbroles import APP_ALIAS

P = ParamSpec("P")
R = TypeVar("R")
Task: TypeAlias = _Task[P, R, P]
Argument: TypeAlias = int | str | list[int] | None
"""What a job may be given: keys and codes. Texts are read from the database when the job runs."""

CODE = re.compile(r"[\w.:+/-]{0,200}")
"""No blank and no @: a text, a name or an address does not get into the queue, and so not into a log of it."""
TRIES = 8
"""How many times a job is tried unless its task says otherwise: for about two hours."""
FIRST_WAIT, GROWTH, LONGEST_WAIT = 10, 4, 30 * 60
"""Seconds before the second try; by how much each wait is longer than the one before; the longest."""


@dataclass(frozen=True)
class Running:
    """The job that is being carried out: which it is, the number of this try, and whether it is the last."""

    id: int
    task: str
    attempt: int
    is_last: bool


this_job: ContextVar[Running | None] = ContextVar("running_job", default=None)


def running() -> Running | None:
    """Return the job that the caller is a part of, or None outside of jobs."""
    return this_job.get()


class Patience(BaseRetryStrategy):
    """Try again after a wait that grows up to a ceiling, at most so many times; then the job has failed and is kept."""

    def __init__(self, tries: int, given_up: Callable[..., object] | None = None) -> None:
        """Remember how many tries there are in all, and whom to tell when the worker of the last was killed."""
        self.tries, self.given_up = tries, given_up

    def is_last(self, job: Job) -> bool:
        """Tell whether the try that is being made, or was cut off, is the last."""
        return job.attempts + 1 >= self.tries

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002 - any error may pass
        """Return when to try again, or None when that was the last time."""
        return None if self.is_last(job) else RetryDecision(retry_in={"seconds": wait_after(job.attempts + 1)})


def wait_after(attempt: int) -> int:
    """Return the seconds to wait after the try with this number, the first being 1."""
    return int(min(FIRST_WAIT * GROWTH ** min(attempt - 1, 10), LONGEST_WAIT))


def task(
    name: str, *, tries: int = TRIES, given_up: Callable[..., object] | None = None
) -> Callable[[Callable[P, R]], "Task[P, R]"]:
    """Make a function a task that jobs can be asked of.

    Args:
        name: what jobs in the queue call it; kept when the function moves, for jobs may be waiting.
        tries: how many times a job is tried before it has failed.
        given_up: called with the job's arguments when the worker of its last try was killed: nothing was raised then
            that the task could have seen.

    """
    register: Callable[[Callable[P, R]], Task[P, R]] = app.task(name=name, retry=Patience(tries, given_up))
    return register


def periodic(name: str, cron: str) -> Callable[[Callable[[], R]], Callable[[], R]]:
    """Make a function without arguments a task that the workers together carry out by the clock, once each time.

    Args:
        name: what jobs in the queue call it.
        cron: when, as in ``"0 6 * * *"``, by UTC.

    """

    def register(function: Callable[[], R]) -> Callable[[], R]:
        def carry_out(timestamp: int) -> R:  # noqa: ARG001 - the library gives it
            return function()

        app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(carry_out))
        return function

    return register


def task_named(name: str) -> "Task[..., Any] | None":
    """Return the task that jobs in the queue call so, or None when there is none any more."""
    find_tasks()
    return app.tasks.get(name)


def find_tasks() -> None:
    """Import every module of tasks, so that a worker knows them."""
    find: Callable[[], None] = app.perform_import_paths
    find()


def defer(task: "Task[..., Any]", **arguments: Argument) -> int:
    """Ask for a job, in the caller's transaction; return its number.

    Raises:
        TypeError: the task takes other arguments, or one is a text.

    """
    inspect.signature(task.func).bind(**arguments)
    for name, value in arguments.items():
        if not _is_key_or_code(value):
            raise TypeError(f"{name!r} is no key or code: a job reads texts from the database when it runs.")
    # Django's own connection, whatever connection a worker around it fetches its jobs by.
    manager = JobManager(DjangoConnector(alias=APP_ALIAS))
    asked = configure_task(name=task.name, job_manager=manager, queue=task.queue)
    return asked.defer(**cast("dict[str, Any]", arguments))


def _is_key_or_code(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, int) for one in value)
    return value is None or isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value) is not None)


def patience_of(job: Job) -> Patience:
    """Return how often the job is tried; a job whose task is gone is not tried again."""
    found = app.tasks.get(job.task_name)
    strategy = found.retry_strategy if found else None
    return strategy if isinstance(strategy, Patience) else Patience(1)
