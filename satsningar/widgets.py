"""The controls of the forms that Django does not have: formatted text, a day, a sum of money."""

from typing import Any

from django import forms
from django.urls import NoReverseMatch, reverse


class MarkdownTextarea(forms.Textarea):
    """A textarea with formatting buttons and a preview; without JavaScript a plain one.

    Args:
        rows: how many lines it shows.

    """

    template_name = "forms/widgets/markdown.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 6) -> None:
        """Set the height; the rest is the textarea's."""
        super().__init__({"rows": rows, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address that shows the text as it will look, where the site has one."""
        context = super().get_context(name, value, attrs)
        try:
            context["preview_url"] = reverse("forhandsgranska")
        except NoReverseMatch:
            context["preview_url"] = ""
        return context


class DayInput(forms.DateInput):
    """A day, picked in the browser's own calendar and sent as ``2026-11-03``."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Fix the format that browsers demand, whatever the language writes."""
        super().__init__({"class": "s-input-day", **(attrs or {})}, format="%Y-%m-%d")


class MoneyInput(forms.TextInput):
    """A sum in whole kronor, written as people write it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Ask for the keyboard with digits and keep the figures at the right."""
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "s-input-money", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Write the sum with no-break spaces between the thousands; what was mistyped is shown as typed."""
        if isinstance(value, int):
            return f"{value:,}".replace(",", "\xa0")
        return None if value in {None, ""} else str(value)
