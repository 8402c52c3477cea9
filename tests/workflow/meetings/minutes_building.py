"""A meeting that has been held, as rows, for the tests of its minutes; the acts of the table are tested there."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from governance.models import Body, Membership, Organisation, Person
from governance.vocabulary import OrganisationKind, Role
from tests.workflow.meetings.building import add_item, chair_of, make_meeting
from tests.workflow.world import BEGAN, STYRGRUPP, World
from workflow.meetings.acts import record
from workflow.meetings.minutes.actions import draw_up
from workflow.meetings.minutes.rounds import approve, send_for_justering
from workflow.meetings.models import (
    AgendaItem,
    Attendance,
    AttendanceEvent,
    Beslutsuppdrag,
    Justerare,
    Meeting,
    OvrigtArende,
    Protokoll,
    Reservation,
)
from workflow.meetings.rights import keeping
from workflow.meetings.table import settling
from workflow.meetings.table.settling import Finding
from workflow.meetings.vocabulary import (
    Dissent,
    DutyKind,
    ItemKind,
    MatterKind,
    MeetingState,
    Outcome,
    VoteValue,
)
from workflow.rights import viewer
from workflow.vocabulary import Act

CAME = 2
"""The paragraph at which the second member came."""
VOTED = 4
"""The paragraph that was voted on, with a condition."""
CONDITION = "Kostnaden ryms i budgeten."
QUORUM = "Beslutsfört: regionen och 7 kommuner deltar, regionen och minst 5 kommuner krävs."


@dataclass
class Held:
    """Länsstyrgruppens meeting, closed, with six paragraphs; the matter of the third carries a secrecy mark."""

    world: World
    meeting: Meeting
    chair: Membership
    adjuster: Membership
    members: list[Membership]
    substitute: Membership
    items: list[AgendaItem]

    def fresh(self) -> Meeting:
        """Return the meeting as the database has it."""
        return Meeting.objects.select_related("body__county").get(pk=self.meeting.pk)

    def draw_up(self, actor: Person | None = None) -> Protokoll:
        """Draw the minutes up as somebody who has just looked at the meeting."""
        return draw_up(self.meeting.pk, actor=actor or self.world.secretary, expected_edition=self.fresh().edition)

    def send(self) -> Protokoll:
        """Draw the minutes up and send them to those who adjust them."""
        self.draw_up()
        edition = self.fresh().edition
        return send_for_justering(self.meeting.pk, actor=self.world.secretary, expected_edition=edition)

    def adjusted(self) -> Protokoll:
        """Let everybody approve the minutes; return them, locked."""
        protokoll = self.send()
        approve(protokoll.pk, actor=self.adjuster.person)
        return approve(protokoll.pk, actor=self.chair.person)

    def publishing(self, *, publishes: bool = True) -> "Held":
        """Let the body publish its minutes, or not."""
        Body.objects.filter(pk=self.meeting.body_id).update(meeting_rule={"publicerar": True} if publishes else {})
        return self


def hold_meeting(world: World, *, more: int = 0) -> Held:
    """Return a closed meeting of länsstyrgruppen.

    The chair and everybody but the last member are there; a substitute serves for that one; the second member comes at
    the second paragraph and the third goes at the fourth.

    Args:
        world: the county.
        more: information items beside the usual ones.

    """
    members = world.members()
    organisation = Organisation.objects.filter(county=world.county, kind=OrganisationKind.KOMMUN).latest("position")
    world.people[(STYRGRUPP, Role.ERSATTARE.value)] = world.seat(
        STYRGRUPP, Role.ERSATTARE, represents=organisation, starts_on=BEGAN
    )
    person = world.people[(STYRGRUPP, Role.ERSATTARE.value)]
    substitute = Membership.objects.get(person=person, role=Role.ERSATTARE)
    chair = chair_of(world)
    secretary = Membership.objects.get(person=world.secretary, body=world.body(STYRGRUPP))
    meeting = make_meeting(world, state=MeetingState.AVSLUTAT)
    meeting.secretary = secretary
    meeting.save()
    items = _items(world, meeting, more)
    held = Held(world, meeting, chair, members[0], members, substitute, items)
    _attend(held)
    _settle(held)
    Justerare.objects.create(meeting=meeting, membership=members[0], named_at=timezone.now(), named_by=world.secretary)
    return held


def _items(world: World, meeting: Meeting, more: int) -> list[AgendaItem]:
    matters = [
        OvrigtArende.objects.create(
            body=meeting.body, kind=MatterKind.ANNAT, title=title, created_by=world.secretary, sekretess=mark
        )
        for title, mark in (("Svar på remiss", ""), ("Kvarnhemligt avtal", "OSL 19 kap. 3 §"), ("Handlingsplan", ""))
    ]
    return [
        add_item(world, meeting, kind=ItemKind.STAENDE, standing="oppnande", title="Sammanträdet öppnas"),
        *(add_item(world, meeting, kind=ItemKind.OVRIGT, matter=matter, title=matter.title) for matter in matters),
        *(add_item(world, meeting, title=f"Läget i länet {number}") for number in range(1 + more)),
        add_item(world, meeting, kind=ItemKind.STAENDE, standing="avslutande", title="Sammanträdet avslutas"),
    ]


def _attend(held: Held) -> None:
    meeting = held.meeting
    there = [held.chair, *held.members[:-1], held.substitute]
    late, leaving = held.members[1], held.members[2]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership=one, is_present=one != leaving, is_remote=one == held.members[3])
        for one in there
    )
    for one in there:
        if one != late:
            _move(held, one, None, is_present=True)


def _move(held: Held, one: Membership, item: AgendaItem | None, *, is_present: bool) -> None:
    """Let somebody come or go while an item is on, or come at the opening."""
    now = timezone.now()
    AttendanceEvent.objects.create(
        meeting=held.meeting,
        membership=one,
        item=item,
        is_present=is_present,
        at=now if item else held.meeting.opened_at or now,
        recorded_by=held.world.secretary,
    )


def _settle(held: Held) -> None:
    """Give every item its paragraph as the acts of the table do, with the journal's word for it."""
    first, last = held.members[0], held.members[-2]
    voters = [held.chair, *held.members[:-1], held.substitute]
    for number, item in enumerate(held.items, 1):
        decides = item.kind == ItemKind.OVRIGT
        if number == CAME:
            _move(held, held.members[1], item, is_present=True)
        if number == VOTED:
            _move(held, held.members[2], item, is_present=False)
        found = Finding(
            outcome=Outcome.BIFALL if decides else Outcome.NOTERAT,
            words="Bifall" if decides else "Informationen antecknas",
            participants=[_participant(one, jav=decides and one == last) for one in voters],
        )
        if decides:
            found = replace(
                found,
                wording=f"{item.title} godkänns.",
                decided=f"{item.title} godkänns med **ändringar**.",
                quorum=QUORUM,
            )
        if number == VOTED:
            found = replace(
                found,
                condition=CONDITION,
                uppdrag=[[DutyKind.VILLKOR.value, CONDITION, None, None]],
                ballot_result="1 ja och 3 nej. Ordförandens utslagsröst avgjorde.",
                votes=[
                    [one.pk, one.person.name, VoteValue.JA if one == first else VoteValue.NEJ, one == held.chair]
                    for one in voters[:4]
                ],
            )
        _write(held, item, found)
    due = held.meeting.day
    for one, kind, text in (
        (first, Dissent.RESERVATION, "Jag reserverar mig mot **beslutet**."),
        (last, Dissent.ANTECKNING, ""),
    ):
        row = Reservation.objects.create(
            item=held.items[3],
            membership=one,
            name=one.person.name,
            kind=kind,
            text=text,
            due=due,
            declared_at=timezone.now(),
            recorded_by=held.world.secretary,
        )
        said = {
            "item": row.item_id,
            "member": [one.pk, row.name],
            "kind": kind.value,
            "text": text,
            "due": due.isoformat(),
        }
        _record(held, Act.RESERVATION, said)


def _record(held: Held, act: Act, payload: dict[str, object]) -> UUID:
    actor = held.world.secretary
    standing = keeping(viewer(actor), held.meeting.body)
    assert standing is not None
    with transaction.atomic():
        return record(held.meeting, act, actor=actor, standing=standing, payload=payload)


def _write(held: Held, item: AgendaItem, found: Finding) -> None:
    actor = held.world.secretary
    with transaction.atomic():
        numbered = settling.number(held.meeting, item, found)
        act_id = _record(held, Act.MOTE_BESLUT, {"paragrafer": [numbered.facts]})
        paragraf = settling.write(numbered, act_id=act_id, actor_id=actor.pk)
        for kind, text, _, _ in found.uppdrag:
            Beslutsuppdrag.objects.create(
                paragraf=paragraf,
                body=held.meeting.body,
                kind=kind,
                text=text,
                created_at=paragraf.recorded_at,
                created_by=actor,
            )


def _participant(one: Membership, *, jav: bool) -> list[object]:
    reason = "Leder verksamheten." if jav else ""
    return [one.pk, one.person.name, one.role, one.represents_id, True, jav, reason]
