"""Counting the statements of an act."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements_of(call: Callable[[], object]) -> int:
    """Return how many statements a call runs."""
    with CaptureQueriesContext(connection) as caught:
        call()
    return len(caught)
