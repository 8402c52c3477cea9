"""A meeting from its opening to its close: who is there, what is said, and what the records hold afterwards."""

import pytest
from django.urls import reverse

from governance.models import Membership
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.vocabulary import PartCode
from tests.workflow.meetings.building import add_item, chair_of, make_meeting
from tests.workflow.meetings.table.conftest import Table, case_of
from tests.workflow.pages.helping import at, text_of
from tests.workflow.world import STYRGRUPP, World
from workflow.errors import Invalid, NotFromHere, Refusal
from workflow.inputs import Request
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.minutes.gathering import gather
from workflow.meetings.models import AgendaItem, AttendanceEvent, Jav, Justerare, Meeting, Paragraf, Reservation, Vote
from workflow.meetings.table.ballots import cast, close_ballot
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice
from workflow.meetings.table.closing import NOT_QUORATE, adjourn, close_meeting
from workflow.meetings.table.dissent import add_reservation, seen_of, write_reservation_text
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.leading import set_chair
from workflow.meetings.table.opening import open_meeting
from workflow.meetings.table.presence import set_current, set_presence
from workflow.meetings.table.sections import decide_section
from workflow.meetings.table.selectors import around_table
from workflow.meetings.table.state import read_table
from workflow.meetings.table.suggesting import suggested_jav
from workflow.meetings.table.withdrawing import note_item, withdraw_item
from workflow.meetings.vocabulary import ItemKind, JavSource, MeetingState, Outcome, StandingItem
from workflow.models import Anmalan
from workflow.quorum import Quorum


def opening(world: World, meeting: Meeting, **what: object) -> None:
    """Open a meeting as usual, but for what is said otherwise."""
    chair, members = chair_of(world), world.members()
    secretary = Membership.objects.get(person=world.secretary, body__code=STYRGRUPP)
    usual = {
        "actor": world.secretary,
        "expected_edition": meeting.edition,
        "chair_id": chair.pk,
        "secretary_id": secretary.pk,
        "adjuster_ids": [members[0].pk],
        "present": [chair.pk, secretary.pk, *(seat.pk for seat in members)],
    }
    open_meeting(meeting.pk, **{**usual, **what})  # type: ignore[arg-type]


def called(world: World, *, days: int = 0) -> Meeting:
    """Return a called meeting with an item."""
    meeting = make_meeting(world, state=MeetingState.KALLAT, days=days)
    add_item(world, meeting)
    return meeting


def test_opening_writes_who_is_there_leads_keeps_and_adjusts(world: World) -> None:
    meeting = called(world)
    opening(world, meeting)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.chair, meeting.edition) == (MeetingState.PAGAR, chair_of(world), 2)
    assert meeting.current_item == meeting.items.get()
    there = {chair_of(world).pk, *(seat.pk for seat in world.members()), meeting.secretary_id}
    assert set(AttendanceEvent.objects.values_list("membership", flat=True)) == there
    assert list(Justerare.objects.values_list("membership", flat=True)) == [world.members()[0].pk]


def test_a_meeting_of_yesterday_may_be_opened_late_and_is_dated_today(world: World) -> None:
    meeting = called(world, days=-1)
    opening(world, meeting)
    meeting.refresh_from_db()
    assert meeting.day == today()


OPENED_WRONGLY: dict[str, tuple[dict[str, int], dict[str, object], type[Refusal], str]] = {
    "its day has not come": ({"days": 1}, {}, NotFromHere, "öppnas den dagen"),
    "an older sight": ({}, {"expected_edition": 9}, StaleMeeting, "Någon annan"),
    "nobody adjusts": ({}, {"adjuster_ids": []}, Invalid, "Välj 1 justerare"),
    "an adjuster from outside": ({}, {"adjuster_ids": [0]}, Invalid, "Justerare är ledamöter"),
    "a chair from outside": ({}, {"chair_id": 0}, Invalid, "Ordföranden för mötet sitter i"),
    "a secretary from outside": ({}, {"secretary_id": 0}, Invalid, "Välj en sekreterare"),
    "strangers are there": ({}, {"present": [0]}, Invalid, "sitter inte i"),
}


