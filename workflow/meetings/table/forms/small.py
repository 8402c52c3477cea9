"""The small forms of a matter at the table: jäv, a vote, a reservation, a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms

from satsningar.formfields import LineField, MarkdownField
from workflow.meetings.table.ballots import ANSWER_LIMIT
from workflow.meetings.table.forms.opening import seat_choice
from workflow.meetings.table.jav import REASON_LIMIT
from workflow.meetings.vocabulary import Dissent
from workflow.quorum import Seat

OWN_JAV = {"reason": "Jag sitter i styrelsen för den förening som får bidraget."}


class JavForm(forms.Form):
    """Whose jäv, and why; one's own where nobody else may be chosen."""

    prefix = "jav"
    examples = OWN_JAV

    def __init__(self, *args: Any, seats: Iterable[Seat], **options: Any) -> None:
        """Offer the seats that the person may speak for."""
        super().__init__(*args, **options)
        offered = list(seats)
        self.fields["membership"] = seat_choice("Vem har jäv?", offered, required=True)
        self.fields["reason"] = LineField(
            label="Varför?", max_length=REASON_LIMIT, error_messages={"required": "Skriv varför."}
        )
        if len(offered) == 1:
            self.fields["membership"].initial = offered[0].membership_id
            self.fields["membership"].widget = forms.HiddenInput()


class BallotForm(forms.Form):
    """What ja and nej mean in a vote."""

    prefix = "rost"
    yes = LineField(
        label="Ja betyder",
        max_length=ANSWER_LIMIT,
        initial="Bifall till förslaget",
        error_messages={"required": "Skriv vad ja betyder."},
    )
    no = LineField(
        label="Nej betyder",
        max_length=ANSWER_LIMIT,
        initial="Avslag på förslaget",
        error_messages={"required": "Skriv vad nej betyder."},
    )


class DissentForm(forms.Form):
    """A reservation or a note to the minutes: whose, of which kind, and its text."""

    prefix = "avvikande"
    examples = {  # noqa: RUF012 - as the form's renderer reads it
        "text": "Kostnaden borde ha prövats tillsammans med budgeten. Jag yrkade därför avslag."
    }

    def __init__(self, *args: Any, seats: Iterable[Seat], **options: Any) -> None:
        """Offer the seats that the person may speak for."""
        super().__init__(*args, **options)
        offered = list(seats)
        self.fields["membership"] = seat_choice("För vem?", offered, required=True)
        if len(offered) == 1:
            self.fields["membership"].initial = offered[0].membership_id
            self.fields["membership"].widget = forms.HiddenInput()
        choose = "Välj reservation eller anteckning."
        self.fields["kind"] = forms.ChoiceField(
            label="Vad gäller det?",
            choices=Dissent.choices,
            widget=forms.RadioSelect,
            error_messages={"required": choose, "invalid_choice": choose},
        )
        self.fields["text"] = MarkdownField(
            label="Text",
            required=False,
            widget=forms.Textarea({"rows": 4}),
            help_text="Du kan anmäla nu och skriva texten senare.",
        )


class DissentTextForm(forms.Form):
    """The text of a reservation or note that has been declared."""

    text = MarkdownField(label="Text", widget=forms.Textarea({"rows": 8}), error_messages={"required": "Skriv texten."})


class TextForm(forms.Form):
    """What the secretary adds to the minutes of an item while the meeting goes on."""

    text = MarkdownField(
        label="Text till protokollet",
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="Det som inte framgår av beslutet: vem som föredrog och vad som sades. Sparas medan du skriver.",
    )


class WithdrawForm(forms.Form):
    """Why an item leaves the agenda."""

    prefix = "utga"
    reason = LineField(
        label="Varför utgår punkten?", max_length=250, error_messages={"required": "Skriv varför punkten utgår."}
    )


class ItemChairForm(forms.Form):
    """Who leads one matter."""

    prefix = "leder"

    def __init__(self, *args: Any, seats: Iterable[Seat], **options: Any) -> None:
        """Offer those who may lead it."""
        super().__init__(*args, **options)
        self.fields["chair"] = seat_choice("Vem leder punkten?", seats, required=True)


class ChairForm(forms.Form):
    """Who leads from now on."""

    def __init__(self, *args: Any, seats: Iterable[Seat], **options: Any) -> None:
        """Offer those who may lead."""
        super().__init__(*args, **options)
        self.fields["chair"] = seat_choice("Vem leder mötet härifrån?", seats, required=True)
