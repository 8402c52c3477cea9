"""The only place that makes, starts and stops the embedded PostgreSQL.

Used when ``DATABASE_URL`` is not set. The server listens on a Unix socket in a private folder and nowhere else, and
lets in only the operating system's user who started it (peer authentication), as one of two database roles: the owner
of the tables and the application.

Every step may be killed and made again: a cluster is made in a draft folder and renamed when whole, the roles and the
database are made unless they are there, and a lock lets one process at a time do any of it.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
from psycopg import pq, sql

from config import places
from config.programs import PostgresError, packaged_programs, run_as, say

OWNER_ROLE = "satsningar_owner"
APP_ROLE = "satsningar_app"
DATABASE = "satsningar"
SUPERUSER = "postgres"
PATIENCE = 60.0
"""Seconds to wait for the server to answer."""
ATTEMPTS, RETRY = 8, 1.5
"""How often to start a server that ends at once, and seconds between."""


FAILURES = (PostgresError, places.PlaceError)
"""What an entry point tells its user in a sentence instead of a traceback."""


@dataclass(frozen=True)
class Cluster:
    """One embedded server: its folder, its socket, and how carefully it writes.

    Attributes:
        name: names its folder: ``postgres`` for the demonstration, ``postgres-tests`` for tests.
        durable: False for data that may be lost in a crash, as in tests, which it makes several times faster.
        binaries: a folder with other PostgreSQL binaries, or None for those of the package.

    """

    name: str
    durable: bool = True
    binaries: Path | None = None

    @cached_property
    def home(self) -> Path:
        """The cluster's folder, which need not exist yet."""
        return places.server_home() / self.name

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "data"

    @cached_property
    def socket(self) -> Path:
        """The folder of the Unix socket."""
        return places.socket_folder(self.home)

    @cached_property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs."""
        return self.binaries or packaged_programs()

    def dsn(self, *, role: str = SUPERUSER, database: str = "postgres") -> str:
        """Return the connection string of a role to a database."""
        return psycopg.conninfo.make_conninfo(host=str(self.socket), port=5432, user=role, dbname=database)


DEMO = Cluster("postgres")
TESTS = Cluster("postgres-tests", durable=False)


def ensure_unless_given(cluster: Cluster = DEMO) -> None:
    """Have the server running unless the environment names another database."""
    if "DATABASE_URL" not in os.environ:
        ensure(cluster)


def ensure(cluster: Cluster = DEMO) -> None:
    """Have the server running, its roles and its database made; return at once when they are.

    Raises:
        PostgresError: it cannot be made or started.
        places.PlaceError: its folders or its user cannot be had.

    """
    if _answers(cluster) and _ready_mark(cluster).exists():
        return
    with _locked(cluster):
        if not (cluster.data / "PG_VERSION").exists():
            _initialise(cluster)
        if not _answers(cluster):
            _start(cluster)
        if not _ready_mark(cluster).exists():
            _make_roles(cluster)
            _ready_mark(cluster).touch()


def stop(cluster: Cluster = DEMO) -> bool:
    """Stop the server, ending its connections; return False if it was not running."""
    if _postmaster(cluster) is None:
        return False
    with _locked(cluster):
        _run(cluster, "pg_ctl", "stop", "--pgdata", cluster.data, "--mode", "fast", "--wait", "--silent")
    return True


def is_running(cluster: Cluster = DEMO) -> bool:
    """Tell whether the server answers."""
    return _answers(cluster)


def destroy(cluster: Cluster = DEMO) -> None:
    """Stop the server and remove all its data."""
    stop(cluster)
    shutil.rmtree(cluster.home, ignore_errors=True)
    shutil.rmtree(cluster.socket, ignore_errors=True)
    if places.is_root():
        with suppress(OSError):
            cluster.home.parent.rmdir()


def _ready_mark(cluster: Cluster) -> Path:
    return cluster.data / "satsningar.ready"


def _answers(cluster: Cluster) -> bool:
    return pq.PGconn.ping(cluster.dsn().encode()) == pq.Ping.OK


@contextmanager
def _locked(cluster: Cluster) -> Iterator[None]:
    """Hold the cluster's lock, waiting for whoever holds it; make its folders first."""
    user = places.server_user()
    if places.is_root():
        places.SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    for folder in (cluster.home.parent, cluster.home, cluster.socket):
        places.private_folder(folder, owner=user.pw_uid)
    with places.locked(cluster.home / "lock"):
        yield


