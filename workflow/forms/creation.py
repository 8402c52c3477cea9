"""The form that makes a case."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from governance.models import Body
from satsningar.formfields import LineField
from satsningar.services import TITLE_LIMIT


def id_choice(label: str, choices: Sequence[tuple[int, str]], *, empty: str = "", help_text: str = "") -> forms.Field:
    """Return a field that gives the id of one of a few things, or None where nothing need be chosen."""
    shown: list[tuple[int | str, str]] = [("", empty), *choices] if empty else list(choices)
    return forms.TypedChoiceField(
        label=label,
        choices=shown,
        coerce=int,
        empty_value=None,
        required=not empty,
        help_text=help_text,
        widget=forms.Select if empty else forms.RadioSelect,
        error_messages={"required": "Välj ett av alternativen.", "invalid_choice": "Välj ett av alternativen."},
    )


class CreationForm(forms.Form):
    """A title and the group that answers for the case; who prepares it where the group's chain does not say."""

    examples = {"titel": "Mobila team i hela länet"}  # noqa: RUF012 - as the form's renderer reads it

    titel = LineField(
        label="Titel",
        max_length=TITLE_LIMIT,
        help_text="Kort och tydlig, så att den går att säga på ett möte. Den går att ändra så länge det är ett utkast.",
        error_messages={"required": "Ge satsningen en titel."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        groups: Sequence[Body],
        preparing: Sequence[Body],
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Offer the groups that the person may make a case for."""
        super().__init__(data, initial=initial)
        self.fields["ansvarig_grupp"] = id_choice(
            "Ansvarig grupp",
            [(body.pk, body.name) for body in groups],
            help_text="Gruppen som skriver satsningen, svarar på frågor och senare genomför den.",
        )
        if preparing:
            self.fields["beredningsgrupp"] = id_choice(
                "Beredningsgrupp",
                [(body.pk, body.name) for body in preparing],
                empty="Den som gruppen arbetar åt",
                help_text="Välj bara om den ansvariga gruppen inte arbetar åt en viss beredningsgrupp.",
            )
