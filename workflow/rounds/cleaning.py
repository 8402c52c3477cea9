"""The only place that cleans one text or one day sent with an act of a round, its faults added at its field."""

from datetime import date

from django.core.exceptions import ValidationError

from satsningar.cleaning import clean_date, clean_text
from workflow.errors import Invalid
from workflow.inputs import Errors


def text_of(errors: Errors, name: str, raw: str, *, limit: int | None = None, one_line: bool = False) -> str:
    """Return the text as it is stored; empty where it cannot be."""
    try:
        return clean_text(raw, limit=limit, one_line=one_line) if limit else clean_text(raw, one_line=one_line)
    except ValidationError as error:
        for message in error.messages:
            errors.add(name, message)
        return ""


def day_of(errors: Errors, name: str, raw: date | None) -> date | None:
    """Return the day; None where there is none, or none that can be stored."""
    if raw is None:
        return None
    try:
        return date.fromisoformat(clean_date(raw))
    except ValidationError as error:
        for message in error.messages:
            errors.add(name, message)
        return None


def reason_of(raw: str, missing: str, *, name: str = "reason") -> str:
    """Return a reason that must be given.

    Raises:
        Invalid: it is missing or cannot be stored.

    """
    errors = Errors()
    reason = text_of(errors, name, raw)
    if not reason and not errors.found:
        errors.add(name, missing)
    refuse(errors)
    return reason


def refuse(errors: Errors) -> None:
    """Refuse where something is wrong.

    Raises:
        Invalid: something is.

    """
    if errors.found:
        raise Invalid(errors.found)
