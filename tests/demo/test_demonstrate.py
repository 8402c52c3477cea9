"""The story in the terminal: its last line, its exit code, and that it leaves no database behind."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.plugin import DjangoDbBlocker

from config.throwaway import PREFIX, owner_connection
from governance.paths import path_version
from workflow import journal
from workflow.demo.hands import Case
from workflow.errors import NoMandate

LAST = re.compile(r"slutförd: (\d+) acts, (\d+) refusals, journal intact")
COMMAND = [sys.executable, "-m", "django", "demonstrate", "--settings", "config.settings_test"]


@pytest.fixture(autouse=True)
def unblocked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the command make its own database, and forget the paths of it afterwards."""
    with django_db_blocker.unblock():
        path_version.cache_clear()
        yield
        path_version.cache_clear()


def databases_of(pid: int) -> list[str]:
    with owner_connection() as owner:
        names = [name for (name,) in owner.execute("SELECT datname FROM pg_database").fetchall()]
    return [name for name in names if name.startswith(f"{PREFIX}{pid}") and "demonstrate" in name]


def test_the_whole_path_is_told_with_every_act_and_refusal_on_a_line() -> None:
    out = StringIO()

    call_command("demonstrate", stdout=out)

    lines = out.getvalue().splitlines()
    last = LAST.fullmatch(lines[-1])
    assert last
    acts, refusals = map(int, last.groups())
    numbered = [int(line[:4]) for line in lines if re.match(r" *\d+ ", line)]
    assert numbered == list(range(1, acts + 1))
    assert len([line for line in lines if line.startswith("nej ") and "nekas, " in line]) == refusals
    assert refusals >= 4
    assert [line for line in lines if line.startswith("nej ") and "superanvändare" in line]
    assert [line for line in lines if "uppdraget är avslutat" in line]
    assert [line for line in lines if "fel organ" in line]
    assert [line for line in lines if "det som ska finnas saknas" in line]
    assert [line for line in lines if "Återremiss" in line and "Beslut → Beredning" in line]
    assert [line for line in lines if "Begär komplettering" in line]
    assert "\x1b" not in out.getvalue()
    assert databases_of(os.getpid()) == []


def test_a_broken_journal_fails_it(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = journal.Broken("Sörmland", 3, "posten har ändrats")
    monkeypatch.setattr(journal, "verify", lambda *_args, **_kwargs: (2, broken))

    with pytest.raises(CommandError, match="bruten vid post 3"):
        call_command("demonstrate", stdout=StringIO())


def test_an_act_that_is_refused_against_the_story_fails_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise NoMandate("Nej.")

    monkeypatch.setattr(Case, "send_out", refuse)

    with pytest.raises(CommandError, match="Nekades oväntat"):
        call_command("demonstrate", stdout=StringIO())


def test_an_attempt_that_goes_through_against_the_story_fails_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case, "take_up", lambda *_args: None)

    with pytest.raises(CommandError, match="skulle nekas"):
        call_command("demonstrate", stdout=StringIO())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_its_database_is_dropped_when_it_is_interrupted(how: signal.Signals) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        COMMAND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        stdout = process.stdout
        assert stdout is not None
        next(line for line in stdout if "Lämna in" in line)
        assert databases_of(process.pid)
        process.send_signal(how)
        process.communicate(timeout=60)

    assert process.returncode not in {0, None}
    assert databases_of(process.pid) == []
