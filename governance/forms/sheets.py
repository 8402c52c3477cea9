"""The field by which a sheet is sent in, the same wherever one is."""

from typing import Any

from django import forms
from django.core.files.base import File

from governance.sheets.limits import MOST_BYTES, TOO_LARGE


class SheetField(forms.FileField):
    """A sheet as XLSX or CSV; one that is larger than is taken is refused before it is read."""

    default_error_messages = {  # noqa: RUF012 - as Django does
        "required": "Välj en fil.",
        "invalid": "Välj en fil.",
        "missing": "Välj en fil.",
        "max_length": "Filens namn är för långt.",
        "large": TOO_LARGE,
    }

    def __init__(self, *, about: str, **options: Any) -> None:
        """Say how large it may be; `about` is what else is said of it."""
        options.setdefault("label", "Fil")
        options.setdefault("widget", forms.FileInput({"accept": ".xlsx,.csv,.txt"}))
        most = f"En Excel-arbetsbok (.xlsx) eller CSV, högst {MOST_BYTES // 1024 // 1024} MB."
        super().__init__(allow_empty_file=True, help_text=f"{most} {about}", **options)

    def to_python(self, data: "File[Any] | None") -> "File[Any] | None":
        """Return the file.

        Raises:
            ValidationError: it is none, or larger than is taken.

        """
        file = super().to_python(data)
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(self.error_messages["large"], code="large")
        return file
