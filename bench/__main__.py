"""`python -m bench`: measure and print; the last line holds the three figures that matter most."""

import os
import sys

import django


def main() -> None:
    """Measure on the embedded PostgreSQL, or the one that the environment names, in databases that are thrown away."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from bench.report import run  # noqa: PLC0415 - needs Django's models
    from config import postgres  # noqa: PLC0415 - as above

    try:
        postgres.ensure_unless_given()
    except postgres.FAILURES as failure:
        sys.exit(str(failure))
    run()


if __name__ == "__main__":
    main()
