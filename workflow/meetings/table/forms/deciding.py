"""The form of a decision that is made otherwise than proposed: each choice has only the fields that it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from governance.permissions import today
from satsningar.formfields import DayField, MarkdownField
from satsningar.vocabulary import DECIDED_PARTS
from workflow.forms.rows import typed_rows
from workflow.inputs import Request
from workflow.meetings.table.choices import Choice, Duty
from workflow.meetings.table.options import Option

ASKED = "begaran_"
"""Begins the name of the field that asks for completion of a part."""
RENAMED = {"requests": f"{ASKED}{DECIDED_PARTS[0].value}", "to_meeting": "to_meeting"}
"""What the act calls by another name than the form."""
DUTIES, DUTY_FIELDS, MOST_DUTIES = "uppdrag", ("text", "responsible", "due"), 20
"""The rows of what a decision gives bodies to do: their prefix, their fields, and how many there may be."""
_CHOOSE = "Välj ett av alternativen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What may be chosen in the form, read before it is made."""

    bodies: Sequence[tuple[int, str]] = ()
    meetings: Sequence[tuple[int, str]] = ()


def _text(label: str, *, help_text: str = "", rows: int = 3, missing: str = "") -> MarkdownField:
    return MarkdownField(
        label=label,
        required=bool(missing),
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": missing},
    )


def _body(label: str, offered: Offered) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Ingen särskild"), *offered.bodies],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Välj ett av länets organ."},
    )


class DutyRow(forms.Form):
    """Something that a decision gives a body to do."""

    text = _text("Vad ska göras?", rows=2)
    due = DayField(label="Klart senast", required=False)

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        """Offer the county's bodies."""
        super().__init__(*args, **options)
        self.fields["responsible"] = _body("Vem får uppdraget?", offered)
        self.order_fields(DUTY_FIELDS)

    def clean(self) -> dict[str, Any]:
        """Ask for the text that a name or a day belongs to, and for a day that has not been."""
        values = super().clean() or {}
        if not values.get("text") and (values.get("responsible") or values.get("due")) and "text" not in self.errors:
            self.add_error("text", "Skriv vad uppdraget är.")
        due = values.get("due")
        if due is not None and due < today():
            self.add_error("due", f"Dagen {due.isoformat()} har redan varit.")
        return values

    @property
    def duty(self) -> Duty | None:
        """Return what is asked for, None where nothing is written; of a valid form alone."""
        said = self.cleaned_data
        text = str(said.get("text") or "").strip()
        return Duty(text=text, responsible_id=said.get("responsible"), due=said.get("due")) if text else None


DutyRows = forms.formset_factory(DutyRow, extra=0, can_delete=True, max_num=MOST_DUTIES, absolute_max=2 * MOST_DUTIES)


class DecisionForm(forms.Form):
    """What is decided instead of what was proposed; `rows` holds what it gives bodies to do, None where it cannot."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        option: Option,
        offered: Offered,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """Make the fields that the choice asks for.

        Args:
            data: what was sent.
            option: what is chosen.
            offered: what may be chosen in it.
            typed: what was sent by a button that changes the rows: shown as it was typed, and not judged.

        """
        super().__init__(data, initial=dict(typed.items()) if typed else None)
        self.option = option
        self.rows: forms.BaseFormSet[DutyRow] | None = None
        if option.has_condition:
            shown = typed_rows(typed, DUTIES, DUTY_FIELDS).rows if typed else [{}]
            self.rows = DutyRows(data, prefix=DUTIES, initial=shown, form_kwargs={"offered": offered})
        if option.targets:
            self.fields["target"] = forms.ChoiceField(
                label="Hur långt tillbaka?" if option.asks else "Vart går satsningen?",
                choices=option.targets,
                widget=forms.RadioSelect,
                error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
            )
        if option.amends:
            self.fields["amended_wording"] = _text(
                "Ändrad lydelse", help_text="Skriv hela beslutet som det blev. Lämna tomt om lydelsen inte ändrades."
            )
        if option.has_condition:
            self._ask_condition(offered)
        if option.puts_off:
            self._ask_meeting(offered)
        self._ask_reason(option)
        if option.asks:
            for part in DECIDED_PARTS:
                self.fields[f"{ASKED}{part.value}"] = _text(f"Komplettering av {part.label.lower()}", rows=2)

    def _ask_condition(self, offered: Offered) -> None:
        self.fields["condition"] = _text(
            "Villkor", help_text="Villkoret bevakas som ett öppet beslut tills det är uppfyllt."
        )
        self.fields["condition_responsible"] = _body("Vem ansvarar för villkoret?", offered)
        self.fields["condition_due"] = DayField(label="Villkoret ska vara uppfyllt senast", required=False)

    def _ask_meeting(self, offered: Offered) -> None:
        missing = "Välj till vilket möte ärendet bordläggs."
        self.fields["to_meeting"] = forms.TypedChoiceField(
            label="Till vilket möte?",
            choices=list(offered.meetings),
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
        )

    def _ask_reason(self, option: Option) -> None:
        label = "Skäl" if option.needs_reason else "Skäl (om det behövs)"
        self.fields["reason"] = _text(label, missing="Skriv varför." if option.needs_reason else "")

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields that are always shown."""
        return [field for field in self.visible_fields() if not field.name.startswith(ASKED)]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The fields that ask for completion, part by part."""
        return [field for field in self.visible_fields() if field.name.startswith(ASKED)]

    @property
    def asks_now(self) -> bool:
        """Tell whether those fields stand open: something is written in them, or wrong with them."""
        return any(field.errors or field.value() for field in self.asked_fields)

    def is_valid(self) -> bool:
        """Tell whether the form and every row can be used."""
        rows_are = self.rows is None or self.rows.is_valid()
        return super().is_valid() and rows_are

    def clean(self) -> dict[str, Any]:
        """Ask for what a choice is nothing without, and for the text that a name or a day belongs to."""
        values = super().clean() or {}
        if self.option.has_condition and self.option.code == "bifall_andring" and not self._says_anything(values):
            self.add_error("amended_wording", "Skriv en ändrad lydelse, ett villkor eller ett uppdrag.")
        beside = values.get("condition_responsible") or values.get("condition_due")
        if "condition" in self.fields and beside and not values.get("condition") and "condition" not in self.errors:
            self.add_error("condition", "Skriv villkoret.")
        return values

    def _says_anything(self, values: Mapping[str, Any]) -> bool:
        if self.rows is not None and (not self.rows.is_valid() or self._duties()):
            return True
        return any(values.get(name) or name in self.errors for name in ("amended_wording", "condition"))

    def _duties(self) -> tuple[Duty, ...]:
        """Return what the rows ask for; of valid ones alone."""
        kept = [row for row in self.rows or () if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        return tuple(duty for row in kept if (duty := row.duty))

    def choice(self) -> Choice:
        """Return what is decided; of a valid form alone."""
        said, option = self.cleaned_data, self.option
        return Choice(
            outcome=option.outcome,
            move=option.move,
            target=said.get("target") or "",
            reason=self._words("reason"),
            amended_wording=self._words("amended_wording"),
            condition=self._words("condition"),
            condition_responsible_id=said.get("condition_responsible"),
            condition_due=said.get("condition_due"),
            duties=self._duties(),
            requests=tuple(Request(part, text) for part in DECIDED_PARTS if (text := self._words(f"{ASKED}{part}"))),
            to_meeting_id=said.get("to_meeting"),
        )

    def _words(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "").strip()
