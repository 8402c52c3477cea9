"""The form that opens a meeting: who leads, who keeps the minutes, who adjusts them and who is there."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms

from workflow.meetings.planning.forms import EDITION_LIMIT
from workflow.meetings.planning.selectors import called
from workflow.quorum import Seat

ADJUSTER = "justerare_"
"""Begins the name of the field of each adjuster."""
RENAMED = {"chair": "chair", "secretary": "secretary", "adjusters": f"{ADJUSTER}1", "present": "present"}
"""What the act calls by another name than the form."""
_CHOOSE = "Välj någon i listan."


def seat_names(seats: Iterable[Seat]) -> list[tuple[int, str]]:
    """Return seats as choices: the name, and what the one is beside a member."""
    return [(seat.membership_id, name_of(seat)) for seat in seats]


def name_of(seat: Seat) -> str:
    """Return who sits in a seat, and as what."""
    return f"{seat.name}, {seat.role.label.lower()}"


def seat_choice(label: str, seats: Iterable[Seat], *, required: bool, help_text: str = "") -> forms.TypedChoiceField:
    """Return a field that gives the membership of one of the seats, None where none is chosen."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Välj"), *seat_names(seats)],
        coerce=int,
        empty_value=None,
        required=required,
        help_text=help_text,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )


class OpeningForm(forms.Form):
    """Who leads, keeps and adjusts the minutes of a meeting, and who is there when it opens."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=EDITION_LIMIT)

    def __init__(
        self,
        *args: Any,
        seats: Sequence[Seat],
        may_lead: Collection[int],
        may_keep: Collection[int],
        adjusters: int,
        **options: Any,
    ) -> None:
        """Offer those who sit in the body, each for what they may do.

        Args:
            args: as any form's.
            seats: everybody who sits in the body, in its order.
            may_lead: the memberships that may lead.
            may_keep: the memberships that may keep the minutes.
            adjusters: how many adjust the minutes beside the chair.
            options: as any form's.

        """
        super().__init__(*args, **options)
        leads = [seat for seat in seats if seat.membership_id in may_lead]
        keeps = [seat for seat in seats if seat.membership_id in may_keep]
        voting = [seat for seat in seats if seat.votes]
        self.fields["chair"] = seat_choice("Ordförande vid mötet", leads, required=True)
        self.fields["secretary"] = seat_choice("Sekreterare vid mötet", keeps, required=True)
        for number in range(1, adjusters + 1):
            label = "Justerare" if adjusters == 1 else f"Justerare {number}"
            self.fields[f"{ADJUSTER}{number}"] = seat_choice(
                label, voting, required=False, help_text="Justerar protokollet tillsammans med ordföranden."
            )
        self.fields["present"] = forms.TypedMultipleChoiceField(
            label="Vilka är här?",
            choices=[(name, seat_names(group)) for name, group in called(seats)],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Den som kommer eller går senare antecknas under mötet.",
            error_messages={"invalid_choice": "Kryssa för dem som sitter i organet."},
        )

    @property
    def adjuster_ids(self) -> list[int]:
        """Return who adjust the minutes, those chosen; the form is valid."""
        chosen = (value for name, value in self.cleaned_data.items() if name.startswith(ADJUSTER))
        return [value for value in chosen if value is not None]
