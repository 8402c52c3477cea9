"""`manage.py register_satsningar`: running satsningar registered from a sheet, as the page does it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.errors import Refused
from governance.models import County, Person
from workflow.errors import Refusal
from workflow.registration.actions import WHO, may_register, register_all
from workflow.registration.sheet import entries_of, plan_sheet, read_satsningar
from workflow.rights import viewer


class Command(BaseCommand):
    """Register the satsningar of a sheet, all of them or none."""

    help = "Register running satsningar from XLSX or CSV: everything is checked first, and all are registered or none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the county, who registers, and whether only to check."""
        parser.add_argument("file", type=Path, help="an XLSX or CSV with the columns of the page's template")
        parser.add_argument("--county", required=True, help="the county's code")
        parser.add_argument("--as", dest="address", required=True, help="e-mail address of somebody in regionalt stöd")
        parser.add_argument("--check", action="store_true", help="show what would be registered and write nothing")

    def handle(self, *_: Any, file: Path, county: str, address: str, check: bool, **__: Any) -> None:
        """Register, with a line for each satsning.

        Raises:
            CommandError: file, county or person is not there, the person may not, or the sheet has something to mend.

        """
        where = County.objects.filter(code=county).first()
        if where is None:
            raise CommandError(f"There is no county with the code {county}.")
        actor = Person.objects.filter(email=address.strip().lower()).first()
        if actor is None or may_register(viewer(actor), where.pk) is None:
            raise CommandError(f"{address} may not register satsningar in {where}. {WHO}")
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        try:
            plan = plan_sheet(read_satsningar(data), where.pk, actor=actor)
        except Refused as refusal:
            raise CommandError(f"{file} cannot be read: {refusal.message}") from refusal
        for notice in plan.notices:
            self.stdout.write(f"  {notice}")
        if plan.problems:
            listed = "\n".join(f"  {problem}" for problem in plan.problems)
            raise CommandError(f"{len(plan.problems)} to mend; nothing has been registered.\n{listed}")
        for one in plan.new:
            self.stdout.write(f"  {one.row:>4}  {one.station:<16} {one.checked.title}")
        made = len(plan.new)
        if plan.new and not check:
            try:
                made = len(register_all(list(entries_of(plan)), actor=actor))
            except Refusal as refusal:
                raise CommandError(f"Nothing has been registered. {refusal}") from refusal
        done = "would be registered" if check else "registered"
        there = len(plan.skipped) + len(plan.new) - made
        self.stdout.write(f"  {made} satsningar {done}, {there} were there already.")
