"""Bring the database to where the demonstration can be served from it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

COUNTIES = settings.BASE_DIR / "governance" / "counties"


class Command(BaseCommand):
    """Migrate, load the counties, load the demonstration; each keeps what is already there."""

    help = "Migrate, load the two county files and the demonstration data. Running it again changes nothing."

    def handle(self, *_: Any, **__: Any) -> None:
        """Do them in order, saying which."""
        for title, command in (
            ("Migrating", ["migrate", "--verbosity=0", "--no-input"]),
            ("Loading Sörmland", ["county", "load", str(COUNTIES / "sormland.toml")]),
            ("Loading Örebro län", ["county", "load", str(COUNTIES / "orebro.toml")]),
            ("Loading the demonstration", ["load_demo"]),
        ):
            self.stdout.write(f"{title} …")
            self.stdout.flush()
            call_command(*command)
