"""The field for names that are to stand in a county file: it takes them in as the file does."""

import unicodedata
from typing import Any

from django import forms

from governance.countyfile.fields import clean
from governance.countyfile.problems import Problems

LONGEST_TYPED = 1000
"""Characters of a name that are looked at; more is no name."""


class NameField(forms.CharField):
    """A name on one line; what a county file would refuse in it is refused here, in the same words."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        """Take the greatest number of characters."""
        super().__init__(**options)
        self.longest = longest
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> str:
        """Return the name, composed and with single spaces.

        Raises:
            ValidationError: it is missing, too long, or holds something that cannot be seen.

        """
        text = unicodedata.normalize("NFC", " ".join(str(value or "")[:LONGEST_TYPED].split()))
        if not text and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        problems = Problems()
        found = clean(text, "namn", problems, limit=self.longest, empty=True)
        if problems:
            raise forms.ValidationError([f"{one.message} {one.remedy}" for one in problems.located({})])
        return found
