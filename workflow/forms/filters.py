"""What a list is narrowed by, as a form in the address, with a tag for each filter that takes it away again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict


class FilterForm(forms.Form):
    """Filters of a list; an empty one narrows nothing, and one that cannot be read says so at its field."""

    def __init__(self, data: QueryDict) -> None:
        """Keep the address as it was asked."""
        super().__init__(data)
        self.asked = data

    def offer(self, name: str, choices: Iterable[tuple[Any, str]], *, nothing: str = "Alla") -> None:
        """Offer what there is to choose in a field, after the choice that narrows nothing."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", nothing), *choices]

    @property
    def values(self) -> dict[str, Any]:
        """Return what is chosen; a filter that cannot be read is not."""
        self.is_valid()
        return self.cleaned_data

    def chosen(self) -> list[dict[str, str]]:
        """Return a tag for each chosen filter, with the address without it."""
        return [{"text": self._tag(name), "url": self._without(name)} for name in self.fields if self.values.get(name)]

    def _tag(self, name: str) -> str:
        field, value = self.fields[name], self.values[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        if isinstance(field, forms.ChoiceField):
            return f"{field.label}: {dict(field.choices).get(value, value)}"  # type: ignore[arg-type]
        return f"Sökt: {value}"

    def _without(self, name: str) -> str:
        query = self.asked.copy()
        for each in (name, "sida"):
            query.pop(each, None)
        return f"?{query.urlencode()}"
