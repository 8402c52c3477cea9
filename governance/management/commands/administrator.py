"""`manage.py administrator`: appoint a county's first administrator of people, who appoints the others on the pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from governance.errors import Refused
from governance.models import Body, County, Person, Seat
from governance.permissions import granted_mandates, holds, today
from governance.services import register_membership
from governance.vocabulary import Mandate, Role


class Command(BaseCommand):
    """Give a person, made if need be, the role that administers people, from today."""

    help = "Utse den som lägger upp personer och uppdrag i ett län. Resten sköts sedan på sidorna."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the county, the address and the name."""
        parser.add_argument("county", help="länets kod")
        parser.add_argument("email", help="e-postadressen, som personen loggar in med")
        parser.add_argument("name", help="personens namn; används när personen inte redan finns")

    def handle(self, *_: Any, county: str, email: str, name: str, **__: Any) -> None:
        """Appoint, and say how the person gets a password.

        Raises:
            CommandError: there is no such county, no such role in it, or the person has it already.

        """
        body, role = _administering_seat(county)
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError("Skriv en e-postadress, till exempel namn@kommun.se.") from None
        try:
            with transaction.atomic():
                person = Person.objects.filter(email=email).first()
                person = person or Person.objects.create_user(email, name)
                if holds(person.pk, Mandate.ADMINISTRERA, body_id=body.pk):
                    raise CommandError(f"{person} administrerar redan personer och uppdrag i {body.county}.")
                register_membership(person=person, body=body, role=role, starts_on=today())
        except (Refused, IntegrityError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person} är {role.label.lower()} i {body} från och med i dag.")
        if not person.has_usable_password():
            self.stdout.write(f"Sätt ett lösenord: manage.py changepassword {person.email}")


def _administering_seat(county_code: str) -> tuple[Body, Role]:
    """Return the body and the role that administer the people of a county.

    Raises:
        CommandError: there is no such county or no such role.

    """
    county = County.objects.filter(code=county_code).first()
    if county is None:
        raise CommandError(f"Länet {county_code} är inte laddat: manage.py county load <länsfilen>")
    seats = list(
        Seat.objects.filter(body__county=county, body__ended_on=None).select_related("body__county").order_by("pk")
    )
    held = granted_mandates(seats)
    seat = next((one for one in seats if Mandate.ADMINISTRERA in held[one.pk]), None)
    if seat is None:
        raise CommandError(f"Ingen roll i {county} administrerar personer och uppdrag; se [mandat] i docs/lansfil.md.")
    return seat.body, Role(seat.role)
