"""The embedded PostgreSQL: made, started, killed and started again, closed to everybody else."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config import places, postgres
from config.programs import PostgresError


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[postgres.Cluster]:
    """Give a cluster of a checkout whose data folder has a space and other odd characters in its path."""
    monkeypatch.setenv("SATSNINGAR_DATA", str(tmp_path / "å data $HOME 'x\""))
    made = postgres.Cluster("trial", durable=False)
    yield made
    postgres.destroy(made)


def ask(cluster: postgres.Cluster, question: str, role: str = postgres.OWNER_ROLE) -> object:
    with psycopg.connect(cluster.dsn(role=role, database=postgres.DATABASE)) as connection:
        cursor = connection.execute(question.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def postmaster(cluster: postgres.Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_ensure_makes_a_database_with_two_roles(cluster: postgres.Cluster) -> None:
    postgres.ensure(cluster)
    assert ask(cluster, "SELECT current_user", postgres.OWNER_ROLE) == postgres.OWNER_ROLE
    assert ask(cluster, "SELECT current_user", postgres.APP_ROLE) == postgres.APP_ROLE
    assert ask(cluster, "SHOW server_encoding") == "UTF8"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(cluster, "CREATE TABLE own (id int)", postgres.APP_ROLE)


@pytest.mark.skipif(not places.is_root(), reason="only root has the server run as another user")
def test_first_starts_at_once_make_one_user() -> None:
    user = f"satsningar-{os.getpid()}"
    asking = f"from config import places; places.SERVER_USER = {user!r}; print(places.server_user().pw_uid)"
    try:
        started = [
            subprocess.Popen([sys.executable, "-c", asking], cwd=places.CHECKOUT, stdout=subprocess.PIPE, text=True)
            for _ in range(6)
        ]
        told = [process.communicate()[0].strip() for process in started]
        assert told == [str(pwd.getpwnam(user).pw_uid)] * len(started)
    finally:
        subprocess.run(["userdel", user], check=True)


def test_cluster_is_closed_to_everybody_else(cluster: postgres.Cluster) -> None:
    postgres.ensure(cluster)
    assert ask(cluster, "SHOW listen_addresses") == ""
    folders = [places.data_folder(), cluster.home, cluster.data, cluster.socket]
    assert {folder: stat.S_IMODE(folder.stat().st_mode) for folder in folders} == dict.fromkeys(folders, 0o700)
    rules = (cluster.data / "pg_hba.conf").read_text(encoding="utf-8").splitlines()
    assert rules == ["local all all peer map=satsningar"]
    if places.is_root():
        connect = [str(cluster.programs / "psql"), "--command=SELECT 1", cluster.dsn()]
        stranger = subprocess.run(connect, user="nobody", cwd="/", capture_output=True, text=True, check=False)
        assert "Permission denied" in stranger.stderr


def test_killed_server_starts_again_with_its_data(cluster: postgres.Cluster) -> None:
    cluster = replace(cluster, durable=True)
    postgres.ensure(cluster)
    ask(cluster, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(postmaster(cluster), signal.SIGKILL)
    postgres.ensure(cluster)
    assert ask(cluster, "SELECT answer FROM kept") == 42


def test_stopped_server_starts_again(cluster: postgres.Cluster) -> None:
    postgres.ensure(cluster)
    assert postgres.stop(cluster)
    assert not postgres.is_running(cluster)
    assert not postgres.stop(cluster)
    postgres.ensure(cluster)
    assert postgres.is_running(cluster)


@pytest.mark.parametrize("note", ["", f"{os.getpid()}\n/nowhere\n", "999999999\n"], ids=["empty", "reused", "gone"])
def test_stale_note_of_a_server_does_not_stop_the_next(cluster: postgres.Cluster, note: str) -> None:
    postgres.ensure(cluster)
    postgres.stop(cluster)
    (cluster.data / "postmaster.pid").write_text(note, encoding="ascii")
    postgres.ensure(cluster)
    assert ask(cluster, "SELECT 1") == 1


def test_half_made_cluster_is_made_again(cluster: postgres.Cluster) -> None:
    draft = cluster.home / "draft-1"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n", encoding="ascii")
    postgres.ensure(cluster)
    assert not draft.exists()
    assert ask(cluster, "SELECT 1") == 1


def test_killed_before_the_database_was_made_goes_on_from_there(cluster: postgres.Cluster) -> None:
    postgres.ensure(cluster)
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {postgres.DATABASE}".encode())
    (cluster.data / "satsningar.ready").unlink()
    postgres.ensure(cluster)
    assert ask(cluster, "SELECT 1", postgres.APP_ROLE) == 1


def test_removed_socket_is_made_again(cluster: postgres.Cluster) -> None:
    postgres.ensure(cluster)
    (cluster.socket / places.SOCKET_NAME).unlink()
    postgres.ensure(cluster)
    assert ask(cluster, "SELECT 1") == 1


def test_simultaneous_starts_end_in_one_server(cluster: postgres.Cluster) -> None:
    start = "from config import postgres; postgres.ensure(postgres.Cluster('trial', durable=False))"
    starts = [subprocess.Popen([sys.executable, "-c", start], cwd=settings.BASE_DIR) for _ in range(4)]
    assert [each.wait(60) for each in starts] == [0, 0, 0, 0]
    assert ask(cluster, "SELECT count(*) FROM pg_database WHERE datname = 'satsningar'") == 1


def test_start_killed_at_any_moment_is_mended_by_the_next(cluster: postgres.Cluster) -> None:
    start = "from config import postgres; postgres.ensure(postgres.Cluster('trial', durable=False))"
    for patience in (0.15, 0.3, 0.6, 0.9):
        with subprocess.Popen([sys.executable, "-c", start], cwd=settings.BASE_DIR) as attempt:
            time.sleep(patience)
            attempt.kill()
    postgres.ensure(cluster)
    assert ask(cluster, "SELECT 1", postgres.APP_ROLE) == 1


def test_data_of_another_version_is_left_alone(cluster: postgres.Cluster) -> None:
    postgres.ensure(cluster)
    postgres.stop(cluster)
    (cluster.data / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(PostgresError, match="make reset"):
        postgres.ensure(cluster)


def test_destroy_leaves_nothing_of_the_cluster(cluster: postgres.Cluster) -> None:
    postgres.ensure(cluster)
    postgres.destroy(cluster)
    assert not cluster.home.exists()
    assert cluster.home.parent.exists() != places.is_root()
    assert not postgres.is_running(cluster)


@pytest.mark.parametrize(
    "home", [Path("/home/x") / ("långt" * 30), Path("/home/a,b/.data/postgres")], ids=["long", "comma"]
)
def test_socket_gets_a_short_address_where_the_checkout_has_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = places.socket_folder(home)
    assert folder.parent == Path("/tmp")  # noqa: S108 - the folder in it is private
    assert len(os.fsencode(folder / places.SOCKET_NAME)) <= places.LONGEST_SOCKET
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path.parent))
    assert places.socket_folder(home).parent in {tmp_path.parent, Path("/tmp")}  # noqa: S108
    assert places.socket_folder(Path("/home/x/.data/postgres")) == Path("/home/x/.data/postgres/run")


def test_planted_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "planted").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(places.PlaceError, match="somebody else"):
        places.private_folder(tmp_path / "planted")


def test_kept_secret_is_made_once_and_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATSNINGAR_DATA", str(tmp_path / "data"))
    first = places.kept_secret("key")
    assert len(first) >= 50
    assert places.kept_secret("key") == first
    assert stat.S_IMODE((tmp_path / "data" / "key").stat().st_mode) == 0o600
