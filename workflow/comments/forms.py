"""The forms of comments: making one, writing in a thread, and what the list is narrowed by."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from satsningar.formfields import MarkdownField
from satsningar.vocabulary import DECIDED_PARTS
from workflow.comments.actions import NOT_IN_LIST
from workflow.forms.filters import FilterForm
from workflow.readers import Reader
from workflow.vocabulary import Kommentarslage

Groups = list[tuple[str, list[tuple[int, str]]]]


def people(readers: Mapping[int, Reader], me: int) -> Groups:
    """Return those who may be named, oneself left out, grouped by whether they sit near the case."""
    near: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for reader in readers.values():
        if reader.person_id != me:
            (near if reader.is_near else others).append((reader.person_id, f"{reader.name}, {reader.bodies[0]}"))
    return [(title, rows) for title, rows in (("Nära satsningen", near), ("Övriga som läser den", others)) if rows]


def _names(groups: Groups) -> forms.TypedMultipleChoiceField:
    field = forms.TypedMultipleChoiceField(
        label="Nämn någon",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Den som nämns ser kommentaren bland sitt arbete och kan skriva i den.",
        error_messages={"invalid_choice": NOT_IN_LIST, "invalid_list": NOT_IN_LIST},
    )
    field.choices = groups
    return field


class CommentForm(forms.Form):
    """A new comment: what it is about, what is said, and who is named."""

    field = forms.ChoiceField(
        label="Vad gäller kommentaren?",
        required=False,
        error_messages={"invalid_choice": "Välj vad i delen kommentaren gäller."},
    )
    text = MarkdownField(
        label="Kommentar",
        rows=4,
        help_text="Skriv så att den som läser vet vad som behöver ändras eller besvaras.",
        error_messages={"required": "Skriv vad du vill säga."},
    )

    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "text": "Det framgår inte vem som betalar när statsbidraget tar slut. Skriv från vilket år och av vem."
    }

    def __init__(
        self, data: Mapping[str, Any] | None, *, anchors: Mapping[str, str], groups: Groups, initial: dict[str, Any]
    ) -> None:
        """Offer the places of the part and those who may be named."""
        super().__init__(data, initial=initial)
        field = self.fields["field"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(anchors.items())
        self.fields["names"] = _names(groups)


class EntryForm(forms.Form):
    """What is written in a thread."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    kind = forms.ChoiceField(
        label="Vad vill du göra?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad du vill göra.",
            "invalid_choice": "Det går inte längre. Läs hur kommentaren står nu.",
        },
    )
    text = MarkdownField(
        label="Text", required=False, rows=4, help_text="Behövs inte när du godtar ett svar. Det skrivna ändras inte."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        kinds: Sequence[tuple[str, str]],
        groups: Groups,
        initial: dict[str, Any],
    ) -> None:
        """Offer what may be done and those who may be named."""
        super().__init__(data, initial=initial)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(kinds)
        self.fields["names"] = _names(groups)


class CommentFilter(FilterForm):
    """What the list of a case's comments is narrowed by."""

    lage = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla"), *Kommentarslage.choices])
    namnd = forms.BooleanField(label="Där jag är nämnd", required=False)

    def __init__(self, data: QueryDict) -> None:
        """Take the address as it was asked; `del` is a word of Python's and so made here."""
        super().__init__(data)
        parts = [("", "Alla"), *((part.value, part.label) for part in DECIDED_PARTS)]
        self.fields["del"] = forms.ChoiceField(label="Del", required=False, choices=parts)
        self.order_fields(["lage", "del", "namnd"])
