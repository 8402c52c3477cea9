"""Bring the database to where the demonstration can be served from it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

COUNTY = settings.BASE_DIR / "governance" / "counties" / "sormland.toml"


class Command(BaseCommand):
    """Migrate, load the county, load the demonstration; each keeps what is already there."""

    help = "Migrate, load Sörmland's county file and the demonstration data. Running it again changes nothing."

    def handle(self, *_: Any, **__: Any) -> None:
        """Do the three in order, saying which."""
        for title, command in (
            ("Migrating", ["migrate", "--verbosity=0", "--no-input"]),
            ("Loading the county", ["county", "load", str(COUNTY)]),
            ("Loading the demonstration", ["load_demo"]),
        ):
            self.stdout.write(f"{title} …")
            self.stdout.flush()
            call_command(*command)
