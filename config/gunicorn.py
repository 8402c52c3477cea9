"""Gunicorn's settings: processes with threads, each thread with a database connection at hand."""

import os
from typing import Any

from config import lifeline

workers = int(os.environ.get("SATSNINGAR_WORKERS", "2"))
threads = int(os.environ.get("SATSNINGAR_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 20
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
proc_name = "satsningar"
if os.path.isdir("/dev/shm"):  # noqa: PTH112, S108 - a worker's heartbeat must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def when_ready(server: Any) -> None:  # noqa: ARG001 - gunicorn passes it
    """Print the address once requests are answered, where there is one to print."""
    address = os.environ.get("SATSNINGAR_ADDRESS")
    if address:
        print(f"\nSatsningar: {address}   (Ctrl+C stops it, `make stop` its database)\n", flush=True)  # noqa: T201


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn passes both
    """Let whoever started the server take it along; the server itself forks, and so runs no thread."""
    lifeline.hold(server.pid)
