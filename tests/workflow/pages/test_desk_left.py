"""Mitt arbete when a draft has gone to another group: nothing of it is left on the desks of the one before."""

from django.db import transaction

from governance.permissions import today
from governance.vocabulary import NEVER_WAIVED, Role
from satsningar.models import Satsning
from tests.workflow.avsteg.conftest import Asking
from tests.workflow.desks import desk, lines
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.deadlines.reminding import Stay, remind
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.desk.vocabulary import BesideKind, DeskKind


def given_to_another_group(world: World, draft: Satsning) -> None:
    world.do(draft, "byt_ansvarig_grupp", world.coordinator, **world.prepare_for(draft, "byt_ansvarig_grupp"))


def test_avsteg_that_was_asked_for(world: World) -> None:
    asking, draft, colleague = Asking(world), world.make(), world.seat(ARBETSGRUPP, Role.LEDAMOT)
    gate = draft.version.gates.get(code="inlamning")
    requirement = next(code for code in gate.requirements if code not in NEVER_WAIVED)
    world.person(STYRGRUPP, Role.ORDFORANDE)
    asking.ask(draft, requirement, gate.code)
    assert [row.about for row in desk(colleague).of(BesideKind.AVSTEG)] == [draft.pk]

    given_to_another_group(world, draft)

    assert desk(colleague).of(BesideKind.AVSTEG) == []


def test_delay_that_was_taken_to_the_chair(world: World) -> None:
    draft, chair = world.make(), world.person(ARBETSGRUPP, Role.ORDFORANDE)
    stay = Stay(draft.pk, draft.county_id, draft.station, draft.station_since, today(), {})
    with transaction.atomic():
        remind(stay, Paminnelseslag.ESKALERING, to_id=draft.ansvarig_grupp_id, chair_only=True)
    assert [line.about for line in lines(chair, DeskKind.VIDARE)] == [draft.pk]

    given_to_another_group(world, draft)

    assert lines(chair, DeskKind.VIDARE) == []
