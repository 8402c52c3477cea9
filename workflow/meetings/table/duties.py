"""What a decision asks for: its condition and its assignments, each an open decision until it is carried out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.models import Body
from governance.permissions import today
from workflow.errors import Invalid
from workflow.inputs import Errors
from workflow.meetings.models import Beslutsuppdrag, Paragraf
from workflow.meetings.table.choices import Choice
from workflow.meetings.table.keeping import written
from workflow.meetings.vocabulary import DutyKind


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a decision asks for, checked."""

    kind: DutyKind
    text: str
    responsible_id: int | None
    due: date | None

    def said(self) -> list[Any]:
        """Return it as the journal keeps it."""
        return [self.kind.value, self.text, self.responsible_id, self.due.isoformat() if self.due else None]


def asked_of(body: Body, choice: Choice, *, is_approved: bool) -> tuple[Asked, ...]:
    """Return what a choice asks for; at most one statement, none where it asks for nothing.

    Args:
        body: the deciding body.
        choice: what it decides.
        is_approved: whether it comes to a bifall, which alone has a condition.

    Raises:
        Invalid: something is asked of nobody in the county, or by a day that has been.

    """
    found = [
        Asked(
            DutyKind.UPPDRAG,
            written(one.text, "duties", missing="Skriv vad uppdraget är."),
            one.responsible_id,
            one.due,
        )
        for one in choice.duties
    ]
    if is_approved and (condition := written(choice.condition, "condition")):
        found.insert(0, Asked(DutyKind.VILLKOR, condition, choice.condition_responsible_id, choice.condition_due))
    _check(body, found)
    return tuple(found)


def _check(body: Body, found: Collection[Asked]) -> None:
    errors = Errors()
    named = {one.responsible_id for one in found if one.responsible_id is not None}
    rows = Body.objects.filter(pk__in=named, county=body.county_id, ended_on=None)
    known = set(rows.values_list("pk", flat=True)) if named else set()
    for one in found:
        field = "condition" if one.kind == DutyKind.VILLKOR else "duties"
        if one.responsible_id is not None and one.responsible_id not in known:
            errors.add(field, "Välj ett av länets organ som ansvarar.")
        if one.due is not None and one.due < today():
            errors.add(field, f"Dagen {one.due.isoformat()} har redan varit.")
    if errors.found:
        raise Invalid(errors.found)


def write_duties(paragraf: Paragraf, found: Collection[Asked], *, actor_id: int) -> None:
    """Write the open decisions of a paragraph; at most one statement."""
    if found:
        Beslutsuppdrag.objects.bulk_create(
            Beslutsuppdrag(
                paragraf=paragraf,
                body=paragraf.body,
                kind=one.kind,
                text=one.text,
                responsible_id=one.responsible_id,
                due=one.due,
                created_at=paragraf.recorded_at,
                created_by_id=actor_id,
            )
            for one in found
        )
