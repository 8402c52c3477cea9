"""The forms that a part is made of: its own fields, lists that grow and shrink, lists with a given line for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db import models as db
from django.forms.formsets import BaseFormSet, ManagementForm

from governance.forms import rows as plain
from satsningar.forms.drawing import RowDrawing
from satsningar.forms.fields import ContentField, field_for
from satsningar.forms.options import Options
from satsningar.help import FIELD_HELP, FieldHelp

Columns = Sequence[db.Field[Any, Any]]

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
    drawing: RowDrawing | None = None
    """What draws the fields of such a list."""

    def __init__(
        self,
        *args: Any,
        columns: Columns,
        help_key: str,
        options: Options,
        made: Mapping[str, forms.Field] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make a field for each column, in order, or take the fields of a row that is made already."""
        super().__init__(*args, **kwargs)
        if made:
            self.fields.update(made)
            return
        texts = FIELD_HELP.get(help_key, {})
        rows = ROWS_SHOWN if "." in help_key else 6
        for column in columns:
            if column.primary_key:
                self.fields[column.attname] = KeptIdField(required=False)
                continue
            text = texts.get(column.attname, FieldHelp())
            self.fields[column.attname] = field_for(column, text, options.choices(column), rows=rows)

    @property
    def drawn_fields(self) -> str:
        """The visible fields with their labels, help and errors."""
        return self.drawing.draw(self) if self.drawing else ""

    @property
    def examples(self) -> dict[str, str]:
        """The example of each field that has one."""
        return {name: field.example for name, field in self.fields.items() if isinstance(field, ContentField)}


class RowSet(plain.RowSet):
    """A list of lines of a part; which lines are new is told by their ids."""

    form: Any = ContentForm


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
