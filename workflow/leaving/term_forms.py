"""The forms of a new term of office: its two days, who continues as what, and who comes in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from governance.forms.fields import DateField, RowField
from governance.models import Membership, Organisation
from governance.terms import Newcomer, Seat
from governance.vocabulary import Role

STAYS, LEAVES = "fortsatter", "slutar"
MOST_NEW = 100


class DaysForm(forms.Form):
    """The last day of the old term and the first of the new."""

    sista = DateField(
        label="Sista dag i den gamla perioden",
        help_text="Dagen räknas in.",
        error_messages={"required": "Skriv den gamla periodens sista dag."},
    )
    forsta = DateField(
        label="Första dag i den nya perioden",
        help_text="Oftast dagen efter.",
        error_messages={"required": "Skriv den nya periodens första dag."},
    )

    def clean(self) -> dict[str, Any]:
        """See that the days come one after the other."""
        values = super().clean() or {}
        last, first = values.get("sista"), values.get("forsta")
        if last and first and first <= last:
            self.add_error("forsta", "Den nya perioden börjar dagen efter den gamla, eller senare.")
        return values


class SeatForm(forms.Form):
    """A role in the body and whom one represents."""

    role = forms.TypedChoiceField(label="Roll", coerce=Role, error_messages={"required": "Välj en roll."})
    represents = RowField(label="Företräder", none="Ingen organisation", required=False)

    def __init__(self, *args: Any, roles: Sequence[Role], organisations: Sequence[Organisation], **kwargs: Any) -> None:
        """Offer the body's roles and the county's organisations."""
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [("", "Välj"), *((one.value, str(one.label)) for one in roles)]
        represents: Any = self.fields["represents"]
        represents.offer(organisations)

    def seat(self) -> Seat:
        """Return the place that is asked for, once the form is valid."""
        return Seat(self.cleaned_data["role"], self.cleaned_data.get("represents"))


class MemberForm(SeatForm):
    """Somebody who sits in the body, and whether they continue."""

    beslut = forms.ChoiceField(
        label="Ny period",
        choices=[(STAYS, "Fortsätter"), (LEAVES, "Slutar")],
        initial=STAYS,
        error_messages={"required": "Välj om personen fortsätter eller slutar."},
    )
    field_order = ("beslut", "role", "represents")

    def __init__(
        self, *args: Any, membership: Membership, before: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """Begin with what was chosen `before`, else with what the person is now."""
        self.membership = membership
        prefix = f"m{membership.pk}"
        initial = {"beslut": STAYS, "role": membership.role, "represents": membership.represents_id}
        kwargs["initial"] = {name: (before or {}).get(f"{prefix}-{name}", value) for name, value in initial.items()}
        super().__init__(*args, prefix=prefix, **kwargs)

    @property
    def stays(self) -> bool:
        """Tell whether the person continues, once the form is valid."""
        return bool(self.cleaned_data["beslut"] == STAYS)

    def clean(self) -> dict[str, Any]:
        """Ask nothing of somebody who leaves."""
        values = super().clean() or {}
        if values.get("beslut") == LEAVES:
            for name in ("role", "represents"):
                self.errors.pop(name, None)
        return values


class NewcomerForm(SeatForm):
    """Somebody who comes in."""

    email = forms.CharField(
        label="E-postadress",
        max_length=254,
        error_messages={"required": "Skriv personens e-postadress."},
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label="Namn",
        max_length=150,
        required=False,
    )
    field_order = ("email", "name", "role", "represents")

    def newcomer(self) -> Newcomer:
        """Return who comes in, once the form is valid."""
        return Newcomer(self.cleaned_data["email"], self.cleaned_data["name"], self.seat())


NewcomerFormSet = forms.formset_factory(
    NewcomerForm, extra=0, can_delete=True, max_num=MOST_NEW, validate_max=True, absolute_max=MOST_NEW + 50
)
