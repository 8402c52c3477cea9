"""Form fields that stand for one column of a part each; what they take and say is `satsningar.cleaning`'s."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models as db
from django.utils.text import capfirst

from satsningar.cleaning import NOT_MONEY, TEXT_LIMIT, Plain, clean_field, grouped
from satsningar.help import FieldHelp
from satsningar.widgets import DayInput, MarkdownTextarea, MoneyInput

Choices = Sequence[tuple[Any, Any]]

CHOOSE = "Välj"
NONE_CHOSEN = "Inget valt"
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_CURRENCY = re.compile(r"(kr|kronor|:-)\.?\Z", re.IGNORECASE)
_AMOUNT = re.compile(r"-?[0-9]+([.,][0-9]{1,2})?\Z")
_GROUPED_BY_DOTS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,2})?\Z")
_STORED_AMOUNT = re.compile(r"(-?[0-9]+)\.([0-9]{2})\Z")
_LONGEST_NUMBER = 18


class ContentField(forms.Field):
    """A field for one column; it is empty when nothing but white space is written."""

    def __init__(self, column: db.Field[Any, Any], help_: FieldHelp, **options: Any) -> None:
        """Take label and need from the column, the help from the help texts."""
        label = options.pop("label", capfirst(str(column.verbose_name)))
        super().__init__(label=label, required=not column.blank, help_text=help_.help, **options)
        self.column = column
        self.example = help_.example

    def clean(self, value: Any) -> Plain:
        """Return the plain value that a part holds.

        Raises:
            ValidationError: when it cannot be stored, with a sentence that says why.

        """
        return clean_field(self.column, self.read(value))

    def read(self, value: Any) -> Any:
        """Return what was written in the shape that the column takes."""
        return value.strip() if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002 - Django's signature
        """Tell whether anything is written at all; lines are compared with an empty one, never with what was stored."""
        return bool(data.strip()) if isinstance(data, str) else bool(data)


class LineInputField(ContentField):
    """One line of text."""

    widget = forms.TextInput


class LongTextField(ContentField):
    """A text with lists and headings."""

    def __init__(self, column: db.Field[Any, Any], help_: FieldHelp, *, rows: int = 6, **options: Any) -> None:
        """Show the formatting buttons and how much room is left."""
        super().__init__(column, help_, widget=MarkdownTextarea(rows=rows), **options)
        self.max_text = TEXT_LIMIT

    def read(self, value: Any) -> Any:
        """Return the text as written; it is normalised when cleaned."""
        return value


class DateInputField(ContentField):
    """A day."""

    widget = DayInput


class WholeNumberField(ContentField):
    """A whole number, with or without spaces between the thousands."""

    def __init__(self, column: db.Field[Any, Any], help_: FieldHelp, **options: Any) -> None:
        """Ask for the keyboard with digits."""
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "s-input-number"})
        super().__init__(column, help_, widget=widget, **options)

    def read(self, value: Any) -> Any:
        """Return the number without spaces and per cent sign."""
        if not isinstance(value, str):
            return value
        text = _SPACES.sub("", value).replace("\u2212", "-").removesuffix("%")
        if len(text) > _LONGEST_NUMBER and text.isdecimal():
            raise ValidationError("Talet är för stort.", code="max_value")
        return text


class AmountInput(MoneyInput):
    """A sum of money that may have öre."""

    def __init__(self) -> None:
        """Ask for the keyboard with a decimal comma."""
        super().__init__({"inputmode": "decimal"})


class AmountField(ContentField):
    """A sum in kronor: `1 250 000`, `1250000 kr`, `1.250.000,50` are all read."""

    widget = AmountInput

    def read(self, value: Any) -> Any:
        """Return the sum as decimal text.

        Raises:
            ValidationError: when it is no sum.

        """
        if not isinstance(value, str) or not value.strip():
            return None
        text = _CURRENCY.sub("", _SPACES.sub("", value).replace("\u2212", "-"))
        if _GROUPED_BY_DOTS.match(text):
            text = text.replace(".", "")
        if not _AMOUNT.match(text):
            raise ValidationError(NOT_MONEY, code="invalid")
        if len(text) > _LONGEST_NUMBER:
            raise ValidationError("Beloppet är för stort.", code="max_value")
        return text.replace(",", ".")

    def prepare_value(self, value: Any) -> Any:
        """Write a stored sum as people write it; what was typed is shown as typed."""
        stored = _STORED_AMOUNT.match(value) if isinstance(value, str) else None
        if stored is None:
            return value
        return grouped(int(stored[1])) + ("" if stored[2] == "00" else f",{stored[2]}")


class ChoiceInputField(ContentField):
    """One of a few choices, or of the county's own."""

    def __init__(
        self, column: db.Field[Any, Any], help_: FieldHelp, *, choices: Choices, empty: str = CHOOSE, **options: Any
    ) -> None:
        """Offer the choices below an empty one."""
        super().__init__(column, help_, widget=forms.Select(choices=[("", empty), *choices]), **options)
        self.offered = {str(key) for key, _label in _flat(choices)}

    def clean(self, value: Any) -> Plain:
        """Return the chosen key.

        Raises:
            ValidationError: when it was not offered.

        """
        if value and str(value) not in self.offered:
            raise ValidationError("Välj ett av alternativen.", code="invalid_choice")
        return super().clean(value)


def _flat(choices: Choices) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


class YesNoField(ContentField):
    """Yes, no or not answered."""

    ANSWERS = (("ja", "Ja"), ("nej", "Nej"))

    def __init__(self, column: db.Field[Any, Any], help_: FieldHelp, **options: Any) -> None:
        """Offer both answers below an empty one."""
        widget = forms.Select(choices=[("", "Inte besvarat"), *self.ANSWERS])
        super().__init__(column, help_, widget=widget, **options)

    def read(self, value: Any) -> Any:
        """Return the answer as true or false."""
        return {"ja": True, "nej": False}.get(value, value) if isinstance(value, str) else value

    def prepare_value(self, value: Any) -> Any:
        """Return the stored answer as it is chosen from."""
        return {True: "ja", False: "nej"}.get(value, value) if isinstance(value, bool) else value


class BoxField(ContentField):
    """A box to tick."""

    widget = forms.CheckboxInput


def field_for(column: db.Field[Any, Any], help_: FieldHelp, choices: Choices, *, rows: int = 6) -> ContentField:
    """Return the form field for a column; `choices` are those a reference may be made to."""
    if isinstance(column, db.ForeignKey):
        return ChoiceInputField(column, help_, choices=choices, empty=NONE_CHOSEN if column.blank else CHOOSE)
    if column.choices:
        return ChoiceInputField(column, help_, choices=list(column.flatchoices))
    if isinstance(column, db.TextField):
        return LongTextField(column, help_, rows=rows)
    if isinstance(column, db.BooleanField):
        return YesNoField(column, help_) if column.null else BoxField(column, help_)
    kinds: tuple[tuple[type[db.Field[Any, Any]], type[ContentField]], ...] = (
        (db.DateField, DateInputField),
        (db.DecimalField, AmountField),
        (db.IntegerField, WholeNumberField),
    )
    return next((kind for base, kind in kinds if isinstance(column, base)), LineInputField)(column, help_)
