"""Lists of lines that grow and shrink by plain buttons; what a line is made of is the caller's."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict, ErrorList

MOST_ROWS = 200
NOT_WHOLE = "Listan kom inte fram hel. Ladda om sidan och försök igen."


def is_removed(form: forms.BaseForm) -> bool:
    """Tell whether the line of a list is to be removed."""
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))


def silence(*written: "forms.BaseForm | BaseFormSet[Any]") -> None:
    """Say nothing about what is written: it is shown again, not handed in."""
    for each in written:
        # What Django's own full_clean sets.
        checked: Any = each
        if isinstance(each, BaseFormSet):
            silence(*each.forms)
            checked._errors = [form.errors for form in each.forms]  # noqa: SLF001 - as said above
            checked._non_form_errors = ErrorList()  # noqa: SLF001 - as said above
        else:
            checked._errors = ErrorDict()  # noqa: SLF001 - as said above


class RowSet(BaseFormSet[Any]):
    """A list of lines that may be added and removed; a line with nothing written in it is no line.

    No line is more stored than another, so every form counts as an extra one and is compared with an empty line.
    """

    form: Any = forms.Form
    extra = 0
    min_num = 0
    max_num = MOST_ROWS
    absolute_max = MOST_ROWS + 1
    validate_max = True
    validate_min = False
    can_order = False
    can_delete = True
    can_delete_extra = True
    renderer = None
    default_error_messages = {  # noqa: RUF012 - as Django writes it
        "missing_management_form": NOT_WHOLE,
        "too_many_forms": f"Högst {MOST_ROWS} rader ryms.",
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

    def kept(self) -> list[Any]:
        """Return the forms of the lines that are written and not removed, in order."""
        return [form for form in self.forms if form.has_changed() and not is_removed(form)]

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add the box that removes a line, in Swedish."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Ta bort raden"
