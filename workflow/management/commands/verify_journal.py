"""`manage.py verify_journal`: walk every county's journal and name the first broken link."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.models import County
from workflow import journal
from workflow.models import ChainHead


class Command(BaseCommand):
    """Verify the chain, the payloads that remain, the frozen revisions and where every case stands."""

    help = "Kontrollera journalen och namnge den första brutna länken. Avslutar med 1 om något inte stämmer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a county and a number with its hash, as a protokoll prints them."""
        parser.add_argument("--lan", help="länets kod; annars alla")
        parser.add_argument("--kand", metavar="NUMMER:KEDJA", help="nummer och kedja ur ett protokoll")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print a line per county; fail at the first fault in any."""
        counties = County.objects.order_by("code")
        if options["lan"]:
            counties = counties.filter(code=options["lan"])
            if not counties:
                raise CommandError(f"Länet {options['lan']} finns inte.")
        known = _known(options["kand"])
        if known and len(counties) != 1:
            raise CommandError("--kand gäller ett län; ange vilket med --lan.")
        broken = []
        for county in counties:
            entries, fault = journal.verify(county.pk, county.name, known=known)
            if fault:
                broken.append(fault)
                self.stdout.write(f"{county.name}: bruten vid post {fault.number}: {fault.message}")
            else:
                self.stdout.write(f"{county.name}: {entries} poster, journalen är hel{_newest(county)}")
        if broken:
            raise CommandError(f"Journalen är bruten: {broken[0].county}, post {broken[0].number}.")


def _newest(county: County) -> str:
    """Return the newest number and its hash as `--kand` takes them, to be kept out of the database owner's reach."""
    head = ChainHead.objects.filter(county=county).exclude(number=0).first()
    return f". Slutar med {head.number}:{head.hash}" if head else ""


def _known(text: str | None) -> tuple[int, str] | None:
    if not text:
        return None
    number, _, chained = text.partition(":")
    if not number.isdecimal() or not chained:
        raise CommandError("--kand skrivs NUMMER:KEDJA, som i protokollet.")
    return int(number), chained
