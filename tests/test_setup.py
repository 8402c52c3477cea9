"""Set-up, start and settings: what a killed run leaves, what a second run keeps, what a server demands."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.template import Context, Template
from django.utils import formats

from config import checks, throwaway
from config.management.commands import prepare
from scripts import serve, setup
from workflow.demo.people import FILES

CLONE_PATIENCE = 900


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the set-up script, working in an empty checkout."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("# nothing\n", encoding="utf-8")
    monkeypatch.setattr(setup, "CHECKOUT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    setup.STAMPS.mkdir()
    return setup


def commands(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch, *, failing: str = "") -> list[str]:
    """Record the titles of the steps that are run, without running them; the one named fails."""
    titles: list[str] = []

    def run(command: list[str], title: str, **_: object) -> None:
        titles.append(title)
        if title == failing:
            raise setup.StepError(title)
        if "venv" in command:
            python = Path(setup.PYTHON)
            python.parent.mkdir(parents=True, exist_ok=True)
            python.symlink_to(sys.executable)

    monkeypatch.setattr(setup, "run", run)
    return titles


MAKING, RUNTIME, EVERYTHING = (
    "Making the virtual environment",
    "Installing the packages of requirements.txt",
    "Installing the packages of requirements-dev.txt",
)


def test_packages_are_installed_once(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = commands(checkout, monkeypatch)
    checkout.ensure_packages("requirements.txt")
    checkout.ensure_packages("requirements.txt")
    assert titles == [MAKING, RUNTIME]


def test_packages_of_the_tests_serve_the_application_too(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = commands(checkout, monkeypatch)
    checkout.ensure_packages("requirements-dev.txt")
    checkout.ensure_packages("requirements.txt")
    assert titles == [MAKING, EVERYTHING]


def test_changed_pins_are_installed_into_the_same_environment(
    checkout: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = commands(checkout, monkeypatch)
    checkout.ensure_packages("requirements.txt")
    (checkout.CHECKOUT / "requirements.txt").write_text("# other\n", encoding="utf-8")
    checkout.ensure_packages("requirements.txt")
    assert titles == [MAKING, RUNTIME, RUNTIME]


def test_half_installed_environment_is_made_again(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands(checkout, monkeypatch, failing=RUNTIME)
    with pytest.raises(setup.StepError):
        checkout.ensure_packages("requirements.txt")
    titles = commands(checkout, monkeypatch)
    checkout.ensure_packages("requirements.txt")
    assert titles == [MAKING, RUNTIME]


def test_moved_checkout_gets_an_environment_of_its_own(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = commands(checkout, monkeypatch)
    checkout.ensure_packages("requirements.txt")
    checkout.write_stamp("environment", checkout.fingerprint([], "/somewhere/else"))
    checkout.ensure_packages("requirements.txt")
    assert titles == [MAKING, RUNTIME, MAKING, RUNTIME]


def test_environment_that_is_a_link_is_left_with_what_it_points_at(
    checkout: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "another"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    checkout.VENV.symlink_to(elsewhere)
    titles = commands(checkout, monkeypatch)

    with pytest.raises(setup.StepError, match=r"is a link to .*Remove the link"):
        checkout.ensure_packages("requirements.txt")

    assert titles == []
    assert (elsewhere / "kept").exists()


def test_failing_step_shows_its_last_lines_and_the_remedy(
    checkout: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    say_and_fail = [sys.executable, "-c", "print('it broke here'); raise SystemExit(3)"]
    with pytest.raises(setup.StepError, match=r"Trying: failed\. Mend it\."):
        checkout.run(say_and_fail, "Trying", remedy="Mend it.")
    assert "it broke here" in capsys.readouterr().err


def test_long_step_shows_that_it_works(
    checkout: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "PATIENCE", 0.1)
    checkout.run([sys.executable, "-c", "import time; print('on it', flush=True); time.sleep(1)"], "Working")
    assert re.fullmatch(r"Working …\n( +\d s  (on it)?\n){2,}", capsys.readouterr().out)


def test_reset_leaves_a_database_that_is_not_ours(checkout: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = commands(checkout, monkeypatch)
    monkeypatch.setenv("DATABASE_URL", SERVER["DATABASE_URL"])
    with pytest.raises(setup.StepError, match="DATABASE_URL"):
        checkout.remove_data()
    assert titles == []


def test_missing_chromium_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "CHROMIUM", tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(setup.StepError, match="apt-get install chromium"):
        setup.ensure_chromium()


def test_serve_takes_the_next_port_when_one_is_taken() -> None:
    with serve.listen() as first, serve.listen() as second:
        ports = [first.getsockname()[1], second.getsockname()[1]]
        assert ports[0] < ports[1]
        assert {first.getsockname()[0], second.getsockname()[0]} == {"127.0.0.1"}


def test_migrate_runs_as_the_owner_alone() -> None:
    with pytest.raises(CommandError, match="'owner' alone"):
        call_command("migrate", "--database=default", verbosity=0)


def test_older_postgresql_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_postgresql(None, databases=["default"]) == []
    monkeypatch.setitem(connections["default"].__dict__, "pg_version", 140011)
    assert [found.id for found in checks.check_postgresql(None, databases=["default"])] == ["config.E002"]


def test_one_role_for_both_databases_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_roles(None) == []
    monkeypatch.setitem(settings.DATABASES["owner"], "USER", settings.DATABASES["default"]["USER"])
    assert [found.id for found in checks.check_roles(None)] == ["config.E003"]


def test_databases_of_dead_processes_are_dropped(db: None) -> None:
    dead, alive = f"{throwaway.PREFIX}999999999", f"{throwaway.PREFIX}{os.getpid()}_other"
    with throwaway.owner_connection() as owner:
        for name in (dead, alive):
            owner.execute(f"CREATE DATABASE {name}".encode())
        throwaway._drop_leftovers(owner)
        left = throwaway._names(owner, throwaway.PREFIX)
        throwaway._drop(owner, alive)
    assert dead not in left
    assert alive in left


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_throwaway_database_is_migrated_empty_and_dropped() -> None:
    before = connections["default"].settings_dict["NAME"]
    with throwaway.throwaway_database("nested") as name, connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_database(), count(*) FROM governance_person")
        assert cursor.fetchone() == (name, 0)
    assert connections["default"].settings_dict["NAME"] == before
    with throwaway.owner_connection() as owner:
        assert not throwaway._exists(owner, name)


def render(template: str, **values: object) -> str:
    return Template(template).render(Context(values))


def test_dates_times_and_sums_are_written_as_in_swedish_minutes() -> None:
    moment = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC).astimezone()
    assert render("{{ value|date:'SHORT_DATE_FORMAT' }}", value=moment.date()) == "2026-11-21"
    assert render("{{ value|date }}", value=moment.date()) == "21 november 2026"
    assert render("{{ value|time }}", value=dt.time(14, 5)) == "14.05"
    assert render("{{ value }}", value=1250000) == "1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000"
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("name", ["DATE_INPUT_FORMATS", "DATETIME_INPUT_FORMATS"])
def test_dates_are_read_in_iso_order_alone(name: str) -> None:
    assert {each[:8] for each in formats.get_format(name)} == {"%Y-%m-%d"}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of its own; return what came of it."""
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "SATSNINGAR_DATA"}}
    return subprocess.run(
        [sys.executable, "-c", "from config import settings"],
        cwd=settings.BASE_DIR,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


SERVER = {
    "DATABASE_URL": "postgres://app:x@localhost/satsningar",
    "SECRET_KEY": "a key of fifty characters, for this test and no other use",
    "ALLOWED_HOSTS": "satsningar.example",
}


def test_server_starts_with_its_three_settings() -> None:
    assert start(**SERVER).returncode == 0


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_server_without_a_setting_does_not_start(missing: str) -> None:
    done = start(**{name: value for name, value in SERVER.items() if name != missing})
    assert done.returncode != 0
    assert missing in done.stderr


def test_counties_of_the_demonstration_are_there() -> None:
    assert all((prepare.COUNTIES / f"{code}.toml").is_file() for code in FILES)


def prepared(clone: Path, **options: object) -> "subprocess.Popen[str]":
    """Start `make prepare` in a clone, in a process group of its own."""
    return subprocess.Popen(
        ["make", f"PYTHON={sys.executable}", "prepare"],
        cwd=clone,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "SATSNINGAR_"))},
    )


@pytest.mark.soak
def test_fresh_checkout_is_prepared_however_often_it_is_killed(tmp_path: Path) -> None:
    home = tmp_path / "hemma hos mig"
    home.mkdir(mode=0o700)
    clone = home / "kod"
    subprocess.run(["git", "clone", "-q", str(settings.BASE_DIR), str(clone)], check=True)
    try:
        for patience in (2, 6, 14, 22, 5, 9, 3):
            with prepared(clone) as attempt:
                time.sleep(patience)
                os.killpg(attempt.pid, signal.SIGKILL)
                attempt.communicate()
        with prepared(clone) as last:
            said, _ = last.communicate(timeout=CLONE_PATIENCE)
        assert last.returncode == 0, said
        begun = time.monotonic()
        with prepared(clone) as again:
            said, _ = again.communicate(timeout=CLONE_PATIENCE)
        assert again.returncode == 0, said
        assert "Installing" not in said
        assert time.monotonic() - begun < 30
    finally:
        subprocess.run(["make", "stop"], cwd=clone, check=False)
        subprocess.run([clone / ".venv/bin/python", "manage.py", "postgres", "destroy"], cwd=clone, check=False)
