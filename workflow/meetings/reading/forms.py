"""The form of reading: a person's own note."""

from django import forms

from satsningar.cleaning import TEXT_LIMIT, grouped


class NoteForm(forms.Form):
    """A person's own note on a matter."""

    text = forms.CharField(
        label="Min anteckning",
        required=False,
        strip=False,
        help_text="Bara du kan läsa den. Den sparas medan du skriver.",
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        max_length=TEXT_LIMIT,
        error_messages={"max_length": f"Anteckningen är för lång. Här ryms {grouped(TEXT_LIMIT)} tecken."},
    )
