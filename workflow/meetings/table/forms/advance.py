"""The form in which a member declares jäv before the meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms

from satsningar.formfields import LineField
from workflow.meetings.table.forms.small import OWN_JAV
from workflow.meetings.table.jav import REASON_LIMIT

_CHOOSE = "Välj vilket ärende det gäller."


class AdvanceForm(forms.Form):
    """In which matter one has jäv, and why."""

    examples = OWN_JAV

    def __init__(self, *args: Any, matters: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer the matters that wait for a decision."""
        super().__init__(*args, **options)
        self.fields["item"] = forms.TypedChoiceField(
            label="Vilket ärende gäller det?",
            choices=list(matters),
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
        )
        self.fields["reason"] = LineField(
            label="Varför har du jäv?",
            max_length=REASON_LIMIT,
            help_text=(
                "Skälet läses av dem som är med på mötet och skrivs in i protokollet, som kan bli offentligt."
                " Skriv inte mer än som behövs."
            ),
            error_messages={"required": "Skriv varför du har jäv."},
        )
