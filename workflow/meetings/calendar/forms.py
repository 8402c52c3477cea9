"""The form of calendars' addresses: of which body."""

from django import forms

from governance.models import Body


class BodyForm(forms.Form):
    """A body whose calendar an address is made of, or taken away."""

    organ: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        Body.objects.none(),
        label="Organ",
        required=False,
        error_messages={"invalid_choice": "Välj ett organ vars möten du får läsa."},
    )
