"""What the tests of notices stand on: letters that go to a list, and a county that lets them out."""

from typing import Any

import pytest

from tests.workflow.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return Sörmland at work."""
    return make_world()


@pytest.fixture
def sends(settings: Any) -> None:
    """Let the installation send e-mail, to a list that tests read."""
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
