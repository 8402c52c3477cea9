"""The only place that leaves lines of libraries, and secret addresses, out of the log."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

SECRET_ADDRESS = re.compile(r"(/kalender/)[^/\s]+(\.ics)")
"""Whoever has the address of a calendar reads it, without logging in."""


class WithoutArguments(logging.Filter):
    """Leave out the job library's line of a failed job: it holds the job's arguments and what the error said."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the line is written."""
        return getattr(record, "action", "") != "job_error"


def hide_secret_addresses(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Return what is to be logged with the secret part of a calendar's address left out."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = SECRET_ADDRESS.sub(r"\1…\2", value)
    return event
