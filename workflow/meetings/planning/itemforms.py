"""The forms of what stands on an agenda: an item, a supplement to its papers, a line of the standing template."""

from collections.abc import Iterable
from typing import Any

from django import forms

from satsningar.formfields import LineField, MarkdownField
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.agenda import ItemWords
from workflow.meetings.planning.forms import EDITION_LIMIT
from workflow.meetings.planning.standing import LONGEST_TIME, Line
from workflow.meetings.vocabulary import ItemKind, ItemSort, StandingItem


class ItemForm(forms.Form):
    """What an agenda says of an item."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=EDITION_LIMIT)
    title = LineField(label="Rubrik", max_length=250, error_messages={"required": "Skriv vad punkten heter."})
    text = MarkdownField(
        label="Text",
        required=False,
        help_text="Det som ledamöterna läser inför mötet. Texten fryses när kallelsen går ut.",
    )
    section = LineField(label="Avsnitt", max_length=100, required=False, help_text="Rubriken som punkten står under.")
    duration = forms.IntegerField(
        label="Tid i minuter",
        required=False,
        min_value=0,
        max_value=LONGEST_TIME,
        widget=forms.NumberInput({"class": "s-input-short"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Skriv tiden i minuter, högst {LONGEST_TIME}."
        ),
    )
    sort = forms.ChoiceField(
        label="Sort",
        choices=ItemSort.choices,
        widget=forms.RadioSelect,
        initial=ItemSort.BRA_ATT_VETA,
        help_text="Ska gruppen arbeta med punkten, eller räcker det att känna till den?",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Välj om gruppen ska arbeta med punkten eller känna till den."
        ),
    )
    presenter = LineField(label="Föredragande", max_length=150, required=False)
    sekretess = LineField(
        label="Sekretessmarkering",
        max_length=100,
        required=False,
        help_text="Lagrum, om punkten har en markering. Då läses den bara av dem som sitter i gruppen.",
    )

    def __init__(self, *args: Any, sections: Iterable[str] = (), called: bool = False, **options: Any) -> None:
        """Offer the sections that the agenda has; after the kallelse, title and text are only shown."""
        super().__init__(*args, **options)
        self.section_names = [name for name in dict.fromkeys(sections) if name]
        self.fields["section"].widget.attrs["list"] = "avsnitt"
        if called:
            for name in ("title", "text"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Står som i kallelsen. Mer läggs till i ett tillägg."

    @property
    def words(self) -> ItemWords:
        """Return what was written; the form is valid."""
        return ItemWords(**{name: value for name, value in self.cleaned_data.items() if name != "edition"})

    @staticmethod
    def said(item: AgendaItem, meeting: Meeting) -> dict[str, Any]:
        """Return the item as the form's first values."""
        names = ("title", "text", "section", "duration", "sort", "presenter", "sekretess")
        return {name: getattr(item, name) for name in names} | {"edition": meeting.edition}


class SupplementForm(forms.Form):
    """What is added to an item's papers after the kallelse."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=EDITION_LIMIT)
    text = MarkdownField(label="Det som läggs till", required=False)


_PLACE = "plats"
_KINDS = [
    *StandingItem.choices,
    (ItemKind.INFORMATION.value, "Information"),
    (_PLACE, "Här står ärenden till beslut"),
]


class LineForm(forms.Form):
    """A line of a template."""

    order = forms.IntegerField(
        label="Ordning",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput({"class": "s-input-short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Skriv ordningen som ett tal."),
    )
    kind = forms.ChoiceField(
        label="Punkt",
        choices=_KINDS,
        initial=ItemKind.INFORMATION.value,
        error_messages={"invalid_choice": "Välj ett av alternativen."},
    )
    title = LineField(label="Rubrik", max_length=250, required=False, help_text="Tom: punktens eget namn.")
    section = LineField(label="Avsnitt", max_length=100, required=False)
    duration = ItemForm.base_fields["duration"]
    sort = forms.ChoiceField(label="Sort", choices=ItemSort.choices, initial=ItemSort.BRA_ATT_VETA)

    @property
    def line(self) -> Line:
        """Return the line; the form is valid."""
        said = self.cleaned_data
        code, names = said["kind"], dict(_KINDS)
        kind = {_PLACE: ItemKind.ARENDE, ItemKind.INFORMATION: ItemKind.INFORMATION}.get(code, ItemKind.STAENDE)
        title = said["title"] or ("Beslutsärenden" if code == _PLACE else str(names[code]))
        return Line(
            kind=kind,
            title=title,
            standing=code if kind == ItemKind.STAENDE else "",
            section=said["section"],
            duration=said["duration"],
            sort=ItemSort(said["sort"]),
        )

    @staticmethod
    def said(line: Line, order: int) -> dict[str, Any]:
        """Return a line as the form's first values."""
        code = _PLACE if line.kind == ItemKind.ARENDE else line.standing or ItemKind.INFORMATION.value
        own = {"title": line.title, "section": line.section, "duration": line.duration, "sort": line.sort}
        return {"order": order, "kind": code, **own}
