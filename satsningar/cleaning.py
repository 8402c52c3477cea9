"""The only place that turns what somebody hands in for one field into what may be stored.

What comes out is plain JSON in one shape (ISO dates, decimal text with two decimals, normalised text), the same as
`satsningar.content` reads; what cannot be stored raises `ValidationError` with a sentence.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models as db

from satsningar.markdown import normalise, normalise_line

TEXT_LIMIT = 20_000
"""Characters in one text."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
RAW_LIMIT = 1_000_000
"""Longer texts are refused before anybody looks at their characters."""

NOT_MONEY = "Skriv ett belopp i kronor, till exempel 1 250 000."

Plain = str | int | bool | None

_WHOLE = re.compile(r"-?[0-9]{1,18}\Z")
_LARGEST_ID = 2**63 - 1


def grouped(number: int) -> str:
    """Return a number with no-break spaces between the thousands."""
    return f"{number:,}".replace(",", "\xa0")


def clean_text(raw: object, *, limit: int = TEXT_LIMIT, one_line: bool = False) -> str:
    """Return the text as it is stored.

    Raises:
        ValidationError: when it is no text or longer than `limit` characters.

    """
    if not isinstance(raw, str):
        raise ValidationError("Skriv text här.", code="invalid")
    if len(raw) <= RAW_LIMIT:
        raw = normalise_line(raw) if one_line else normalise(raw)
    if len(raw) > limit:
        raise ValidationError(f"Texten är {grouped(len(raw))} tecken; här ryms {grouped(limit)}.", code="max_length")
    return raw


def clean_date(raw: object) -> str:
    """Return the day as ISO text.

    Raises:
        ValidationError: when it is no day between 1900 and 2200.

    """
    text = raw.isoformat() if isinstance(raw, date) else str(raw).strip()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValidationError("Skriv datumet som år-månad-dag, till exempel 2026-11-03.", code="invalid") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.", code="range")
    return day.isoformat()


def clean_amount(raw: object) -> str:
    """Return a sum in kronor as decimal text with two decimals; limits are the field's validators.

    Raises:
        ValidationError: when it is no sum of money.

    """
    try:
        amount = Decimal(str(raw))
        exact = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValidationError(NOT_MONEY, code="invalid") from None
    if not exact.is_finite():
        raise ValidationError(NOT_MONEY, code="invalid")
    if exact != amount:
        raise ValidationError("Skriv högst två decimaler.", code="decimals")
    return str(exact)


def clean_whole(raw: object) -> int:
    """Return a whole number.

    Raises:
        ValidationError: when it is none.

    """
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and _WHOLE.match(raw.strip()):
        return int(raw)
    raise ValidationError("Skriv ett heltal.", code="invalid")


def required_message(field: db.Field[Any, Any]) -> str:
    """Return what is said when a field that must be filled is empty."""
    return f"Ange {field.verbose_name}."


def clean_field(field: db.Field[Any, Any], raw: object) -> Plain:
    """Return the plain value of one field; whether a reference may be made is asked elsewhere.

    Raises:
        ValidationError: when the field cannot hold the value.

    """
    if raw is None or raw == "":
        return _empty(field)
    if isinstance(field, db.ForeignKey):
        key = clean_whole(raw)
        if not 0 < key <= _LARGEST_ID:
            raise ValidationError("Välj ett av alternativen.", code="invalid_choice")
        return key
    plain = _typed(field, raw)
    if plain == "" and not field.blank:
        raise ValidationError(required_message(field), code="required")
    if field.choices and plain not in {value for value, _label in field.flatchoices}:
        raise ValidationError("Välj ett av alternativen.", code="invalid_choice")
    _within_limits(field, plain)
    return plain


def _empty(field: db.Field[Any, Any]) -> Plain:
    if isinstance(field, db.BooleanField) and not field.null:
        return False
    if not field.blank:
        raise ValidationError(required_message(field), code="required")
    return None if field.null else ""


def _typed(field: db.Field[Any, Any], raw: object) -> Plain:
    if isinstance(field, db.CharField):
        return clean_text(raw, limit=field.max_length or TEXT_LIMIT, one_line=True)
    if isinstance(field, db.TextField):
        return clean_text(raw)
    if isinstance(field, db.DateField):
        return clean_date(raw)
    if isinstance(field, db.DecimalField):
        return clean_amount(raw)
    if isinstance(field, db.BooleanField):
        if isinstance(raw, bool):
            return raw
        raise ValidationError("Svara ja eller nej.", code="invalid")
    return clean_whole(raw)


def _within_limits(field: db.Field[Any, Any], plain: Plain) -> None:
    """Hold a number to the model's own limits, said in Swedish."""
    if isinstance(plain, bool) or not isinstance(field, db.IntegerField | db.DecimalField):
        return
    number = Decimal(str(plain))
    limits: dict[str, list[Decimal]] = {"min_value": [], "max_value": []}
    for validator in field.validators:
        code, limit = getattr(validator, "code", ""), getattr(validator, "limit_value", None)
        if code in limits and limit is not None:
            limits[code].append(Decimal(limit))
    lowest, highest = max(limits["min_value"], default=number), min(limits["max_value"], default=number)
    if lowest <= number <= highest:
        return
    if lowest == 0 and number < 0:
        raise ValidationError("Talet kan inte vara negativt.", code="min_value")
    if lowest == FIRST_YEAR:
        raise ValidationError(f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.", code="range")
    raise ValidationError(f"Talet är för stort. Högst {grouped(int(highest))} ryms.", code="max_value")
