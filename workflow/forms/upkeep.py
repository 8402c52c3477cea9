"""The form that names another handläggare."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from workflow.forms.creation import id_choice


class HandlaggareForm(forms.Form):
    """Who handles the case."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Sequence[tuple[int, str]], now: int | None
    ) -> None:
        """Offer those who may prepare in the case's body."""
        super().__init__(data, initial={"handlaggare": now})
        self.fields["handlaggare"] = id_choice("Handläggare", people)
