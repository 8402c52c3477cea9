"""The fields of forms that take what people write and say in Swedish what is wrong with it.

Every text is normalised on its way in, so that nothing typed or pasted reaches the database or a print as it must not.
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from satsningar.markdown import normalise, normalise_line
from satsningar.widgets import DayInput, MarkdownTextarea, MoneyInput

LONGEST_TEXT = 20_000
LONGEST_LINE = 200
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
LARGEST_SUM = 99_999_999_999

_SUM = re.compile(r"(-?\d[\d \xa0\u202f.]*)(?:,00?)?(?:kr|kronor|:-)?", re.IGNORECASE)


def _too_long(limit: int) -> str:
    written = f"{limit:,}".replace(",", "\xa0")
    return f"Texten är för lång: skriv högst {written} tecken (nu %(show_value)d)."


class LineField(forms.CharField):
    """One line of plain text."""

    def __init__(self, *, max_length: int = LONGEST_LINE, **options: Any) -> None:
        """Limit the length with a message of our own."""
        super().__init__(**options)
        self.validators.append(MaxLengthValidator(max_length, message=_too_long(max_length)))

    def to_python(self, value: Any) -> str:
        """Return the text on one line, without what cannot be stored or printed."""
        return normalise_line(str(value)) if value not in self.empty_values else ""

    def clean(self, value: Any) -> str:
        """Normalise before anything is checked, so that a control character is dropped and not refused."""
        return str(super().clean(self.to_python(value)))


class MarkdownField(forms.CharField):
    """A text with lists, tables and headings, several lines long."""

    def __init__(self, *, max_length: int = LONGEST_TEXT, rows: int = 6, **options: Any) -> None:
        """Limit the length with a message of our own and show the formatting buttons."""
        options.setdefault("widget", MarkdownTextarea(rows=rows))
        super().__init__(**options)
        self.max_text = max_length
        self.validators.append(MaxLengthValidator(max_length, message=_too_long(max_length)))

    def to_python(self, value: Any) -> str:
        """Return the text normalised; what Word pasted becomes lists and tables."""
        return normalise(str(value)) if value not in self.empty_values else ""

    def clean(self, value: Any) -> str:
        """Normalise before anything is checked, so that a control character is dropped and not refused."""
        return str(super().clean(self.to_python(value)))


class MoneyField(forms.IntegerField):
    """A sum in whole kronor: ``1 250 000``, ``1250000 kr`` and ``1.250.000,00`` are all read.

    Args:
        smallest: the least sum that makes sense here.
        largest: the greatest.

    """

    widget = MoneyInput
    default_error_messages = {"invalid": "Skriv summan i hela kronor, till exempel 1\xa0250\xa0000."}  # noqa: RUF012

    def __init__(self, *, smallest: int = 0, largest: int = LARGEST_SUM, **options: Any) -> None:
        """Set the limits; they are checked with messages of our own."""
        self.smallest, self.largest = smallest, largest
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        """Return the sum, or None when nothing is written.

        Raises:
            ValidationError: it is no sum in whole kronor, or outside the limits.

        """
        if value in self.empty_values or isinstance(value, int):
            return value if isinstance(value, int) else None
        text = normalise_line(str(value)).replace("\u2212", "-")
        found = _SUM.fullmatch(text.replace(" ", "").replace("\xa0", "").replace("\u202f", ""))
        if found is None or not found[1].replace(".", "").lstrip("-").isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        digits = found[1].replace(".", "")
        if len(digits) > len(str(self.largest)) + 1:
            raise ValidationError(self._limits(), code="limits")
        number = int(digits)
        if not self.smallest <= number <= self.largest:
            raise ValidationError(self._limits(), code="limits")
        return number

    def _limits(self) -> str:
        low, high = (f"{limit:,}".replace(",", "\xa0") for limit in (self.smallest, self.largest))
        return f"Summan ska vara mellan {low} och {high} kronor."


class DayField(forms.DateField):
    """A day between 1900 and 2100.

    Args:
        first: the earliest day that makes sense here.
        last: the latest.

    """

    widget = DayInput
    default_error_messages = {"invalid": "Skriv datumet som år, månad, dag: 2026-11-03."}  # noqa: RUF012

    def __init__(self, *, first: date = FIRST_DAY, last: date = LAST_DAY, **options: Any) -> None:
        """Set the limits."""
        self.first, self.last = first, last
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: it is no day, or outside the limits.

        """
        day = super().to_python(normalise_line(value) if isinstance(value, str) else value)
        if day is not None and not self.first <= day <= self.last:
            message = f"Datumet ska ligga mellan {self.first.isoformat()} och {self.last.isoformat()}."
            raise ValidationError(message, code="limits")
        return day
