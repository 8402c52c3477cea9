"""Appointing a county's first administrator from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance.models import Person
from governance.permissions import holds
from governance.vocabulary import Mandate
from tests.factories import sormland

pytestmark = pytest.mark.django_db


def test_a_new_person_is_appointed_and_told_how_to_get_a_password() -> None:
    county, out = sormland(), StringIO()

    call_command("administrator", "sormland", "Anna@Region.example", "Anna Andersson", stdout=out)

    anna = Person.objects.get(email="anna@region.example")
    assert holds(anna.pk, Mandate.ADMINISTRERA, county_id=county.pk)
    assert not anna.is_superuser
    assert out.getvalue() == (
        "Anna Andersson är samordnare i Länsgemensamt regionalt stöd från och med i dag.\n"
        "Sätt ett lösenord: manage.py changepassword anna@region.example\n"
    )


def test_nobody_is_appointed_twice() -> None:
    sormland()
    call_command("administrator", "sormland", "anna@region.example", "Anna", stdout=StringIO())

    with pytest.raises(CommandError, match="redan"):
        call_command("administrator", "sormland", "anna@region.example", "Anna", stdout=StringIO())

    assert Person.objects.count() == 1


def test_a_county_that_is_not_loaded_is_refused() -> None:
    with pytest.raises(CommandError, match="county load"):
        call_command("administrator", "ingenstans", "anna@region.example", "Anna")

    assert Person.objects.count() == 0


def test_a_person_without_an_address_is_refused() -> None:
    sormland()

    with pytest.raises(CommandError):
        call_command("administrator", "sormland", " ", "Anna")
