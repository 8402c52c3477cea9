"""What happens around the table is in the journal, and whatever is done to its rows beside the journal is found."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from governance.models import Membership
from governance.vocabulary import Role
from tests.workflow.meetings.building import add_item, chair_of, make_meeting
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.meetings.table.test_course import opening
from tests.workflow.papers.forms import of_html
from tests.workflow.world import STYRGRUPP, World, make_world
from workflow import journal
from workflow.meetings.acts import record
from workflow.meetings.minutes.actions import draw_up
from workflow.meetings.minutes.content import from_json
from workflow.meetings.minutes.paper import entry_blocks
from workflow.meetings.models import (
    AttendanceEvent,
    Ballot,
    Meeting,
    Paragraf,
    Underlag,
    Vote,
)
from workflow.meetings.planning.agenda import ItemWords, add_information
from workflow.meetings.planning.calling import call, supplement
from workflow.meetings.rights import keeping
from workflow.meetings.table.ballots import cast, close_ballot
from workflow.meetings.table.closing import close_meeting
from workflow.meetings.table.dissent import add_reservation, write_reservation_text
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.leading import set_item_chair
from workflow.meetings.table.presence import set_presence
from workflow.meetings.table.withdrawing import note_item
from workflow.meetings.vocabulary import MeetingState
from workflow.models import JournalEntry
from workflow.papers.html import as_html
from workflow.rights import viewer
from workflow.vocabulary import Act


def held(world: World) -> Table:
    """Return a meeting that was called, opened, led by two, voted at and closed, all of it by acts."""
    meeting, secretary = make_meeting(world, days=1), world.secretary
    table = Table(world, meeting)
    case, matter, information = table.case(), table.matter(), add_item(world, meeting, text="Om läget.")
    vice = table.also(Role.VICE_ORDFORANDE, present=False)
    call(meeting.pk, actor=secretary, expected_edition=meeting.edition)
    supplement(meeting.pk, information.pk, text="Nya siffror.", actor=secretary, expected_edition=table.fresh.edition)
    late = add_information(
        meeting.pk, ItemWords(title="Sent inkommet"), actor=secretary, expected_edition=table.fresh.edition
    )
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=now, ends_at=now + timedelta(hours=2))
    members = world.members()
    seats = [chair_of(world).pk, vice.pk, Membership.objects.get(person=secretary, body__code=STYRGRUPP).pk]
    opening(world, table.fresh, adjuster_ids=[vice.pk], present=[*seats, *(seat.pk for seat in members)])
    set_jav(meeting.pk, case.pk, chair_of(world).pk, state="jav", reason="Leder satsningen.", actor=secretary)
    set_item_chair(meeting.pk, case.pk, vice.pk, actor=secretary)
    table.decide(case)
    set_presence(meeting.pk, members[5].pk, is_present=False, actor=secretary)
    ballot = table.vote_on(matter)
    cast(meeting.pk, ballot, members[0].pk, "ja", actor=members[0].person)
    cast(meeting.pk, ballot, members[1].pk, "nej", actor=secretary)
    cast(meeting.pk, ballot, members[2].pk, "ja", actor=secretary)
    close_ballot(meeting.pk, ballot, actor=secretary)
    table.decide(matter)
    own = members[1]
    key = add_reservation(meeting.pk, matter.pk, own.pk, kind="reservation", text="", actor=own.person)
    write_reservation_text(key, text="Kostnaden är inte prövad.", actor=secretary)
    note_item(meeting.pk, information.pk, actor=secretary)
    note_item(meeting.pk, late.pk, actor=secretary)
    close_meeting(meeting.pk, actor=secretary)
    return table


def test_what_happens_at_the_table_is_in_the_journal(world: World) -> None:
    table = held(world)
    members = world.members()
    said = [one.payload.content for one in JournalEntry.objects.filter(act=Act.OMROSTNING).order_by("number")]
    votes = [one for one in said if '"rost":' in one]
    noted = world.secretary.name
    assert (len(said), len(votes)) == (5, 3)
    assert (f'"av":"{noted}"' in votes[0], f'"av":"{noted}"' in votes[1]) == (False, True)
    assert f'"member":[{members[1].pk},"{members[1].person.name}"]' in votes[1]
    [went] = JournalEntry.objects.filter(act=Act.NARVARO)
    assert f'"narvaro":[[{members[5].pk},' in went.payload.content
    assert table.is_sound()


def test_who_led_a_matter_and_who_noted_a_vote_is_kept(world: World) -> None:
    table = held(world)
    case, matter = Paragraf.objects.filter(item__kind__in=("arende", "ovrigt")).order_by("number")
    vice = Membership.objects.get(role=Role.VICE_ORDFORANDE, body__code=STYRGRUPP)
    assert (case.chair, matter.chair, table.fresh.chair) == (vice, chair_of(world), chair_of(world))
    assert [one[4] for one in matter.votes] == ["", world.secretary.name, world.secretary.name]


def test_minutes_say_who_led_a_matter_and_who_noted_the_votes(world: World) -> None:
    table = held(world)
    protokoll = draw_up(table.meeting.pk, actor=world.secretary, expected_edition=table.fresh.edition)
    vice = Membership.objects.get(role=Role.VICE_ORDFORANDE, body__code=STYRGRUPP)

    entries = [one for one in from_json(protokoll.content).entries if one.chair or one.votes]
    said = [of_html(as_html(tuple(entry_blocks(one)))) for one in entries]

    assert [one.chair for one in entries] == [vice.person.name, ""]
    assert f"Ordförande i ärendet{vice.person.name}" in said[0]
    noted = f"Nej, antecknad av {world.secretary.name}"
    assert (noted in said[1], said[1].count("antecknad av")) == (True, 2)


TABLES = ("jav", "reservation", "underlag", "attendanceevent", "vote", "ballot", "agendaitem", "paragraf")
CHANGES = {
    "another reason for jäv": ("UPDATE workflow_jav SET reason = 'påhittat'", "jävet för plats"),
    "jäv taken away": ("DELETE FROM workflow_jav", "jävet för plats"),
    "jäv made up": (
        (
            "INSERT INTO workflow_jav (item_id, membership_id, state, source, reason, at, recorded_by_id) SELECT i.id,"
            " j.membership_id, 'jav', 'anmalt', 'x', now(), j.recorded_by_id FROM workflow_jav j, workflow_agendaitem i"
            " WHERE i.kind = 'ovrigt'"
        ),
        "jävet för plats",
    ),
    "other words of a reservation": ("UPDATE workflow_reservation SET text = 'påhittat'", "reservationen av plats"),
    "another's reservation": (
        "UPDATE workflow_reservation SET membership_id = (SELECT min(membership_id) FROM workflow_vote)",
        "reservationen av plats",
    ),
    "a reservation taken away": ("DELETE FROM workflow_reservation", "reservationen av plats"),
    "a note made up": (
        (
            "INSERT INTO workflow_reservation"
            " (item_id, membership_id, name, kind, text, due, declared_at, recorded_by_id)"
            " SELECT item_id, membership_id, name, 'anteckning', 'x', due, declared_at,"
            " recorded_by_id"
            " FROM workflow_reservation"
        ),
        "anteckningen av plats",
    ),
    "other frozen words": ("UPDATE workflow_underlag SET content = '{}' WHERE number = 2", "underlag 2 till punkt"),
    "other frozen words with their sum": (
        "UPDATE workflow_underlag SET content = '{}', sha256 = encode(sha256('{}'), 'hex') WHERE number = 2",
        "underlag 2 till punkt",
    ),
    "frozen papers taken away": ("DELETE FROM workflow_underlag WHERE number = 2", "underlag 2 till punkt"),
    "frozen papers made up": (
        (
            "INSERT INTO workflow_underlag (item_id, number, content, sha256, revision_id, frozen_at, frozen_by_id)"
            " SELECT item_id, 3, content, sha256, revision_id, frozen_at, frozen_by_id FROM workflow_underlag"
            " WHERE number = 2"
        ),
        "underlag 3 till punkt",
    ),
    "one who went stayed": (
        "UPDATE workflow_attendanceevent SET is_present = true WHERE NOT is_present",
        "närvaron för plats",
    ),
    "one who went did not": ("DELETE FROM workflow_attendanceevent WHERE NOT is_present", "närvaron för plats"),
    "one who never went": (
        (
            "INSERT INTO workflow_attendanceevent (meeting_id, membership_id, item_id, is_present, at, recorded_by_id)"
            " SELECT meeting_id, membership_id, item_id, false, at, recorded_by_id FROM workflow_attendanceevent"
            " WHERE is_present LIMIT 1"
        ),
        "närvaron för plats",
    ),
    "another vote": ("UPDATE workflow_vote SET value = 'ja'", "rösten av plats"),
    "a vote noted by another": (
        (
            "UPDATE workflow_vote SET recorded_by_id = (SELECT min(recorded_by_id) FROM workflow_vote v)"
            " WHERE recorded_by_id <> (SELECT min(recorded_by_id) FROM workflow_vote v)"
        ),
        "rösten av plats",
    ),
    "a vote taken away": ("DELETE FROM workflow_vote WHERE value = 'nej'", "rösten av plats"),
    "a vote made up": (
        (
            "INSERT INTO workflow_vote (ballot_id, membership_id, value, at, recorded_by_id)"
            " SELECT v.ballot_id, m.id, 'ja', v.at, v.recorded_by_id FROM workflow_vote v, governance_membership m"
            " WHERE v.value = 'nej' AND m.role = 'vice_ordforande' LIMIT 1"
        ),
        "rösten av plats",
    ),
    "another question": ("UPDATE workflow_ballot SET yes = 'Nej'", "omröstning 1 i punkt"),
    "another result": ("UPDATE workflow_ballot SET result = 'nej'", "omröstning 1 i punkt"),
    "another title": ("UPDATE workflow_agendaitem SET title = 'Annat' WHERE kind = 'ovrigt'", "punkt"),
    "another text": ("UPDATE workflow_agendaitem SET text = 'Annat' WHERE kind = 'information'", "punkt"),
    "a mark taken away unseen": ("UPDATE workflow_agendaitem SET sekretess = 'x' WHERE kind = 'ovrigt'", "punkt"),
    "an item made up": (
        (
            "INSERT INTO workflow_agendaitem (meeting_id, kind, standing, section, position, title, text, sort,"
            " presenter, is_late, late_accepted, sekretess, mark_in_minutes, minutes_text, minutes_edition, added_at,"
            " added_by_id, withdraw_reason) SELECT meeting_id, 'information', '', '', 99, 'Påhittat', '', sort, '',"
            " false, false, '', '', '', 1, added_at, added_by_id, '' FROM workflow_agendaitem WHERE kind = 'ovrigt'"
        ),
        "punkt",
    ),
    "another led": ("UPDATE workflow_paragraf SET chair_id = NULL WHERE number = 1", "paragraf § 1"),
}


def restore(cursor: psycopg.Cursor[Any], name: str) -> None:
    """Let a table be what was kept of it."""
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [f"workflow_{name}"])
    columns = ", ".join(f'"{column}"' for (column,) in cursor.fetchall())
    for statement in (
        f"DELETE FROM workflow_{name} WHERE id NOT IN (SELECT id FROM kept_{name})",  # noqa: S608 - the house's names
        f"INSERT INTO workflow_{name} SELECT * FROM kept_{name} ON CONFLICT DO NOTHING",  # noqa: S608
        f"UPDATE workflow_{name} t SET ({columns}) = (SELECT {columns} FROM kept_{name} k WHERE k.id = t.id)",  # noqa: S608
        f"DROP TABLE kept_{name}",
    ):
        cursor.execute(statement.encode())


@pytest.mark.django_db(transaction=True)
def test_what_the_owner_does_to_what_happened_at_the_table_is_found(owner_cursor: psycopg.Cursor[Any]) -> None:
    world = make_world()
    held(world)
    county = world.county
    assert journal.verify(county.pk, county.name)[1] is None

    found = {}
    for what, (change, _) in CHANGES.items():
        kept = [f"CREATE TEMP TABLE kept_{one} AS SELECT * FROM workflow_{one}" for one in TABLES]  # noqa: S608
        for statement in (*kept, change):
            owner_cursor.execute(statement.encode())
        owner_cursor.connection.commit()
        fault = journal.verify(county.pk, county.name)[1]
        found[what] = fault.message if fault else ""
        for one in TABLES:
            restore(owner_cursor, one)
        owner_cursor.connection.commit()

    assert {what: found[what].startswith(begins) for what, (_, begins) in CHANGES.items()} == dict.fromkeys(
        CHANGES, True
    ), found
    assert journal.verify(county.pk, county.name)[1] is None


def test_what_was_never_journaled_is_not_reported(world: World) -> None:
    meeting, secretary = make_meeting(world, state=MeetingState.PAGAR), world.secretary
    table = Table(world, meeting)
    item, [one, other, *_] = table.matter(), world.members()
    standing, now = keeping(viewer(secretary), meeting.body), timezone.now()
    assert standing is not None
    meeting = table.fresh
    record(meeting, Act.MOTE_KALLAT, actor=secretary, standing=standing, payload={"items": [item.title]})
    record(meeting, Act.MOTE_OPPNAT, actor=secretary, standing=standing, payload={"present": [[one.pk, "En"]]})
    sum_of_nothing = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    Underlag.objects.create(
        item=item, number=1, content="{}", sha256=sum_of_nothing, frozen_at=now, frozen_by=secretary
    )
    for seat in (one, other):
        AttendanceEvent.objects.create(meeting=meeting, membership=seat, is_present=True, at=now, recorded_by=secretary)
    ballot = Ballot.objects.create(item=item, number=1, yes="Ja", no="Nej", opened_at=now, opened_by=secretary)
    Vote.objects.create(ballot=ballot, membership=one, value="ja", at=now, recorded_by=secretary)

    assert table.is_sound()
