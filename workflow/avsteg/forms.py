"""The forms of avsteg: the reason of a request, its answer, and what the list of avsteg is narrowed by."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from governance.vocabulary import NEVER_WAIVED, RequirementCode
from satsningar.formfields import MarkdownField
from workflow.forms.filters import FilterForm
from workflow.vocabulary import Avstegslage

Choices = Sequence[tuple[int, str]]


class AskForm(forms.Form):
    """Why a requirement should be waived."""

    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "reason": "Statsbidraget fördelas först i mars. Kostnaden ryms i regionens budget till dess, och ekonomin"
        " redovisas innan satsningen startar.",
    }
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    reason = MarkdownField(
        label="Varför behövs avsteget?",
        help_text="Skriv varför kravet inte kan eller inte bör uppfyllas nu, och hur ni tar hand om det ändå."
        " Skälet följer satsningen in i beslutsunderlaget.",
        error_messages={"required": "Skriv varför kravet inte kan eller inte bör uppfyllas."},
    )


class AnswerForm(forms.Form):
    """Whether an avsteg is granted, and why."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    outcome = forms.ChoiceField(
        label="Ditt svar",
        choices=[(Avstegslage.MEDGIVET.value, "Medge avsteget"), (Avstegslage.AVSLAGET.value, "Avslå begäran")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj om avsteget medges eller avslås.",
            "invalid_choice": "Välj om avsteget medges eller avslås.",
        },
    )
    reason = MarkdownField(
        label="Skäl",
        help_text="Skriv varför. Skälet läses av alla som läser satsningen och följer med i beslutsunderlaget.",
        error_messages={"required": "Skriv varför. Skälet följer med i beslutsunderlaget."},
    )
    utan_jav = forms.BooleanField(
        label="Jag har inte jäv i ärendet",
        error_messages={"required": "Kryssa för att du inte har jäv. Har du jäv behöver någon annan svara."},
    )


class AvstegFilter(FilterForm):
    """What the list of avsteg is narrowed by; an empty one narrows nothing."""

    lage = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla"), *Avstegslage.choices])
    krav = forms.ChoiceField(
        label="Krav",
        required=False,
        choices=[("", "Alla"), *((c.value, c.label) for c in RequirementCode if c not in NEVER_WAIVED)],
    )
    fran = forms.TypedChoiceField(label="Begärt av", required=False, coerce=int, empty_value=None)
    till = forms.TypedChoiceField(label="Beslutande organ", required=False, coerce=int, empty_value=None)

    def __init__(self, data: QueryDict, *, asking: Choices, deciding: Choices) -> None:
        """Offer the bodies that have asked and those that answer."""
        super().__init__(data)
        self.offer("fran", asking)
        self.offer("till", deciding)
