"""The forms of notices: one's choice of letters, and how a county's letters go out."""

from collections.abc import Mapping

from django import forms

from workflow.notices.county import Settings
from workflow.notices.models import Utskick
from workflow.notices.vocabulary import Slag, Takt


class ChoiceForm(forms.Form):
    """One choice for each kind of event."""

    def __init__(self, data: Mapping[str, str] | None, chosen: Mapping[Slag, Takt]) -> None:
        """Make a field for each kind, with what is chosen now."""
        super().__init__(data)
        for kind in Slag:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=Takt.choices,
                initial=chosen[kind].value,
                error_messages={"required": "Välj när.", "invalid_choice": "Välj något i listan."},
            )

    @property
    def choices(self) -> dict[Slag, Takt]:
        """Return what was chosen."""
        return {kind: Takt(self.cleaned_data[kind.value]) for kind in Slag}


class UtskickForm(forms.Form):
    """How a county's letters go out."""

    test_mode = forms.BooleanField(
        label="Testläge",
        required=False,
        help_text="Varken brev om händelser eller kallelser skickas. Det som skulle ha skickats visas på sidan.",
    )
    stopped = forms.BooleanField(required=False, widget=forms.HiddenInput)
    holds_decisions = forms.BooleanField(
        label="Brev om beslut väntar på att släppas",
        required=False,
        help_text="Sekreteraren, ordföranden eller regionalt stöd släpper dem, ett beslut i taget.",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, row: Utskick) -> "UtskickForm":
        """Return the form as it stands."""
        return cls(
            initial={
                "test_mode": row.test_mode,
                "stopped": row.stopped,
                "holds_decisions": row.holds_decisions,
                "edition": row.edition,
            }
        )

    @property
    def wanted(self) -> Settings:
        """Return what was chosen."""
        chosen = self.cleaned_data
        return Settings(chosen["test_mode"], chosen["stopped"], chosen["holds_decisions"])
