"""Forms by which somebody is given a role in a body, and by which it ends."""

from collections.abc import Collection
from typing import Any

from django import forms

from governance.forms.fields import DateField, RowField
from governance.models import Body, Organisation, Person
from governance.vocabulary import Role

LONGEST_ADDRESS = 320


def _rolechoices(roles: Collection[Role]) -> list[tuple[str, str]]:
    return [("", "Välj"), *((role.value, str(role.label)) for role in roles)]


class RoleForm(forms.Form):
    """What a membership is, whoever and wherever it is for."""

    role = forms.TypedChoiceField(
        label="Roll",
        coerce=Role,
        help_text="Rollerna som finns i den här gruppen.",
        error_messages={"required": "Välj en roll."},
    )
    represents = RowField(
        label="Företräder",
        none="Ingen organisation",
        required=False,
        help_text="Organisationen som personen talar för. Behövs i grupper som räknar organisationer när de beslutar.",
    )
    starts_on = DateField(label="Från och med", error_messages={"required": "Skriv vilken dag uppdraget börjar."})
    ends_on = DateField(
        label="Till och med",
        required=False,
        help_text="Sista dagen räknas in. Lämna tomt om uppdraget gäller tills vidare.",
    )

    def __init__(
        self, *args: Any, roles: Collection[Role], organisations: Collection[Organisation], **kwargs: Any
    ) -> None:
        """Offer the roles and the organisations of the body's county."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _rolechoices(roles)  # type: ignore[attr-defined]
        self.fields["represents"].offer(organisations)  # type: ignore[attr-defined]


class MembershipForm(RoleForm):
    """A role for somebody, found by address, in a body that is given."""

    person = forms.CharField(
        label="Person",
        max_length=LONGEST_ADDRESS,
        error_messages={"required": "Skriv vem uppdraget gäller."},
        help_text="Skriv e-postadressen, eller välj bland förslagen.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("person", "role", "represents", "starts_on", "ends_on")

    def __init__(self, *args: Any, people: Collection[Person], **kwargs: Any) -> None:
        """Offer the people that the administrator may choose among."""
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        self.fields["person"].widget.attrs["list"] = "personer"

    def clean_person(self) -> Person:
        """Return the person with that address.

        Raises:
            ValidationError: nobody that the administrator may choose has it.

        """
        written: str = self.cleaned_data["person"]
        address = written.rpartition("<")[2].rstrip(">").strip().lower()
        person = self.people.get(address)
        if person is None:
            message = (
                "Ingen person i länet har den adressen. Lägg först upp personen under Personer. Den som redan finns i"
                " ett annat län får uppdraget genom att det läses in från fil."
            )
            raise forms.ValidationError(message, code="unknown")
        return person


class EndForm(forms.Form):
    """The last day of a membership."""

    ends_on = DateField(
        label="Sista dag",
        help_text="Dagen räknas in: uppdraget gäller till och med den.",
        error_messages={"required": "Skriv uppdragets sista dag."},
    )


class BodyField(RowField):
    """A body, named with its kind so that it is not taken for another."""

    def offer_bodies(self, bodies: Collection[Body]) -> None:
        """Set the bodies to choose among."""
        several = len({body.county_id for body in bodies}) > 1
        self.offer(bodies, lambda body: f"{body.name} ({body.county})" if several else str(body.name))
