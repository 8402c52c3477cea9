"""Serve the demonstration: print its accounts, take the first free port from 8000, and become gunicorn."""

import os
import socket
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ADDRESS = "127.0.0.1"
PORTS = range(8000, 8100)


def main() -> None:
    """Print the accounts, then serve until interrupted; the port is held from the moment it is found free."""
    os.chdir(CHECKOUT)
    subprocess.run([sys.executable, "manage.py", "demo_accounts"], check=True, stdin=subprocess.DEVNULL)
    listener = listen()
    listener.set_inheritable(True)
    os.environ["SATSNINGAR_ADDRESS"] = f"http://{ADDRESS}:{listener.getsockname()[1]}"
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
    os.execv(sys.executable, [*gunicorn, "--bind", f"fd://{listener.fileno()}"])  # noqa: S606 - no shell is the point


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
    main()
