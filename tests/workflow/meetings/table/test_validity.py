"""What makes a decision at the table hold: who voted decides, the vote is followed, one person counts once."""

import pytest
from django.utils import timezone

from governance.models import Membership
from governance.vocabulary import Role
from tests.workflow.meetings.building import chair_of, make_meeting
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.meetings.table.test_course import called, opening
from tests.workflow.world import STYRGRUPP, World
from workflow.errors import Invalid, Jav, NotFromHere
from workflow.meetings.models import AgendaItem, Ballot, Justerare, Paragraf
from workflow.meetings.planning.keeper import NotNow
from workflow.meetings.planning.leaving import remove
from workflow.meetings.table.ballots import cast, close_ballot, open_ballot
from workflow.meetings.table.choices import Choice
from workflow.meetings.table.closing import close_meeting
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.leading import set_chair, set_item_chair
from workflow.meetings.table.presence import set_presence
from workflow.meetings.table.state import read_table
from workflow.meetings.vocabulary import MeetingState, Outcome
from workflow.models import JournalEntry
from workflow.vocabulary import Act


def voted(table: Table, item: AgendaItem, *said: tuple[Membership, str]) -> None:
    """Hold a vote on an item, closed."""
    ballot = table.vote_on(item)
    for seat, value in said:
        cast(table.meeting.pk, ballot, seat.pk, value, actor=seat.person)
    close_ballot(table.meeting.pk, ballot, actor=table.world.secretary)


def also_as(table: Table, seat: Membership, role: Role, *, present: bool = True) -> Membership:
    """Give somebody at the table another seat there."""
    table.world.also(seat.person, STYRGRUPP, role)
    other = Membership.objects.get(person=seat.person, body=seat.body, role=role)
    if present:
        set_presence(table.meeting.pk, other.pk, is_present=True, actor=table.world.secretary)
    return other


@pytest.mark.parametrize("how", ["jav", "gone", "left"])
def test_a_vote_of_somebody_who_does_not_decide_any_longer_is_held_again(table: Table, how: str) -> None:
    item, seat, secretary = table.matter(), table.members()[3], table.world.secretary
    voted(table, item, (table.chair, "ja"), (seat, "ja"))
    if how == "jav":
        set_jav(table.meeting.pk, item.pk, seat.pk, state="jav", reason="Släkt.", actor=secretary)
    elif how == "gone":
        set_presence(table.meeting.pk, seat.pk, is_present=False, actor=secretary)
    else:
        Membership.objects.filter(pk=seat.pk).update(ends_on=seat.starts_on)
    with pytest.raises(NotFromHere, match=f"{seat.person.name} röstade men deltar inte längre.*Håll en ny omröstning"):
        table.decide(item)
    voted(table, item, (table.chair, "ja"))
    assert table.decide(item).outcome == Outcome.BIFALL


def test_a_decision_follows_the_vote(table: Table) -> None:
    lost, won = table.matter("Ett"), table.matter("Två")
    voted(table, lost, (table.chair, "nej"))
    voted(table, won, (table.chair, "ja"))
    no = Choice(outcome=Outcome.AVSLAG, reason="För dyrt.")
    with pytest.raises(NotFromHere, match=r"föll ut som nej\. Besluta avslag eller håll en ny omröstning"):
        table.decide(lost)
    with pytest.raises(NotFromHere, match=r"föll ut som ja\. Besluta bifall eller håll en ny omröstning"):
        table.decide(won, no)
    assert not Paragraf.objects.exists()
    assert [table.decide(lost, no).outcome, table.decide(won).outcome] == [Outcome.AVSLAG, Outcome.BIFALL]


def test_a_counter_proposal_wins_by_a_nej(table: Table) -> None:
    item = table.matter()
    voted(table, item, (table.chair, "nej"))
    found = table.decide(item, Choice(outcome=Outcome.BIFALL_ANDRING, amended_wording="Svaret lämnas i höst."))
    assert found.outcome == Outcome.BIFALL_ANDRING


def test_nothing_leaves_an_open_meeting_without_a_paragraph(table: Table) -> None:
    item, secretary = table.matter(), table.world.secretary
    with pytest.raises(NotNow, match=r"Mötet har öppnats\. Låt ”Svar på remiss” utgå vid bordet"):
        remove(table.meeting.pk, item.pk, reason="Nej.", actor=secretary, expected_edition=table.fresh.edition)
    item.refresh_from_db()
    assert item.withdrawn_at is None


