"""`manage.py load_demo`: the demonstration's people and satsningar, made by the same acts as any other."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.errors import Refused
from governance.models import County
from satsningar.models import Satsning
from workflow.demo.loading import courses_of, load_missing, missing
from workflow.demo.people import FILES
from workflow.errors import Refusal
from workflow.rights import station_of


class Command(BaseCommand):
    """Load what is missing of the demonstration; what is there stays as it is."""

    help = "Load the demonstration's people and satsningar into its counties. Running it again changes nothing."

    def handle(self, *_: Any, **__: Any) -> None:
        """Load, with a line for each satsning.

        Raises:
            CommandError: this is no demonstration, or the county is not loaded.

        """
        if not settings.DEMONSTRATION:
            raise CommandError(
                "Accounts with a known password are made in a demonstration alone. This installation is a server "
                "(SATSNINGAR_DEMO is not set); nothing has been loaded."
            )
        counties = list(County.objects.filter(code__in=FILES).order_by("pk"))
        if not counties:
            raise CommandError("Load the county first: manage.py county load governance/counties/sormland.toml")
        for county in counties:
            self._load(county)

    def _load(self, county: County) -> None:
        count = len(missing(county))
        try:
            for number, satsning in enumerate(load_missing(county), 1):
                station = station_of(satsning).name
                self.stdout.write(f"  {number:>2}/{count}  {station:<15} {satsning.uppdrag.titel}")
                self.stdout.flush()
        except (Refusal, Refused, Satsning.DoesNotExist) as refusal:
            raise CommandError(
                f"The rest cannot be made, for somebody no longer may what the demonstration needs: {refusal} "
                "What is loaded stays; `make reset` begins anew."
            ) from refusal
        kept = len(courses_of(county)) - count
        self.stdout.write(f"  {county}: {count} satsningar loaded, {kept} were there already.")
