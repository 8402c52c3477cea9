"""Run the tests of the database on a throw-away cluster of the oldest supported PostgreSQL this machine has."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psutil

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from config import places, postgres  # noqa: E402 - found by the line above
from config.checks import OLDEST_POSTGRESQL  # noqa: E402

NAME = "postgres-oldest-"
"""Begins the cluster's name; the process id ends it, so that two runs at once, or a killed one, do no harm."""


def main() -> int:
    """Make the cluster, run the tests on it, remove it; return the tests' exit code, 0 where there are no binaries."""
    binaries = Path(f"/usr/lib/postgresql/{OLDEST_POSTGRESQL}/bin")
    if not (binaries / "initdb").exists():
        print(f"No PostgreSQL {OLDEST_POSTGRESQL} in {binaries}: its tests are left out.")
        return 0
    for leftover in places.server_home().glob(f"{NAME}*"):
        if not psutil.pid_exists(int(leftover.name.removeprefix(NAME))):
            postgres.destroy(postgres.Cluster(leftover.name, binaries=binaries))
    cluster = postgres.Cluster(f"{NAME}{os.getpid()}", durable=False, binaries=binaries)
    try:
        postgres.ensure(cluster)
        host = quote(f"/{cluster.socket}")
        servers = {
            "DATABASE_URL": f"postgres://{postgres.APP_ROLE}@{host}/{postgres.DATABASE}",
            "DATABASE_OWNER_URL": f"postgres://{postgres.OWNER_ROLE}@{host}/{postgres.DATABASE}",
            "SATSNINGAR_DEMO": "1",
        }
        kind = "database and not browser"
        tests = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", kind, *sys.argv[1:]]
        return subprocess.run(tests, cwd=CHECKOUT, env=os.environ | servers, check=False).returncode  # noqa: S603
    finally:
        postgres.destroy(cluster)


if __name__ == "__main__":
    sys.exit(main())
