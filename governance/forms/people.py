"""Forms by which people are found, added and changed."""

from collections.abc import Collection
from typing import Any

from django import forms

from governance.forms.memberships import BodyField
from governance.models import Body

LONGEST = 150
LONGEST_SEARCH = 100
NO_NAME = {"required": "Skriv personens namn."}


class NewPersonForm(forms.Form):
    """Somebody who is to be able to log in."""

    examples = {"title": "Verksamhetschef, Nyköpings kommun"}  # noqa: RUF012 - read by the form renderer

    name = forms.CharField(
        label="Namn",
        max_length=LONGEST,
        help_text="För- och efternamn, så som det står i protokoll.",
        error_messages=NO_NAME,
    )
    email = forms.CharField(
        label="E-postadress",
        max_length=254,
        error_messages={"required": "Skriv personens e-postadress."},
        help_text="Personen loggar in med adressen. Den kan inte ändras efteråt.",
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    title = forms.CharField(label="Befattning", max_length=LONGEST, required=False)


class PersonForm(forms.Form):
    """What may be changed of a person."""

    name = forms.CharField(label="Namn", max_length=LONGEST, error_messages=NO_NAME)
    title = forms.CharField(label="Befattning", max_length=LONGEST, required=False)
    is_active = forms.BooleanField(
        label="Får logga in",
        required=False,
        help_text="Den som inte får logga in har heller inga uppdrag att utöva. Uppdragen står kvar i förteckningen.",
    )


class PeopleFilter(forms.Form):
    """Which people to show."""

    q = forms.CharField(label="Namn eller e-post", required=False, max_length=LONGEST_SEARCH)
    organ = BodyField(label="Organ", none="Alla", required=False)
    visa = forms.ChoiceField(
        label="Visa",
        required=False,
        choices=[
            ("", "Alla"),
            ("utan", "Utan uppdrag i dag"),
            ("aldrig", "Har aldrig loggat in"),
            ("oinbjudna", "Inte inbjudna"),
            ("inbjudna", "Inbjudna som inte valt lösenord"),
            ("utgangna", "Inbjudan har gått ut"),
            ("avstangda", "Får inte logga in"),
        ],
    )

    def __init__(self, *args: Any, bodies: Collection[Body], **kwargs: Any) -> None:
        """Offer the bodies of the counties that are administered."""
        super().__init__(*args, **kwargs)
        field = self.fields["organ"]
        if isinstance(field, BodyField):
            field.offer_bodies(bodies)
