"""The forms of moving cases to another version: where they will stand, which of them, and why."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from governance.paths import PathVersion
from satsningar.formfields import MarkdownField
from workflow.versions.entering import open_to_some
from workflow.versions.origins import Origin
from workflow.versions.trying import proposed_mapping

STEP = "steg-"
"""Begins the name of the field that says where cases of a step will stand."""
CHOSEN, EVERY, SHOWN = "satsning", "alla", "visade"
"""The names of the boxes of the cases, and the two answers to which of them."""
ID_LIMIT = 2**63 - 1


class MappingForm(forms.Form):
    """Where cases of each step will stand in the other version; one field a step that holds cases."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        old: PathVersion,
        new: PathVersion,
        stations: Collection[str],
        origins: Collection[Origin] = (),
    ) -> None:
        """Offer the steps that are open to the cases at each; a step without any gets no field.

        Args:
            data: what was sent.
            old: the version the cases follow.
            new: the version they would follow.
            stations: the codes of the steps where they stand.
            origins: those of the cases that have been moved between versions before.

        """
        super().__init__(data)
        self.unmapped: list[str] = []
        self.codes: dict[str, str] = {}
        proposed = proposed_mapping(old, new)
        for station in old.stations.values():
            if station.code not in stations:
                continue
            places = open_to_some(old, station, new, origins)
            offered = [(each.code, each.name) for each in places]
            if not offered:
                self.unmapped.append(station.name)
                continue
            name = f"{STEP}{station.code}"
            self.codes[name] = station.code
            self.fields[name] = forms.ChoiceField(
                label=station.name,
                choices=[("", "Välj steg"), *offered],
                required=False,
                initial=proposed.get(station.code, ""),
                error_messages={"invalid_choice": "Välj ett av stegen i listan."},
            )

    def mapping(self) -> dict[str, str]:
        """Return where cases will stand, by where they stand; of a validated form."""
        return {code: self.cleaned_data[name] for name, code in self.codes.items() if self.cleaned_data.get(name)}

    def demand(self, sentences: Mapping[str, str]) -> None:
        """Add a sentence at the field of each step that needs another answer."""
        for name, code in self.codes.items():
            if code in sentences:
                self.add_error(name, sentences[code])


class ReasonForm(forms.Form):
    """Why the cases are moved, with the cases that were tried out."""

    fall = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)
    reason = MarkdownField(
        label="Varför flyttas satsningarna?",
        help_text="Skälet skrivs in i varje satsnings historik.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Skriv varför."},
    )

    def clean_fall(self) -> dict[int, int]:
        """Return the edition of each case.

        Raises:
            ValidationError: it is nothing that the page of the trial has sent.

        """
        editions = read_editions(str(self.cleaned_data["fall"]))
        if not editions:
            raise forms.ValidationError("Provkör igen: listan över satsningar gick inte att läsa.")
        return editions


def written_editions(editions: Sequence[tuple[int, int]]) -> str:
    """Return cases with their editions as the hidden field holds them."""
    return " ".join(f"{case}.{edition}" for case, edition in editions)


def read_editions(text: str) -> dict[int, int]:
    """Return what `written_editions` wrote; empty when it is anything else."""
    found = {}
    for token in text.split():
        case, _, edition = token.partition(".")
        if not (_is_id(case) and _is_id(edition)) or int(edition) >= 2**31:
            return {}
        found[int(case)] = int(edition)
    return found


def chosen_ids(values: Sequence[str]) -> set[int]:
    """Return the ids of the ticked boxes, whatever else was sent left out."""
    return {int(value) for value in values if _is_id(value)}


def _is_id(text: str) -> bool:
    """Tell whether a text is a number that an id may be; one that is longer is not counted out first."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(ID_LIMIT))
    return is_number and int(text) <= ID_LIMIT
