"""Jobs: rows of the transaction that asks for them, tried again with patience, told of without what people wrote."""

import logging
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import structlog
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from structlog.testing import capture_logs

from governance import jobs
from governance.models import County
from tests.factories import orebro
from tests.running import RunJobs

DONE: list[tuple[str, object]] = []
SECRET = "Anna Exempelsson"


class Trouble(Exception):  # noqa: N818 - what a job ran into
    """What a job of the tests runs into."""


@jobs.task("test.note", tries=3)
def note(what: int, word: str = "") -> None:
    DONE.append((word, what))


@jobs.task("test.rename")
def rename(county_id: int, *, trouble: int = 0) -> None:
    with transaction.atomic():
        County.objects.filter(pk=county_id).update(name=SECRET)
        jobs.defer(note, what=county_id, word="after")
        if trouble:
            raise Trouble(SECRET)


@jobs.task("test.trouble", tries=3)
def trouble() -> None:
    running = jobs.running()
    assert running
    DONE.append(("last" if running.is_last else "not last", running.attempt))
    raise Trouble(SECRET)


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    DONE.clear()


def rows(columns: str) -> list[tuple[Any, ...]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list(*columns.split(", ")))


@pytest.mark.django_db(transaction=True)
def test_job_is_there_when_its_transaction_is_and_gone_when_it_is_not(run_jobs: RunJobs) -> None:
    with transaction.atomic():
        jobs.defer(note, what=1)
        transaction.set_rollback(True)
    with transaction.atomic():
        jobs.defer(note, what=2, word="kept")
        with psycopg.connect(**_as_app()) as beside:
            seen = beside.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()

    assert seen == (0,)
    assert rows("task_name, args") == [("test.note", {"what": 2, "word": "kept"})]
    assert run_jobs() == ["test.note"]
    assert DONE == [("kept", 2)]
    assert rows("status, attempts") == [("succeeded", 1)]


def _as_app() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {key: given[key] for key in ("dbname", "user", "host", "port", "password") if key in given}


@pytest.mark.parametrize("ends_well", [True, False])
@pytest.mark.django_db(transaction=True)
def test_job_asked_for_by_a_job_is_part_of_that_jobs_transaction(run_jobs: RunJobs, *, ends_well: bool) -> None:
    """The worker fetches jobs by connections of its own; what a job asks for is written by the job's."""
    county = orebro()
    jobs.defer(rename, county_id=county.pk, trouble=0 if ends_well else 1)

    begun = run_jobs(failing=not ends_well)

    county.refresh_from_db()
    assert begun == (["test.rename", "test.note"] if ends_well else ["test.rename"])
    assert (county.name == SECRET) is ends_well
    assert [word for word, _ in DONE] == (["after"] if ends_well else [])


def test_jobs_run_in_the_transaction_of_a_test(db: None, run_jobs: RunJobs) -> None:
    county = orebro()
    jobs.defer(rename, county_id=county.pk)

    assert run_jobs() == ["test.rename", "test.note"]
    county.refresh_from_db()
    assert county.name == SECRET
    assert run_jobs() == []


def test_job_that_fails_fails_the_test_unless_it_is_expected(db: None, run_jobs: RunJobs) -> None:
    jobs.defer(trouble)
    with pytest.raises(Trouble):
        run_jobs()
    jobs.defer(trouble)
    assert run_jobs(failing=True) == ["test.trouble"]


@pytest.mark.django_db(transaction=True)
def test_failing_job_is_tried_a_few_times_and_then_kept_as_failed(run_jobs: RunJobs) -> None:
    number = jobs.defer(trouble)
    waits = []
    for _ in range(5):
        run_jobs(failing=True)
        waits += [at - timezone.now() for at, status in rows("scheduled_at, status") if status == "todo"]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

    assert DONE == [("not last", 1), ("not last", 2), ("last", 3)]
    assert rows("id, status, attempts") == [(number, "failed", 3)]
    assert [round(wait / timedelta(seconds=10)) for wait in waits] == [1, 4]


@given(st.integers(1, 10_000))
def test_waits_grow_to_a_ceiling(attempt: int) -> None:
    wait, after = jobs.wait_after(attempt), jobs.wait_after(attempt + 1)

    assert jobs.FIRST_WAIT <= wait <= after <= jobs.LONGEST_WAIT
    assert after == min(wait * jobs.GROWTH, jobs.LONGEST_WAIT)


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"what": 1, "word": SECRET}, "word"),
        ({"what": 1, "word": "anna@exempel.test"}, "word"),
        ({"what": 1, "word": "a" * 201}, "word"),
        ({"what": {"name": "Anna"}}, "what"),
        ({"what": [1, SECRET]}, "what"),
        ({"who": 1}, "what"),
        ({"what": 1, "more": 2}, "more"),
    ],
)
def test_job_takes_keys_and_codes_of_its_task_alone(db: None, arguments: dict[str, Any], wrong: str) -> None:
    with pytest.raises(TypeError, match=wrong):
        jobs.defer(note, **arguments)
    assert rows("id") == []


def test_log_tells_of_jobs_without_what_people_wrote(
    db: None, run_jobs: RunJobs, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    jobs.defer(note, what=1, word="ordet")
    jobs.defer(trouble)
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        run_jobs(failing=True)

    told = [(line["event"], line["job"], line["attempt"], line.get("error"), line.get("tried_again")) for line in lines]
    assert told == [
        ("job_started", "test.note", 1, None, None),
        ("job_finished", "test.note", 1, None, None),
        ("job_started", "test.trouble", 1, None, None),
        ("job_failed", "test.trouble", 1, "Trouble", True),
    ]
    assert lines[3]["place"].split(" < ")[0].endswith("test_jobs.py:50 trouble")
    written = "\n".join([*map(str, lines), *(record.getMessage() for record in caplog.records)])
    assert "ordet" not in written
    assert SECRET not in written


@pytest.mark.django_db(transaction=True)
def test_library_does_not_write_what_an_error_said(
    run_jobs: RunJobs, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "retry_strategy", jobs.Patience(1))
    jobs.defer(trouble)

    run_jobs(failing=True)

    assert [record.getMessage() for record in caplog.records if record.name.startswith("procrastinate")] == []
    assert rows("status") == [("failed",)]


def test_worker_finds_the_tasks_of_every_module_called_jobs() -> None:
    jobs.find_tasks()

    assert {"jobb.efterlamnade", "jobb.gallra"} <= set(app.tasks)
    assert {name for name, _ in app.periodic_registry.periodic_tasks} >= {
        "jobb.efterlamnade",
        "jobb.gallra",
        "jobb.glom",
    }
