"""The form of a move: what its kind needs to be told, and the values that the act takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from governance.paths import MoveValue
from governance.vocabulary import MoveKind
from satsningar.formfields import DayField, LineField, MarkdownField
from satsningar.vocabulary import DECIDED_PARTS
from workflow.forms.creation import id_choice
from workflow.forms.participants import Line, ParticipantsField
from workflow.inputs import Decision, Inputs, Request
from workflow.quorum import Seat
from workflow.words import MoveWords

ASKED = "begaran_"
"""Begins the name of the field that asks for completion of a part."""
GATHERED = "kommentarer_"
"""Begins the name of the field that gathers the open comments on a part."""
AMENDABLE = frozenset(
    {
        MoveKind.BIFALL,
        MoveKind.OVERLAMNA,
        MoveKind.BESLUT_EFTER_FORSTUDIE,
        MoveKind.ANDRINGSBESLUT,
        MoveKind.FORTSATT,
        MoveKind.BREDDINFOR,
        MoveKind.SLUTFOR,
    }
)
"""Decisions that may be made with another wording than the proposed, or with a condition."""
ASKING = frozenset({MoveKind.BEGAR_KOMPLETTERING, MoveKind.ATERREMISS})
RENAMED = {"requests": f"{ASKED}{DECIDED_PARTS[0].value}", "comments": f"{ASKED}{DECIDED_PARTS[0].value}"}
"""What the act calls by another name than the form."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What may be chosen in a move's form, read before it is made."""

    targets: Sequence[tuple[str, str]] = ()
    handlaggare: Sequence[tuple[int, str]] = ()
    proposed: Sequence[tuple[str, str]] = ()
    groups: Sequence[tuple[int, str]] = ()
    comments: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    """The open comments by part, each with its words."""
    seats: Sequence[tuple[Seat, str]] = ()
    present: Sequence[Line] = ()
    """Who took part in what the same meeting decided before."""


def _text(label: str, *, help_text: str = "", rows: int = 4, missing: str = "") -> MarkdownField:
    """Return a field for a text; `missing` is what is said when it must be written and is not."""
    return MarkdownField(
        label=label,
        required=bool(missing),
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": missing},
    )


def _choice(label: str, choices: Sequence[tuple[str, str]], *, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett av alternativen.", "invalid_choice": "Välj ett av alternativen."},
    )


