"""The forms of matters that are no satsning: what one says, its files, why it is withdrawn, and onto which agenda."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from governance.models import Body
from satsningar.attachments import what_is_allowed
from satsningar.formfields import LineField, MarkdownField
from workflow.forms.documents import SECRECY_HELP, FilesField
from workflow.forms.filters import FilterForm
from workflow.meetings.models import Meeting
from workflow.meetings.planning.matters.selectors import MatterState, undecided_areas, undecided_versions
from workflow.meetings.planning.matters.words import MARK_LIMIT, TITLE_LIMIT, MatterWords
from workflow.meetings.vocabulary import MatterKind

ABOUT = {"version_id": MatterKind.ARENDEGANG.value, "fokusomrade_id": MatterKind.FOKUSOMRADE.value}
"""The fields that belong to one kind of matter alone."""
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


class MatterForm(forms.Form):
    """What a matter says."""

    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "title": "Svar på remiss om samordnad habilitering",
        "forslag": "Länsstyrgruppen ställer sig bakom svaret och överlämnar det till regionen.",
        "sekretess": "OSL 25 kap. 1 §",
    }

    kind = forms.ChoiceField(
        label="Vad gäller ärendet?",
        choices=MatterKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad ärendet gäller.", "invalid_choice": "Välj vad ärendet gäller."},
    )
    version_id = forms.TypedChoiceField(
        label="Version av ärendegången",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Bara för ett ärende om en version av ärendegången; annars räknas valet inte. Finns versionen redan"
        " i länsfilen förs paragrafen in på den vid bifall.",
        error_messages={"invalid_choice": "Välj en version som finns i länet och inte är beslutad."},
    )
    fokusomrade_id = forms.TypedChoiceField(
        label="Fokusområde",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Bara för ett ärende om ett fokusområde; annars räknas valet inte. Finns fokusområdet redan i"
        " länsfilen förs paragrafen in på det vid bifall.",
        error_messages={"invalid_choice": "Välj ett fokusområde som finns i länet och inte är beslutat."},
    )
    title = LineField(
        label="Rubrik",
        max_length=TITLE_LIMIT,
        help_text="Så som den ska stå på dagordningen.",
        error_messages={"required": "Skriv en rubrik."},
    )
    background = MarkdownField(
        label="Bakgrund",
        required=False,
        rows=10,
        help_text="Vad behöver den som ska besluta veta?",
    )
    forslag = MarkdownField(
        label="Förslag till beslut",
        required=False,
        rows=4,
        help_text="Skriv det så som det ska stå i protokollet. Det behövs innan ärendet sätts upp på en dagordning.",
    )
    sekretess = LineField(
        label="Sekretessmarkering (om det behövs)", required=False, max_length=MARK_LIMIT, help_text=SECRECY_HELP
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        """Offer what the body's county has left to decide."""
        super().__init__(*args, **kwargs)
        self._offer("version_id", [(row.pk, str(row)) for row in undecided_versions(body)])
        self._offer("fokusomrade_id", [(row.pk, str(row)) for row in undecided_areas(body)])

    def _offer(self, name: str, choices: Sequence[tuple[int, str]]) -> None:
        if not choices:
            del self.fields[name]
            return
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Inget valt"), *choices]

    def clean(self) -> dict[str, Any]:
        """Leave out what belongs to another kind of matter than the one chosen, and what is wrong with it."""
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        for name, of in ABOUT.items():
            if kind and kind != of and name in self.fields:
                cleaned[name] = None
                self.errors.pop(name, None)
        return cleaned

    @property
    def words(self) -> MatterWords:
        """Return what was written in a valid form."""
        return MatterWords(**self.cleaned_data)

    def rest(self) -> list[forms.BoundField]:
        """Return the fields after those that depend on the kind, as the page shows them."""
        return [field for field in self.visible_fields() if field.name != "kind" and field.name not in ABOUT]

    def about(self) -> list[tuple[str, forms.BoundField]]:
        """Return the fields that depend on the kind, each with the kind it belongs to."""
        return [(of, self[name]) for name, of in ABOUT.items() if name in self.fields]

    def shown(self, name: str, value: object) -> str:
        """Return a field's value as people read it."""
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, ""))  # type: ignore[arg-type]
        return str(value or "")


class MatterFilesForm(forms.Form):
    """Files to add to a matter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what is allowed as the settings have it now."""
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(
            label="Välj filer", help_text=f"Du kan välja flera filer. {what_is_allowed()}"
        )


class WithdrawForm(forms.Form):
    """Why a matter is withdrawn."""

    reason = LineField(
        label="Varför tas ärendet tillbaka?",
        max_length=1000,
        error_messages={"required": "Skriv varför ärendet tas tillbaka."},
    )


class AgendaForm(forms.Form):
    """Onto which meeting's agenda a matter is put."""

    meeting = forms.TypedChoiceField(
        label="Möte",
        coerce=int,
        error_messages={"required": "Välj ett möte.", "invalid_choice": "Välj ett av mötena i listan."},
    )

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        """Offer the meetings that the matter may be put on."""
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(row.pk, _named(row)) for row in meetings]


def _named(meeting: Meeting) -> str:
    return f"{WEEKDAYS[meeting.day.weekday()]} {meeting.day.isoformat()}{f', {meeting.place}' if meeting.place else ''}"


class MatterFilter(FilterForm):
    """What the list of matters is narrowed by; an empty one narrows nothing."""

    lage = forms.ChoiceField(
        label="Läge", required=False, choices=[("", "Alla"), *((one.value, one.label) for one in MatterState)]
    )
    organ = forms.TypedChoiceField(label="Organ", required=False, coerce=int, empty_value=None)

    def __init__(self, data: QueryDict, *, bodies: Sequence[tuple[int, str]]) -> None:
        """Offer the bodies that have matters."""
        super().__init__(data)
        self.offer("organ", bodies)
