"""The worker: carries out jobs, tells the log of them, and takes over what workers that are gone have left behind."""

import asyncio
import signal
import time
import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate import JobContext
from procrastinate.contrib.django import app, connector_params
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from governance import jobs
from governance.dbroles import APP_ALIAS

HEARTBEAT, SILENCE = 10, 60
"""Seconds between a worker's signs of life; seconds without one after which its jobs are given to others."""
KEPT_HOURS = 7 * 24
"""Hours that a job that went well is kept. One that failed is kept until somebody removes it."""
RESTARTS = (1, 2, 5, 10, 30)
"""Seconds before a worker whose database went away begins again, the first time, the second and so on."""
RESCUE, REMOVAL = "jobb.efterlamnade", "jobb.gallra"
HOUSEKEEPING = {RESCUE, REMOVAL}
"""Tasks of the queue's own, which the log tells of when they fail."""
POLL = 15
"""Seconds after which a worker looks for jobs that nobody told it of: those that waited for their moment."""
FRAMES = 6
"""Calls that the log names of an error's place."""

log = structlog.get_logger(__name__)


async def told(call_next: Callable[[], Awaitable[Any]], context: JobContext, _worker: Worker) -> Any:
    """Carry out a job, telling the log when it begins, ends or fails; never its arguments, nor what an error said.

    An error's own words may hold what people wrote; its kind and place are enough to find it.
    """
    job, begun = context.job, time.monotonic()
    this = jobs.Running(job.id or 0, job.task_name, job.attempts + 1, jobs.patience_of(job).is_last(job))
    token = jobs.this_job.set(this)
    say = log.debug if this.task in HOUSEKEEPING else log.info
    with structlog.contextvars.bound_contextvars(job=this.task, job_id=this.id, attempt=this.attempt):
        say("job_started")
        try:
            result = await call_next()
        except BaseException as error:
            facts = {"error": type(error).__name__, "seconds": _since(begun), "place": _place(error)}
            (log.error if this.is_last else log.warning)("job_failed", tried_again=not this.is_last, **facts)
            raise
        finally:
            jobs.this_job.reset(token)
        say("job_finished", seconds=_since(begun))
    return result


def _place(error: BaseException) -> str:
    """Return where an error was raised, the innermost call first."""
    frames = reversed(traceback.extract_tb(error.__traceback__)[-FRAMES:])
    return " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 3)


async def rescue(manager: JobManager) -> None:
    """Give the jobs of workers that show no sign of life to the others; those tried often enough have failed."""
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        patience = jobs.patience_of(job)
        is_last = patience.is_last(job)
        with structlog.contextvars.bound_contextvars(job=job.task_name, job_id=job.id, attempt=job.attempts + 1):
            log.warning("job_left_behind", tried_again=not is_last)
        if is_last:
            if patience.given_up:
                await sync_to_async(_tell)(patience.given_up, job.task_kwargs)
            await manager.finish_job(job, Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job, retry_at=datetime.now(UTC))


def _tell(given_up: Callable[..., object], arguments: dict[str, Any]) -> None:
    try:
        given_up(**arguments)
    finally:
        close_old_connections()


@app.periodic(cron="* * * * *")
@app.task(name=RESCUE, queueing_lock=RESCUE, pass_context=True)
async def rescue_every_minute(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the library gives it
    """Look for jobs that were left behind."""
    await rescue(context.app.job_manager)


@app.periodic(cron="17 2 * * *")
@app.task(name=REMOVAL, queueing_lock=REMOVAL, pass_context=True)
async def remove_old(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the library gives it
    """Remove jobs that went well a while ago."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


def work(*, concurrency: int) -> None:
    """Carry out jobs until SIGTERM or SIGINT; what is being done then is finished first.

    A database that goes away and comes back is waited for.

    Args:
        concurrency: how many jobs at once, each with one connection to the database.

    """
    asyncio.run(_work(concurrency))


async def _work(concurrency: int) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    failures = 0
    while not stop.is_set():
        begun = time.monotonic()
        worker = asyncio.create_task(_work_while_connected(concurrency))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
            return
        failures = 0 if time.monotonic() - begun > RESTARTS[-1] else failures
        wait = RESTARTS[min(failures, len(RESTARTS) - 1)]
        failures += 1
        error = worker.exception()
        log.error("worker_interrupted", error=type(error).__name__ if error else "", begins_again_in=wait)
        await asyncio.wait({stopping}, timeout=wait)


async def _work_while_connected(concurrency: int) -> None:
    """Carry out jobs until cancelled or until the database is gone; whichever, what is being done is finished."""
    with app.replace_connector(connector(concurrency)):
        async with app.open_async():
            jobs.find_tasks()
            await rescue(app.job_manager)
            log.info("worker_started", concurrency=concurrency)
            await app.run_worker_async(
                concurrency=concurrency,
                install_signal_handlers=False,
                listen_notify=True,
                fetch_job_polling_interval=POLL,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=SILENCE,
                worker_middleware=[told],
            )


def connector(concurrency: int) -> PsycopgConnector:
    """Return what a worker fetches jobs by: a few connections of the app role besides those that its jobs use."""
    return PsycopgConnector(kwargs=connector_params(APP_ALIAS), min_size=1, max_size=concurrency + 2)
