"""The lock on the station: the one transition, whose target is the move's."""

from typing import TYPE_CHECKING

from django_fsm import GET_STATE, transition

from governance.paths import MoveValue
from satsningar.models import Satsning


def _target(arende: "Arende", move: MoveValue, chosen: str, version_id: int) -> str:  # noqa: ARG001 - as the transition
    return chosen


class Arende(Satsning):
    """A satsning seen as a case on its path."""

    if TYPE_CHECKING:
        station: str

    class Meta:
        proxy = True
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"

    @transition(field=Satsning._meta.get_field("station"), source="*", target=GET_STATE(_target))
    def go(self, move: MoveValue, target: str, version_id: int) -> None:  # noqa: ARG002 - as above
        """Go where the move leads, in that version of the path; only `workflow.actions` calls this, the row locked."""
        self.version_id = version_id
