"""Carry one satsning through the whole path in the terminal, in a database of its own that is dropped afterwards."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.throwaway import throwaway_database
from governance.countyfile import load
from governance.models import County
from workflow.demo.story import tell
from workflow.demo.telling import Deviation

COUNTY = settings.BASE_DIR / "governance" / "counties" / "sormland.toml"


class Command(BaseCommand):
    """Tell the whole way of a satsning, the refusals included, and verify the journal; fail at the first deviation."""

    help = "Carry one satsning through the whole path in a throw-away database, and verify the journal."

    def handle(self, *_: Any, **__: Any) -> None:
        """Load the county, tell the story, sum up.

        Raises:
            CommandError: something went otherwise than told.

        """
        self.stdout.write("Gör en tillfällig databas och laddar Sörmland …")
        with _ended_by_signals(), throwaway_database("demonstrate"):
            load(COUNTY.read_text(encoding="utf-8"))
            try:
                acts, refusals = tell(County.objects.get(code="sormland"), self.stdout)
            except Deviation as deviation:
                raise CommandError(f"avvikelse: {deviation}") from deviation
        self.stdout.write("")
        self.stdout.write(f"slutförd: {acts} acts, {refusals} refusals, journal intact")


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a request to end come as an exception, so that the database is dropped on the way out."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    # A shell starts what it puts in the background with SIGINT ignored; asked to end, this ends all the same.
    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
