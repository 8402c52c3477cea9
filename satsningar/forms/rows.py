"""The forms that a part is made of: its own fields, lists that grow and shrink, lists with a given line for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models as db
from django.forms.formsets import BaseFormSet, ManagementForm
from django.forms.utils import ErrorDict, ErrorList

from satsningar.forms.fields import ContentField, field_for
from satsningar.forms.options import Options
from satsningar.help import FIELD_HELP, FieldHelp
from satsningar.partcleaning import ROW_LIMIT

Columns = Sequence[db.Field[Any, Any]]

NOT_WHOLE = "Listan kom inte fram hel. Ladda om sidan och försök igen."
ROWS_SHOWN = 2
"""Lines of text that a field in a list shows."""


class KeptIdField(forms.IntegerField):
    """The id of a stored line; whether the line is there is asked when it is written."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002 - Django's signature
        """An id alone is nothing written."""
        return False

    def to_python(self, value: Any) -> int | None:
        """Return the id; what is none counts as a line that is gone."""
        text = str(value or "").strip()
        if not text:
            return None
        return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(2**63)) else 0


class ContentForm(forms.Form):
    """The fields of one row of a part."""

    title = ""
    """What stands above the fields, in a list with a fixed line for each."""

    def __init__(self, *args: Any, columns: Columns, help_key: str, options: Options, **kwargs: Any) -> None:
        """Make a field for each column, in order."""
        super().__init__(*args, **kwargs)
        texts = FIELD_HELP.get(help_key, {})
        rows = ROWS_SHOWN if "." in help_key else 6
        for column in columns:
            if column.primary_key:
                self.fields[column.attname] = KeptIdField(required=False)
                continue
            text = texts.get(column.attname, FieldHelp())
            self.fields[column.attname] = field_for(column, text, options.choices(column), rows=rows)

    @property
    def examples(self) -> dict[str, str]:
        """The example of each field that has one."""
        return {name: field.example for name, field in self.fields.items() if isinstance(field, ContentField)}

    def silence(self) -> None:
        """Say nothing about what is written: it is shown again, not handed in."""
        self._errors = ErrorDict()


def is_removed(form: ContentForm) -> bool:
    """Tell whether the line of a list is to be removed."""
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))


def silence(formset: BaseFormSet[ContentForm]) -> None:
    """Say nothing about what is written in a list."""
    for form in formset.forms:
        form.silence()
    # What Django's own full_clean sets.
    checked: Any = formset
    checked._errors = [form.errors for form in formset.forms]  # noqa: SLF001 - as said above
    checked._non_form_errors = ErrorList()  # noqa: SLF001 - as said above


class RowSet(BaseFormSet[ContentForm]):
    """A list of lines that may be added and removed; a line with nothing written in it is no line.

    Which lines are new is told by their ids, so every form counts as an extra one and is compared with an empty line.
    """

    form: Any = ContentForm
    extra = 0
    min_num = 0
    max_num = ROW_LIMIT
    absolute_max = ROW_LIMIT + 1
    validate_max = True
    validate_min = False
    can_order = False
    can_delete = True
    can_delete_extra = True
    renderer = None
    default_error_messages = {  # noqa: RUF012 - as Django writes it
        "missing_management_form": NOT_WHOLE,
        "too_many_forms": f"Högst {ROW_LIMIT} rader ryms.",
    }

    def initial_form_count(self) -> int:
        """Return 0: no line is more stored than another."""
        return 0

    def total_form_count(self) -> int:
        """Return how many lines are shown: at least an empty one."""
        if self.is_bound:
            asked: int = self.management_form.cleaned_data.get("TOTAL_FORMS") or 0
            return min(asked, self.absolute_max)
        return len(self.initial or ()) or 1

    def clean(self) -> None:
        """Refuse a list that says it has fewer lines than none."""
        if (self.management_form.cleaned_data.get("TOTAL_FORMS") or 0) < 0:
            raise ValidationError(NOT_WHOLE, code="missing_management_form")

    def kept(self) -> list[ContentForm]:
        """Return the forms of the lines that are written and not removed, in order."""
        return [form for form in self.forms if form.has_changed() and not is_removed(form)]

    def add_fields(self, form: ContentForm, index: int | None) -> None:
        """Add the box that removes a line, in Swedish."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Ta bort raden"


class FixedSet(BaseFormSet[ContentForm]):
    """A list with a line for each of something given; a line is named by the key of what it is for."""

    form: Any = ContentForm
    can_order = can_delete = can_delete_extra = validate_max = validate_min = False
    extra = min_num = 0
    max_num = absolute_max = 10_000
    renderer = None

    def __init__(self, *args: Any, keys: Iterable[int | str], make: Callable[..., ContentForm], **kwargs: Any) -> None:
        """Take the keys and what makes the form of one, given its key, data and prefix."""
        super().__init__(*args, **kwargs)
        self.keys, self.make = list(keys), make

    @cached_property
    def management_form(self) -> ManagementForm:
        """How many lines there are is never asked of the browser."""
        counts = {"TOTAL_FORMS": len(self.keys), "INITIAL_FORMS": 0}
        return ManagementForm({f"{self.prefix}-{name}": count for name, count in counts.items()}, prefix=self.prefix)

    def total_form_count(self) -> int:
        """Return how many lines there are."""
        return len(self.keys)

    def initial_form_count(self) -> int:
        """Return 0: every line is compared with an empty one."""
        return 0

    @cached_property
    def forms(self) -> list[ContentForm]:
        """The form of each line, by key."""
        data: Mapping[str, Any] | None = self.data if self.is_bound else None
        return [self.make(key, data=data, prefix=f"{self.prefix}-{key}") for key in self.keys]


@dataclass(frozen=True)
class ListSection:
    """A list of a part as a page shows it. `kind` is `rows` (may grow), `fixed` or `links`."""

    key: str
    kind: str
    title: str
    help: str
    noun: str
    add: str
    formset: RowSet | FixedSet

    @property
    def anchor(self) -> str:
        """Return the id that the list's heading has; what is missing in the list as a whole leads there."""
        return f"id_{self.key}"
