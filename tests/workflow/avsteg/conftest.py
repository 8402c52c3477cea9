"""A case that lacks its economy before the gate *beslut*, and who may ask and answer."""

from dataclasses import dataclass

import pytest

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.workflow.world import STYRGRUPP, World
from workflow.avsteg.actions import answer, ask, withdraw
from workflow.inputs import Inputs, Request
from workflow.models import Avsteg

ECONOMY = "del_ekonomi"
REASON = "Statsbidraget är inte fördelat förrän i mars."
BECAUSE = "Kostnaden ryms i regionens budget tills vidare."


@dataclass
class Asking:
    """The acts around avsteg, each by somebody who has just looked at the case."""

    world: World

    @property
    def chair(self) -> Person:
        """Return the deciding body's chair."""
        return self.world.person(STYRGRUPP, Role.ORDFORANDE)

    def without_economy(
        self, kind: StationKind = StationKind.BEREDNING, *, also: tuple[PartCode, ...] = ()
    ) -> Satsning:
        """Return a case, not further than *komplettering*, whose economy is not complete, nor any other part named."""
        world = self.world
        satsning = world.make()
        world.fill(satsning, *(part for part in DECIDED_PARTS if part not in {PartCode.EKONOMI, *also}))
        world.save_rough_cost(satsning)
        if kind == StationKind.UTKAST:
            return world.fresh(satsning)
        world.do(satsning, "lamna_in", world.author)
        if kind != StationKind.INLAMNAD:
            world.do(satsning, "ta_upp", world.officer, inputs=Inputs(handlaggare_id=world.officer.pk))
        if kind == StationKind.KOMPLETTERING:
            requests = (Request(PartCode.OMFATTNING, "Vilka deltar?"),)
            world.do(satsning, "begar_komplettering", world.officer, reason="Oklart.", inputs=Inputs(requests=requests))
        return world.fresh(satsning)

    def edition(self, satsning: Satsning) -> int:
        """Return the case's edition now."""
        return self.world.fresh(satsning).edition

    def ask(
        self,
        satsning: Satsning,
        requirement: str = ECONOMY,
        gate: str = "beslut",
        *,
        actor: Person | None = None,
        reason: str = REASON,
    ) -> Avsteg:
        """Ask for an avsteg, as the author when nobody else is named."""
        actor, edition = actor or self.world.author, self.edition(satsning)
        return Avsteg.objects.get(
            pk=ask(satsning.pk, gate, requirement, reason=reason, actor=actor, expected_edition=edition)
        )

    def answer(
        self,
        avsteg: Avsteg,
        outcome: str = "medgivet",
        *,
        actor: Person | None = None,
        reason: str = BECAUSE,
        declares_no_jav: bool = True,
    ) -> None:
        """Answer a request, as the chair when nobody else is named."""
        actor = actor or self.chair
        answer(
            avsteg.satsning_id,
            avsteg.pk,
            outcome,
            reason=reason,
            declares_no_jav=declares_no_jav,
            actor=actor,
            expected_edition=self.edition(avsteg.satsning),
        )

    def granted(self, satsning: Satsning, requirement: str = ECONOMY, gate: str = "beslut") -> Avsteg:
        """Ask and grant."""
        avsteg = self.ask(satsning, requirement, gate)
        self.answer(avsteg)
        return self.again(avsteg)

    def withdraw(self, avsteg: Avsteg, *, actor: Person | None = None) -> None:
        """Take a request back."""
        withdraw(avsteg.satsning_id, avsteg.pk, actor=actor or self.world.author)

    def again(self, avsteg: Avsteg) -> Avsteg:
        """Return the avsteg as the database has it."""
        return Avsteg.objects.select_related("svar", "slut", "satsning").get(pk=avsteg.pk)


@pytest.fixture
def asking(world: World) -> Asking:
    """Return the acts around avsteg in Sörmland."""
    return Asking(world)