class MoveForm(forms.Form):
    """Everything that one move is sent with; what its kind does not need is not in it."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        move: MoveValue,
        words: MoveWords,
        choices: Choices,
        initial: dict[str, Any],
    ) -> None:
        """Make the fields that the kind of move asks for."""
        super().__init__(data, initial=initial)
        self.move = move
        if move.in_meeting:
            self._ask_meeting(choices)
        if choices.targets:
            self.fields["target"] = _choice("Vart går satsningen?", choices.targets)
        if move.kind == MoveKind.TA_UPP:
            self.fields["handlaggare"] = id_choice("Handläggare", choices.handlaggare)
        if move.kind == MoveKind.ANMAL:
            self.fields["proposed_move"] = _choice("Vad föreslås?", choices.proposed)
        if move.kind == MoveKind.BYT_ANSVARIG_GRUPP:
            self.fields["ansvarig_grupp"] = id_choice("Ny ansvarig grupp", choices.groups)
        if move.needs_reason or move.in_meeting:
            label = words.reason if move.needs_reason else f"{words.reason} (om det behövs)"
            missing = "Skriv varför." if move.needs_reason else ""
            self.fields["reason"] = _text(label, help_text=words.reason_help, missing=missing)
        if move.kind in ASKING:
            self._ask_completion(choices.comments)

    def _ask_meeting(self, choices: Choices) -> None:
        self.fields["meeting_date"] = DayField(
            label="Mötesdag", error_messages={"required": "Ange vilken dag mötet hölls."}
        )
        self.fields["paragraph"] = LineField(
            label="Paragraf",
            max_length=20,
            widget=forms.TextInput({"class": "s-input-short", "autocomplete": "off"}),
            error_messages={"required": "Ange paragrafens nummer, till exempel § 14."},
        )
        participants = ParticipantsField(
            label="Deltagare",
            required=False,
            help_text=(
                "De ordinarie är förkryssade. Ta bort krysset för den som inte deltog i beslutet. Den som har jäv"
                " lämnar ärendet och räknas inte."
            ),
        )
        participants.show(choices.seats)
        self.fields["participants"] = participants
        self.initial.setdefault("participants", list(choices.present))
        if self.move.kind in AMENDABLE:
            self.fields["amended_wording"] = _text(
                "Ändrad lydelse",
                help_text="Skriv hela beslutet som det blev, om mötet ändrade förslaget. Lämna annars tomt.",
            )
            self.fields["condition"] = _text("Villkor", help_text="Om beslutet är förenat med ett villkor.", rows=2)
        if self.move.kind == MoveKind.BORDLAGGNING:
            self.fields["to_meeting"] = DayField(label="Bordläggs till mötet den", required=False)

    def _ask_completion(self, comments: Mapping[str, Sequence[tuple[int, str]]]) -> None:
        """Ask part by part, the open comments on the part first, all of them ticked."""
        for part in DECIDED_PARTS:
            if part.value in comments:
                gathered = forms.TypedMultipleChoiceField(
                    label=f"Öppna kommentarer: {part.label.lower()}",
                    required=False,
                    coerce=int,
                    choices=comments[part.value],
                    widget=forms.CheckboxSelectMultiple,
                    error_messages={"invalid_choice": "Kommentaren är inte öppen längre. Ladda om sidan."},
                )
                self.fields[f"{GATHERED}{part.value}"] = gathered
                self.initial[f"{GATHERED}{part.value}"] = [key for key, _ in comments[part.value]]
            self.fields[f"{ASKED}{part.value}"] = _text(f"Komplettering av {part.label.lower()}", rows=2)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields that are always shown."""
        return [field for field in self.visible_fields() if not field.name.startswith((ASKED, GATHERED))]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The fields that ask for completion, part by part."""
        return [field for field in self.visible_fields() if field.name.startswith((ASKED, GATHERED))]

    @property
    def edition_seen(self) -> int:
        """The edition of the case that the person saw; of a validated form."""
        edition = self.cleaned_data.get("edition")
        return -1 if edition is None else int(edition)

    @property
    def day(self) -> date | None:
        """The day of the meeting as written; None when it is none."""
        day = self.cleaned_data.get("meeting_date")
        return day if isinstance(day, date) else None

    def value(self, name: str) -> str:
        """Return the text of a field, empty where the form does not have it."""
        return str(self.cleaned_data.get(name) or "")

    def inputs(self) -> Inputs:
        """Return what the act takes; of a valid form alone."""
        return Inputs(
            handlaggare_id=self.cleaned_data.get("handlaggare"),
            requests=tuple(
                Request(part, text) for part in DECIDED_PARTS if (text := self.value(f"{ASKED}{part.value}"))
            ),
            comments=tuple(
                key for part in DECIDED_PARTS for key in self.cleaned_data.get(f"{GATHERED}{part.value}") or ()
            ),
            proposed_move=self.value("proposed_move"),
            decision=self._decision() if self.move.in_meeting else None,
            ansvarig_grupp_id=self.cleaned_data.get("ansvarig_grupp"),
        )

    def _decision(self) -> Decision:
        return Decision(
            meeting_date=self.cleaned_data["meeting_date"],
            paragraph=self.value("paragraph"),
            participants=self.cleaned_data.get("participants") or (),
            amended_wording=self.value("amended_wording"),
            condition=self.value("condition"),
            to_meeting=self.cleaned_data.get("to_meeting"),
        )
