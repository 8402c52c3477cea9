"""The fields of forms that take what people write and say in Swedish what is wrong with it.

Every text is normalised on its way in, so that nothing typed or pasted reaches the database or a print as it must not.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from satsningar.markdown import normalise, normalise_line
from satsningar.widgets import DayInput, MarkdownTextarea

LONGEST_TEXT = 20_000
LONGEST_LINE = 200
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)


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
