"""What the tests of planning share: a plan, a meeting made by the act, and cases that wait."""

from datetime import date, time, timedelta
from typing import Any

from governance.permissions import today
from governance.vocabulary import StationKind
from governance.workdays import workdays_after
from tests.workflow.world import STYRGRUPP, World
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.actions import Plan, plan
from workflow.meetings.planning.agenda import add_case
from workflow.models import Anmalan


def a_day(ahead: int = 30) -> date:
    """Return a working day so many days ahead, or the next one."""
    return workdays_after(today() + timedelta(days=ahead), 0)


def a_plan(ahead: int = 30, **other: Any) -> Plan:
    """Return a plan from nine to twelve."""
    return Plan(**{"day": a_day(ahead), "starts": time(9), "ends": time(12), "place": "Exempelsalen", **other})


def planned(world: World, ahead: int = 30, **other: Any) -> Meeting:
    """Return a planned meeting of länsstyrgruppen."""
    return plan(world.body(STYRGRUPP).pk, a_plan(ahead, **other), actor=world.secretary)


def waiting(world: World) -> Anmalan:
    """Return the open anmälan of a new case on länsstyrgruppen's table."""
    return Anmalan.objects.get(satsning=world.carried_to(StationKind.BESLUT), closed_at=None)


def edition(meeting: Meeting) -> int:
    """Return the meeting's edition now."""
    return Meeting.objects.values_list("edition", flat=True).get(pk=meeting.pk)


def put(world: World, meeting: Meeting) -> AgendaItem:
    """Return a new case's item on the agenda."""
    return add_case(meeting.pk, waiting(world).pk, actor=world.secretary)


def titles(meeting: Meeting) -> list[str]:
    """Return what stands on the agenda, in its order."""
    rows = AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None).order_by("position", "pk")
    return list(rows.values_list("title", flat=True))
