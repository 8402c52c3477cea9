"""The form by which decisions and minutes are found by everyone."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from satsningar.formfields import LineField
from workflow.forms.filters import FilterForm


class PublicFilter(FilterForm):
    """Words, a body and a year; what cannot be read narrows nothing and says so at its field."""

    q = LineField(label="Sök bland besluten", required=False, help_text="Ord ur rubriken eller beslutet.")
    organ = forms.TypedChoiceField(label="Organ", required=False, coerce=int, empty_value=None)
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)

    def __init__(self, data: QueryDict, *, bodies: Sequence[tuple[int, str]], years: Sequence[int]) -> None:
        """Offer the bodies that publish and the years of their minutes."""
        super().__init__(data)
        self.offer("organ", bodies)
        self.offer("ar", [(year, str(year)) for year in years])