def _initialise(cluster: Cluster) -> None:
    """Make the cluster in a draft folder and rename it when whole."""
    say("Making the database cluster …")
    for leftover in cluster.home.glob("draft-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    draft = cluster.home / f"draft-{os.getpid()}"
    settings = ("--locale=C.UTF-8", "--encoding=UTF8", "--auth=peer", f"--username={SUPERUSER}")
    speed = () if cluster.durable else ("--no-sync",)
    _run(cluster, "initdb", "--pgdata", draft, *settings, *speed)
    draft.rename(cluster.data)


def _start(cluster: Cluster) -> None:
    """Start the server and wait until it answers."""
    wanted, found = _major_version(cluster), (cluster.data / "PG_VERSION").read_text().strip()
    if wanted != found:
        message = (
            f"The data in {cluster.data} was made by PostgreSQL {found}, this is PostgreSQL {wanted}. "
            "`make reset` starts over with empty data."
        )
        raise PostgresError(message)
    running = _postmaster(cluster)
    if running is not None and not (cluster.socket / places.SOCKET_NAME).exists():
        _run(cluster, "pg_ctl", "stop", "--pgdata", cluster.data, "--mode", "fast", "--wait", "--silent")
        running = None
    _write_access_rules(cluster)
    if running is None:
        _forget_stale_pid(cluster)
        _launch(cluster)
    _wait(cluster)


def _launch(cluster: Cluster) -> None:
    """Start the server in a session of its own, as nobody's child.

    The shell gets every argument as a parameter and reads none of them, so any character may stand in a path.
    """
    options = {
        "listen_addresses": "",
        "unix_socket_directories": '"' + str(cluster.socket).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "timezone": "Europe/Stockholm",
        "log_timezone": "Europe/Stockholm",
    }
    if not cluster.durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
    arguments = [str(cluster.programs / "postgres"), "-D", str(cluster.data)]
    for name, value in options.items():
        arguments += ["-c", f"{name}={value}"]
    background = 'log="$1"; shift; "$@" </dev/null >>"$log" 2>&1 &'
    run_as(["/bin/sh", "-c", background, "sh", str(_log(cluster)), *arguments], cluster.home, new_session=True)


def _wait(cluster: Cluster) -> None:
    """Wait until the server answers, saying so every second; start it again if it ended.

    A server that was killed leaves children which the next one waits for to end, by refusing to start.

    Raises:
        PostgresError: it does not answer within a minute, or ended time after time.

    """
    begun = tried = told = time.monotonic()
    attempts = 1
    while not _answers(cluster):
        now = time.monotonic()
        if now > tried + RETRY and _postmaster(cluster) is None:
            attempts, tried = attempts + 1, now
            if attempts <= ATTEMPTS:
                _launch(cluster)
        if attempts > ATTEMPTS or now > begun + PATIENCE:
            message = f"PostgreSQL does not start. The last lines of {_log(cluster)}:\n{_tail(_log(cluster))}"
            raise PostgresError(message)
        if now > told + 1:
            told = now
            say(f"Waiting for PostgreSQL … {now - begun:.0f} s")
        time.sleep(0.02)


def _postmaster(cluster: Cluster) -> int | None:
    """Return the process id of the server that runs on this cluster's data, or None."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        return pid if Path(psutil.Process(pid).cwd()) == cluster.data.resolve() else None
    except (OSError, ValueError, psutil.Error):
        return None


def _forget_stale_pid(cluster: Cluster) -> None:
    """Remove the note of a server that is gone when its process id now belongs to somebody else.

    PostgreSQL sees for itself when the id belongs to nobody; then the note stays, for it protects against children
    that are left.
    """
    note = cluster.data / "postmaster.pid"
    try:
        pid = int(note.read_text().split("\n", 1)[0])
    except FileNotFoundError:
        return
    except ValueError:
        note.unlink()
        return
    if psutil.pid_exists(pid) and _postmaster(cluster) is None:
        note.unlink()


def _write_access_rules(cluster: Cluster) -> None:
    """Let in, over the socket, this process's user and the server's own as any of the three roles; nobody else."""
    users = dict.fromkeys([places.user_name(), places.server_user().pw_name])
    lines = [f'satsningar "{user}" {role}\n' for user in users for role in (SUPERUSER, OWNER_ROLE, APP_ROLE)]
    (cluster.data / "pg_hba.conf").write_text("local all all peer map=satsningar\n", encoding="utf-8")
    (cluster.data / "pg_ident.conf").write_text("".join(lines), encoding="utf-8")


def _make_roles(cluster: Cluster) -> None:
    """Make the two roles and the database unless they are there."""
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        for role, right in ((OWNER_ROLE, "CREATEDB"), (APP_ROLE, "NOCREATEDB")):
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchall():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN " + right).format(sql.Identifier(role)))
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchall():
            names = map(sql.Identifier, (DATABASE, OWNER_ROLE))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _run(cluster: Cluster, program: str, *arguments: str | Path) -> str:
    """Run one of PostgreSQL's programs as the server's user; return what it printed."""
    return run_as([str(cluster.programs / program), *map(str, arguments)], cluster.home)


def _major_version(cluster: Cluster) -> str:
    """Return the version of the programs, without the part after the point."""
    return _run(cluster, "postgres", "--version").split("(PostgreSQL) ")[1].split(".")[0]


def _log(cluster: Cluster) -> Path:
    return cluster.home / "log"


def _tail(file: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-10:]) if file.exists() else ""
