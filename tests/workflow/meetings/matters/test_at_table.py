"""A matter decided at the table, from the agenda to what carries its paragraph."""

from dataclasses import replace

from governance.models import Fokusomrade
from governance.permissions import today
from tests.workflow.meetings.building import make_meeting, seat_everybody
from tests.workflow.meetings.matters.conftest import WORDS, Matters
from tests.workflow.world import World
from workflow.meetings.models import AgendaItem, Paragraf
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import MatterKind, MeetingState, Outcome


def test_a_focus_area_decided_at_the_table_carries_its_paragraph(world: World, matters: Matters) -> None:
    area = Fokusomrade.objects.filter(county=world.county)[0]
    matter = matters.make(replace(WORDS, kind=MatterKind.FOKUSOMRADE, fokusomrade_id=area.pk), actor=world.officer)
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    item = matters.on_agenda(matter, meeting)
    AgendaItem.objects.filter(pk=item.pk).update(late_accepted=True)

    decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=world.secretary)

    paragraf = Paragraf.objects.get()
    area.refresh_from_db()
    assert (area.decided_paragraph, area.minuted_on, area.minuted_by) == (paragraf.label, today(), "Länsstyrgruppen")
    assert matters.fresh(matter).closed_at == paragraf.recorded_at


def test_a_matter_put_off_stands_on_the_later_agenda_and_stays_open(world: World, matters: Matters) -> None:
    matter, later = matters.make(), make_meeting(world)
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    item = matters.on_agenda(matter, meeting)
    AgendaItem.objects.filter(pk=item.pk).update(late_accepted=True)

    choice = Choice(outcome=Outcome.BORDLAGGNING, to_meeting_id=later.pk)
    decide(meeting.pk, item.pk, choice, actor=world.secretary)

    assert matters.fresh(matter).closed_at is None
    assert AgendaItem.objects.get(settled_at=None).meeting == later
    matters.save(matter, replace(WORDS, title="Omarbetat"))
    assert AgendaItem.objects.get(settled_at=None).title == "Omarbetat"
