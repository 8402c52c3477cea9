"""The forms of registration: one case by hand, a sheet of them, and the declaration that one is written in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from governance.forms.sheets import SheetField
from governance.models import Body
from governance.paths import StationValue
from satsningar.formfields import DayField, LineField
from satsningar.models import Satsning
from satsningar.services import TITLE_LIMIT
from workflow.registration.entries import SOURCE_LIMIT, Entry
from workflow.registration.sheet import MOST_ROWS

NOTHING_CHOSEN = "Välj ett av alternativen."
_ERRORS = {"required": NOTHING_CHOSEN, "invalid_choice": NOTHING_CHOSEN}


def _choice(label: str, choices: Sequence[tuple[int, str]], help_text: str, *, nobody: str = "") -> forms.Field:
    """Return a choice; `nobody` is what stands first where nothing need be chosen."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", nobody or "Välj"), *choices],
        coerce=int,
        empty_value=None,
        required=not nobody,
        help_text=help_text,
        error_messages=_ERRORS,
    )


class RegistrationForm(forms.Form):
    """Where a case stands, by which decision, and whose it is."""

    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "titel": "Mobila team i hela länet",
        "source": "Styrgruppens protokoll 2024-11-22 § 31",
        "reference": "SG 2024-0031",
    }

    titel = LineField(label="Titel", max_length=TITLE_LIMIT, error_messages={"required": "Ge satsningen en titel."})

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        bodies: Sequence[Body],
        groups: Sequence[Body],
        stations: Sequence[StationValue],
        officers: Mapping[int, str],
    ) -> None:
        """Offer the groups, steps and people of the counties that the person registers in."""
        super().__init__(data)
        self.bodies = {body.pk: body for body in bodies}
        names = {body.pk: body.name for body in bodies}
        preparing = [(body.pk, names[body.pk]) for body in bodies if body.kind == "beredningsgrupp"]
        self.fields["ansvarig_grupp"] = _choice(
            "Ansvarig grupp", [(body.pk, body.name) for body in groups], "Gruppen som svarar för satsningen i dag."
        )
        if preparing:
            self.fields["beredningsgrupp"] = _choice(
                "Beredningsgrupp",
                preparing,
                "Välj bara om den ansvariga gruppen inte arbetar åt en viss beredningsgrupp.",
                nobody="Den som gruppen arbetar åt",
            )
        self.fields["station"] = forms.ChoiceField(
            label="Steg",
            choices=[("", "Välj"), *((station.code, station.name) for station in stations)],
            help_text="Där satsningen står i dag. Det som snart ska beslutas står i beredning och anmäls därifrån.",
            error_messages=_ERRORS,
        )
        self.fields["decided_on"] = DayField(
            label="Dag för beslutet",
            required=False,
            help_text="Beslutet som satsningen vilar på. Behövs om den är beslutad.",
        )
        self.fields["source"] = LineField(
            label="Källa till beslutet",
            required=False,
            max_length=SOURCE_LIMIT,
            help_text="Var beslutet står. Behövs om satsningen är beslutad.",
        )
        self.fields["since"] = DayField(
            label="I steget sedan", required=False, help_text="Lämna tomt om det är samma dag som beslutet."
        )
        self.fields["reference"] = LineField(
            label="Ärendenummer",
            required=False,
            max_length=Satsning._meta.get_field("reference").max_length or 60,
            help_text="Numret som satsningen redan har. Nästa nummer i serien blir högre än det.",
        )
        self.fields["handlaggare"] = _choice(
            "Handläggare", list(officers.items()), "Någon som bereder i beredningsgruppen.", nobody="Ingen"
        )

    def entry(self) -> Entry:
        """Return what was entered; the form is valid."""
        said = self.cleaned_data
        return Entry(
            ansvarig_grupp=self.bodies[said["ansvarig_grupp"]],
            titel=said["titel"],
            station=said["station"],
            decided_on=said["decided_on"],
            source=said["source"],
            since=said["since"],
            reference=said["reference"],
            beredningsgrupp=self.bodies.get(said.get("beredningsgrupp") or 0),
            handlaggare_id=said["handlaggare"],
        )


class SheetForm(forms.Form):
    """A sheet to read, and whose cases it has."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        counties: Sequence[tuple[int, str]],
    ) -> None:
        """Ask for the county where there are several."""
        super().__init__(data, files)
        if len(counties) > 1:
            self.fields["county"] = _choice("Län", counties, "Länet som satsningarna hör till.")
        self.counties = [pk for pk, _ in counties]
        self.fields["blad"] = SheetField(about=f"Med mallens rubriker och högst {MOST_ROWS} satsningar.")

    @property
    def county_id(self) -> int:
        """Return the chosen county's id; the form is valid."""
        chosen: int = self.cleaned_data.get("county") or self.counties[0]
        return chosen
