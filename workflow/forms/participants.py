"""Who took part in a decision: a line for everybody who sits in the body, with presence, jäv and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from governance.vocabulary import Role
from satsningar.markdown import normalise_line
from workflow.inputs import Participant
from workflow.quorum import Seat

WHY_LIMIT = 250
"""Characters in the reason for jäv."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is written on one seat's line."""

    membership_id: int
    present: bool
    jav: bool
    why: str


class ParticipantsWidget(forms.CheckboxSelectMultiple):
    """A line for each seat; a group of boxes to the form's renderer, so that it gets a legend."""

    template_name = "forms/widgets/participants.html"
    seats: Sequence[tuple[Seat, str]] = ()
    """Each seat with the organisation it represents."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return each seat with what is written on its line."""
        written = {line.membership_id: line for line in value or ()}
        lines = [
            {
                "seat": seat,
                "role": Role(seat.role).label,
                "organisation": organisation,
                "line": written.get(seat.membership_id),
                "prefix": f"{name}-{seat.membership_id}",
            }
            for seat, organisation in self.seats
        ]
        return {"widget": {"name": name, "attrs": attrs or {}, "lines": lines}}

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> list[Line]:
        """Return what was written on every line."""
        lines = []
        for seat, _ in self.seats:
            prefix = f"{name}-{seat.membership_id}"
            why = normalise_line(str(data.get(f"{prefix}-varfor", "")))
            lines.append(Line(seat.membership_id, f"{prefix}-deltog" in data, f"{prefix}-jav" in data, why))
        return lines

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002 - Django's signature
        """Return the id of the group, which an error leads to."""
        return id_


class ParticipantsField(forms.Field):
    """Gives the participants of a decision; whether they make a quorum is computed by the act."""

    widget = ParticipantsWidget

    def show(self, seats: Sequence[tuple[Seat, str]]) -> None:
        """Take the seats that there is a line for."""
        self.widget.seats = seats

    def clean(self, value: Any) -> tuple[Participant, ...]:
        """Return those who were there, and those who were away because of jäv.

        Raises:
            ValidationError: nobody was there, or a reason is too long.

        """
        lines: list[Line] = value or []
        if not any(line.present or line.jav for line in lines):
            raise forms.ValidationError("Markera vilka som deltog.")
        if any(len(line.why) > WHY_LIMIT for line in lines):
            raise forms.ValidationError(f"Skriv skälet för jäv med högst {WHY_LIMIT} tecken.")
        return tuple(
            Participant(line.membership_id, jav=line.jav, jav_reason=line.why)
            for line in lines
            if line.present or line.jav
        )
