"""Where the demonstration is not loaded: on a server, and before there is a county."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from governance.models import Person

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
