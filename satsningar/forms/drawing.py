"""Draws the fields of many rows that differ only in name and value: by the templates once, for all of them.

A county may have fifty municipalities, each a row of the same fields. A field with something wrong in it is drawn by
the templates as always.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PLACE = "rad__plats"
"""Stands for a row's prefix in what is drawn once."""
VALUE = "rad__varde"
"""Stands for the text written in a field."""


class RowDrawing:
    """What has been drawn of the fields of a list so far."""

    def __init__(self, make: Callable[[str, dict[str, Any]], forms.Form]) -> None:
        """Take what makes a row with a prefix and initial values."""
        self._make = make
        self._drawn: dict[tuple[str, str], str] = {}

    def draw(self, form: forms.Form) -> SafeString:
        """Return the visible fields of a row, each with its label, help and errors."""
        return mark_safe("".join(self._field(field, str(form.prefix)) for field in form.visible_fields()))  # noqa: S308 - drawn by the templates, values escaped below

    def _field(self, bound: Any, prefix: str) -> str:
        if bound.errors:
            return str(bound.as_field_group())
        value, widget = bound.value(), bound.field.widget
        written = isinstance(widget, forms.TextInput | forms.Textarea)
        key = (str(bound.name), VALUE if written else str(value))
        if key not in self._drawn:
            blank = self._make(PLACE, {bound.name: VALUE if written else value})
            self._drawn[key] = str(blank[bound.name].as_field_group())
        drawn = self._drawn[key].replace(PLACE, escape(prefix))
        return drawn.replace(VALUE, escape(widget.format_value(value) or "")) if written else drawn
