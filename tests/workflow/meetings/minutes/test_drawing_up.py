"""Minutes are made of the records, in versions that nothing changes."""

import json
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.meeting_rules import meeting_rule
from governance.vocabulary import Role
from governance.workdays import workdays_after
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.meetings.minutes_building import QUORUM, Held
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow import journal
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.minutes.actions import TextChanged, draw_up, save_text
from workflow.meetings.minutes.content import from_json
from workflow.meetings.minutes.paper import presence_of
from workflow.meetings.models import AgendaItem, AttendanceEvent, Meeting, Paragraf, Protokoll
from workflow.meetings.vocabulary import MeetingState
from workflow.models import ChainHead, JournalEntry


def test_minutes_say_what_the_records_say(held: Held) -> None:
    save_text(held.items[1].pk, "Direktören föredrog.", actor=held.world.secretary, expected=1)

    minutes = from_json(held.draw_up().content)

    opened = f"{timezone.localtime(held.meeting.opened_at):%H.%M}"
    assert (minutes.body, minutes.day, minutes.opened) == (
        held.meeting.body.name,
        held.meeting.day.isoformat(),
        opened,
    )
    assert minutes.adjusters == (held.chair.person.name, held.adjuster.person.name)
    assert [(one.label, one.title) for one in minutes.entries] == [
        ("§ 1", "Sammanträdet öppnas"),
        ("§ 2", "Svar på remiss"),
        ("§ 3", "Kvarnhemligt avtal"),
        ("§ 4", "Handlingsplan"),
        ("§ 5", "Läget i länet 0"),
        ("§ 6", "Sammanträdet avslutas"),
    ]
    second, secret, voted = minutes.entries[1:4]
    assert (second.proposal, second.decided) == (
        "Svar på remiss godkänns.",
        "Svar på remiss godkänns med **ändringar**.",
    )
    assert (second.quorum, second.text, second.sekretess) == (QUORUM, "Direktören föredrog.", "")
    assert [(one.name, one.reason) for one in second.jav] == [(held.members[-2].person.name, "Leder verksamheten.")]
    assert held.members[-2].person.name not in second.participants
    assert secret.sekretess == "OSL 19 kap. 3 §"
    assert (voted.condition, voted.ballot) == (
        "Kostnaden ryms i budgeten.",
        "1 ja och 3 nej. Ordförandens utslagsröst avgjorde.",
    )
    assert [(one.value, one.casting) for one in voted.votes] == [
        ("Nej", True),
        ("Ja", False),
        ("Nej", False),
        ("Nej", False),
    ]
    assert [(one.kind, one.text, one.due) for one in voted.dissents] == [
        ("Reservation", "Jag reserverar mig mot **beslutet**.", ""),
        ("Anteckning till protokollet", "", held.meeting.day.isoformat()),
    ]


def test_attendance_says_who_came_and_went(held: Held) -> None:
    minutes = from_json(held.draw_up().content)

    said = {one.membership_id: presence_of(one) for one in minutes.attending}
    came, went = AttendanceEvent.objects.filter(meeting=held.meeting).exclude(item=None).order_by("pk")
    assert [said[seat.pk] for seat in (*held.members[:4], held.members[-1], held.substitute)] == [
        "Närvarande",
        f"Kom § 2 ({timezone.localtime(came.at):%H.%M})",
        f"Närvarande, gick § 4 ({timezone.localtime(went.at):%H.%M})",
        "Närvarande, på distans",
        "Frånvarande",
        "Närvarande; tjänstgör § 1 – § 6",
    ]


def test_minutes_are_kept_with_their_sum_and_the_journals_end(held: Held) -> None:
    held.world.make()
    head = ChainHead.objects.get(county=held.world.county)

    protokoll = held.draw_up()

    assert protokoll.sha256 == sha256(protokoll.content.encode()).hexdigest()
    assert (protokoll.journal_number, protokoll.journal_hash) == (head.number, head.hash)
    assert protokoll.justeras_senast == workdays_after(held.meeting.day, meeting_rule(held.meeting.body).justering)
    entry = JournalEntry.objects.get(act="protokoll")
    assert json.loads(entry.payload.content)["sha256"] == protokoll.sha256
    known = (protokoll.journal_number, protokoll.journal_hash)
    assert journal.verify(held.world.county.pk, "Sörmland", known=known) == (head.number + 1, None)


def test_each_drawing_up_is_a_version_and_the_first_stays(held: Held) -> None:
    first = held.draw_up()
    save_text(held.items[1].pk, "Tillagt.", actor=held.world.secretary, expected=1)
    second = held.draw_up()

    assert (first.number, second.number) == (1, 2)
    assert from_json(Protokoll.objects.get(number=1).content).entries[1].text == ""
    assert from_json(second.content).entries[1].text == "Tillagt."


