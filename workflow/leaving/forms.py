"""The forms of leaving: the last day, and who takes over what is open."""

from collections.abc import Sequence
from typing import Any

from django import forms

from governance.forms.memberships import EndForm
from workflow.leaving.mandates import Colleague

KEEP = "kvar"
"""The choice to leave what is open where it is."""


class TakeOverField(forms.TypedChoiceField):
    """A colleague, or nobody: the tasks stay; one of the two is to be said."""

    def __init__(self, label: str, colleagues: Sequence[Colleague], *, help_text: str = "") -> None:
        """Offer the colleagues."""
        super().__init__(
            label=label,
            help_text=help_text,
            choices=[
                ("", "Välj"),
                *((str(one.person_id), one.name) for one in colleagues),
                (KEEP, "Lämna inte över nu"),
            ],
            coerce=lambda value: None if value == KEEP else int(value),
            error_messages={"required": "Välj vem som tar över, eller att du inte lämnar över nu."},
        )


def add_take_over(form: forms.Form, name: str, label: str, colleagues: Sequence[Colleague]) -> None:
    """Add a choice of who takes over, with a word where there is nobody."""
    nobody = "Ingen annan i organet har mandatet. Ge någon ett uppdrag först, eller lämna det kvar."
    form.fields[name] = TakeOverField(label, colleagues, help_text="" if colleagues else nobody)


class LeaveForm(EndForm):
    """The last day, and who takes over."""

    def __init__(
        self, *args: Any, preparing: Sequence[Colleague] | None, answering: Sequence[Colleague] | None, **kwargs: Any
    ) -> None:
        """Ask about what is open; None where nothing is."""
        super().__init__(*args, **kwargs)
        if preparing is not None:
            add_take_over(self, "cases_to", "Ny handläggare", preparing)
        if answering is not None:
            add_take_over(self, "answers_to", "Svarar i stället", answering)
