"""A draft, and somebody of another organisation who is invited to it."""

from dataclasses import dataclass

import pytest

from governance.models import Membership, Person
from governance.vocabulary import Role
from satsningar.models import Satsning
from tests.workflow.world import World
from workflow.coauthors.actions import Made, accept, invite
from workflow.coauthors.models import Medforfattare

PURPOSE = "Skriv om kommunens resurser."
FLEN = "kontakt-flen"


@dataclass
class Together:
    """A draft and those who write it."""

    world: World
    draft: Satsning

    @property
    def guest(self) -> Person:
        """Return somebody of another organisation."""
        return self.world.person(FLEN, Role.KONTAKTPERSON)

    def invite(self, email: str = "", role: str = "skriva", *, actor: Person | None = None) -> Made:
        """Invite an address, the guest's when no other is given."""
        return invite(self.draft.pk, email or self.guest.email, role, PURPOSE, actor=actor or self.world.author)

    def accept(self, made: Made, *, actor: Person | None = None) -> Medforfattare:
        """Accept by the first membership."""
        actor = actor or self.guest
        seat = Membership.objects.filter(person=actor).order_by("pk")[0]
        accept(made.token, membership_id=seat.pk, actor=actor)
        return Medforfattare.objects.get(pk=made.row.pk)

    def joined(self, role: str = "skriva") -> Medforfattare:
        """Return the guest's accepted invitation."""
        return self.accept(self.invite(role=role))


@pytest.fixture
def together(world: World) -> Together:
    """Return a draft to write together."""
    return Together(world, world.make())
