"""What a notice asked for is said to wait as long as it does, and no longer when a colleague has done it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from governance.workdays import workdays_after
from tests.workflow.avsteg.conftest import Asking
from tests.workflow.meetings.after_building import FLEN, After
from tests.workflow.meetings.between.test_between import answer, asked, voters
from tests.workflow.meetings.building import add_item, make_meeting, seat_everybody
from tests.workflow.meetings.minutes_building import hold_meeting
from tests.workflow.notices.test_letters import seven, submitted, to
from tests.workflow.notices.test_pages import enter, shown
from tests.workflow.rounds.test_chasing import later
from tests.workflow.world import BEREDNING, STYRGRUPP, World
from workflow.desk import selectors
from workflow.desk.turns import paths_of
from workflow.inputs import Inputs
from workflow.meetings.after.duties import Duty, add_duty, carry_out
from workflow.meetings.after.extracts import confirm_delivery
from workflow.meetings.minutes.reminding import RULES, remind_all
from workflow.meetings.minutes.rounds import approve
from workflow.meetings.models import OvrigtArende
from workflow.meetings.table import choices
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import ItemKind, MeetingState, Outcome
from workflow.models import Delivery, Notice
from workflow.notices.choosing import choose
from workflow.notices.county import Settings, settle
from workflow.notices.details import SEE_TO_IT
from workflow.notices.selectors import described, visible
from workflow.notices.sending import send_due
from workflow.notices.settled import settled
from workflow.notices.sorting import sort_new, write_digests
from workflow.notices.vocabulary import Slag, Takt
from workflow.rights import viewer
from workflow.rounds.actions import open_round
from workflow.rounds.answers import answer_remiss
from workflow.rounds.reminding import remind_all as remind_all_rounds
from workflow.vocabulary import RoundKind, Stance

WAITS, NO_LONGER = "Väntar på dig</span>", "Väntar inte längre på dig:"


def waiting(person: Person) -> dict[str, bool]:
    """Return everything that a person's notices expect, with whether it waits still."""
    who = viewer(person)
    rows = list(described(visible(who)).order_by("entry_id"))
    gone = settled(rows, who, paths_of(who))
    return {row.expected: row.pk not in gone for row in rows if row.expected}


def said(person: Person) -> tuple[bool, bool]:
    """Return whether a person's page says that something waits, and that something no longer does."""
    page = shown(enter(person), "/notiser/")
    return WAITS in page, NO_LONGER in page


def test_what_a_colleague_has_taken_up_no_longer_waits(world: World) -> None:
    officer, colleague, named = world.officer, *(world.seat(BEREDNING, Role.HANDLAGGARE) for _ in range(2))
    satsning = world.carried_to(StationKind.INLAMNAD)
    assert said(colleague) == (True, False)

    world.do(satsning, "ta_upp", officer, inputs=Inputs(handlaggare_id=named.pk))

    assert said(colleague) == (False, True)
    assert waiting(colleague) == {"Ta upp": False}
    assert waiting(named) == {"Ta upp": False, "Bered ärendet": True}


@pytest.mark.usefixtures("sends")
def test_letter_of_what_a_colleague_has_taken_up_says_so(world: World) -> None:
    officer, colleague = world.officer, world.seat(BEREDNING, Role.HANDLAGGARE)
    taken = submitted(world)
    sort_new()
    world.do(taken, "ta_upp", officer, inputs=Inputs(handlaggare_id=officer.pk))
    send_due()

    [letter] = to(colleague)
    assert letter.subject.startswith(f"{taken.reference} Mobila team i hela länet: ")
    assert "Det här väntar inte längre på dig: Ta upp" in letter.body


@pytest.mark.usefixtures("sends")
def test_digest_tells_first_of_what_waits_still(world: World) -> None:
    officer, colleague = world.officer, world.seat(BEREDNING, Role.HANDLAGGARE)
    choose({Slag.ARENDE: Takt.DAG}, actor=colleague)
    waiting, taken = submitted(world, "Den som väntar"), submitted(world, "Den som är tagen")
    world.do(taken, "ta_upp", officer, inputs=Inputs(handlaggare_id=officer.pk))
    sort_new()
    write_digests(seven(1))
    Delivery.objects.update(next_try_at=timezone.now())
    send_due()

    [letter] = to(colleague)
    assert letter.body.index(waiting.reference) < letter.body.index(taken.reference)
    for text, task in ((letter.body, "Ta upp"), (letter.alternatives[0][0], "<strong>Ta upp</strong>")):
        assert text.count(f"Väntar på dig: {task}") == 1
        assert text.count(f"Väntar inte längre på dig: {task}") == 1


def test_what_the_desk_does_not_read_to_its_end_is_said_to_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, colleague = world.officer, world.seat(BEREDNING, Role.HANDLAGGARE)
    satsning = world.carried_to(StationKind.INLAMNAD)
    world.carried_to(StationKind.INLAMNAD)
    world.do(satsning, "ta_upp", officer, inputs=Inputs(handlaggare_id=officer.pk))
    assert said(colleague) == (True, True)

    monkeypatch.setattr(selectors, "MOST", 1)

    assert said(colleague) == (True, False)


