"""The form that says why a case stands still."""

from django import forms

from workflow.deadlines.stopping import LONGEST_TEXT
from workflow.deadlines.vocabulary import Stopporsak


class StoppForm(forms.Form):
    """The cause, from the list, and words of one's own; those are needed for *annat*."""

    cause = forms.ChoiceField(
        label="Varför står satsningen still?",
        choices=Stopporsak.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en orsak.", "invalid_choice": "Välj en orsak."},
    )
    text = forms.CharField(
        label="Med egna ord",
        required=False,
        help_text=f"Det behövs om du väljer Annat. Högst {LONGEST_TEXT} tecken.",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
