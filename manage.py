#!/usr/bin/env python3
"""Run a management command; start the embedded PostgreSQL first when no other database is set."""

import os
import sys

WITHOUT_DATABASE = {"postgres", "help", "version", "--help", "-h", "--version", "collectstatic"}


def main() -> None:
    """Run the command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings are named

    from config import postgres  # noqa: PLC0415

    try:
        if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE:
            postgres.ensure_unless_given()
        execute_from_command_line(sys.argv)
    except postgres.FAILURES as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
