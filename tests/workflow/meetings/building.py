"""A meeting of länsstyrgruppen as far as a test needs it, made as rows: what the acts do is tested where they are."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from governance.models import Body, Membership
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from tests.workflow.world import STYRGRUPP, World
from workflow.meetings.models import AgendaItem, Attendance, Meeting
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.models import Anmalan


def make_meeting(
    world: World, *, state: str = MeetingState.PLANERAT, days: int = 21, body: Body | None = None
) -> Meeting:
    """Return a meeting so many days from today, in a state; one that has begun is today's, and has been opened."""
    body = body or world.body(STYRGRUPP)
    begun = state in {MeetingState.PAGAR, MeetingState.AVSLUTAT, MeetingState.JUSTERAT}
    day = today() if begun else today() + timedelta(days=days)
    starts = timezone.make_aware(datetime.combine(day, time(9)))
    now = timezone.now()
    return Meeting.objects.create(
        body=body,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place="Exempelsalen",
        state=state,
        papers_due=day - timedelta(days=10),
        kallelse_due=day - timedelta(days=7),
        called_at=None if state == MeetingState.PLANERAT else now,
        opened_at=now if begun else None,
        closed_at=now if state in {MeetingState.AVSLUTAT, MeetingState.JUSTERAT} else None,
        justerat_at=now if state == MeetingState.JUSTERAT else None,
        chair=chair_of(world) if begun and body.code == STYRGRUPP else None,
        created_by=world.secretary,
    )


def chair_of(world: World) -> Membership:
    """Return the chair's membership of länsstyrgruppen."""
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    return Membership.objects.get(person=chair, body=world.body(STYRGRUPP), role=Role.ORDFORANDE)


def add_case(world: World, meeting: Meeting, *, section: str = "") -> AgendaItem:
    """Return an item about a new case that lies on länsstyrgruppen's table."""
    satsning = world.carried_to(StationKind.BESLUT)
    anmalan = Anmalan.objects.get(satsning=satsning, closed_at=None)
    return add_item(
        world, meeting, kind=ItemKind.ARENDE, anmalan=anmalan, title=satsning.uppdrag.titel, section=section
    )


def add_item(world: World, meeting: Meeting, **columns: object) -> AgendaItem:
    """Return a new item, last on the agenda; information unless its columns say something else."""
    position = AgendaItem.objects.filter(meeting=meeting).count() + 1
    return AgendaItem.objects.create(
        **{"kind": ItemKind.INFORMATION, "title": "Läget i länet", **columns},
        meeting=meeting,
        position=position,
        added_by=world.secretary,
    )


def seat_everybody(world: World, meeting: Meeting, *, present: int | None = None) -> list[Membership]:
    """Let the chair and the first `present` members be in the room; return the members."""
    members = world.members()
    there = [chair_of(world), *members[:present]]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership=seat, is_present=True)
        for seat in {seat.pk: seat for seat in there}.values()
    )
    return members
