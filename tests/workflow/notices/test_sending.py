"""Letters against mail servers on loopback: away, busy, slow, refusing one address, hanging up half-way."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from governance.models import Person
from governance.vocabulary import Role
from tests.workflow.meetings.calendar.smtp import Post, server
from tests.workflow.notices.test_letters import submitted
from tests.workflow.world import BEREDNING, World
from workflow.models import Delivery
from workflow.notices.sending import (
    FIRST_WAIT,
    JITTER,
    LONGEST_WAIT,
    NO_ADDRESS,
    NO_SENDER,
    TRIES,
    send_due,
    wait_after,
)
from workflow.notices.sorting import sort_new
from workflow.notices.vocabulary import Brevlage

Through = Callable[[int], None]


@pytest.fixture
def through(settings: Any) -> Through:
    """Return a function that points the installation at a port."""
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 1

    def point(port: int) -> None:
        settings.EMAIL_PORT = port

    return point


@dataclass
class Choosy(Post):
    """A server that refuses some addresses."""

    refused: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - the library's name
        """Answer for one address."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"


@contextmanager
def unruly(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that answers each caller so; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller, suppress(OSError):
                    answer(caller)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def hang_up_in_the_middle(caller: socket.socket) -> None:
    """Greet, take sender and receiver, begin to take the letter, and hang up."""
    caller.sendall(b"220 hej\r\n")
    while line := caller.recv(4096):
        if line.upper().startswith(b"DATA"):
            caller.sendall(b"354 go on\r\n")
            caller.recv(10)
            return
        caller.sendall(b"250 OK\r\n")


def say_nothing(caller: socket.socket) -> None:
    """Take the call and be silent until the caller hangs up."""
    caller.recv(1)


def again() -> int:
    """Let the next try be due, and send."""
    Delivery.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now() - timedelta(seconds=1))
    return send_due()


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("person__email", "state"))


def two_letters(world: World) -> tuple[Person, Person]:
    """Return two people who have a letter each."""
    officer, chair = world.officer, world.seat(BEREDNING, Role.ORDFORANDE)
    submitted(world)
    sort_new()
    assert states() == {officer.email: Brevlage.VANTAR, chair.email: Brevlage.VANTAR}
    return officer, chair


def test_one_refused_address_hinders_no_other(world: World, through: Through) -> None:
    officer, chair = two_letters(world)
    with server(choosy := Choosy(refused={officer.email: "550 No such person"})) as port:
        through(port)
        send_due()
    assert states() == {officer.email: Brevlage.UPPGIVET, chair.email: Brevlage.SANT}
    assert choosy.receivers == [[chair.email]]
    assert "550" in Delivery.objects.get(person=officer).told


def test_address_that_no_letter_can_be_written_to_hinders_no_other(world: World, through: Through) -> None:
    officer, chair = two_letters(world)
    Person.objects.filter(pk=officer.pk).update(email=f"namn@{'å' * 60}.se")
    Delivery.objects.filter(person=officer).update(next_try_at=timezone.now() - timedelta(hours=1))
    with server(post := Post()) as port:
        through(port)
        send_due()
    assert Delivery.objects.get(person=officer).told == NO_ADDRESS
    assert [Delivery.objects.get(person=one).state for one in (officer, chair)] == [Brevlage.UPPGIVET, Brevlage.SANT]
    assert len(post.messages) == 1


@dataclass
class Closed(Post):
    """A server that takes no letter from any sender."""

    async def handle_MAIL(self, _server: Any, _session: Any, _envelope: Any, _address: str, _options: Any) -> str:  # noqa: N802 - the library's name
        """Refuse the sender."""
        return "550 Not from here"


def test_server_that_refuses_the_sender_costs_no_letter(world: World, through: Through) -> None:
    """It is the set-up that is wrong: every letter waits until it is mended."""
    officer, chair = two_letters(world)
    with server(Closed()) as port:
        through(port)
        assert send_due() == 1
    assert set(states().values()) == {Brevlage.VANTAR, Brevlage.FORSOK}
    assert Delivery.objects.get(state=Brevlage.FORSOK).told == NO_SENDER
    with server(post := Post()) as port:
        through(port)
        again()
    assert states() == {officer.email: Brevlage.SANT, chair.email: Brevlage.SANT}
    assert len(post.messages) == 2


def test_address_refused_for_now_is_tried_again_with_the_same_id(world: World, through: Through) -> None:
    officer, chair = two_letters(world)
    fixed = dict(Delivery.objects.values_list("person__email", "message_id"))
    with server(choosy := Choosy(refused={officer.email: "450 Later"})) as port:
        through(port)
        send_due()
        assert states() == {officer.email: Brevlage.FORSOK, chair.email: Brevlage.SANT}
        choosy.refused.clear()
        again()
    assert states() == {officer.email: Brevlage.SANT, chair.email: Brevlage.SANT}
    assert {str(one["To"]): str(one["Message-ID"]) for one in choosy.messages} == fixed


@pytest.mark.parametrize("answer", [hang_up_in_the_middle, say_nothing])
def test_server_that_breaks_the_line_or_is_silent_is_tried_again(
    world: World, through: Through, answer: Callable[[socket.socket], None]
) -> None:
    two_letters(world)
    with unruly(answer) as port:
        through(port)
        assert send_due() == 1
    assert sorted(states().values()) == [Brevlage.FORSOK, Brevlage.VANTAR]
    with server(post := Post()) as port:
        through(port)
        again()
    assert set(states().values()) == {Brevlage.SANT}
    assert len(post.messages) == 2


def test_server_that_is_down_loses_nothing_and_is_given_up_in_the_end(world: World, through: Through) -> None:
    officer, chair = two_letters(world)
    Delivery.objects.filter(person=chair).update(state=Brevlage.SANT, sent_at=timezone.now(), next_try_at=None)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        through(int(closed.getsockname()[1]))
    waits = []
    for attempt in range(1, TRIES):
        again()
        row = Delivery.objects.get(person=officer)
        assert (row.state, row.attempts) == (Brevlage.FORSOK, attempt)
        assert row.next_try_at is not None
        waits.append((row.next_try_at - timezone.now()).total_seconds())
    again()
    row = Delivery.objects.get(person=officer)
    assert (row.state, row.attempts, row.next_try_at) == (Brevlage.UPPGIVET, TRIES, None)
    assert row.told == "E-postservern gick inte att nå (ConnectionRefusedError)."
    assert waits[0] < waits[1] < waits[2]


def test_busy_server_is_tried_again(world: World, through: Through) -> None:
    two_letters(world)
    with server(post := Post(is_busy=True)) as port:
        through(port)
        send_due()
        assert set(states().values()) == {Brevlage.FORSOK}
        post.is_busy = False
        again()
    assert set(states().values()) == {Brevlage.SANT}


def test_waits_grow_to_a_ceiling_with_jitter() -> None:
    for attempt, usual in ((1, FIRST_WAIT), (2, FIRST_WAIT * 4), (3, FIRST_WAIT * 16), (20, LONGEST_WAIT)):
        found = [wait_after(attempt).total_seconds() for _ in range(50)]
        assert all(usual * (1 - JITTER) <= seconds <= usual * (1 + JITTER) for seconds in found)
        assert len(set(found)) > 1
