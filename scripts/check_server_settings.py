"""Run Django's check for deployment with the settings of a server; a warning is a failure."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run it; return its exit code. The databases named here are never asked."""
    server = {
        "ALLOWED_HOSTS": "satsningar.example",
        "DATABASE_OWNER_URL": "postgres://owner:secret@localhost/satsningar",
        "DATABASE_URL": "postgres://app:secret@localhost/satsningar",
        "LOG_LEVEL": "WARNING",
        "SATSNINGAR_DEMO": "0",
        "SECRET_KEY": "a key of more than fifty characters, all of them for this check alone",
    }
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(check, cwd=CHECKOUT, env=os.environ | server, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
