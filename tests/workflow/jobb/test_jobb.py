"""Work that takes time: asked for in an act, its progress written down, its page its owner's alone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from governance import jobs
from governance.models import Person
from tests.running import RunJobs
from tests.workflow.world import World
from workflow.errors import NotFromHere
from workflow.jobb import actions
from workflow.jobb.models import Jobblage, Jobbstatus

SEEN: list[tuple[str, int, int, str]] = []


class Trouble(Exception):  # noqa: N818 - what work ran into
    """What the work of the tests runs into."""


@actions.task("test.papper", tries=2)
def make_papers(row: Jobbstatus, parts: int, fails_at: int = 0, leads_to: str = "/hjalp/") -> str:
    for number in range(1, parts + 1):
        actions.progress(row, number, parts, f"Ärende {number} av {parts}")
        now = Jobbstatus.objects.get(pk=row.pk)
        SEEN.append((now.state, now.done, now.total, now.message))
        if number == fails_at:
            raise Trouble
    return leads_to


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    SEEN.clear()


def begin(world: World, **arguments: Any) -> Jobbstatus:
    """Ask for papers as the secretary."""
    owner, title = world.secretary, "Handlingar till länsstyrgruppen"
    return actions.start(make_papers, owner=owner, county=world.county, title=title, **{"parts": 3} | arguments)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def due_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_work_writes_how_far_it_has_come_and_where_the_result_is(world: World, run_jobs: RunJobs) -> None:
    row = begin(world)
    assert (row.state, row.started_at, row.finished_at) == (Jobblage.VANTAR, None, None)

    assert run_jobs() == ["test.papper"]

    row.refresh_from_db()
    assert [("pagar", number, 3, f"Ärende {number} av 3") for number in (1, 2, 3)] == SEEN
    assert (row.state, row.done, row.total, row.message) == (Jobblage.KLAR, 3, 3, "")
    assert row.result_url == "/hjalp/"
    assert row.started_at
    assert row.finished_at
    assert row.created_at <= row.started_at <= row.finished_at


def test_work_is_asked_for_with_the_act_or_not_at_all(world: World) -> None:
    with transaction.atomic():
        begin(world)
        transaction.set_rollback(True)

    assert Jobbstatus.objects.count() == 0
    assert ProcrastinateJob.objects.count() == 0


@pytest.mark.parametrize("arguments", [{"parts": "tre stycken"}, {"other": 1}, {"jobb_id": 1}])
def test_work_is_refused_what_it_does_not_take(world: World, arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        begin(world, **arguments)
    assert Jobbstatus.objects.count() == 0


def test_work_that_fails_is_tried_again_and_then_says_so(world: World, run_jobs: RunJobs) -> None:
    row = begin(world, fails_at=2)
    run_jobs(failing=True)
    row.refresh_from_db()
    assert (row.state, row.message) == (Jobblage.VANTAR, actions.AGAIN)

    due_again()
    run_jobs(failing=True)

    row.refresh_from_db()
    assert (row.state, row.message, row.result_url) == (Jobblage.MISSLYCKAD, "", "")
    assert row.finished_at
    assert [done for _, done, _, _ in SEEN] == [1, 2, 1, 2]


def test_result_is_an_address_on_this_site(world: World, run_jobs: RunJobs) -> None:
    row = begin(world, leads_to="https://example.org/")
    with pytest.raises(ValueError, match="on this site"):
        run_jobs()
    row.refresh_from_db()
    assert row.result_url == ""


def test_work_that_is_done_is_not_done_once_more(world: World, run_jobs: RunJobs) -> None:
    """A worker killed between the work and its acknowledgement leaves such a job."""
    row = begin(world)
    run_jobs()
    jobs.defer(make_papers, jobb_id=row.pk, parts=3, fails_at=1)

    assert run_jobs() == ["test.papper"]

    row.refresh_from_db()
    assert (row.state, len(SEEN)) == (Jobblage.KLAR, 3)


def test_work_whose_workers_were_killed_says_that_it_failed(world: World) -> None:
    row = begin(world)
    patience = jobs.patience_of(ProcrastinateJob.objects.get().procrastinate_job)
    assert patience.given_up

    patience.given_up(jobb_id=row.pk, parts=3)

    row.refresh_from_db()
    assert row.state == Jobblage.MISSLYCKAD


def test_page_says_how_it_stands_from_beginning_to_end(world: World, run_jobs: RunJobs) -> None:
    row, client = begin(world, parts=4), browser(world.secretary)
    address = reverse("jobb", args=[row.pk])
    waiting = client.get(address)
    Jobbstatus.objects.filter(pk=row.pk).update(state=Jobblage.PAGAR, done=2, total=4, message="Ärende 2 av 4")
    going = client.get(address)
    Jobbstatus.objects.filter(pk=row.pk).update(state=Jobblage.VANTAR)
    run_jobs()
    ready = client.get(address)

    assert "Väntar Arbetet väntar på sin tur." in text(waiting)
    assert "Du kan lämna sidan." in text(waiting)
    assert "Pågår Mer än hälften är klar." in text(going)
    assert "Hur långt arbetet har kommit: 2 av 4" in text(going)
    assert "Ärende 2 av 4" in text(going)
    assert 'max="4" value="2"' in going.content.decode()
    assert "Klart Arbetet är klart." in text(ready)
    assert 'href="/hjalp/">Öppna resultatet' in ready.content.decode()
    assert [("hx-trigger" in page.content.decode()) for page in (waiting, going, ready)] == [True, True, False]


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [
        (0, 0, "Arbetet pågår."),
        (0, 4, "Arbetet pågår."),
        (1, 4, "Mer än en fjärdedel är klar."),
        (39, 40, "Mer än tre fjärdedelar är klara."),
        (4, 4, "Mer än tre fjärdedelar är klara."),
    ],
)
def test_what_is_read_aloud_changes_seldom(world: World, done: int, total: int, said: str) -> None:
    row = begin(world)
    Jobbstatus.objects.filter(pk=row.pk).update(state=Jobblage.PAGAR, done=done, total=total)

    shown = browser(world.secretary).get(reverse("jobb", args=[row.pk]))

    assert f'<p role="status" id="sagt">{said}</p>' in shown.content.decode()


def test_part_of_the_page_is_enough_for_htmx(world: World) -> None:
    row, client = begin(world), browser(world.secretary)

    part = client.get(reverse("jobb", args=[row.pk]), headers={"HX-Request": "true"})

    assert "<h1" not in part.content.decode()
    assert 'role="status"' in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_failed_work_is_asked_for_once_more_from_its_page(world: World, run_jobs: RunJobs) -> None:
    row, client = begin(world), browser(world.secretary)
    Jobbstatus.objects.filter(pk=row.pk).update(state=Jobblage.MISSLYCKAD, done=1, total=3, finished_at=row.created_at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "Försök igen" in text(client.get(reverse("jobb", args=[row.pk])))

    answer = client.post(reverse("jobb_igen", args=[row.pk]))
    row.refresh_from_db()

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("jobb", args=[row.pk]))
    assert (row.state, row.done, row.finished_at) == (Jobblage.VANTAR, 0, None)
    assert run_jobs() == ["test.papper"]
    row.refresh_from_db()
    assert row.state == Jobblage.KLAR


@pytest.mark.parametrize("state", [Jobblage.VANTAR, Jobblage.PAGAR, Jobblage.KLAR])
def test_only_failed_work_is_asked_for_once_more(world: World, state: Jobblage) -> None:
    row = begin(world)
    Jobbstatus.objects.filter(pk=row.pk).update(state=state)

    with pytest.raises(NotFromHere):
        actions.try_again(row.pk, actor=world.secretary)

    assert browser(world.secretary).post(reverse("jobb_igen", args=[row.pk])).status_code == 409
    assert ProcrastinateJob.objects.count() == 1


def test_work_of_a_kind_that_is_no_more_is_not_asked_for(world: World) -> None:
    row = begin(world)
    Jobbstatus.objects.filter(pk=row.pk).update(state=Jobblage.MISSLYCKAD, kind="test.borttaget")

    with pytest.raises(NotFromHere):
        actions.try_again(row.pk, actor=world.secretary)


def test_page_is_its_owners_alone(world: World) -> None:
    row = begin(world)
    Jobbstatus.objects.filter(pk=row.pk).update(state=Jobblage.MISSLYCKAD)

    for person in (world.coordinator, world.author):
        assert browser(person).get(reverse("jobb", args=[row.pk])).status_code == 404
        assert browser(person).post(reverse("jobb_igen", args=[row.pk])).status_code == 404
    assert Client().get(reverse("jobb", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.state == Jobblage.MISSLYCKAD


def test_page_costs_as_much_however_much_work_there_is(world: World) -> None:
    row, client = begin(world), browser(world.secretary)
    costs = []
    for _ in range(2):
        client.get(reverse("jobb", args=[row.pk]))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("jobb", args=[row.pk]))
        costs.append(len(caught))
        for _ in range(20):
            begin(world)

    assert costs[0] == costs[1]


def test_work_that_has_been_over_for_long_is_forgotten(world: World, run_jobs: RunJobs) -> None:
    old, new, going = (begin(world) for _ in range(3))
    run_jobs()
    Jobbstatus.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=91))
    Jobbstatus.objects.filter(pk=going.pk).update(finished_at=None, state=Jobblage.PAGAR)
    by_the_clock = jobs.task_named("jobb.glom")
    assert by_the_clock
    jobs.defer(by_the_clock, timestamp=0)

    assert run_jobs() == ["jobb.glom"]

    assert set(Jobbstatus.objects.values_list("pk", flat=True)) == {new.pk, going.pk}
