"""Every bad input at the table gets its sentence, and nothing is half written."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from governance.permissions import today
from governance.vocabulary import Role
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.meetings.table.conftest import Table, case_of
from tests.workflow.world import ARBETSGRUPP, World
from workflow.errors import Invalid, Jav, NoMandate, NoQuorum, NotFromHere, Refusal
from workflow.inputs import Decision, Inputs, Participant, Request
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.models import AgendaItem, Ballot, Meeting, Paragraf, Paragrafserie, Reservation, Vote
from workflow.meetings.table.ballots import cast, close_ballot
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice, Duty
from workflow.meetings.table.closing import adjourn, close_meeting
from workflow.meetings.table.deciding import decide
from workflow.meetings.table.dissent import add_reservation, write_reservation_text
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.leading import set_chair
from workflow.meetings.table.presence import set_current, set_presence
from workflow.meetings.table.withdrawing import note_item, withdraw_item
from workflow.meetings.vocabulary import Dissent, JavState, MeetingState, Outcome, VoteValue
from workflow.models import JournalEntry

Try = Callable[[Table], object]


def vote(table: Table, seat_role: Role | None = None, *, away: bool = False, jav: bool = False) -> None:
    item = table.case()
    seat = table.also(seat_role) if seat_role else table.members()[3]
    if jav:
        set_jav(table.meeting.pk, item.pk, seat.pk, state=JavState.JAV, reason="Släkt.", actor=table.world.secretary)
    if away:
        table.leave(seat)
    ballot = table.vote_on(item)
    cast(table.meeting.pk, ballot, seat.pk, VoteValue.JA, actor=seat.person)


def vote_twice(table: Table) -> None:
    item, seat = table.case(), table.members()[0]
    ballot = table.vote_on(item)
    cast(table.meeting.pk, ballot, seat.pk, VoteValue.JA, actor=seat.person)
    cast(table.meeting.pk, ballot, seat.pk, VoteValue.NEJ, actor=seat.person)


def vote_late(table: Table) -> None:
    item, (one, other) = table.case(), table.members()[:2]
    ballot = table.vote_on(item)
    cast(table.meeting.pk, ballot, one.pk, VoteValue.JA, actor=one.person)
    close_ballot(table.meeting.pk, ballot, actor=table.world.secretary)
    cast(table.meeting.pk, ballot, other.pk, VoteValue.JA, actor=other.person)


def vote_for_another(table: Table) -> None:
    item, (one, other) = table.case(), table.members()[:2]
    ballot = table.vote_on(item)
    cast(table.meeting.pk, ballot, one.pk, VoteValue.JA, actor=other.person)


def count_nothing(table: Table) -> None:
    ballot = table.vote_on(table.case())
    close_ballot(table.meeting.pk, ballot, actor=table.world.secretary)


def count_without_quorum(table: Table) -> None:
    item, seat = table.case(), table.members()[0]
    ballot = table.vote_on(item)
    cast(table.meeting.pk, ballot, seat.pk, VoteValue.JA, actor=seat.person)
    table.leave(*table.members()[1:])
    close_ballot(table.meeting.pk, ballot, actor=table.world.secretary)


def go_while_voting(table: Table) -> None:
    item = table.case()
    table.vote_on(item)
    set_presence(table.meeting.pk, table.members()[1].pk, is_present=False, actor=table.world.secretary)


def decide_while_voting(table: Table) -> None:
    item = table.case()
    table.vote_on(item)
    table.decide(item)


def decide_twice(table: Table) -> None:
    item = table.matter()
    table.decide(item)
    table.decide(item)


def decide_late_item(table: Table) -> None:
    item = table.case()
    item.is_late = True
    item.save()
    table.decide(item)


def decide_moved_case(table: Table) -> None:
    item = table.case()
    table.world.do(case_of(item), "aterkalla", table.world.author, reason="Inte aktuell.")
    table.decide(item)


def decide_with_own_jav(table: Table) -> None:
    item, seat = table.case(), table.also(Role.VICE_ORDFORANDE)
    set_jav(table.meeting.pk, item.pk, seat.pk, state=JavState.JAV, reason="Leder den.", actor=seat.person)
    table.decide(item, actor=seat.person)


def decide_with_jav_of_the_chair(table: Table) -> None:
    item = table.case()
    set_jav(
        table.meeting.pk,
        item.pk,
        table.chair.pk,
        state=JavState.JAV,
        reason="Leder den.",
        actor=table.world.secretary,
    )
    table.decide(item)


def decide_of_a_stale_meeting(table: Table) -> None:
    item = table.matter()
    decide(table.meeting.pk, item.pk, AS_RECOMMENDED, actor=table.world.secretary, expected_edition=7)


def put_off_to(table: Table, *, days: int) -> None:
    later = make_meeting(table.world, days=days)
    table.decide(table.matter(), Choice(outcome=Outcome.BORDLAGGNING, to_meeting_id=later.pk))


def reserve(table: Table, *, role: Role | None = None, kind: str = Dissent.RESERVATION, state: str = "") -> None:
    item = table.matter()
    outsider = table.also(role) if role else None
    table.decide(item)
    stranger = table.also(Role.LEDAMOT, present=False)
    if state:
        Meeting.objects.filter(pk=table.meeting.pk).update(state=state)
    seat = outsider or stranger
    add_reservation(table.meeting.pk, item.pk, seat.pk, kind=kind, text="Nej.", actor=table.world.secretary)


def reserve_twice(table: Table) -> None:
    item, seat = table.matter(), table.members()[0]
    table.decide(item)
    for _ in range(2):
        add_reservation(table.meeting.pk, item.pk, seat.pk, kind=Dissent.RESERVATION, text="", actor=seat.person)


def reserve_with_jav(table: Table) -> None:
    item, seat = table.matter(), table.members()[0]
    set_jav(table.meeting.pk, item.pk, seat.pk, state=JavState.JAV, reason="Släkt.", actor=seat.person)
    table.decide(item)
    add_reservation(table.meeting.pk, item.pk, seat.pk, kind=Dissent.ANTECKNING, text="", actor=seat.person)


def write_after_the_day(table: Table) -> None:
    item, seat = table.matter(), table.members()[0]
    table.decide(item)
    key = add_reservation(table.meeting.pk, item.pk, seat.pk, kind=Dissent.RESERVATION, text="", actor=seat.person)
    Reservation.objects.update(due=today() - timedelta(days=1))
    write_reservation_text(key, text="För dyrt.", actor=seat.person)


def close_without_quorum(table: Table) -> None:
    table.matter()
    table.leave(*table.members())
    close_meeting(table.meeting.pk, actor=table.world.secretary)


def close_with_open_matter(table: Table) -> None:
    table.matter("Val av vice ordförande")
    close_meeting(table.meeting.pk, actor=table.world.secretary)


def jav_after_the_decision(table: Table) -> None:
    item, seat = table.matter(), table.members()[0]
    table.decide(item)
    set_jav(table.meeting.pk, item.pk, seat.pk, state=JavState.JAV, reason="Släkt.", actor=seat.person)


def jav_of_another(table: Table) -> None:
    item, (one, other) = table.matter(), table.members()[:2]
    set_jav(table.meeting.pk, item.pk, one.pk, state=JavState.JAV, reason="Släkt.", actor=other.person)


def try_own_jav(table: Table) -> None:
    seat = table.chair
    set_jav(table.meeting.pk, table.matter().pk, seat.pk, state=JavState.INTE_JAV, reason="Nej.", actor=seat.person)


def jav_without_reason(table: Table) -> None:
    item, seat = table.matter(), table.members()[0]
    set_jav(table.meeting.pk, item.pk, seat.pk, state=JavState.JAV, reason=" ", actor=seat.person)


def lead_without_mandate(table: Table) -> None:
    set_chair(table.meeting.pk, table.members()[0].pk, actor=table.world.secretary)


def lead_from_outside(table: Table) -> None:
    seat = table.also(Role.VICE_ORDFORANDE, present=False)
    set_chair(table.meeting.pk, seat.pk, actor=table.world.secretary)


def chair_goes(table: Table) -> None:
    set_presence(table.meeting.pk, table.chair.pk, is_present=False, actor=table.world.secretary)


def stranger_comes(table: Table) -> None:
    other = table.world.author.memberships.get()
    set_presence(table.meeting.pk, other.pk, is_present=True, actor=table.world.secretary)


def record_by_hand(table: Table) -> None:
    table.decide(table.matter())
    item = table.case()
    table.world.do(case_of(item), "bifall", table.world.secretary, inputs=Inputs(decision=table.world.decision()))


def forge(table: Table, **what: object) -> None:
    item = table.case()
    there = tuple(Participant(seat.pk) for seat in table.members())
    decision = Decision(meeting_date=today(), paragraph="§ 1", participants=there, **{"item_id": item.pk, **what})  # type: ignore[arg-type]
    table.world.do(case_of(item), "bifall", table.world.secretary, inputs=Inputs(decision=decision))


def send_back_without_requests(table: Table) -> None:
    choice = Choice(outcome=Outcome.ATERREMISS, target="komplettering", reason="Oklart.")
    table.decide(table.case(), choice)


def send_back_without_target(table: Table) -> None:
    choice = Choice(outcome=Outcome.ATERREMISS, reason="Oklart.", requests=(Request("ekonomi", "Räkna om."),))
    table.decide(table.case(), choice)


def close_over(table: Table) -> None:
    Meeting.objects.filter(pk=table.meeting.pk).update(state=MeetingState.AVSLUTAT)
    close_meeting(table.meeting.pk, actor=table.world.secretary)


def ask_of_nobody(table: Table) -> None:
    table.decide(table.matter(), Choice(duties=(Duty(text="Skriv.", responsible_id=0),)))


def ask_by_yesterday(table: Table) -> None:
    group = table.world.body(ARBETSGRUPP).pk
    due = today() - timedelta(days=1)
    table.decide(table.matter(), Choice(duties=(Duty(text="Skriv.", responsible_id=group, due=due),)))


REFUSED: dict[str, tuple[Try, type[Refusal], str]] = {
    "vote of somebody absent": (lambda t: vote(t, away=True), Invalid, "är inte här"),
    "vote of somebody with jäv": (lambda t: vote(t, jav=True), Jav, "har jäv"),
    "vote of somebody co-opted": (lambda t: vote(t, Role.ADJUNGERAD), Invalid, "har ingen rösträtt"),
    "vote of a secretary": (lambda t: vote(t, Role.SEKRETERARE), Invalid, "har ingen rösträtt"),
    "vote of a substitute nobody is away for": (lambda t: vote(t, Role.ERSATTARE), Invalid, "tjänstgör inte"),
    "a vote twice": (vote_twice, Invalid, "har redan röstat"),
    "a vote after the count": (vote_late, NotFromHere, "Omröstningen är avslutad"),
    "a vote for somebody else": (vote_for_another, NoMandate, "Du röstar bara för dig själv"),
    "a count of nothing": (count_nothing, NotFromHere, "Ingen har röstat"),
    "a count without quorum": (count_without_quorum, NoQuorum, "Inte beslutsfört"),
    "going while a vote goes on": (go_while_voting, NotFromHere, "En omröstning pågår"),
    "a decision while a vote goes on": (decide_while_voting, NotFromHere, "En omröstning pågår"),
    "a matter decided twice": (decide_twice, NotFromHere, "är redan behandlad: § 1"),
    "a late item not taken up": (decide_late_item, NotFromHere, "kom in för sent"),
    "a case that has moved": (decide_moved_case, NotFromHere, "ligger inte längre på bordet"),
    "a decision recorded with jäv": (decide_with_own_jav, Jav, "Du har jäv"),
    "a decision led with jäv": (decide_with_jav_of_the_chair, Jav, "byt ordförande"),
    "a decision on an old sight": (decide_of_a_stale_meeting, StaleMeeting, "Någon annan har ändrat"),
    "put off to nowhere": (
        lambda t: t.decide(t.matter(), Choice(outcome=Outcome.BORDLAGGNING)),
        Invalid,
        "Välj till vilket möte",
    ),
    "put off to an earlier meeting": (lambda t: put_off_to(t, days=-3), Invalid, "ett senare möte"),
    "put off to a meeting of today": (lambda t: put_off_to(t, days=0), Invalid, "ett senare möte"),
    "no to a matter without a reason": (
        lambda t: t.decide(t.matter(), Choice(outcome=Outcome.AVSLAG)),
        Invalid,
        "Skriv varför",
    ),
    "a condition to a no": (
        lambda t: t.decide(t.matter(), Choice(outcome=Outcome.AVSLAG, reason="Nej.", condition="Om.")),
        Invalid,
        "Villkor hör till ett bifall",
    ),
    "an outcome that is no decision": (
        lambda t: t.decide(t.matter(), Choice(outcome=Outcome.NOTERAT)),
        Invalid,
        "Välj vad mötet beslutar",
    ),
    "sent back without what": (send_back_without_requests, Invalid, "Skriv vad som ska kompletteras"),
    "sent back without how far": (send_back_without_target, Invalid, "Välj vilket steg"),
    "a move that does not leave from there": (
        lambda t: t.decide(t.case(), Choice(move="slutfor")),
        NotFromHere,
        "Det går inte att besluta så",
    ),
    "information decided": (
        lambda t: t.decide(add_item(t.world, t.meeting)),
        NotFromHere,
        "är inget att besluta om",
    ),
    "a matter noted": (
        lambda t: note_item(t.meeting.pk, t.matter().pk, actor=t.world.secretary),
        NotFromHere,
        "är ett ärende",
    ),
    "off the agenda without why": (
        lambda t: withdraw_item(t.meeting.pk, t.matter().pk, reason="", actor=t.world.secretary),
        Invalid,
        "Skriv varför punkten utgår",
    ),
    "a reservation of somebody who was not there": (reserve, Invalid, "som var med"),
    "a reservation of somebody without a vote": (
        lambda t: reserve(t, role=Role.ADJUNGERAD),
        Invalid,
        "deltog inte i beslutet",
    ),
    "a reservation after the meeting": (
        lambda t: reserve(t, role=Role.LEDAMOT, state=MeetingState.AVSLUTAT),
        NotFromHere,
        "innan mötet är avslutat",
    ),
    "a reservation twice": (reserve_twice, Invalid, "har redan en sådan"),
    "a note with jäv": (reserve_with_jav, Invalid, "hade jäv"),
    "a text after its day": (write_after_the_day, NotFromHere, "skulle lämnas senast"),
    "closing without quorum": (close_without_quorum, NotFromHere, "Ajournera"),
    "closing with a matter open": (close_with_open_matter, NotFromHere, "”Val av vice ordförande” saknar utfall"),
    "closing what is closed": (close_over, NotFromHere, "Mötet är avslutat"),
    "adjourning a quorate meeting": (
        lambda t: (t.matter(), adjourn(t.meeting.pk, actor=t.world.secretary)),
        NotFromHere,
        "ger varje ärende ett utfall",
    ),
    "jäv after the decision": (jav_after_the_decision, NotFromHere, "är redan behandlad"),
    "jäv of somebody else": (jav_of_another, NoMandate, "Du anmäler bara ditt eget jäv"),
    "one's own jäv tried": (try_own_jav, NoMandate, "prövas av någon annan"),
    "jäv without a reason": (jav_without_reason, Invalid, "Skriv varför"),
    "led by a member": (lead_without_mandate, Invalid, "har inte uppdraget att leda möten"),
    "led from outside": (lead_from_outside, Invalid, "är inte här"),
    "the chair goes": (chair_goes, NotFromHere, "Byt ordförande"),
    "a stranger comes": (stranger_comes, Invalid, "Bara den som sitter i"),
    "a decision by hand beside the meetings": (record_by_hand, NotFromHere, "för sina möten här"),
    "another form than the meeting's": (lambda t: forge(t, form="per_capsulam"), NotFromHere, "annan form"),
    "an item of another case": (lambda t: forge(t, item_id=t.case().pk), NotFromHere, "inte den som står"),
    "a decision between meetings by hand": (
        lambda t: forge(t, item_id=None, form="delegation"),
        NotFromHere,
        "Beslut mellan möten",
    ),
    "something asked of nobody": (ask_of_nobody, Invalid, "som ansvarar"),
    "something asked by yesterday": (ask_by_yesterday, Invalid, "har redan varit"),
    "kept by a member": (
        lambda t: t.decide(t.matter(), actor=t.members()[0].person),
        NoMandate,
        "leds av dess ordförande",
    ),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_not_done_at_the_table_gets_its_sentence(table: Table, name: str) -> None:
    attempt, kind, sentence = REFUSED[name]
    with pytest.raises(kind, match=sentence):
        attempt(table)
    settled = AgendaItem.objects.exclude(settled_at=None).count()
    series = Paragrafserie.objects.values_list("last", flat=True).first() or 0
    assert Paragraf.objects.count() == settled == series


def test_what_strangers_may_not_see_is_not_there(table: Table) -> None:
    item, stranger = table.matter(), table.world.author
    before = JournalEntry.objects.count()
    for attempt in (
        lambda: table.decide(item, actor=stranger),
        lambda: close_meeting(table.meeting.pk, actor=stranger),
        lambda: set_current(table.meeting.pk, item.pk, actor=stranger),
        lambda: set_jav(table.meeting.pk, item.pk, table.chair.pk, state="jav", reason="x", actor=stranger),
        lambda: add_reservation(table.meeting.pk, item.pk, table.chair.pk, kind="x", text="", actor=stranger),
    ):
        with pytest.raises(Meeting.DoesNotExist):
            attempt()
    assert JournalEntry.objects.count() == before


def test_a_vote_or_count_of_another_meeting_is_not_there(world: World, table: Table) -> None:
    other = make_meeting(world, state=MeetingState.PAGAR)
    ballot = table.vote_on(table.matter())
    with pytest.raises(Ballot.DoesNotExist):
        cast(other.pk, ballot, table.chair.pk, VoteValue.JA, actor=table.chair.person)
    assert (Vote.objects.count(), timezone.localdate(other.starts_at)) == (0, today())
