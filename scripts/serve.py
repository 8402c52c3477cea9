"""Serve the demonstration: print its accounts, take the first free port from 8000, run gunicorn beside a worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from config import lifeline  # noqa: E402 - found by the line above

ADDRESS = "127.0.0.1"
PORTS = range(8000, 8100)
PATIENCE = 30.0
"""Seconds that what is being done gets to be finished in when one of the two has ended."""


def main() -> int:
    """Print the accounts, then serve until interrupted; the port is held from the moment it is found free."""
    os.chdir(CHECKOUT)
    subprocess.run([sys.executable, "manage.py", "demo_accounts"], check=True, stdin=subprocess.DEVNULL)
    listener = listen()
    os.environ["SATSNINGAR_ADDRESS"] = f"http://{ADDRESS}:{listener.getsockname()[1]}"
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
    return run_together(
        [[*gunicorn, "--bind", f"fd://{listener.fileno()}"], [sys.executable, "manage.py", "work"]],
        passed=[listener.fileno()],
    )


def run_together(commands: Sequence[Sequence[str]], passed: Sequence[int] = ()) -> int:
    """Run commands side by side until one ends or this process is asked to; then end all.

    Ctrl+C or SIGTERM is passed on to them, once more ends them at once. They hold a lifeline, and so end too when this
    process is killed.

    Args:
        commands: the programs with their arguments.
        passed: descriptors that they inherit.

    Returns:
        The exit code of the first to end; 0 when they were asked to.

    """
    theirs, _ours = os.pipe()  # the second is closed by the system when this process ends, and so not before
    environment = os.environ | {lifeline.VARIABLE: str(theirs)}
    running: list[subprocess.Popen[bytes]] = []
    asked: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        for process in running:
            process.send_signal(number if len(asked) == 1 else signal.SIGKILL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    # In a session of its own, Ctrl+C in the terminal reaches this process alone.
    options: dict[str, Any] = {"env": environment, "pass_fds": [theirs, *passed], "start_new_session": True}
    running.extend(subprocess.Popen(command, **options) for command in commands)  # noqa: S603 - ours
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    first = next(process for process in running if process.poll() is not None)
    code = 0 if asked else first.returncode
    if not asked:
        end(signal.SIGTERM, None)
    _wait_for(running)
    return code


def _wait_for(running: Sequence[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def listen() -> socket.socket:
    """Return a listening socket on the first free port."""
    for port in PORTS:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, port))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        return listener
    sys.exit(f"No port from {PORTS.start} to {PORTS.stop - 1} is free.")


if __name__ == "__main__":
    sys.exit(main())
