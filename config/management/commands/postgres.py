"""Start, stop or ask after the embedded PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import postgres


class Command(BaseCommand):
    """Start, stop or ask after this checkout's embedded servers."""

    help = "Start, stop or show the embedded PostgreSQL of this checkout."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("act", choices=("start", "stop", "status", "destroy"))

    def handle(self, *_: Any, act: str, **__: Any) -> None:
        """Do it; ``stop`` and ``destroy`` do so with the tests' server too."""
        for cluster in (postgres.DEMO, postgres.TESTS):
            if act == "start" and cluster is postgres.DEMO:
                postgres.ensure(cluster)
            elif act == "stop":
                postgres.stop(cluster)
            elif act == "destroy":
                postgres.destroy(cluster)
            state = "running" if postgres.is_running(cluster) else "stopped"
            self.stdout.write(f"{cluster.name}: {state} ({cluster.socket})")