def test_a_meeting_does_not_close_while_a_vote_goes_on(table: Table) -> None:
    item = table.matter()
    ballot = table.vote_on(item)
    AgendaItem.objects.filter(pk=item.pk).update(withdrawn_at=table.fresh.opened_at)
    with pytest.raises(NotFromHere, match="En omröstning om ”Svar på remiss” pågår"):
        close_meeting(table.meeting.pk, actor=table.world.secretary)
    Ballot.objects.filter(pk=ballot).update(closed_at=table.fresh.opened_at)
    close_meeting(table.meeting.pk, actor=table.world.secretary)
    assert table.fresh.state == MeetingState.AVSLUTAT


def test_nobody_else_leads_between_a_vote_and_its_decision(table: Table) -> None:
    item, vice, secretary = table.matter(), table.also(Role.VICE_ORDFORANDE), table.world.secretary
    ballot = table.vote_on(item)
    with pytest.raises(NotFromHere, match="En omröstning om ”Svar på remiss” pågår"):
        set_chair(table.meeting.pk, vice.pk, actor=secretary)
    cast(table.meeting.pk, ballot, table.members()[1].pk, "ja", actor=secretary)
    close_ballot(table.meeting.pk, ballot, actor=secretary)
    with pytest.raises(NotFromHere, match="Besluta punkten innan någon annan leder"):
        set_chair(table.meeting.pk, vice.pk, actor=secretary)
    table.decide(item)
    set_chair(table.meeting.pk, vice.pk, actor=secretary)
    assert table.fresh.chair == vice
    said = JournalEntry.objects.filter(act=Act.MOTE_ANDRAT).latest("pk").payload.content
    assert f'"before":[{table.chair.pk},"{table.chair.person.name}"]' in said
    assert f'"after":[{vice.pk},"{vice.person.name}"]' in said
    assert table.is_sound()


def test_a_chair_who_gets_jav_after_the_vote_may_be_replaced(table: Table) -> None:
    item, vice, secretary = table.matter(), table.also(Role.VICE_ORDFORANDE), table.world.secretary
    voted(table, item, (table.members()[1], "ja"))
    set_jav(table.meeting.pk, item.pk, table.chair.pk, state="jav", reason="Leder.", actor=secretary)
    set_chair(table.meeting.pk, vice.pk, actor=secretary)
    assert table.decide(item).outcome == Outcome.BIFALL


def test_the_only_adjuster_does_not_lead(table: Table) -> None:
    vice, secretary = table.also(Role.VICE_ORDFORANDE), table.world.secretary
    named = {"meeting": table.meeting, "named_at": table.fresh.opened_at, "named_by": secretary}
    Justerare.objects.create(membership=vice, **named)
    with pytest.raises(Invalid, match="justerar protokollet utöver ordföranden"):
        set_chair(table.meeting.pk, vice.pk, actor=secretary)
    Justerare.objects.create(membership=table.members()[0], **named)
    set_chair(table.meeting.pk, vice.pk, actor=secretary)
    assert table.fresh.chair == vice


def test_the_only_adjuster_leads_one_matter_where_the_chair_has_jav(table: Table) -> None:
    vice, secretary, item, other = table.also(Role.VICE_ORDFORANDE), table.world.secretary, *matters(table)
    Justerare.objects.create(meeting=table.meeting, membership=vice, named_at=timezone.now(), named_by=secretary)
    set_jav(table.meeting.pk, item.pk, table.chair.pk, state="jav", reason="Leder.", actor=secretary)
    with pytest.raises(Jav, match="Låt någon annan leda det"):
        table.decide(item)
    with pytest.raises(Jav, match="har jäv i ärendet"):
        set_item_chair(table.meeting.pk, item.pk, table.chair.pk, actor=secretary)
    with pytest.raises(Invalid, match="har inte uppdraget att leda"):
        set_item_chair(table.meeting.pk, item.pk, table.members()[0].pk, actor=secretary)

    set_item_chair(table.meeting.pk, item.pk, vice.pk, actor=secretary)

    with pytest.raises(NotFromHere, match="leder punkten"):
        set_presence(table.meeting.pk, vice.pk, is_present=False, actor=secretary)
    assert [table.decide(one).chair_id for one in (item, other)] == [vice.pk, table.chair.pk]
    assert table.fresh.chair == table.chair
    assert table.is_sound()


def matters(table: Table) -> tuple[AgendaItem, AgendaItem]:
    return table.matter("Svar på remiss"), table.matter("Val av ledamot")


