"""The form that lets a colleague do one's work for a period."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from satsningar.formfields import DayField
from workflow.forms.creation import id_choice


class FranvaroForm(forms.Form):
    """Who stands in, from when until when."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Sequence[tuple[int, str]]) -> None:
        """Offer the colleagues with the same mandates."""
        super().__init__(data)
        self.fields["substitute"] = id_choice("Vem ersätter dig?", people)
        self.fields["starts_on"] = DayField(label="Från och med")
        self.fields["ends_on"] = DayField(label="Till och med")
