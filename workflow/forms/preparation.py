"""The forms of what is written around a case: a preparing body's statement, the answers to requests."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from satsningar.formfields import MarkdownField
from satsningar.vocabulary import PartCode
from workflow.models import Komplettering
from workflow.preparation import Seen, StatementText, mark_of
from workflow.vocabulary import Rekommendation

ANSWER = "svar-"
"""Begins the name of the field that answers a request."""
SHOWN = "visat-"
"""Begins the name of the hidden field with the mark of the answer as it was shown."""

WITH_COMMENTS = "Svara i kommentarerna. Skriv här bara om något behöver sägas om delen som helhet."


class StatementForm(forms.Form):
    """What a preparing body says of a case."""

    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "forslag": "Länsstyrgruppen beslutar att satsningen genomförs enligt revision 2, med start i januari 2027.",
    }

    text = MarkdownField(
        label="Utlåtande",
        required=False,
        rows=10,
        help_text="Hur svarar satsningen mot behovet, målbilden och andra satsningar? Vad är starkt, vad är osäkert?",
    )
    rekommendation = forms.ChoiceField(
        label="Rekommendation",
        required=False,
        choices=Rekommendation.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Välj tillstyrkan eller avstyrkan."},
    )
    forslag = MarkdownField(
        label="Förslag till beslut",
        required=False,
        rows=4,
        help_text="Skriv det så som det ska stå i protokollet.",
    )
    anteckningar = MarkdownField(
        label="Arbetsanteckningar",
        required=False,
        help_text="Läses bara av er grupp och följer inte med till beslut.",
    )

    @property
    def words(self) -> StatementText:
        """The statement as the act takes it; of a valid form alone."""
        return StatementText(**{name: self.cleaned_data[name] for name in self.fields})


class AnswersForm(forms.Form):
    """An answer to each open request for completion."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, requests: Sequence[Komplettering]) -> None:
        """Make a field for each request."""
        initial = {f"{ANSWER}{row.pk}": row.svar for row in requests}
        initial |= {f"{SHOWN}{row.pk}": mark_of(row.svar) for row in requests}
        super().__init__(data, initial=initial)
        self.requests = requests
        for row in requests:
            self.fields[f"{ANSWER}{row.pk}"] = MarkdownField(
                label=f"Svar om {PartCode(row.part).label.lower()}",
                required=False,
                rows=4,
                help_text=WITH_COMMENTS
                if row.gathers_only
                else "Beskriv kort vad ni har ändrat eller svara på frågan.",
            )
            self.fields[f"{SHOWN}{row.pk}"] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def pairs(self) -> list[tuple[Komplettering, forms.BoundField]]:
        """Each request with the field that answers it."""
        return [(row, self[f"{ANSWER}{row.pk}"]) for row in self.requests]

    @property
    def answers(self) -> dict[int, str]:
        """The answers by request; of a valid form alone."""
        return {row.pk: self.cleaned_data[f"{ANSWER}{row.pk}"] for row in self.requests}

    def seen(self, written_over: str) -> Seen:
        """Return what the writer had before them; of a valid form alone."""
        marks = {row.pk: self.cleaned_data[f"{SHOWN}{row.pk}"] or mark_of("") for row in self.requests}
        return Seen(marks, written_over)