def test_round_waits_until_somebody_of_the_receiver_has_answered(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    first, second = (world.seat(FLEN, Role.KONTAKTPERSON) for _ in range(2))
    held = open_round(
        satsning.pk,
        RoundKind.REMISS,
        actor=world.officer,
        purpose="Synpunkter",
        deadline=today() + timedelta(days=14),
        receivers=[world.body(FLEN).pk, world.body("kontakt-trosa").pk],
    )
    assert (waiting(first), waiting(second)) == ({"Svara": True}, {"Svara": True})

    answer_remiss(held.answers.get(body=world.body(FLEN)).pk, actor=first, stance=Stance.INSTAMMER)

    assert (waiting(first), waiting(second)) == ({"Svara": False}, {"Svara": False})


def test_avsteg_waits_until_it_is_answered(world: World) -> None:
    asking = Asking(world)
    chair = asking.chair
    avsteg = asking.ask(world.make(), "fokusomrade", "inlamning")
    assert waiting(chair) == {"Svara på begäran om avsteg": True}

    asking.answer(avsteg)

    assert waiting(chair) == {"Svara på begäran om avsteg": False}


def test_minutes_wait_for_each_of_those_who_adjust_them(world: World) -> None:
    held = hold_meeting(world)
    protokoll = held.send()

    approve(protokoll.pk, actor=held.adjuster.person)

    assert waiting(held.adjuster.person)["Justera protokollet"] is False
    assert waiting(held.chair.person)["Justera protokollet"] is True


@pytest.mark.usefixtures("sends")
def test_late_answer_that_is_taken_further_waits(world: World) -> None:
    satsning, coordinator = world.carried_to(StationKind.BEREDNING), world.coordinator
    held = open_round(
        satsning.pk,
        RoundKind.REMISS,
        actor=world.officer,
        purpose="Synpunkter",
        deadline=today() + timedelta(days=1),
        receivers=[world.body("kontakt-trosa").pk],
    )
    with later((workdays_after(held.deadline, 10) - today()).days):
        remind_all_rounds()

        assert waiting(coordinator)["Se till att svaret kommer in"] is True


@pytest.mark.usefixtures("sends")
def test_who_carries_out_what_was_decided_of_a_matter_not_theirs_to_read_is_told_no_title(world: World) -> None:
    settle(world.county.pk, Settings(False, False, holds_decisions=False), actor=world.coordinator, expected_edition=0)
    contact, meeting = world.seat(FLEN, Role.KONTAKTPERSON), make_meeting(world, state=MeetingState.PAGAR, days=0)
    seat_everybody(world, meeting)
    matter = OvrigtArende.objects.create(
        body=meeting.body,
        kind="annat",
        title="Det känsliga ärendet",
        forslag="Så blir det.",
        created_by=world.secretary,
    )
    item = add_item(world, meeting, kind=ItemKind.OVRIGT, matter=matter, title=matter.title)
    duty = choices.Duty(text="Ta fram en rutin.", responsible_id=world.body(FLEN).pk, due=today())

    decide(meeting.pk, item.pk, choices.Choice(outcome=Outcome.BIFALL, duties=(duty,)), actor=world.secretary)

    sort_new()
    send_due()
    [letter] = to(contact)
    assert "känsliga" not in letter.subject + letter.body
    assert "Det här väntar på dig: Verkställ beslutet" in letter.body
    assert waiting(contact) == {"Verkställ beslutet": True}
    notice = Notice.objects.get(person=contact)
    assert enter(contact).get(f"/notiser/{notice.pk}/")["Location"] == reverse("oppna_beslut")


def test_minutes_that_are_late_wait_for_those_who_keep_them(world: World) -> None:
    held = hold_meeting(world)
    due = held.send().justeras_senast
    with later((workdays_after(due, RULES.escalate) - today()).days):
        remind_all()

    assert waiting(world.secretary) == {SEE_TO_IT: True}


def test_question_between_meetings_waits_until_one_has_answered_it(world: World) -> None:
    meeting = asked(world)
    first, second, *_ = voters(world)

    answer(meeting, [first])

    assert waiting(first.person)["Svara på frågan"] is False
    assert waiting(second.person)["Svara på frågan"] is True


def test_extract_and_duty_wait_until_they_are_received_and_carried_out(world: World) -> None:
    after = After(world)
    contact, paragraf = after.contact(), after.decided_case()
    after.send(paragraf)
    duty = Duty(kind="uppdrag", text="Ta fram en rutin.", responsible_id=world.body(FLEN).pk, due=today())
    duty_id = add_duty(after.meeting.pk, paragraf.pk, duty, actor=world.secretary)
    assert waiting(contact) == {"Ta emot utdraget": True, "Verkställ beslutet": True}

    confirm_delivery(after.sent_to(paragraf, FLEN).pk, actor=contact)
    assert waiting(contact) == {"Ta emot utdraget": False, "Verkställ beslutet": True}

    carry_out(duty_id, "Rutinen är klar.", actor=contact)
    assert waiting(contact) == {"Ta emot utdraget": False, "Verkställ beslutet": False}


def test_who_has_left_every_body_is_asked_for_nothing_more(world: World) -> None:
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    Asking(world).ask(world.make(), "fokusomrade", "inlamning")
    Membership.objects.filter(person=chair).update(ends_on=today() - timedelta(days=1))

    assert waiting(chair) == {}