@pytest.mark.parametrize("name", list(OPENED_WRONGLY))
def test_a_meeting_is_not_opened_so(world: World, name: str) -> None:
    when, what, kind, sentence = OPENED_WRONGLY[name]
    meeting = called(world, **when)
    with pytest.raises(kind, match=sentence):
        opening(world, meeting, **what)
    assert (Meeting.objects.get(pk=meeting.pk).state, AttendanceEvent.objects.count()) == (MeetingState.KALLAT, 0)


def test_the_chair_does_not_adjust_twice(world: World) -> None:
    with pytest.raises(Invalid, match="Ordföranden justerar ändå"):
        opening(world, called(world), adjuster_ids=[chair_of(world).pk])


def test_an_empty_agenda_is_not_opened_nor_a_meeting_that_is_not_called(world: World) -> None:
    with pytest.raises(NotFromHere, match="Dagordningen är tom"):
        opening(world, make_meeting(world, state=MeetingState.KALLAT, days=0))
    with pytest.raises(NotFromHere, match="Kallelsen har inte gått ut"):
        opening(world, make_meeting(world))


def test_who_comes_and_goes_is_written_at_the_item_that_is_on(table: Table) -> None:
    first, second = table.matter("Ett"), table.matter("Två")
    seat, secretary = table.members()[3], table.world.secretary
    for item, is_present in ((first, False), (second, True), (second, True)):
        set_current(table.meeting.pk, item.pk, actor=secretary)
        set_presence(table.meeting.pk, seat.pk, is_present=is_present, actor=secretary)
    rows = list(AttendanceEvent.objects.values_list("membership", "item", "is_present"))
    assert rows == [(seat.pk, first.pk, False), (seat.pk, second.pk, True)]


def test_minutes_name_the_first_paragraph_after_somebody_came_when_order_changes(table: Table) -> None:
    first = add_item(table.world, table.meeting, title="Läget")
    second, secretary = table.matter("Två"), table.world.secretary
    early, late = table.members()[2:4]
    table.leave(early, late)
    set_current(table.meeting.pk, first.pk, actor=secretary)
    set_presence(table.meeting.pk, early.pk, is_present=True, actor=secretary)
    table.decide(second)
    set_presence(table.meeting.pk, late.pk, is_present=True, actor=secretary)
    close_meeting(table.meeting.pk, actor=secretary)
    said = {one.membership_id: one.movements for one in gather(table.fresh, version=1).attending}
    assert [[move.paragraph for move in said[seat.pk]] for seat in (early, late)] == [["§ 1"], ["§ 2"]]


def test_a_substitute_serves_in_the_bodys_order_for_who_is_away_or_has_jav(table: Table) -> None:
    one, other = table.also(Role.ERSATTARE), table.also(Role.ERSATTARE)
    item, away = table.matter(), table.members()[2]
    assert [each.serves for each in around_table(read_table(table.fresh), item)][-2:] == [False, False]
    set_jav(table.meeting.pk, item.pk, away.pk, state="jav", reason="Släkt.", actor=away.person)
    found = {each.seat.membership_id: each for each in around_table(read_table(table.fresh), item)}
    assert (found[one.pk].serves, found[other.pk].serves) == (True, False)
    assert (found[away.pk].serves, found[away.pk].jav) == (False, "Släkt.")
    table.decide(item)
    rows = {row[0]: row for row in Paragraf.objects.get().participants}
    assert (rows[one.pk][4], rows[other.pk][4], rows[away.pk][5:]) == (True, False, [True, "Släkt."])


