"""The forms of rounds; what they send is judged by the acts."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms

from governance.models import Body
from governance.permissions import Holder
from governance.vocabulary import BodyKind
from satsningar.formfields import DayField, LineField, MarkdownField
from workflow.rounds.inputs import NUMBER_LIMIT, OPINIONS, PURPOSE_LIMIT
from workflow.vocabulary import RoundKind

CHOOSE = "Välj ett av alternativen."
CONFIRMS, DECLINES = "bekraftar", "avbojer"
Data = Mapping[str, Any] | None


class OpenForm(forms.Form):
    """What is asked, until when and whom."""

    purpose = LineField(
        label="Syfte",
        max_length=PURPOSE_LIMIT,
        help_text="Vad svaren ska användas till. Syftet följer med det som skickas.",
        error_messages={"required": "Skriv vad svaren ska användas till."},
    )
    questions = MarkdownField(
        label="Frågor till mottagarna",
        required=False,
        help_text="Vad ni särskilt vill ha svar på. Lämna tomt om mottagarna får svara fritt.",
    )
    deadline = DayField(label="Svara senast", error_messages={"required": "Ange när svaren senast ska ha kommit in."})
    receivers = forms.TypedMultipleChoiceField(
        label="Mottagare",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en mottagare.",
            "invalid_choice": "Någon av mottagarna kan inte svara. Välj bland dem som finns i listan.",
        },
    )

    def __init__(
        self, data: Data = None, *, kind: RoundKind, receivers: Sequence[Body], initial: dict[str, Any]
    ) -> None:
        """Offer the bodies that can be asked."""
        super().__init__(data, initial=initial)
        contacts = [body for body in receivers if body.kind == BodyKind.ORGANISATION]
        others = [body for body in receivers if body.kind != BodyKind.ORGANISATION]
        groups = [
            ("Organisationer", [(body.pk, body.organisation.name if body.organisation else "") for body in contacts]),
            ("Länets grupper", [(body.pk, body.name) for body in others]),
        ]
        chosen = cast("forms.TypedMultipleChoiceField", self.fields["receivers"])
        chosen.choices = [group for group in groups if group[1]]
        if kind == RoundKind.RESURSBEKRAFTELSE:
            chosen.help_text = "De deltagande organisationerna. De som inte har bekräftat sina resurser är markerade."


class OpinionForm(forms.Form):
    """A receiver's views in a remiss."""

    stance = forms.ChoiceField(
        label="Ställningstagande",
        choices=[(stance.value, stance.label) for stance in OPINIONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett ställningstagande.", "invalid_choice": CHOOSE},
    )
    text = MarkdownField(
        label="Svar",
        required=False,
        rows=10,
        help_text="Era synpunkter, och svar på frågorna. Behövs om ni inte instämmer helt.",
    )


class ConfirmationForm(forms.Form):
    """An organisation confirms its resources, or says why it does not."""

    answer = forms.ChoiceField(
        label="Bekräftar ni resurserna?",
        choices=[(CONFIRMS, "Ja, vi bekräftar våra resurser"), (DECLINES, "Nej, vi bekräftar inte")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om ni bekräftar resurserna.", "invalid_choice": CHOOSE},
    )
    text = MarkdownField(
        label="Kommentar eller skäl", required=False, help_text="Skriv varför om ni inte bekräftar resurserna."
    )
    decision_date = DayField(
        label="Datum för ert eget beslut",
        required=False,
        help_text="Om organisationen har fattat ett beslut hemma.",
    )
    decision_number = LineField(
        label="Beslutets diarienummer", max_length=NUMBER_LIMIT, required=False, help_text="Om det finns ett."
    )


class HandOverForm(forms.Form):
    """Whom an answer is left to."""

    to = forms.TypedChoiceField(
        label="Vem ska svara?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, data: Data = None, *, people: Sequence[Holder]) -> None:
        """Offer those who may answer for the receiver."""
        super().__init__(data)
        chosen = cast("forms.TypedChoiceField", self.fields["to"])
        chosen.choices = [(one.person_id, one.name) for one in people]