def test_the_casting_vote_in_a_matter_is_that_of_who_leads_it(table: Table) -> None:
    vice, secretary, item = table.also(Role.VICE_ORDFORANDE), table.world.secretary, table.matter()
    set_item_chair(table.meeting.pk, item.pk, vice.pk, actor=secretary)
    ballot = table.vote_on(item)
    with pytest.raises(NotFromHere, match="pågår"):
        set_item_chair(table.meeting.pk, item.pk, table.chair.pk, actor=secretary)
    cast(table.meeting.pk, ballot, vice.pk, "nej", actor=vice.person)
    cast(table.meeting.pk, ballot, table.chair.pk, "ja", actor=table.chair.person)
    count = close_ballot(table.meeting.pk, ballot, actor=secretary)
    assert (count.result, count.by_casting_vote) == ("nej", True)


@pytest.mark.parametrize(("yes", "no"), [("", "Avslag"), ("Bifall", " "), ("Bifall", "bifall ")])
def test_a_vote_opens_on_two_answers_that_mean_something_each(table: Table, yes: str, no: str) -> None:
    item = table.matter()
    with pytest.raises(Invalid):
        open_ballot(table.meeting.pk, item.pk, yes=yes, no=no, actor=table.world.secretary)
    assert not Ballot.objects.exists()


def test_who_has_two_seats_counts_and_votes_once(table: Table) -> None:
    one = table.members()[3]
    other, item = also_as(table, one, Role.VICE_ORDFORANDE), table.matter()
    serving = [seat for seat in read_table(table.fresh).voters(item.pk) if seat.person_id == one.person_id]
    assert len(serving) == 1
    ballot, [seat] = table.vote_on(item), serving
    spare = other if seat.membership_id == one.pk else one
    with pytest.raises(Invalid, match="har flera platser och röstar en gång"):
        cast(table.meeting.pk, ballot, spare.pk, "ja", actor=one.person)
    cast(table.meeting.pk, ballot, seat.membership_id, "ja", actor=one.person)
    with pytest.raises(Invalid, match="har redan röstat"):
        cast(table.meeting.pk, ballot, spare.pk, "ja", actor=one.person)


def test_the_casting_vote_is_the_chairs_from_whichever_seat(table: Table) -> None:
    also_as(table, table.chair, Role.LEDAMOT)
    item, other = table.matter(), table.members()[4]
    [own] = [s for s in read_table(table.fresh).voters(item.pk) if s.person_id == table.chair.person_id]
    [spare] = Membership.objects.filter(person=table.chair.person, body__code=STYRGRUPP).exclude(pk=own.membership_id)
    table.meeting.chair = spare
    table.meeting.save()
    voted(table, item, (Membership.objects.get(pk=own.membership_id), "ja"), (other, "nej"))
    paragraf = table.decide(item)
    assert [(row[0], row[3]) for row in paragraf.votes] == [(own.membership_id, True), (other.pk, False)]


def test_the_chair_does_not_adjust_from_another_seat(world: World) -> None:
    meeting = called(world)
    chair = chair_of(world)
    world.members()
    world.also(chair.person, STYRGRUPP, Role.LEDAMOT)
    other = Membership.objects.get(person=chair.person, body__code=STYRGRUPP, role=Role.LEDAMOT)
    secretary = Membership.objects.get(person=world.secretary, body__code=STYRGRUPP)
    present = [chair.pk, secretary.pk, other.pk, *(seat.pk for seat in world.members() if seat.pk != other.pk)]
    with pytest.raises(Invalid, match="Ordföranden justerar ändå"):
        opening(world, meeting, adjuster_ids=[other.pk], present=present)


def test_one_person_is_not_two_adjusters(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.KALLAT, days=0)
    Table(world, meeting).matter()
    Table(world, meeting).set_rule(justerare=2)
    one = world.members()[2]
    world.also(one.person, STYRGRUPP, Role.VICE_ORDFORANDE)
    other = Membership.objects.get(person=one.person, body__code=STYRGRUPP, role=Role.VICE_ORDFORANDE)
    secretary = Membership.objects.get(person=world.secretary, body__code=STYRGRUPP)
    present = [chair_of(world).pk, secretary.pk, other.pk, *(seat.pk for seat in world.members())]
    with pytest.raises(Invalid, match="Välj 2 olika justerare"):
        opening(world, meeting, adjuster_ids=[one.pk, other.pk], present=present)
