"""The worker as a process: told of jobs at once, ended with care, killed, cut off from its database."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from governance import jobs, worker
from tests.slow_jobs import slow

PATIENCE = 90
pytestmark = pytest.mark.django_db(transaction=True)

StartWorker = Callable[[], "subprocess.Popen[bytes]"]


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() < begun + PATIENCE
        time.sleep(0.1)


def app_role(**more: Any) -> "psycopg.Connection[Any]":
    """Connect as the application, outside Django's connections."""
    given = connection.get_connection_params()
    here = {key: given[key] for key in ("dbname", "user", "host", "port", "password") if key in given}
    return psycopg.connect(**here, **more)


@pytest.fixture
def start_worker() -> Iterator[StartWorker]:
    """Give a function that starts a worker and waits until it is at work; those that are left are killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        before = set(ProcrastinateWorker.objects.values_list("pk", flat=True))
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.settings_worker",
            "SATSNINGAR_TEST_DATABASE": str(connections["default"].settings_dict["NAME"]),
        }
        command = [sys.executable, "-m", "django", "work"]
        started.append(subprocess.Popen(command, env=os.environ | environment, cwd=settings.BASE_DIR))
        until(ProcrastinateWorker.objects.exclude(pk__in=before).exists)
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(PATIENCE)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Return the file that the slow job writes in."""
    file = tmp_path / "notes"
    file.touch()
    return file


def lines(notes: Path) -> list[str]:
    return notes.read_text().split()


def begun_times(notes: Path, number: int) -> bool:
    return lines(notes) == ["begun"] * number


def state() -> list[tuple[str, int]]:
    """Return the state of the slow jobs and how often they were tried."""
    return list(ProcrastinateJob.objects.filter(task_name="test.slow").order_by("pk").values_list("status", "attempts"))


def let_time_pass(seconds: int = worker.SILENCE + 1) -> None:
    """Let the workers' last signs of life be so much older."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - %s * interval '1 second'", [seconds])


def test_worker_is_told_of_a_job_when_its_transaction_is_committed() -> None:
    """As the application's role, by which the worker listens too."""
    with app_role(autocommit=True) as listener:
        listener.execute("LISTEN procrastinate_any_queue_v1")
        with transaction.atomic():
            number = jobs.defer(slow, file="/nowhere")
            early = list(listener.notifies(timeout=0.2))
        [told] = listener.notifies(timeout=PATIENCE, stop_after=1)

    assert early == []
    assert json.loads(told.payload) == {"type": "job_inserted", "job_id": number}


def test_job_of_a_killed_worker_is_done_once_more_by_the_next(start_worker: StartWorker, notes: Path) -> None:
    first = start_worker()
    jobs.defer(slow, file=str(notes))
    until(lambda: lines(notes) == ["begun"])
    first.kill()
    first.wait(PATIENCE)
    assert state() == [("doing", 0)]

    let_time_pass()
    notes.with_suffix(".go").touch()
    second = start_worker()
    until(lambda: state() == [("succeeded", 2)])

    assert lines(notes) == ["begun", "begun", "done"]
    assert second.poll() is None


def test_job_whose_workers_are_killed_again_and_again_has_failed(start_worker: StartWorker, notes: Path) -> None:
    jobs.defer(slow, file=str(notes))
    for number in (1, 2):
        process = start_worker()
        until(partial(begun_times, notes, number))
        process.kill()
        process.wait(PATIENCE)
        let_time_pass()

    start_worker()
    until(lambda: state() == [("failed", 2)])

    assert lines(notes) == ["begun", "begun"]


def test_job_of_a_worker_that_shows_signs_of_life_is_left_to_it(start_worker: StartWorker, notes: Path) -> None:
    start_worker()
    jobs.defer(slow, file=str(notes))
    until(lambda: lines(notes) == ["begun"])

    start_worker()
    notes.with_suffix(".go").touch()
    until(lambda: state() == [("succeeded", 1)])

    assert lines(notes) == ["begun", "done"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_asked_to_end_finishes_what_it_has_begun(start_worker: StartWorker, notes: Path, number: int) -> None:
    process = start_worker()
    jobs.defer(slow, file=str(notes))
    until(lambda: lines(notes) == ["begun"])

    process.send_signal(number)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    jobs.defer(slow, file=str(notes))
    notes.with_suffix(".go").touch()

    assert process.wait(PATIENCE) == 0
    assert lines(notes) == ["begun", "done"]
    assert state() == [("succeeded", 1), ("todo", 0)]
    assert ProcrastinateWorker.objects.count() == 0


def test_worker_goes_on_when_its_database_has_been_away(start_worker: StartWorker, notes: Path) -> None:
    process = start_worker()
    jobs.defer(slow, file=str(notes))
    until(lambda: lines(notes) == ["begun"])
    with app_role(autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid NOT IN (pg_backend_pid(), %s)",
            [_own_backend()],
        )
    notes.with_suffix(".go").touch()
    until(lambda: state() == [("succeeded", 1)])

    jobs.defer(slow, file=str(notes))
    until(lambda: state() == [("succeeded", 1), ("succeeded", 1)])

    assert process.poll() is None


def _own_backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(pid,)] = cursor.fetchall()
    return int(pid)
