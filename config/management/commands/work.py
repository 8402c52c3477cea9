"""Carry out jobs: the worker, which runs beside the processes that answer requests."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config import lifeline
from governance import worker


class Command(BaseCommand):
    """Carry out jobs until asked to end, and finish first what is being done."""

    help = "Carry out jobs (papers, letters, what takes time) until SIGTERM or Ctrl+C; begun jobs are finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many jobs at once."""
        parser.add_argument("--at-once", type=int, default=settings.JOBS_AT_ONCE, help="jobs carried out at once")

    def handle(self, *_: Any, at_once: int, **__: Any) -> None:
        """Work; where scripts/serve.py started this, until that is gone."""
        lifeline.hold(os.getpid())
        worker.work(concurrency=at_once)
