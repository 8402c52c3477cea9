"""How tests carry out the jobs that wait, in their own process."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from procrastinate import JobContext, utils
from procrastinate.contrib.django import app, procrastinate_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.worker import Worker

from governance import jobs, worker


class RunJobs(Protocol):
    """Carries out the jobs that are due; returns the names of their tasks in the order they were begun."""

    def __call__(self, *, failing: bool = False) -> list[str]:
        """Carry them out; a job that fails fails the test, unless ``failing``."""


def runner(patch: pytest.MonkeyPatch) -> RunJobs:
    """Return a function that runs the worker until no job is due.

    In a test's own transaction, the worker fetches jobs and carries them out in the test's thread and transaction.
    Where tests commit, it runs in a thread beside, with connections of its own, as on a server.
    """
    patch.setattr(procrastinate_app.current_app, "periodic_defaults", {"max_delay": 0})  # the clock asks for nothing

    def run(*, failing: bool = False) -> list[str]:
        begun: list[str] = []
        errors: list[BaseException] = []

        async def noted(call_next: Callable[[], Any], context: JobContext, _worker: Worker) -> Any:
            begun.append(context.job.task_name)
            try:
                return await call_next()
            except BaseException as error:
                errors.append(error)
                raise

        if connection.in_atomic_block:
            with pytest.MonkeyPatch.context() as here:
                here.setattr(utils, "sync_to_async", _in_this_thread)
                with app.replace_connector(ByTheTestsConnection()):
                    # Without the library's closing of connections around each job, which would end the test's own.
                    async_to_sync(_until_done)([worker.told, noted], task_middleware=[])
        else:
            _beside(lambda: asyncio.run(_with_connections_of_its_own([worker.told, noted])))
        if errors and not failing:
            raise errors[0]
        return begun

    return run


class ByTheTestsConnection(DjangoConnector):
    """Fetches jobs by Django's own connection, on which JSON comes as text."""

    def _dictfetch(self, cursor: Any) -> Iterator[dict[str, Any]]:
        for row in super()._dictfetch(cursor):
            yield row | {"args": json.loads(row["args"])} if row.get("args") else row


async def _until_done(middleware: Iterable[Any], **options: Any) -> None:
    jobs.find_tasks()
    options |= {"wait": False, "listen_notify": False, "install_signal_handlers": False}
    await app.run_worker_async(worker_middleware=list(middleware), **options)


async def _with_connections_of_its_own(middleware: Iterable[Any]) -> None:
    with app.replace_connector(worker.connector(2)):
        async with app.open_async():
            await _until_done(middleware)


async def _in_this_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return await sync_to_async(function, thread_sensitive=True)(*args, **kwargs)


def _beside(work: Callable[[], None]) -> None:
    """Run in a thread beside, since a browser's loop may run in this one; raise what it raises."""
    raised: list[BaseException] = []

    def carry_out() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again below
            raised.append(error)

    thread = threading.Thread(target=carry_out)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
