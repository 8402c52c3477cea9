"""The forms of what comes of decisions: receivers, receipts, what is brought home, what is to be carried out."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from governance.models import Body
from satsningar.formfields import DayField, LineField, MarkdownField
from workflow.forms.filters import FilterForm
from workflow.meetings.after.home import HOW_LIMIT
from workflow.meetings.vocabulary import DutyKind, HomeForm, SharePurpose

Choices = Sequence[tuple[int, str]]
NOT_SENT = ("", "Skickas inte")
RECEIVER = "mottagare-"
LARGEST_EDITION = 2**31 - 1
NOBODY_THERE = "Ingen kan ta emot utdrag här i dag. Regionalt stöd kan lägga till någon."
UNREADABLE = "Sidan kunde inte läsas. Ladda om den och försök igen."


class ReceiversForm(forms.Form):
    """To which bodies an extract goes, and for what: a choice for each body that has not been sent it."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_EDITION)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        bodies: Iterable[Body],
        proposed: Mapping[int, str],
        reached: Container[int],
        edition: int,
    ) -> None:
        """Offer the bodies, those that are proposed first and chosen; say where nobody can receive anything today."""
        super().__init__(data, initial={"edition": edition})
        everybody = list(bodies)
        self.first = [f"{RECEIVER}{body.pk}" for body in everybody if body.pk in proposed]
        for body in sorted(everybody, key=lambda one: one.pk not in proposed):
            self.fields[f"{RECEIVER}{body.pk}"] = forms.ChoiceField(
                label=body.name,
                required=False,
                choices=[NOT_SENT, *SharePurpose.choices],
                initial=proposed.get(body.pk, ""),
                help_text="" if body.pk in reached else NOBODY_THERE,
                error_messages={"invalid_choice": "Välj åtgärd, kännedom eller att utdraget inte skickas."},
            )

    @property
    def proposed_fields(self) -> list[forms.BoundField]:
        """Return the fields of the bodies that are proposed."""
        return [self[name] for name in self.first]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """Return the fields of the other bodies."""
        return [self[name] for name in self.fields if name.startswith(RECEIVER) and name not in self.first]

    @property
    def receivers(self) -> dict[int, str]:
        """Return what is chosen, once the form has been validated."""
        return {
            int(name.removeprefix(RECEIVER)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(RECEIVER) and value
        }


class SendForm(forms.Form):
    """Which paragraphs are sent as they are proposed, and to whom that was when the page was shown."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_EDITION)

    def __init__(self, data: QueryDict) -> None:
        """Take what was sent."""
        super().__init__(data)
        self.sent = data

    def clean(self) -> dict[str, Any]:
        """Read the chosen paragraphs, each with its receivers."""
        cleaned = super().clean() or {}
        chosen: dict[int, dict[int, str]] = {}
        try:
            for one in self.sent.getlist("paragraf"):
                receivers = [pair.split(":") for pair in self.sent.getlist(f"till-{_number(one)}")]
                chosen[_number(one)] = {_number(body): purpose for body, purpose in receivers}
        except ValueError:
            raise ValidationError(UNREADABLE) from None
        if not chosen:
            raise ValidationError("Kryssa för minst en paragraf.")
        return cleaned | {"chosen": chosen}


def _number(text: str) -> int:
    """Return a key.

    Raises:
        ValueError: it is none.

    """
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004 - digits of a key
        raise ValueError(text)
    return int(text)


class ReceiveForm(forms.Form):
    """Which extracts somebody has received."""

    utdrag = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": "Kryssa för minst ett utdrag.",
            "invalid_choice": "Ett av utdragen väntar inte längre på dig. Se hur listan ser ut nu.",
        },
    )

    def __init__(self, data: QueryDict | None, *, ids: Iterable[int]) -> None:
        """Offer the extracts that wait for the person."""
        super().__init__(data)
        field = self.fields["utdrag"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(str(key), str(key)) for key in ids]


class BringHomeForm(forms.Form):
    """How and when decisions were brought home."""

    form = forms.ChoiceField(
        label="I vilken form?",
        choices=HomeForm.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj hur besluten återfördes.",
            "invalid_choice": "Välj hur besluten återfördes.",
        },
    )
    held_on = DayField(
        label="Vilken dag?",
        error_messages={"required": "Skriv dagen när besluten återfördes, till exempel 2026-11-27."},
    )
    how = LineField(
        label="Mer om hur",
        required=False,
        max_length=HOW_LIMIT,
        help_text="Till exempel vilken nämnd eller vilka chefer. Behövs när det gjordes på annat sätt.",
    )


class DutyForm(forms.Form):
    """What a decision asks for, of whom and by when."""

    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "text": "Redovisa hur bemanningen löses under sommaren.",
    }
    kind = forms.ChoiceField(
        label="Slag",
        choices=DutyKind.choices,
        initial=DutyKind.UPPDRAG,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Välj om det är ett uppdrag eller ett villkor."},
    )
    text = MarkdownField(
        label="Vad ska göras?",
        help_text="Skriv det som beslutet säger. Det kan inte ändras sedan.",
        error_messages={"required": "Skriv vad som ska göras."},
    )
    responsible = forms.TypedChoiceField(
        label="Ansvarig",
        coerce=int,
        error_messages={
            "required": "Välj det organ som ska se till att det blir gjort.",
            "invalid_choice": "Välj ett av länets organ.",
        },
    )
    due = DayField(label="Senast", required=False, help_text="Lämna tomt om beslutet inte säger någon dag.")

    def __init__(self, data: QueryDict | None, *, bodies: Choices) -> None:
        """Offer the county's bodies."""
        super().__init__(data)
        field = self.fields["responsible"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Välj"), *bodies]


class DoneForm(forms.Form):
    """How something was carried out."""

    text = MarkdownField(
        label="Hur har det verkställts?",
        help_text="Skriv så att den som följer beslutet förstår vad som är gjort. Det kan inte ändras sedan.",
        error_messages={"required": "Skriv hur beslutet har verkställts."},
    )


class DutyFilter(FilterForm):
    """What the list of open decisions is narrowed by; an empty one narrows nothing."""

    organ = forms.TypedChoiceField(label="Beslutat av", required=False, coerce=int, empty_value=None)
    ansvarig = forms.TypedChoiceField(label="Ansvarig", required=False, coerce=int, empty_value=None)
    lage = forms.ChoiceField(
        label="Läge",
        required=False,
        choices=[("", "Öppna"), ("sena", "Öppna och försenade"), ("verkstallda", "Verkställda")],
    )

    def __init__(self, data: QueryDict, *, deciding: Choices, responsible: Choices) -> None:
        """Offer the bodies that decided and those responsible."""
        super().__init__(data)
        self.offer("organ", deciding)
        self.offer("ansvarig", responsible)
