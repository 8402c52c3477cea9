"""The form by which a sheet of people is uploaded."""

from collections.abc import Collection
from typing import Any

from django import forms

from governance.forms.fields import RowField
from governance.forms.sheets import SheetField
from governance.models import County


class UploadForm(forms.Form):
    """A file, and the county it is for where there are several to choose among."""

    county = RowField(label="Län", none="Välj län", error_messages={"required": "Välj vilket län filen gäller."})
    file = SheetField(about="Ingenting skrivs när du laddar upp den.")

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
