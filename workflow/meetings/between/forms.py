"""The forms of decisions between meetings: what is asked of everybody, and what the chair decides alone."""

from collections.abc import Sequence
from typing import Any

from django import forms

from satsningar.formfields import DayField
from workflow.meetings.between.showing import Waiting

_CHOOSE = "Välj ett ärende."


class ProposalForm(forms.Form):
    """Which matter everybody is asked to decide on, and by which day."""

    def __init__(self, *args: Any, waiting: Sequence[Waiting], **options: Any) -> None:
        """Offer what waits for the body."""
        super().__init__(*args, **options)
        self.fields["brought"] = forms.ChoiceField(
            label="Vad ska beslutas?",
            choices=[(one.code, one.title) for one in waiting],
            widget=forms.RadioSelect,
            error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
        )
        self.fields["answer_by"] = DayField(
            label="Svara senast",
            help_text="Har alla inte svarat ja den dagen tas ärendet upp på ett möte.",
            error_messages={"required": "Skriv senast vilken dag ledamöterna ska svara."},
        )


class DeclaredForm(forms.Form):
    """The chair's word for having no conflict of interest."""

    utan_jav = forms.BooleanField(
        label="Jag har inte jäv i ärendet",
        error_messages={"required": "Kryssa för att du inte har jäv. Har du jäv tas ärendet upp på ett möte."},
    )
