"""Who is told of what happens around meetings, what is expected by when, and what test mode does to invitations."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role
from tests.running import RunJobs
from tests.workflow.meetings.after_building import FLEN, After
from tests.workflow.meetings.between.test_between import asked, voters
from tests.workflow.meetings.building import make_meeting, seat_everybody
from tests.workflow.meetings.minutes_building import hold_meeting
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.meetings.acts import lock
from workflow.meetings.after.duties import Duty, add_duty
from workflow.meetings.after.extracts import remind
from workflow.meetings.calendar.invitations import queue_invitations
from workflow.meetings.calendar.jobs import STOPPED, TEST_MODE
from workflow.meetings.minutes.rounds import ask_for_correction
from workflow.meetings.models import AgendaItem, Invitation, Meeting
from workflow.meetings.planning.matters.actions import create_matter, put_on_agenda
from workflow.meetings.planning.matters.words import MatterWords
from workflow.meetings.table.choices import AS_RECOMMENDED
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import MeetingState
from workflow.models import JournalPayload, Notice, Utskick
from workflow.notices.selectors import described, visible
from workflow.notices.vocabulary import Postlage
from workflow.notices.wording import SOMETHING, say
from workflow.rights import viewer
from workflow.vocabulary import Act


def told(act: Act) -> dict[Person, tuple[str, object, str, str]]:
    """Return who was told of the newest act of a kind, with what is expected, by when, where and by which mail."""
    rows = Notice.objects.filter(entry__act=act).select_related("person", "entry").order_by("-entry_id")
    newest = rows[0].entry_id if rows else None
    return {
        row.person: (row.expected, row.due, f"{row.page} {row.page_id}", row.mail)
        for row in rows
        if row.entry_id == newest
    }


def test_adjusters_are_told_to_adjust_by_the_day(world: World) -> None:
    held = hold_meeting(world)
    protokoll = held.send()
    wanted = ("Justera protokollet", protokoll.justeras_senast, f"protokoll {held.meeting.pk}", Postlage.NY)
    assert told(Act.JUSTERING_BEGARD) == {held.chair.person: wanted, held.adjuster.person: wanted}


def test_a_correction_that_is_asked_for_is_told_as_such_until_its_words_are_weeded(world: World) -> None:
    held = hold_meeting(world)
    protokoll = held.send()
    ask_for_correction(protokoll.pk, "Fel namn i § 2.", actor=held.adjuster.person)
    rows = list(described(visible(viewer(world.secretary)).filter(entry__act=Act.JUSTERING)))

    def what() -> list[str]:
        return [one.what for one in say(rows, viewer(world.secretary))]

    who = f"{held.adjuster.person.name} ({held.meeting.body.name})"
    assert what() == [f"{who} begärde rättelse av protokollet"]
    with patch("workflow.notices.wording.JournalPayload.objects.filter", return_value=JournalPayload.objects.none()):
        assert what() == [f"{who} svarade på justeringen"]


def test_members_are_told_when_minutes_are_adjusted(world: World) -> None:
    held = hold_meeting(world)
    held.adjusted()
    found = told(Act.PROTOKOLL_JUSTERAT)
    assert held.members[3].person in found
    assert held.chair.person not in found
    assert {expected for expected, *_ in found.values()} == {""}


def test_question_between_meetings_is_told_by_letter_with_the_day(world: World) -> None:
    meeting = asked(world)
    wanted = ("Svara på frågan", today() + timedelta(days=5), f"per_capsulam {meeting.pk}", Postlage.NY)
    assert told(Act.MOTE_KALLAT) == {seat.person: wanted for seat in voters(world)}


def test_receivers_of_an_extract_are_told_and_reminded(world: World) -> None:
    after = After(world)
    contact, author = after.contact(), world.seat(ARBETSGRUPP, Role.LEDAMOT)
    paragraf = after.decided_case()
    after.send(paragraf)
    found = told(Act.UTDRAG_EXPEDIERAT)
    assert found[contact] == ("Ta emot utdraget", None, "utdrag_lista None", Postlage.NY)
    assert author in found
    remind(after.meeting.pk, world.body(FLEN).pk, actor=world.secretary)
    assert told(Act.UTDRAG_PAMINT) == {contact: ("Ta emot utdraget", None, "utdrag_lista None", Postlage.NY)}


def test_whoever_is_to_carry_out_a_decision_is_told_by_when(world: World) -> None:
    after = After(world)
    contact = after.contact()
    paragraf = after.decided_case()
    due = today() + timedelta(days=30)
    duty = Duty(kind="uppdrag", text="Ta fram en rutin.", responsible_id=world.body(FLEN).pk, due=due)
    add_duty(after.meeting.pk, paragraf.pk, duty, actor=world.secretary)
    assert told(Act.UPPDRAG_INFORT) == {contact: ("Verkställ beslutet", due, "oppna_beslut None", Postlage.NY)}


def test_of_a_matter_with_a_secrecy_mark_nothing_is_said(world: World) -> None:
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    create_matter(
        world.body(STYRGRUPP).pk,
        MatterWords(kind="annat", title="Kvarnhemligt avtal", sekretess="OSL 19 kap. 3 §", forslag="Avtalet godkänns."),
        actor=world.secretary,
    )
    who = viewer(chair)
    [said] = say(list(described(visible(who))), who)
    assert (said.what, said.about, said.expected, said.subject) == (SOMETHING, "", "", SOMETHING)


def test_of_a_matter_that_the_meeting_has_marked_nothing_is_said(world: World) -> None:
    officer = world.officer
    words = MatterWords(kind="annat", title="Kvarnhemligt avtal", forslag="Avtalet godkänns.")
    matter_id = create_matter(world.body(STYRGRUPP).pk, words, actor=officer)
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    item = put_on_agenda(matter_id, meeting.pk, actor=world.secretary)
    AgendaItem.objects.filter(pk=item.pk).update(late_accepted=True, sekretess="OSL 19 kap. 3 §")

    decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=world.secretary)

    [said] = say(list(described(visible(viewer(officer)))), viewer(officer), in_letter=True)
    assert (said.what, said.about, said.subject) == (SOMETHING, "", SOMETHING)


@pytest.mark.parametrize(
    ("columns", "why"), [({"test_mode": True}, TEST_MODE), ({"stopped": True}, STOPPED)], ids=["test mode", "stop"]
)
@pytest.mark.usefixtures("sends")
def test_invitations_are_held_too(world: World, run_jobs: RunJobs, columns: dict[str, bool], why: str) -> None:
    Utskick.objects.create(county=world.county, **columns)
    world.person(STYRGRUPP, Role.ORDFORANDE)
    meeting: Meeting = make_meeting(world, state=MeetingState.KALLAT)
    Meeting.objects.filter(pk=meeting.pk).update(called_at=timezone.now())
    with transaction.atomic():
        assert queue_invitations(lock(meeting.pk), actor=world.secretary)
    run_jobs()
    assert set(Invitation.objects.values_list("failed", "sent_at")) == {(why, None)}