def test_quorum_is_told_with_its_reason_in_each_matter(table: Table) -> None:
    def quorum(item_id: int = 0) -> Quorum:
        return read_table(table.fresh).quorum(table.fresh, item_id)

    item = table.matter()
    assert quorum().sentence.startswith("Beslutsfört: regionen och 9 kommuner deltar")
    for seat in table.members()[1:6]:
        set_jav(table.meeting.pk, item.pk, seat.pk, state="jav", reason="Släkt.", actor=seat.person)
    assert quorum(item.pk).sentence.startswith("Inte beslutsfört: regionen och 4 kommuner deltar")
    assert quorum().holds


def test_an_even_vote_is_decided_by_the_chair_where_the_rule_says_so(table: Table) -> None:
    for rule, expected in ((True, ("ja", True)), (False, ("nej", False))):
        table.set_rule(utslagsrost=rule)
        item, other = table.matter(f"Fråga {rule}"), table.members()[4]
        ballot = table.vote_on(item)
        cast(table.meeting.pk, ballot, table.chair.pk, "ja", actor=table.chair.person)
        cast(table.meeting.pk, ballot, other.pk, "nej", actor=table.world.secretary)
        count = close_ballot(table.meeting.pk, ballot, actor=table.world.secretary)
        assert (count.result, count.by_casting_vote) == expected
        outcome = Outcome.BIFALL if rule else Outcome.AVSLAG
        paragraf = table.decide(item, Choice(outcome=outcome, reason="Så röstade mötet."))
        assert paragraf.votes == [
            [table.chair.pk, table.chair.person.name, "ja", rule, ""],
            [other.pk, other.person.name, "nej", False, table.world.secretary.name],
        ]
        said = "Ordförandens utslagsröst avgör." if rule else "Lika röstetal utan utslagsröst"
        assert said in paragraf.ballot_result
    assert Vote.objects.count() == 4
    assert table.is_sound()


def test_a_vice_chair_leads_a_matter_in_which_the_chair_has_jav(table: Table) -> None:
    item, vice = table.matter(), table.also(Role.VICE_ORDFORANDE)
    set_jav(table.meeting.pk, item.pk, table.chair.pk, state="jav", reason="Leder.", actor=table.world.secretary)
    set_chair(table.meeting.pk, vice.pk, actor=table.world.secretary)
    assert table.decide(item).outcome == Outcome.BIFALL


def test_jav_is_declared_beforehand_by_oneself_and_tried_at_the_table(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.KALLAT, days=3)
    item, seat = Table(world, meeting).matter(), world.members()[1]
    set_jav(meeting.pk, item.pk, seat.pk, state="jav", reason="Min bror söker.", actor=seat.person)
    row = Jav.objects.get()
    assert (row.state, row.source, row.reason) == ("jav", JavSource.ANMALT, "Min bror söker.")
    set_jav(meeting.pk, item.pk, seat.pk, state="inte_jav", reason="Avlägset.", actor=world.secretary)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("inte_jav", "Avlägset.")


def test_jav_is_suggested_to_who_leads_wrote_and_would_be_paid(table: Table) -> None:
    world, item = table.world, table.case()
    world.also(world.author, STYRGRUPP, Role.ADJUNGERAD)
    assert item.anmalan is not None
    found = {one.name: one.reason for one in suggested_jav(item)}
    assert found[world.author.name] == "Skrev förslaget."
    region = {row.person.name for row in world.members() if row.represents and row.represents.kind == "region"}
    assert region
    assert all("som skulle få 830\xa0000\xa0kr (statsbidrag)" in found[name] for name in region)


def test_a_section_is_decided_one_by_one_and_stops_at_nothing(table: Table) -> None:
    items = [table.matter(f"Ärende {number}", section="Beslut") for number in range(3)]
    table.matter("Ett annat")
    items[1].is_late = True
    items[1].save()
    results = decide_section(table.meeting.pk, "Beslut", actor=table.world.secretary)
    assert [one.item for one in results] == items
    assert [one.paragraf.label if one.paragraf else one.refusal[:30] for one in results] == [
        "§ 1",
        "”Ärende 1” kom in för sent. Mö",
        "§ 2",
    ]