@pytest.mark.parametrize(
    "change",
    ["content = '{}'", "sha256 = 'x'", "journal_number = 0", "number = 9", "made_at = now()", "locked_at = now()"],
)
def test_words_of_minutes_are_kept_by_the_database(held: Held, change: str) -> None:
    protokoll = held.adjusted()
    with pytest.raises(DatabaseError, match="are not changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE workflow_protokoll SET {change} WHERE id = {protokoll.pk}")  # noqa: S608 - the test's own


def test_minutes_are_not_removed(held: Held) -> None:
    protokoll = held.draw_up()
    with pytest.raises(DatabaseError, match="are not changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM workflow_protokoll WHERE id = %s", [protokoll.pk])


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (MeetingState.PLANERAT, "Mötet har inte hållits."),
        (MeetingState.KALLAT, "Mötet har inte hållits."),
        (MeetingState.PAGAR, "Mötet pågår. Protokollet upprättas när mötet är avslutat."),
        (MeetingState.JUSTERAT, "Protokollet är justerat och ändras inte. Ett fel rättas genom en rättelse."),
        (MeetingState.INSTALLT, "Mötet är inställt."),
    ],
)
def test_minutes_are_drawn_up_of_a_closed_meeting_alone(held: Held, state: str, why: str) -> None:
    Meeting.objects.filter(pk=held.meeting.pk).update(state=state)
    with pytest.raises(NotFromHere) as refusal:
        held.draw_up()
    assert str(refusal.value) == why
    assert not Protokoll.objects.exists()


def test_meeting_without_paragraphs_has_no_minutes(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.AVSLUTAT)
    with pytest.raises(NotFromHere, match="Mötet har inga paragrafer"):
        draw_up(meeting.pk, actor=world.secretary, expected_edition=meeting.edition)


def test_minutes_are_drawn_up_by_whoever_keeps_them(held: Held) -> None:
    with pytest.raises(NoMandate, match="förs av dess sekreterare eller ordförande"):
        held.draw_up(held.members[0].person)
    for stranger in (held.world.author, held.world.person(BEREDNING, Role.LEDAMOT)):
        with pytest.raises(Meeting.DoesNotExist):
            held.draw_up(stranger)
    assert held.draw_up(held.chair.person).number == 1


def test_minutes_of_a_meeting_that_has_changed_are_not_drawn_up(held: Held) -> None:
    seen = held.fresh().edition
    held.draw_up()
    with pytest.raises(StaleMeeting):
        draw_up(held.meeting.pk, actor=held.world.secretary, expected_edition=seen)


def test_cost_of_drawing_up_does_not_grow_with_the_meeting(held: Held) -> None:
    held.draw_up()
    counts = []
    for more in (0, 40):
        for number in range(more):
            item = add_item(held.world, held.meeting, title=f"Information {number}")
            row = Paragraf.objects.order_by("number")[0]
            row.pk, row.item, row.number, row.label = None, item, 100 + number, f"§ {100 + number}"
            row.save()
        with CaptureQueriesContext(connection) as queries:
            held.draw_up()
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- What the secretary writes beside the facts ----------------------------------------------------------------------


def test_text_saved_by_two_is_kept_and_nothing_is_overwritten(held: Held) -> None:
    item = held.items[1]
    assert save_text(item.pk, "Först.", actor=held.world.secretary, expected=1) == 2
    with pytest.raises(TextChanged) as conflict:
        save_text(item.pk, "Sedan.", actor=held.chair.person, expected=1)
    assert (conflict.value.text, conflict.value.edition) == ("Först.", 2)
    assert save_text(item.pk, "Först.", actor=held.chair.person, expected=1) == 2
    assert save_text(item.pk, "Sedan.", actor=held.chair.person, expected=2) == 3
    assert AgendaItem.objects.get(pk=item.pk).minutes_text == "Sedan."


def test_text_is_refused_when_too_long_or_too_late_or_anothers(held: Held) -> None:
    item = held.items[1]
    with pytest.raises(Invalid, match="20 001 tecken".replace(" ", "\xa0", 1)):
        save_text(item.pk, "x" * 20_001, actor=held.world.secretary, expected=1)
    with pytest.raises(NoMandate):
        save_text(item.pk, "x", actor=held.world.person(STYRGRUPP, Role.LEDAMOT), expected=1)
    with pytest.raises(Meeting.DoesNotExist):
        save_text(item.pk, "x", actor=held.world.person(ARBETSGRUPP, Role.LEDAMOT), expected=1)
    held.adjusted()
    with pytest.raises(NotFromHere, match="rättas genom en rättelse"):
        save_text(item.pk, "x", actor=held.world.secretary, expected=1)
    assert AgendaItem.objects.get(pk=item.pk).minutes_text == ""
