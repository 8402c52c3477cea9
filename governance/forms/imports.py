"""The form by which a sheet of people is uploaded."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from governance.forms.fields import RowField
from governance.import_people.limits import MOST_BYTES
from governance.models import County


class UploadForm(forms.Form):
    """A file, and the county it is for where there are several to choose among."""

    county = RowField(label="Län", none="Välj län", error_messages={"required": "Välj vilket län filen gäller."})
    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": "Välj en fil.",
            "missing": "Välj en fil.",
            "max_length": "Filens namn är för långt.",
        },
        help_text=f"En Excel-arbetsbok (.xlsx) eller CSV, högst {MOST_BYTES // 1024 // 1024} MB. "
        "Ingenting skrivs när du laddar upp den.",
    )

    def __init__(self, *args: Any, counties: Collection[County], **kwargs: Any) -> None:
        """Offer the counties; of one alone nothing is asked."""
        super().__init__(*args, **kwargs)
        self.only = next(iter(counties)) if len(counties) == 1 else None
        if self.only:
            del self.fields["county"]
        else:
            self.fields["county"].offer(counties)  # type: ignore[attr-defined]

    @property
    def chosen_county(self) -> County:
        """Return the county that the file is for; asked when the form is valid."""
        county: County = self.only or self.cleaned_data["county"]
        return county

    def clean_file(self) -> "UploadedFile[Any]":
        """Return the file.

        Raises:
            ValidationError: it is larger than is taken.

        """
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            message = f"Filen är större än {MOST_BYTES // 1024 // 1024} MB. Dela upp den i flera."
            raise forms.ValidationError(message, code="large")
        return file