def test_a_case_is_sent_back_as_far_as_the_meeting_says(table: Table) -> None:
    item = table.case()
    choice = Choice(
        outcome=Outcome.ATERREMISS,
        target="komplettering",
        reason="Ekonomin är oklar.",
        requests=(Request(PartCode.EKONOMI, "Räkna om."),),
    )
    paragraf = table.decide(item, choice)
    assert (paragraf.outcome, paragraf.reason) == (Outcome.ATERREMISS, "Ekonomin är oklar.")
    assert table.world.fresh(case_of(item)).station == "komplettering"
    assert table.is_sound()


def test_a_recommended_no_is_a_no_with_the_statement_as_its_reason(table: Table) -> None:
    item = table.case()
    Anmalan.objects.update(rekommendation="avstyrkan")
    paragraf = table.decide(item, AS_RECOMMENDED)
    assert (paragraf.outcome, paragraf.decided) == (Outcome.AVSLAG, "Länsstyrgruppen avslår förslaget.")
    assert paragraf.reason == "Enligt utlåtandet från Beredningsgruppen personcentrering."
    assert table.world.fresh(case_of(item)).station == "avslagen"


def test_a_proposal_about_a_running_case_falls_and_the_case_goes_on(table: Table) -> None:
    world = table.world
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    world.fill(satsning, PartCode.SLUTRAPPORT)
    world.bring(satsning, "avbryt")
    anmalan = Anmalan.objects.get(satsning=satsning, closed_at=None)
    item = add_item(world, table.meeting, kind=ItemKind.ARENDE, anmalan=anmalan, title="Avbryt?")
    paragraf = table.decide(item, Choice(outcome=Outcome.AVSLAG, reason="Den går bra."))
    anmalan.refresh_from_db()
    assert (paragraf.outcome, paragraf.beslut_id, anmalan.closed_at is None) == (Outcome.AVSLAG, None, False)
    assert world.fresh(satsning).station == "genomforande"
    assert table.is_sound()


def test_a_meeting_without_quorum_hands_its_matters_back_and_closes(table: Table) -> None:
    case, matter = table.case(), table.matter()
    for seat in table.members()[1:]:
        set_presence(table.meeting.pk, seat.pk, is_present=False, actor=table.world.secretary)
    rows = adjourn(table.meeting.pk, actor=table.world.secretary)
    assert [(row.item, row.outcome, row.reason) for row in rows] == [
        (case, Outcome.UTGICK, NOT_QUORATE),
        (matter, Outcome.UTGICK, NOT_QUORATE),
    ]
    close_meeting(table.meeting.pk, actor=table.world.secretary)
    assert table.fresh.state == MeetingState.AVSLUTAT
    again = make_meeting(table.world)
    assert add_item(table.world, again, kind=ItemKind.ARENDE, anmalan=case.anmalan, title="Igen").pk
    assert table.is_sound()


def test_closing_settles_what_is_left_in_the_agendas_order(table: Table) -> None:
    world = table.world
    first = add_item(world, table.meeting, kind=ItemKind.STAENDE, standing=StandingItem.OPPNANDE, title="Öppnande")
    info = add_item(world, table.meeting)
    matter = table.matter()
    late = add_item(world, table.meeting, is_late=True, title="Sent")
    table.decide(matter)
    note_item(table.meeting.pk, info.pk, actor=world.secretary)
    close_meeting(table.meeting.pk, actor=world.secretary)
    rows = Paragraf.objects.order_by("number").values_list("item", "label", "outcome")
    assert list(rows) == [
        (matter.pk, "§ 1", Outcome.BIFALL),
        (info.pk, "§ 2", Outcome.NOTERAT),
        (first.pk, "§ 3", Outcome.BEHANDLAT),
        (late.pk, "§ 4", Outcome.UTGICK),
    ]
    assert table.fresh.closed_at is not None
    assert table.is_sound()


