"""A county where cases are handled and answers are somebody's."""

from datetime import timedelta

import pytest

from governance.models import Membership, Person
from governance.vocabulary import Role
from satsningar.models import Satsning
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import BEREDNING, World
from workflow.rounds.answers import hand_over
from workflow.rounds.models import RoundAnswer

DAY = timedelta(days=1)


@pytest.fixture
def rounds(world: World) -> Rounds:
    """Return rounds in the world."""
    return Rounds(world)


class Leaving:
    """A case officer with a case, a colleague, and a contact with an answer that is hers."""

    def __init__(self, world: World) -> None:
        """Carry a case to preparation and send it out."""
        self.world = world
        rounds = Rounds(world)
        self.case: Satsning = rounds.in_preparation()
        self.officer = world.officer
        self.colleague: Person = world.seat(BEREDNING, Role.HANDLAGGARE)
        rounds.contact("flen")
        held = rounds.remiss("flen", satsning=self.case)
        self.answer: RoundAnswer = held.answers.get()
        self.contact = rounds.contact("flen")
        self.other_contact: Person = world.seat("kontakt-flen", Role.KONTAKTPERSON)
        hand_over(self.answer.pk, actor=self.contact, to_id=self.contact.pk)

    def membership(self, person: Person) -> Membership:
        """Return a person's only membership."""
        return Membership.objects.select_related("person", "body__county", "body__organisation").get(person=person)


@pytest.fixture
def leaving(world: World) -> Leaving:
    """Return people with something open."""
    return Leaving(world)
