"""The only place that decides where this checkout keeps what it makes: database, socket, binaries, key and attachments.

Everything lies in folders that are ours and closed to others. As an ordinary user that is ``.data`` in the checkout.
PostgreSQL refuses to run as root, so as root the server runs as a system user of its own and its files lie below
``/var/lib/satsningar``, which that user can reach however private the checkout is. Rights of folders that are not ours
are never changed.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder that holds manage.py."""

SERVER_USER = "satsningar-db"
"""The system user the embedded server runs as when everything else runs as root."""

SYSTEM_HOME = Path("/var/lib/satsningar")
"""Where the embedded server's files lie when everything else runs as root."""

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 107
"""How many bytes the address of a Unix socket may have."""


class PlaceError(Exception):
    """A folder or a user that is needed cannot be had; the message says what to do about it."""


def is_root() -> bool:
    """Tell whether this process runs as root."""
    return os.geteuid() == 0


def data_folder() -> Path:
    """Return the checkout's folder for data, made at the first call; ``SATSNINGAR_DATA`` chooses another.

    Raises:
        PlaceError: it cannot be made, or belongs to somebody else.

    """
    return private_folder(Path(os.environ.get("SATSNINGAR_DATA") or CHECKOUT / ".data").resolve())


def private_folder(folder: Path, owner: int | None = None) -> Path:
    """Make the folder, open to its owner alone, unless it is there; return it.

    Args:
        folder: where.
        owner: the id of the user it shall belong to; this process's own unless given.

    Raises:
        PlaceError: it cannot be made, or what is there is a link or belongs to somebody else.

    """
    wanted = os.geteuid() if owner is None else owner
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if is_root() and found.st_uid == 0 != wanted:
            os.chown(folder, wanted, pwd.getpwuid(wanted).pw_gid)
            found = folder.lstat()
    except OSError as error:
        message = f"The folder {folder} cannot be made or read: {error.strerror}."
        raise PlaceError(message) from error
    if not stat.S_ISDIR(found.st_mode) or (found.st_uid != wanted and not is_root()):
        message = f"{folder} belongs to somebody else. Remove it, or work in a checkout of your own."
        raise PlaceError(message)
    return folder


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock on this file, waiting for whoever holds it; the system lets go when a holder is killed."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def kept_secret(name: str) -> str:
    """Return the random text kept in the data folder under this name, made at the first call.

    Two processes that ask at once get the same: the first to link its file wins.

    Raises:
        PlaceError: the file cannot be read, as when root made it.

    """
    file = data_folder() / name
    try:
        if not file.exists():
            with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="ascii") as draft:
                draft.write(secrets.token_urlsafe(50))
                draft.flush()
                with suppress(FileExistsError):
                    os.link(draft.name, file)
        return file.read_text(encoding="ascii")
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}. Was it made by another user, or by root?"
        raise PlaceError(message) from error


def server_home() -> Path:
    """Return the folder below which the embedded servers of this checkout keep their files.

    As root its name is drawn from the checkout's path and a random text in its data folder, so that a fresh checkout,
    or a copy, never meets the data of another.
    """
    if not is_root():
        return data_folder()
    key = hashlib.sha256(f"{CHECKOUT}\0{kept_secret('id')}".encode()).hexdigest()[:16]
    return SYSTEM_HOME / key


def socket_folder(home: Path) -> Path:
    """Return where the server with this home puts its Unix socket: in the home, or in a short private folder.

    PostgreSQL's clients read a comma as the end of a host's name.
    """
    folder = home / "run"
    if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET and "," not in str(folder):
        return folder
    key = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.access(runtime, os.W_OK) and len(os.fsencode(runtime)) <= LONGEST_SOCKET // 2:
        return Path(runtime) / f"satsningar-{key}"
    return Path("/tmp") / f"satsningar-{os.geteuid()}-{key}"  # noqa: S108 - private_folder() refuses a planted one


def server_user() -> pwd.struct_passwd:
    """Return the user the embedded server runs as: this process's own, or as root the system user, made if need be.

    Raises:
        PlaceError: there is no such user and none can be made.

    """
    if not is_root():
        return pwd.getpwuid(os.geteuid())
    with suppress(KeyError):
        return pwd.getpwnam(SERVER_USER)
    SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    with locked(SYSTEM_HOME / "user.lock"):
        return _made_user()


def _made_user() -> pwd.struct_passwd:
    """Return the system user, made unless it is there by now: two ``useradd`` at once may give it two ids."""
    with suppress(KeyError):
        return pwd.getpwnam(SERVER_USER)
    tool = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    made = None
    if tool:
        command = [tool, "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_HOME)]
        made = subprocess.run(  # noqa: S603 - a fixed command
            [*command, "--shell", "/usr/sbin/nologin", SERVER_USER], capture_output=True, text=True, check=False
        )
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError as error:
        why = made.stderr.strip() if made else "there is no useradd"
        message = (
            f"PostgreSQL does not run as root, and the system user {SERVER_USER} cannot be made ({why}). "
            "Make it yourself, work as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL."
        )
        raise PlaceError(message) from error


def user_name() -> str:
    """Return the name of this process's user, as the operating system knows it."""
    return pwd.getpwuid(os.geteuid()).pw_name
