"""Fields that the forms of people and memberships share."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db import models

from governance.errors import Refused


class DateField(forms.DateField):
    """A day, picked in the browser's own calendar and sent as `2026-11-03`."""

    default_error_messages = {"invalid": "Skriv datumet som år, månad, dag: 2026-11-03."}  # noqa: RUF012 - as Django does

    def __init__(self, **options: Any) -> None:
        """Fix the format that browsers demand, whatever the language writes."""
        options.setdefault("widget", forms.DateInput({"type": "date", "class": "s-input-day"}, format="%Y-%m-%d"))
        super().__init__(**options)


class RowField(forms.ChoiceField):
    """One of the rows that the view offers; what is not among them cannot be chosen.

    Unlike Django's own, it asks the database nothing: the view has read the rows.
    """

    rows: dict[str, models.Model]

    def __init__(self, *, none: str = "Välj", **options: Any) -> None:
        """Begin without rows; `none` is what the empty choice says."""
        super().__init__(**options)
        self.none = none
        self.offer([])

    def offer(self, rows: Iterable[models.Model], label: Callable[[Any], str] = str) -> None:
        """Set the rows to choose among, in this order."""
        found = list(rows)
        self.rows = {str(row.pk): row for row in found}
        self.choices = [("", self.none), *((str(row.pk), label(row)) for row in found)]

    def clean(self, value: Any) -> models.Model | None:
        """Return the row chosen, or None for none."""
        return self.rows.get(super().clean(value))


def show_refusal(form: forms.Form, refusal: Refused) -> None:
    """Put what was refused at its field, or above the form when it is about none."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
