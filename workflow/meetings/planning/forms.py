"""The forms of meetings: one meeting, those of a year, a reason, and what the list of meetings is narrowed by."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from governance.models import Body
from satsningar.formfields import DayField, LineField
from satsningar.markdown import normalise_line
from workflow.forms.filters import FilterForm
from workflow.meetings.planning.actions import REASON_LIMIT, Plan
from workflow.meetings.planning.dates import MONTHS, ORDINALS, WEEKDAYS

EDITION_LIMIT = 2**31 - 1
_CLOCK = re.compile(r"(?:kl\.?|klockan)?\s*(\d{1,2})(?:[.:]?(\d{2}))?", re.IGNORECASE)
LONGEST_DAYS = 2_000
"""Characters of days in one go."""


class ClockField(forms.CharField):
    """A time of day: ``9``, ``9.30``, ``09:30`` and ``0930`` are all read."""

    def __init__(self, **options: Any) -> None:
        """Show the browser's own clock."""
        options.setdefault("widget", forms.TimeInput({"type": "time"}, format="%H:%M"))
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Return the time.

        Raises:
            ValidationError: it is none.

        """
        text = normalise_line(str(value or ""))
        if not text:
            raise ValidationError(self.error_messages["required"], code="required")
        found = _CLOCK.fullmatch(text)
        try:
            return time(int(found[1]), int(found[2] or 0)) if found else self._refuse()
        except ValueError:
            return self._refuse()

    @staticmethod
    def _refuse() -> time:
        raise ValidationError("Skriv klockslaget som timme och minut: 13.30.", code="invalid")


def body_choices(bodies: Iterable[Body]) -> list[tuple[int, str]]:
    """Return bodies as choices."""
    return [(body.pk, body.name) for body in bodies]


class MeetingForm(forms.Form):
    """When and where a body meets."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=EDITION_LIMIT, required=False)
    body = forms.TypedChoiceField(
        label="Organ",
        coerce=int,
        error_messages={"required": "Välj vilket organ som möts.", "invalid_choice": "Välj ett av organen."},
    )
    day = DayField(label="Dag", error_messages={"required": "Skriv vilken dag mötet är."})
    starts = ClockField(label="Börjar", error_messages={"required": "Skriv när mötet börjar."})
    ends = ClockField(label="Slutar", error_messages={"required": "Skriv när mötet slutar."})
    place = LineField(label="Plats", required=False, help_text="Till exempel sal och adress. Kan fyllas i senare.")
    link = LineField(
        label="Länk till digitalt möte", max_length=500, required=False, help_text="Hela länken, med https:// först."
    )
    title = LineField(
        label="Rubrik",
        max_length=120,
        required=False,
        help_text="Bara om mötet behöver ett eget namn, till exempel Internat.",
    )

    def __init__(self, *args: Any, bodies: Sequence[Body] = (), **options: Any) -> None:
        """Offer the bodies; without any, the body is given and not asked."""
        super().__init__(*args, **options)
        field = self.fields["body"]
        if not bodies:
            del self.fields["body"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = body_choices(bodies)

    @property
    def plan(self) -> Plan:
        """Return what was written as a plan; the form is valid."""
        return Plan(**{name: self.cleaned_data[name] for name in ("day", "starts", "ends", "place", "link", "title")})


class YearForm(forms.Form):
    """Many meetings at the same time of day: the days, or how to find them."""

    examples = {"days": "2027-02-11\n2027-03-11\n2027-04-08"}  # noqa: RUF012 - as the form's renderer reads it
    body = MeetingForm.base_fields["body"]
    starts = MeetingForm.base_fields["starts"]
    ends = MeetingForm.base_fields["ends"]
    place = MeetingForm.base_fields["place"]
    link = MeetingForm.base_fields["link"]
    days = forms.CharField(
        label="Dagar",
        widget=forms.Textarea({"rows": 8}),
        required=False,
        max_length=LONGEST_DAYS,
        help_text="En dag per rad. Ta bort en rad om gruppen inte möts den dagen.",
        error_messages={"max_length": "Skriv färre dagar åt gången."},
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **options: Any) -> None:
        """Offer the bodies."""
        super().__init__(*args, **options)
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = body_choices(bodies)

    def plans(self, days: Iterable[date]) -> list[Plan]:
        """Return a plan for each of the days; the form is valid."""
        said = {name: self.cleaned_data[name] for name in ("starts", "ends", "place", "link")}
        return [Plan(day=day, **said) for day in days]


class PatternForm(forms.Form):
    """Which day of each month: “andra torsdagen, februari till december, inte juli”."""

    ordning = forms.TypedChoiceField(
        label="Vilken i månaden", coerce=int, choices=[(key, name.capitalize()) for key, name in ORDINALS.items()]
    )
    veckodag = forms.TypedChoiceField(
        label="Veckodag", coerce=int, choices=[(key, name.capitalize()) for key, name in enumerate(WEEKDAYS)]
    )
    ar = forms.IntegerField(
        label="År",
        min_value=2000,
        max_value=2100,
        localize=False,
        widget=forms.NumberInput({"class": "s-input-short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Skriv ett år, till exempel 2027."
        ),
    )
    manader = forms.TypedMultipleChoiceField(
        label="Månader",
        coerce=int,
        choices=[(key, name.capitalize()) for key, name in enumerate(MONTHS, 1)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en månad."},
    )


class ReasonForm(forms.Form):
    """Why something is taken away or does not happen."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=EDITION_LIMIT)
    reason = LineField(label="Skäl", max_length=REASON_LIMIT, required=False)


class MeetingFilter(FilterForm):
    """What the list of meetings is narrowed by; an empty one narrows nothing."""

    organ = forms.TypedChoiceField(label="Organ", required=False, coerce=int, empty_value=None)
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)

    def __init__(self, data: QueryDict, *, bodies: Sequence[tuple[int, str]], years: Sequence[int]) -> None:
        """Offer the bodies and years that there are."""
        super().__init__(data)
        self.offer("organ", bodies)
        self.offer("ar", [(year, str(year)) for year in years])
