"""The forms around the documents of a case: files sent in, a secrecy mark, an organisation's registry number."""

from collections.abc import Sequence
from typing import Any

from django import forms

from satsningar.attachments import what_is_allowed
from satsningar.formfields import LineField
from satsningar.marks import NUMBER_LIMIT, SECRECY_LIMIT
from satsningar.vocabulary import PartCode

MOST_FILES = 20
"""Files in one sending."""
SECRECY_HELP = "Ange lagrum, till exempel OSL 25 kap. 1 §. Markeringen är en bedömning, inget beslut om utlämnande."


class FilesInput(forms.ClearableFileInput):
    """A control that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Gives every file that was sent; what they hold is checked by the act."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002 - Django's signature
        """Return the files.

        Raises:
            ValidationError: none was sent, or too many.

        """
        if not data:
            raise forms.ValidationError("Välj minst en fil.")
        files = list(data) if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Välj högst {MOST_FILES} filer åt gången.")
        return files


class FilesForm(forms.Form):
    """Files to add, the part they belong to, and a secrecy mark."""

    def __init__(self, *args: Any, parts: Sequence[str], **kwargs: Any) -> None:
        """Offer the case's parts."""
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(label="Filer", help_text=f"Du kan välja flera filer. {what_is_allowed()}")
        self.fields["part"] = forms.ChoiceField(
            label="Hör till",
            required=False,
            choices=[("", "Hela satsningen"), *[(part, PartCode(part).label) for part in parts]],
        )
        self.fields["secrecy"] = LineField(
            label="Sekretessmarkering (om det behövs)",
            required=False,
            max_length=SECRECY_LIMIT,
            help_text=SECRECY_HELP,
        )


class SecrecyForm(forms.Form):
    """A secrecy mark with its section of law; empty clears it."""

    secrecy = LineField(
        label="Lagrum",
        required=False,
        max_length=SECRECY_LIMIT,
        help_text=f"{SECRECY_HELP} Lämna tomt för att ta bort.",
    )


class NumberForm(forms.Form):
    """An organisation's own registry number; empty clears it."""

    examples = {"number": "VON 2026-0231"}  # noqa: RUF012 - as the form's renderer reads it

    number = LineField(
        label="Diarienummer",
        required=False,
        max_length=NUMBER_LIMIT,
        help_text="Numret som ärendet har i er organisations diarium. Lämna tomt för att ta bort.",
    )
