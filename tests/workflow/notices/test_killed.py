"""What is promised of letters, against a real mail server, with the worker killed again and again at random points.

Never lost; repeated only where the worker died between the server's taking a letter and our writing so, and then with
the same Message-ID.
"""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateWorker

from governance import jobs
from governance.models import Person
from governance.vocabulary import Role
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.meetings.calendar.smtp import server
from tests.workflow.world import BEREDNING, World, make_world
from workflow.models import Delivery, Notice
from workflow.notices.choosing import choose
from workflow.notices.sending import WAITING
from workflow.notices.vocabulary import Brevlage, Postlage, Slag, Takt

PATIENCE = 120
COLLEAGUES = 5
AT_ONCE = 2
"""Letters that a worker may have on their way when it dies."""
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Taking:
    """A server that takes its time, counts what it has taken, and may kill whoever gives it a letter.

    `kill_at` counts letters of the round; the caller dies when the server has taken that one and has not answered, or
    has just answered.
    """

    taken: list[tuple[str, str]] = field(default_factory=list)
    kill: Callable[[], None] = lambda: None
    kill_at: int = 0
    of_round: int = 0
    answers_first: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Keep whom it is for and which it is."""
        await asyncio.sleep(random.uniform(0, 0.03))
        message = message_from_bytes(envelope.original_content)
        self.taken.append((str(message["Message-ID"]), envelope.rcpt_tos[0]))
        self.of_round += 1
        if self.of_round == self.kill_at:
            if self.answers_first:
                asyncio.get_running_loop().call_soon(self.kill)
            else:
                self.kill()
        return "250 OK"


@dataclass
class Workers:
    """Starts workers one after the other, and ends them."""

    port: int
    running: "subprocess.Popen[bytes] | None" = None

    def start(self) -> "subprocess.Popen[bytes]":
        """Start a worker that sends to the server."""
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.settings_worker",
            "SATSNINGAR_TEST_DATABASE": str(connections["default"].settings_dict["NAME"]),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
        }
        command = [sys.executable, "-m", "django", "work", "--at-once", str(AT_ONCE)]
        self.running = subprocess.Popen(command, env=os.environ | environment, cwd=settings.BASE_DIR)
        return self.running

    def kill(self) -> None:
        """Kill the worker that runs."""
        if self.running is not None:
            self.running.kill()

    def killed(self) -> None:
        """Kill the worker that runs, and wait until it is gone."""
        if self.running is not None:
            self.running.kill()
            self.running.wait(PATIENCE)


def is_over(process: "subprocess.Popen[bytes]") -> bool:
    return process.poll() is not None


def until(holds: Callable[[], object]) -> None:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() < begun + PATIENCE
        time.sleep(0.05)


@pytest.fixture
def at_work() -> Iterator[tuple[Taking, Workers]]:
    """Give a server and the workers that send to it; the last worker is killed afterwards."""
    with server(taking := Taking()) as port:  # type: ignore[arg-type] # it takes letters as the other does
        workers = Workers(port)
        taking.kill = workers.kill
        yield taking, workers
        workers.killed()


def people_of(world: World) -> list[Person]:
    """Return those who get a letter of each act."""
    people = [world.officer, *(world.seat(BEREDNING, Role.LEDAMOT) for _ in range(COLLEAGUES))]
    for person in people:
        choose({Slag.ARENDE: Takt.STRAX}, actor=person)
    return people


def killed_times(kills: int, seed: int, taking: Taking, workers: Workers) -> tuple[World, Counter[str]]:
    """Make an act and start a worker for each kill; return the world and how often it was killed in which way."""
    chance = random.Random(seed)
    world, ways = make_world(), Counter[str]()
    people_of(world)
    send = jobs.task_named("notiser.skicka")
    assert send is not None
    for number in range(kills):
        satsning = world.make(f"Satsning nummer {number}")
        world.fill(satsning, *DECIDED_PARTS)
        world.do(satsning, "lamna_in", world.author)
        taking.of_round, taking.kill_at = 0, 0
        way = chance.choice(("before the answer", "after the answer", "at some moment"))
        if way != "at some moment":
            taking.kill_at, taking.answers_first = chance.randint(1, COLLEAGUES), way == "after the answer"
        before = set(ProcrastinateWorker.objects.values_list("pk", flat=True))
        jobs.defer(send, timestamp=number)
        process = workers.start()
        if taking.kill_at:
            until(partial(is_over, process))
        else:
            until(ProcrastinateWorker.objects.exclude(pk__in=before).exists)
            time.sleep(chance.uniform(0, 0.5))
        workers.killed()
        ways[way] += 1
    taking.kill_at = 0
    jobs.defer(send, timestamp=kills)
    workers.start()
    until(lambda: not Notice.objects.filter(mail=Postlage.NY).exists())
    until(lambda: not Delivery.objects.filter(state__in=WAITING).exists())
    return world, ways


def check(kills: int, taking: Taking, ways: Counter[str]) -> None:
    """Hold what was taken against what was promised, and print the figures."""
    told = Notice.objects.filter(mail=Postlage.BREV).select_related("delivery__person")
    assert told.count() == kills * (COLLEAGUES + 1)
    assert Notice.objects.filter(mail=Postlage.BREV, delivery=None).count() == 0
    letters = dict(Delivery.objects.values_list("message_id", "person__email"))
    assert set(Delivery.objects.values_list("state", flat=True)) == {Brevlage.SANT}
    times = Counter(taking.taken)
    lost = set(letters.items()) - set(times)
    strange = set(times) - set(letters.items())
    repeated = {letter: count for letter, count in times.items() if count > 1}
    print(  # noqa: T201 - figures
        f"\nletters {len(letters)}  notices {told.count()}  kills {sum(ways.values())} ({dict(ways)})"
        f"  lost {len(lost)}  repeated {sum(count - 1 for count in repeated.values())}  strange {len(strange)}"
    )
    assert (lost, strange) == (set(), set())
    assert sum(count - 1 for count in repeated.values()) <= kills * AT_ONCE


def test_letters_survive_three_killed_workers(at_work: tuple[Taking, Workers]) -> None:
    taking, workers = at_work
    _, ways = killed_times(3, 1, taking, workers)
    check(3, taking, ways)


@pytest.mark.soak
def test_letters_survive_fifty_killed_workers(
    at_work: tuple[Taking, Workers], capsys: pytest.CaptureFixture[str]
) -> None:
    taking, workers = at_work
    _, ways = killed_times(50, random.SystemRandom().randrange(10**6), taking, workers)
    with capsys.disabled():
        check(50, taking, ways)