def test_an_item_that_leaves_the_agenda_waits_for_another(table: Table) -> None:
    item = table.case()
    paragraf = withdraw_item(
        table.meeting.pk, item.pk, reason="Underlaget behöver ses över.", actor=table.world.secretary
    )
    assert (paragraf.outcome, paragraf.label) == (Outcome.UTGICK, "§ 1")
    assert Anmalan.objects.filter(agenda_items=item, closed_at=None).exists()
    assert AgendaItem.objects.get(pk=item.pk).settled_at is not None


def test_the_text_of_a_reservation_follows_until_its_day(table: Table) -> None:
    table.set_rule(reservation=2)
    item, seat = table.matter(), table.members()[2]
    table.decide(item)
    key = add_reservation(table.meeting.pk, item.pk, seat.pk, kind="reservation", text="", actor=seat.person)
    close_meeting(table.meeting.pk, actor=table.world.secretary)
    write_reservation_text(key, text="Det blir för dyrt.", actor=seat.person)
    row = Reservation.objects.get()
    assert (row.name, row.text, row.due > today()) == (seat.person.name, "Det blir för dyrt.", True)
    Meeting.objects.update(state=MeetingState.JUSTERAT)
    with pytest.raises(NotFromHere, match="justerat"):
        write_reservation_text(key, text="Mer.", actor=seat.person)


def test_the_text_of_a_reservation_is_not_written_over_unseen(table: Table) -> None:
    item, seat, secretary = table.matter(), table.members()[2], at(table.world.secretary)
    table.decide(item)
    key = add_reservation(table.meeting.pk, item.pk, seat.pk, kind="reservation", text="", actor=seat.person)
    address = reverse("bordet_avvikande_text", args=[table.meeting.pk, key])
    assert 'name="seen" value=""' in text_of(secretary.get(address))
    write_reservation_text(key, text="Ledamotens egen text.", actor=seat.person, seen="")

    refused = secretary.post(address, {"text": "Sekreterarens utkast.", "seen": ""})

    shown = text_of(refused)
    assert (refused.status_code, Reservation.objects.get().text) == (409, "Ledamotens egen text.")
    for words in ("Någon annan har skrivit texten", "Ledamotens egen text.", "Sekreterarens utkast."):
        assert words in shown
    seen = seen_of(Reservation.objects.get())
    assert f'name="seen" value="{seen}"' in shown
    assert secretary.post(address, {"text": "Båda är överens.", "seen": seen}).status_code == 302
    assert Reservation.objects.get().text == "Båda är överens."


def test_a_suggestion_is_not_answered_where_the_member_has_declared_jav_meanwhile(table: Table) -> None:
    item, seat = table.matter(), table.members()[1]
    set_jav(table.meeting.pk, item.pk, seat.pk, state="jav", reason="Min bror får pengarna.", actor=seat.person)
    address = reverse("bordet_jav", args=[table.meeting.pk, item.pk])
    posted = {"jav-membership": seat.pk, "state": "inte_jav", "jav-reason": "Avlägset.", "foreslaget": "1"}

    refused = at(table.world.secretary).post(address, posted)

    assert refused.status_code == 409
    assert "har anmält jäv eller är redan prövad" in text_of(refused)
    assert list(Jav.objects.values_list("state", "reason")) == [("jav", "Min bror får pengarna.")]


def test_every_write_raises_the_edition_that_another_secretary_sees(table: Table) -> None:
    seen, item = [table.fresh.edition], table.matter()
    secretary, seat = table.world.secretary, table.members()[1]
    for act in (
        lambda: set_current(table.meeting.pk, item.pk, actor=secretary),
        lambda: set_presence(table.meeting.pk, seat.pk, is_present=False, actor=secretary),
        lambda: set_jav(table.meeting.pk, item.pk, seat.pk, state="jav", reason="x", actor=secretary),
        lambda: table.decide(item),
        lambda: table.decide(table.case()),
        lambda: close_meeting(table.meeting.pk, actor=secretary),
    ):
        act()
        seen.append(table.fresh.edition)
    assert seen == list(range(1, 8))
