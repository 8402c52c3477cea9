"""A county where every organisation has a contact, and cases ready for each round."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from governance.models import Body, Person
from governance.permissions import today
from governance.vocabulary import BodyKind, Role, StationKind
from satsningar.models import Satsning
from tests.workflow.world import World
from workflow.rounds.actions import open_round
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.questions import Question
from workflow.vocabulary import RoundKind

IN_TWO_WEEKS = timedelta(days=14)


class Rounds:
    """What a test of rounds asks for most."""

    def __init__(self, world: World) -> None:
        """Keep the world."""
        self.world = world

    def contacts(self, *codes: str) -> list[Body]:
        """Return the bodies of the contacts of these organisations."""
        return [Body.objects.get(county=self.world.county, code=f"kontakt-{code}") for code in codes]

    def contact(self, code: str) -> Person:
        """Return the person who answers for an organisation."""
        return self.world.person(f"kontakt-{code}", Role.KONTAKTPERSON)

    def in_preparation(self) -> Satsning:
        """Return a case in beredning."""
        return self.world.carried_to(StationKind.BEREDNING)

    def decided(self) -> Satsning:
        """Return a case that is decided and not yet started."""
        return self.world.carried_to(StationKind.BESLUTAD)

    def remiss(self, *codes: str, satsning: Satsning | None = None, questions: Sequence[Question] = ()) -> Round:
        """Open a remiss to the contacts of these organisations."""
        return open_round(
            (satsning or self.in_preparation()).pk,
            RoundKind.REMISS,
            actor=self.world.officer,
            purpose="Synpunkter inför länsstyrgruppens beslut",
            questions=questions,
            deadline=today() + IN_TWO_WEEKS,
            receivers=[body.pk for body in self.contacts(*codes)],
        )

    def confirmation(self, satsning: Satsning | None = None, actor: Person | None = None) -> Round:
        """Ask every taking-part organisation that has not confirmed its resources."""
        return open_round(
            (satsning or self.decided()).pk,
            RoundKind.RESURSBEKRAFTELSE,
            actor=actor or self.world.author,
            purpose="Bekräfta resurserna inför start",
            deadline=today() + IN_TWO_WEEKS,
        )

    def answer(self, held: Round, code: str) -> RoundAnswer:
        """Return an organisation's answer in a round."""
        return RoundAnswer.objects.get(round=held, body__code=f"kontakt-{code}", body__kind=BodyKind.ORGANISATION)


@pytest.fixture
def rounds(world: World) -> Rounds:
    """Return Sörmland at work, with rounds."""
    return Rounds(world)
