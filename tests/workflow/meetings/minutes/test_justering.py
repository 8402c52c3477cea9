"""Minutes go to those who adjust them, who approve or ask for a correction, until they are locked."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from governance.meeting_rules import meeting_rule
from governance.models import Membership
from governance.permissions import today
from governance.workdays import workdays_after
from tests.workflow.desks import desk, lines
from tests.workflow.meetings.minutes_building import Held
from workflow.desk.vocabulary import BesideKind, DeskKind
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.minutes.actions import save_text
from workflow.meetings.minutes.adjusters import name_another
from workflow.meetings.minutes.reminding import remind
from workflow.meetings.minutes.rounds import approve, ask_for_correction, send_for_justering
from workflow.meetings.minutes.selectors import may_replace
from workflow.meetings.models import AgendaItem, Justerare, Justering, Meeting, Protokoll, Reservation
from workflow.meetings.vocabulary import Dissent, JusteringState, MeetingState
from workflow.models import JournalEntry
from workflow.rounds.flows import JusteringFlow

GRAPH = {
    ("start", "ask"),
    ("ask", "adjust"),
    ("ask", "take_back"),
    ("adjust", "join"),
    ("take_back", "join"),
    ("join", "outcome"),
    ("outcome", "adjusted"),
    ("outcome", "again"),
}


def states(protokoll: Protokoll) -> list[tuple[str, str]]:
    return list(protokoll.justeringar.order_by("pk").values_list("name", "state"))


def test_justering_has_this_graph() -> None:
    edges = [edge for node in JusteringFlow.instance.nodes() for edge in node._outgoing()]

    assert {(edge.src.name, edge.dst.name) for edge in edges} == GRAPH


def test_chair_and_chosen_members_are_asked(held: Held) -> None:
    protokoll = held.send()

    assert states(protokoll) == [
        (held.chair.person.name, JusteringState.VANTAR),
        (held.adjuster.person.name, JusteringState.VANTAR),
    ]
    tasks = Task.objects.filter(process=protokoll.process, finished=None).order_by("pk")
    assert [task.flow_task.name for task in tasks] == ["adjust", "adjust", "take_back"]
    for person, count in ((held.chair.person, 1), (held.adjuster.person, 1), (held.world.secretary, 0)):
        assert len(lines(person, DeskKind.JUSTERA)) == count
    acts = list(JournalEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts[-2:] == ["protokoll", "justering_begard"]


def test_minutes_are_locked_when_everybody_has_approved(held: Held) -> None:
    protokoll = held.send()

    first = approve(protokoll.pk, actor=held.adjuster.person)
    assert (first.locked_at, held.fresh().state) == (None, MeetingState.AVSLUTAT)
    last = approve(protokoll.pk, actor=held.chair.person)

    kept = Protokoll.objects.get(pk=protokoll.pk)
    assert held.fresh().state == MeetingState.JUSTERAT
    assert held.fresh().justerat_at == last.locked_at == kept.locked_at
    made = bytes(kept.pdf or b"")
    assert (made[:5], kept.pdf_sha256) == (b"%PDF-", sha256(made).hexdigest())
    acts = list(JournalEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts[-3:] == ["justering", "justering", "protokoll_justerat"]
    process = Process.objects.get(pk=protokoll.process_id)
    assert process.status == "DONE"
    assert not Task.objects.filter(process=process, finished=None).exists()
    assert lines(held.chair.person, DeskKind.JUSTERA) == []


def test_minutes_wait_for_the_secretary_until_they_are_sent_and_then_for_those_who_adjust_them(held: Held) -> None:
    secretary, due = held.world.secretary, workdays_after(held.meeting.day, meeting_rule(held.meeting.body).justering)

    def waiting() -> list[tuple[str, date | None]]:
        return [(line.do, line.due) for line in lines(secretary, DeskKind.PROTOKOLL)]

    def awaited() -> list[list[str]]:
        return [row.said["names"] for row in desk(secretary).of(BesideKind.JUSTERAS)]

    assert (waiting(), awaited()) == ([("Upprätta protokollet", due)], [])
    held.draw_up()
    assert (waiting(), awaited()) == ([("Skicka protokollet för justering", due)], [])
    protokoll = send_for_justering(held.meeting.pk, actor=secretary, expected_edition=held.fresh().edition)
    assert (waiting(), awaited()) == ([], [[held.chair.person.name, held.adjuster.person.name]])
    approve(protokoll.pk, actor=held.chair.person)
    assert awaited() == [[held.adjuster.person.name]]
    approve(protokoll.pk, actor=held.adjuster.person)
    assert (waiting(), awaited()) == ([], [])
    assert lines(held.adjuster.person, DeskKind.PROTOKOLL) == []


def test_correction_ends_the_round_and_the_next_version_is_sent_anew(held: Held) -> None:
    protokoll = held.send()
    ask_for_correction(protokoll.pk, "Det var **Exempel** som yrkade.", actor=held.adjuster.person)

    assert states(protokoll) == [
        (held.chair.person.name, JusteringState.AVSLUTAD),
        (held.adjuster.person.name, JusteringState.RATTELSE),
    ]
    assert held.fresh().state == MeetingState.AVSLUTAT
    [line] = lines(held.world.secretary, DeskKind.RATTA)
    assert Justering.objects.get(pk=line.key).text == "Det var **Exempel** som yrkade."
    with pytest.raises(NotFromHere, match="justeras inte längre"):
        approve(protokoll.pk, actor=held.chair.person)

    second = held.adjusted()
    assert (second.number, second.locked_at is not None) == (2, True)
    assert Protokoll.objects.get(number=1).locked_at is None
    assert lines(held.world.secretary, DeskKind.RATTA) == []


def test_new_version_takes_the_old_one_back(held: Held) -> None:
    first = held.send()
    approve(first.pk, actor=held.adjuster.person)
    held.draw_up()

    assert states(first) == [
        (held.chair.person.name, JusteringState.AVSLUTAD),
        (held.adjuster.person.name, JusteringState.GODKAND),
    ]
    assert not Task.objects.filter(process=first.process, finished=None).exists()
    with pytest.raises(NotFromHere, match="justeras inte längre"):
        approve(first.pk, actor=held.chair.person)
    assert held.fresh().state == MeetingState.AVSLUTAT


def test_adjusters_alone_answer_and_once(held: Held) -> None:
    protokoll = held.send()
    for person in (held.world.secretary, held.members[1].person):
        with pytest.raises(NoMandate, match=f"justeras av {held.chair.person.name} och {held.adjuster.person.name}"):
            approve(protokoll.pk, actor=person)
        with pytest.raises(NoMandate):
            ask_for_correction(protokoll.pk, "x", actor=person)
    with pytest.raises(Meeting.DoesNotExist):
        approve(protokoll.pk, actor=held.world.author)
    approve(protokoll.pk, actor=held.adjuster.person)
    with pytest.raises(NotFromHere, match="redan godkänt"):
        approve(protokoll.pk, actor=held.adjuster.person)
    for text, said in ((" \n", "Skriv vad som är fel"), ("x" * 20_001, "ryms")):
        with pytest.raises(Invalid, match=said):
            ask_for_correction(protokoll.pk, text, actor=held.chair.person)
    assert Justering.objects.filter(state=JusteringState.GODKAND).count() == 1


def test_minutes_are_sent_once_and_by_their_keeper(held: Held) -> None:
    with pytest.raises(NotFromHere, match="inte upprättat"):
        send_for_justering(held.meeting.pk, actor=held.world.secretary, expected_edition=held.fresh().edition)
    held.send()
    with pytest.raises(NotFromHere, match="redan skickats"):
        send_for_justering(held.meeting.pk, actor=held.world.secretary, expected_edition=held.fresh().edition)
    with pytest.raises(NoMandate):
        send_for_justering(held.meeting.pk, actor=held.adjuster.person, expected_edition=held.fresh().edition)
    with pytest.raises(StaleMeeting):
        send_for_justering(held.meeting.pk, actor=held.world.secretary, expected_edition=1)


def test_minutes_that_the_records_have_left_behind_are_not_sent(held: Held) -> None:
    held.draw_up()
    save_text(held.items[1].pk, "Tillagt.", actor=held.world.secretary, expected=1)
    with pytest.raises(NotFromHere, match="har ändrats sedan version 1 upprättades"):
        send_for_justering(held.meeting.pk, actor=held.world.secretary, expected_edition=held.fresh().edition)
    assert held.send().number == 2


def test_reminder_goes_once_a_day(held: Held) -> None:
    protokoll = held.send()
    approve(protokoll.pk, actor=held.adjuster.person)

    assert remind(held.meeting.pk, actor=held.world.secretary) == 1
    with pytest.raises(NotFromHere, match="redan gått i dag"):
        remind(held.meeting.pk, actor=held.world.secretary)
    Justering.objects.update(reminded_at=timezone.now() - timedelta(days=1))
    assert remind(held.meeting.pk, actor=held.world.secretary) == 1
    approve(protokoll.pk, actor=held.chair.person)
    with pytest.raises(NotFromHere, match="Protokollet är justerat"):
        remind(held.meeting.pk, actor=held.world.secretary)


def leave(seat: Membership) -> None:
    Membership.objects.filter(pk=seat.pk).update(ends_on=today() - timedelta(days=1))


def test_another_adjusts_when_one_has_left(held: Held) -> None:
    protokoll = held.send()
    approve(protokoll.pk, actor=held.chair.person)
    waiting = protokoll.justeringar.get(membership=held.adjuster)
    other = held.members[3]
    with pytest.raises(NotFromHere, match="sitter kvar"):
        name_another(waiting.pk, other.pk, "Sjuk.", actor=held.world.secretary)
    leave(held.adjuster)
    assert held.members[-1] not in may_replace(held.fresh())
    for membership, reason, said in (
        (other.pk, " ", "Skriv varför"),
        (held.chair.pk, "Slutat.", "Välj en ledamot"),
        (held.members[-1].pk, "Slutat.", "Välj en ledamot"),
    ):
        with pytest.raises(Invalid, match=said):
            name_another(waiting.pk, membership, reason, actor=held.world.secretary)
    with pytest.raises(NoMandate):
        name_another(waiting.pk, other.pk, "Slutat.", actor=other.person)

    name_another(waiting.pk, other.pk, "Har lämnat länsstyrgruppen.", actor=held.world.secretary)

    [named] = Justerare.objects.exclude(replaces=None)
    assert (named.membership, named.replaces, named.reason) == (other, held.adjuster, "Har lämnat länsstyrgruppen.")
    assert approve(protokoll.pk, actor=other.person).locked_at is not None
    assert JournalEntry.objects.filter(act="justerare_utsedd").count() == 1


def test_one_named_later_adjusts_the_next_version_too(held: Held) -> None:
    protokoll = held.send()
    leave(held.adjuster)
    waiting = protokoll.justeringar.get(membership=held.adjuster)
    name_another(waiting.pk, held.members[3].pk, "Slutat.", actor=held.world.secretary)

    second = held.send()

    assert [name for name, _ in states(second)] == [held.chair.person.name, held.members[3].person.name]


def test_adjusters_desk_shows_what_waits(held: Held, client: Client) -> None:
    held.send()
    client.force_login(held.adjuster.person, backend="django.contrib.auth.backends.ModelBackend")

    shown = client.get("/").content.decode()

    assert f"/moten/{held.meeting.pk}/protokoll/justering/" in shown
    assert "Justera protokollet" in shown
    assert "Senast" in shown


def test_nothing_is_written_beside_the_facts_while_the_minutes_are_out(held: Held) -> None:
    protokoll = held.send()
    approve(protokoll.pk, actor=held.adjuster.person)
    with pytest.raises(NotFromHere, match="ute för justering"):
        save_text(held.items[1].pk, "Ojusterat.", actor=held.world.secretary, expected=1)
    assert approve(protokoll.pk, actor=held.chair.person).locked_at is not None


def test_minutes_that_the_records_leave_behind_in_the_round_are_not_locked(held: Held) -> None:
    protokoll = held.send()
    approve(protokoll.pk, actor=held.adjuster.person)
    AgendaItem.objects.filter(pk=held.items[1].pk).update(minutes_text="Tillkommet vid sidan av.")
    with pytest.raises(NotFromHere, match="Sekreteraren upprättar en ny version"):
        approve(protokoll.pk, actor=held.chair.person)
    assert held.fresh().state == MeetingState.AVSLUTAT
    assert Justering.objects.get(protokoll=protokoll, membership=held.chair).state == JusteringState.VANTAR


def test_minutes_wait_for_the_text_of_a_reservation_until_its_day(held: Held) -> None:
    held.draw_up()
    rows = Reservation.objects.filter(item__meeting=held.meeting, kind=Dissent.RESERVATION)
    rows.update(text="", due=today() + timedelta(days=1))
    held.draw_up()
    with pytest.raises(NotFromHere, match="på sig att lämna texten"):
        send_for_justering(held.meeting.pk, actor=held.world.secretary, expected_edition=held.fresh().edition)
    rows.update(due=today() - timedelta(days=1))
    assert held.send().process_id is not None
