"""The forms of co-authors: inviting one, and accepting."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from governance.models import Membership
from satsningar.formfields import MarkdownField
from workflow.coauthors.actions import ADDRESS
from workflow.vocabulary import Medverkan


class InviteForm(forms.Form):
    """Whom to invite, to what and why."""

    email = forms.EmailField(
        label="E-postadress",
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": ADDRESS, "invalid": ADDRESS},
    )
    role = forms.ChoiceField(
        label="Den inbjudna får",
        choices=Medverkan.choices,
        initial=Medverkan.SKRIVA.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad den inbjudna får göra.",
            "invalid_choice": "Välj vad den inbjudna får göra.",
        },
    )
    purpose = MarkdownField(
        label="Syfte",
        rows=3,
        help_text="Vad ska den inbjudna bidra med? Visas när inbjudan öppnas. Det står inte i brevet.",
        error_messages={"required": "Skriv vad inbjudan är till för."},
    )

    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "purpose": "Skriv om kommunens resurser och ekonomi, och läs igenom planen för införande."
    }


class AcceptForm(forms.Form):
    """By which of one's memberships an invitation is accepted."""

    membership = forms.TypedChoiceField(
        label="Du medverkar som",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vilket uppdrag du medverkar i.",
            "invalid_choice": "Välj vilket uppdrag du medverkar i.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, seats: Sequence[Membership]) -> None:
        """Offer the memberships; the first is chosen."""
        super().__init__(data, initial={"membership": seats[0].pk if seats else None})
        field = self.fields["membership"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(seat.pk, _as_what(seat)) for seat in seats]


def _as_what(seat: Membership) -> str:
    whom = f", för {seat.represents.name}" if seat.represents else ""
    return f"{seat.get_role_display()} i {seat.body.name}{whom}"
