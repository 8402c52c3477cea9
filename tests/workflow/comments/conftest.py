"""A case in preparation with comments on it, and who may do what with them."""

from dataclasses import dataclass

import pytest

from governance.models import Person
from governance.vocabulary import StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from tests.workflow.world import World
from workflow.comments.actions import comment, write
from workflow.comments.models import Kommentar
from workflow.comments.selectors import comments_of
from workflow.edits import save_part
from workflow.inputs import Inputs
from workflow.vocabulary import Kommentarslage

ASKS = "Vem är satsningen för?"


@dataclass
class Talking:
    """What is said around a case, each by somebody who has read everything there is."""

    world: World
    case: Satsning

    def comment(
        self, text: str = ASKS, part: str = "uppdrag", field: str = "malgrupp", *, actor: Person | None = None
    ) -> Kommentar:
        """Comment, as the case officer when nobody else is named."""
        id_ = comment(self.case.pk, part, field, text, actor=actor or self.world.officer)
        return Kommentar.objects.get(pk=id_)

    def write(self, row: Kommentar, kind: str, text: str = "", *, actor: Person | None = None) -> Kommentarslage:
        """Write in a thread: the author answers, the officer does the rest, when nobody else is named."""
        actor = actor or (self.world.author if kind == "svar" else self.world.officer)
        seen = row.inlagg.count()
        return write(self.case.pk, row.pk, kind, text, actor=actor, seen=seen)

    def state(self, row: Kommentar) -> str:
        """Return how a comment stands, as lists have it."""
        return str(next(found for found in comments_of(self.case.pk) if found.pk == row.pk).state)  # type: ignore[attr-defined] # annotated

    def save(self, part: str = PartCode.UPPDRAG, *, actor: Person | None = None, **changed: object) -> None:
        """Change fields of a part, as the author when nobody else is named."""
        read = content.read(self.case.pk)
        value = {**read.part(part), **changed}
        save_part(self.case.pk, part, value, actor=actor or self.world.author, expected_version=read.versions[part])

    def request(self, *rows: Kommentar) -> None:
        """Ask for a completion that gathers comments."""
        inputs = Inputs(comments=tuple(row.pk for row in rows))
        self.world.do(self.case, "begar_komplettering", self.world.officer, reason="Oklart.", inputs=inputs)


@pytest.fixture
def talking(world: World) -> Talking:
    """Return a case in preparation to talk about."""
    return Talking(world, world.carried_to(StationKind.BEREDNING))
