"""Where the demonstration is not loaded: on a server, and before there is a county."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from governance.models import Membership, Person
from governance.services import end_membership
from satsningar.models import Satsning
from tests.factories import sormland
from workflow.demo.people import ensure_people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_a_server_gets_no_accounts_with_a_known_password(command: str, settings: Settings) -> None:
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError):
        call_command(command)

    assert Person.objects.count() == 0


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_nothing_is_loaded_without_a_county(command: str) -> None:
    with pytest.raises(CommandError):
        call_command(command)


def test_somebody_who_has_left_stops_the_load_with_a_sentence() -> None:
    people = ensure_people(sormland())
    held = Membership.objects.get(person=people["maria"])
    end_membership(actor=people["rut"], membership=held, ends_on=date(2024, 12, 31))

    with pytest.raises(CommandError, match="make reset"):
        call_command("load_demo", stdout=StringIO())

    assert Satsning.objects.count() == 0
