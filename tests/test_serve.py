"""What serves the demonstration: two programs that end together, however it is that one of them ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config import lifeline
from scripts import serve

PATIENCE = 60

PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from config import lifeline
me = Path(sys.argv[1])
def end(number, frame):
    with me.open("a") as file: file.write(signal.Signals(number).name + "\\n")
    if "stubborn" not in me.name: sys.exit(0)
for each in (signal.SIGTERM, signal.SIGINT): signal.signal(each, end)
lifeline.hold(os.getpid())
me.write_text(f"{os.getpid()}\\n")
while True:
    time.sleep(0.05)
    if me.with_suffix(".fails").exists(): sys.exit(7)
"""
TOGETHER = """
import sys
from scripts import serve
sys.exit(serve.run_together([[sys.executable, "-c", sys.argv[1], file] for file in sys.argv[2:]]))
"""


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() < begun + PATIENCE
        time.sleep(0.05)


class Pair:
    """Two programs that are run together by a process of their own."""

    def __init__(self, folder: Path, *names: str) -> None:
        """Start them, and wait until both are at work."""
        self.files = [folder / name for name in names]
        command = [sys.executable, "-c", TOGETHER, PROGRAM, *map(str, self.files)]
        self.both = subprocess.Popen(command, cwd=settings.BASE_DIR)
        until(lambda: all(file.exists() and file.read_text().endswith("\n") for file in self.files))
        self.pids = [int(file.read_text()) for file in self.files]

    def heard(self) -> list[list[str]]:
        """Return what each was asked."""
        return [file.read_text().splitlines()[1:] for file in self.files]

    def alive(self) -> list[int]:
        """Return the ids of those that still run."""
        return [pid for pid in self.pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie"]


@pytest.fixture
def pairs(tmp_path: Path) -> Iterator[Callable[..., Pair]]:
    """Give a function that starts two programs together; whatever is left of them is ended."""
    started: list[Pair] = []

    def start(*names: str) -> Pair:
        started.append(Pair(tmp_path, *names))
        return started[-1]

    yield start
    for pair in started:
        for pid in (pair.both.pid, *pair.alive()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        pair.both.wait(PATIENCE)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_are_asked_to_end_when_it_is(pairs: Callable[..., Pair], number: int) -> None:
    pair = pairs("server", "worker")

    pair.both.send_signal(number)

    assert pair.both.wait(PATIENCE) == 0
    assert pair.alive() == []
    assert pair.heard() == [[signal.Signals(number).name]] * 2


def test_one_that_ends_takes_the_other_along_and_gives_the_exit_code(pairs: Callable[..., Pair]) -> None:
    pair = pairs("server", "worker")

    pair.files[1].with_suffix(".fails").touch()

    assert pair.both.wait(PATIENCE) == 7
    assert pair.alive() == []
    assert pair.heard() == [["SIGTERM"], []]


def test_both_end_when_it_is_killed(pairs: Callable[..., Pair]) -> None:
    pair = pairs("server", "worker")

    pair.both.kill()

    until(lambda: not pair.alive())
    assert pair.heard() == [["SIGTERM"], ["SIGTERM"]]


def test_second_request_ends_the_one_that_does_not_listen(pairs: Callable[..., Pair]) -> None:
    pair = pairs("server", "stubborn")

    pair.both.send_signal(signal.SIGINT)
    until(lambda: pair.heard()[1])
    assert pair.alive()[-1:] == pair.pids[1:]
    pair.both.send_signal(signal.SIGINT)

    assert pair.both.wait(PATIENCE) == 0
    assert pair.alive() == []


def test_one_that_does_not_listen_is_ended_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.2)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        serve._wait_for([process])

        assert process.returncode == -signal.SIGKILL


def test_without_a_lifeline_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(lifeline.VARIABLE, raising=False)
    before = psutil.Process().num_threads()

    lifeline.hold(os.getpid())

    assert psutil.Process().num_threads() == before
