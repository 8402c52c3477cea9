"""The forms about minutes: what is written beside the facts, an adjuster's answer, and a rectification."""

from collections.abc import Sequence
from typing import Any

from django import forms

from satsningar.formfields import LineField, MarkdownField
from workflow.meetings.minutes.marking import SECTION_LIMIT
from workflow.meetings.minutes.rounds import REASON_LIMIT

APPROVES, CORRECTS = "godkann", "ratta"
_CHOOSE = "Välj om du godkänner protokollet eller begär rättelse."


class TextForm(forms.Form):
    """What the secretary adds to the minutes of one item."""

    examples = {"text": "Projektledaren redogör för läget. Ledamöterna ställer frågor om tidplanen."}  # noqa: RUF012 - as the form's renderer reads it
    text = MarkdownField(
        label="Text till protokollet",
        required=False,
        rows=10,
        help_text="Skriv det som inte redan framgår: vem som föredrog och vad som sades. Beslut, röster, jäv och"
        " närvaro hämtas från mötet och ändras inte här.",
    )


class AnswerForm(forms.Form):
    """What an adjuster says of the minutes."""

    answer = forms.ChoiceField(
        label="Ditt svar",
        choices=[(APPROVES, "Jag godkänner protokollet"), (CORRECTS, "Något behöver rättas")],
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    text = MarkdownField(
        label="Vad behöver rättas?",
        required=False,
        rows=5,
        help_text="Fyll i om något behöver rättas: vilken paragraf, vad som är fel och hur det ska vara.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        """Ask for the text of a correction, and that nothing is written by whoever approves."""
        values = super().clean() or {}
        text = str(values.get("text") or "").strip()
        if values.get("answer") == CORRECTS and not text and "text" not in self.errors:
            self.add_error("text", "Skriv vad som är fel och hur det ska vara.")
        if values.get("answer") == APPROVES and text:
            self.add_error("answer", "Du har skrivit vad som behöver rättas. Välj det, eller ta bort texten.")
        return values


class ReplacementForm(forms.Form):
    """Who adjusts in somebody else's place, and why."""

    membership = forms.TypedChoiceField(
        label="Vem justerar i stället?",
        coerce=int,
        error_messages={"required": "Välj vem som justerar.", "invalid_choice": "Välj någon i listan."},
    )
    reason = LineField(
        label="Skäl",
        max_length=REASON_LIMIT,
        help_text="Skälet skrivs in i journalen.",
        error_messages={"required": "Skriv varför någon annan justerar."},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer those who may adjust."""
        super().__init__(*args, **options)
        field = self.fields["membership"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Välj"), *people]


class RectificationForm(forms.Form):
    """What is wrong in adjusted minutes, how it should be, and why."""

    paragraf = forms.TypedChoiceField(
        label="Vad rättas?",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Välj en paragraf i det här protokollet."},
    )
    text = MarkdownField(
        label="Rättelse",
        rows=5,
        help_text="Skriv vad som står i protokollet och hur det ska vara. Protokollet självt ändras inte.",
        error_messages={"required": "Skriv hur det ska vara i stället."},
    )
    reason = MarkdownField(
        label="Skäl",
        rows=3,
        help_text="Skriv varför protokollet rättas.",
        error_messages={"required": "Skriv varför protokollet rättas."},
    )

    def __init__(self, *args: Any, paragraphs: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer the paragraphs of the minutes."""
        super().__init__(*args, **options)
        field = self.fields["paragraf"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Hela protokollet"), *paragraphs]


class MarkForm(forms.Form):
    """A matter's secrecy mark after the meeting, and why."""

    section = LineField(
        label="Sekretessmarkering",
        required=False,
        max_length=SECTION_LIMIT,
        help_text="Skriv lagrummet, till exempel OSL 39 kap. 3 §. Töm fältet för att häva markeringen.",
    )
    reason = MarkdownField(
        label="Skäl",
        required=False,
        rows=3,
        help_text="Skälet skrivs in i journalen. Det behövs alltid när en markering hävs.",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
