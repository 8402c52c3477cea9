"""Between meetings: everybody's answer or the chair alone, where the rule allows it; reported at the next meeting."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.utils import timezone

from governance.models import Body, Membership
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from tests.workflow.desks import lines
from tests.workflow.meetings.building import add_case, make_meeting
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.world import STYRGRUPP, World
from workflow import journal
from workflow.cases import lock as lock_case
from workflow.desk.vocabulary import DeskKind
from workflow.errors import Invalid, Jav, NoMandate, NotFromHere
from workflow.machine import Arende
from workflow.meetings.between import actions
from workflow.meetings.between.actions import Brought, decide_on_delegation, propose_per_capsulam, settle_per_capsulam
from workflow.meetings.between.selectors import between_since_last
from workflow.meetings.models import Ballot, Meeting, Paragraf, Underlag
from workflow.meetings.planning.agenda import add_case as add_to_agenda
from workflow.meetings.selectors import seats_on
from workflow.meetings.table.ballots import cast
from workflow.meetings.table.choices import AS_RECOMMENDED
from workflow.meetings.table.deciding import decide
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.opening import may_open, open_meeting
from workflow.meetings.table.state import read_table
from workflow.meetings.table.withdrawing import withdraw_item
from workflow.meetings.vocabulary import MeetingForm, MeetingState, Outcome, VoteValue
from workflow.models import Anmalan
from workflow.quorum import Seat


def allow(world: World, **rule: bool) -> Body:
    """Let länsstyrgruppen decide between meetings."""
    body = world.body(STYRGRUPP)
    body.meeting_rule = rule
    body.save()
    return body


def brought(world: World) -> Brought:
    """Return a case that lies on the table."""
    satsning = world.carried_to(StationKind.BESLUT)
    return Brought(anmalan_id=Anmalan.objects.get(satsning=satsning, closed_at=None).pk)


def voters(world: World) -> list[Membership]:
    """Return the members, the chair first."""
    world.person(STYRGRUPP, Role.ORDFORANDE)
    world.members()
    roles = (Role.ORDFORANDE, Role.LEDAMOT)
    return list(Membership.objects.filter(body__code=STYRGRUPP, role__in=roles).order_by("pk"))


def asked(world: World, *, days: int = 5) -> Meeting:
    """Return a decision per capsulam that everybody has been asked about."""
    body, what = allow(world, per_capsulam=True), brought(world)
    voters(world)
    return propose_per_capsulam(body.pk, what, answer_by=today() + timedelta(days=days), actor=world.secretary)


def answer(meeting: Meeting, seats: list[Membership], value: str = "ja") -> None:
    """Let members answer from their own devices."""
    ballot = Ballot.objects.get(item__meeting=meeting)
    for seat in seats:
        cast(meeting.pk, ballot.pk, seat.pk, value, actor=seat.person)


def is_sound(world: World) -> bool:
    """Tell whether journal and tables agree."""
    return journal.verify(world.county.pk, world.county.name)[1] is None


def test_what_everybody_says_ja_to_is_decided_without_a_meeting(world: World) -> None:
    meeting = asked(world)
    assert Underlag.objects.filter(item__meeting=meeting).count() == 1
    answer(meeting, voters(world))
    paragraf = settle_per_capsulam(meeting.pk, actor=world.secretary)
    assert (paragraf.label, paragraf.outcome) == ("§ 1", Outcome.BIFALL)
    assert paragraf.quorum == "Beslutat per capsulam: alla 11 ledamöter utan jäv har svarat."
    meeting.refresh_from_db()
    assert (meeting.state, meeting.form) == (MeetingState.AVSLUTAT, MeetingForm.PER_CAPSULAM)
    assert is_sound(world)


def test_one_nej_sends_the_question_to_a_meeting(world: World) -> None:
    meeting = asked(world)
    one, *others = voters(world)
    answer(meeting, others[:3])
    answer(meeting, [one], "nej")
    paragraf = settle_per_capsulam(meeting.pk, actor=world.secretary)
    assert (paragraf.outcome, paragraf.reason) == (
        Outcome.UTGICK,
        "Alla var inte eniga. Frågan tas upp på ett möte.",
    )
    assert Ballot.objects.get().result == VoteValue.NEJ
    assert Anmalan.objects.filter(closed_at=None).count() == 1
    assert is_sound(world)


def test_answers_are_awaited_until_the_day_and_named(world: World) -> None:
    meeting = asked(world)
    one, *others = voters(world)
    answer(meeting, others)
    assert [line.about for line in lines(one.person, DeskKind.ROST)] == [meeting.pk]
    with pytest.raises(NotFromHere, match=f"Svar väntas från {one.person.name}"):
        settle_per_capsulam(meeting.pk, actor=world.secretary)
    ends = timezone.now() - timedelta(days=2)
    Meeting.objects.update(starts_at=ends - timedelta(days=1), ends_at=ends)
    with pytest.raises(NotFromHere, match="Svarstiden har gått ut"):
        answer(meeting, [one])
    paragraf = settle_per_capsulam(meeting.pk, actor=world.secretary)
    assert paragraf.reason == "Alla svarade inte i tid. Frågan tas upp på ett möte."


def test_nobody_answering_sends_the_question_to_a_meeting(world: World) -> None:
    meeting = asked(world)
    ends = timezone.now() - timedelta(days=2)
    Meeting.objects.update(starts_at=ends - timedelta(days=1), ends_at=ends)
    assert settle_per_capsulam(meeting.pk, actor=world.secretary).outcome == Outcome.UTGICK
    assert is_sound(world)


def test_who_has_jav_is_not_asked_and_does_not_answer(world: World) -> None:
    meeting = asked(world)
    away, *others = voters(world)[::-1]
    item = meeting.items.get()
    set_jav(meeting.pk, item.pk, away.pk, state="jav", reason="Släkt.", actor=away.person)
    with pytest.raises(Jav, match="har jäv"):
        answer(meeting, [away])
    answer(meeting, others)
    paragraf = settle_per_capsulam(meeting.pk, actor=world.secretary)
    assert paragraf.quorum == "Beslutat per capsulam: alla 10 ledamöter utan jäv har svarat."


def test_a_substitute_does_not_answer_per_capsulam(world: World) -> None:
    meeting = asked(world)
    person = world.seat(STYRGRUPP, Role.ERSATTARE)
    with pytest.raises(Invalid, match="svarar de ordinarie ledamöterna"):
        answer(meeting, list(person.memberships.all()))


def test_the_chair_decides_on_delegation_alone(world: World) -> None:
    body, what = allow(world, delegation=True), brought(world)
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    paragraf = decide_on_delegation(body.pk, what, AS_RECOMMENDED, declares_no_jav=True, actor=chair)
    stored = Paragraf.objects.select_related("item__meeting").get()
    assert (paragraf.quorum, [row[1] for row in stored.participants]) == (
        "Beslutat på delegation av ordföranden.",
        [chair.name],
    )
    assert stored.item.meeting.state == MeetingState.AVSLUTAT
    assert is_sound(world)


def test_on_delegation_the_chair_gives_a_word_about_jav(world: World) -> None:
    body, what = allow(world, delegation=True), brought(world)
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    with pytest.raises(Invalid, match="Har du jäv tas ärendet upp på ett möte"):
        decide_on_delegation(body.pk, what, AS_RECOMMENDED, declares_no_jav=False, actor=chair)
    assert not Meeting.objects.exists()


def test_what_the_chair_has_jav_in_is_decided_by_the_others_answers(world: World) -> None:
    meeting = asked(world)
    chair, *others = voters(world)
    item = meeting.items.get()
    set_jav(meeting.pk, item.pk, chair.pk, state="jav", reason="Släkt.", actor=chair.person)
    answer(meeting, others)
    assert settle_per_capsulam(meeting.pk, actor=world.secretary).outcome == Outcome.BIFALL


def test_between_meetings_nothing_is_decided_where_the_rule_does_not_say_so(world: World) -> None:
    body, what, chair = allow(world), brought(world), world.person(STYRGRUPP, Role.ORDFORANDE)
    with pytest.raises(NotFromHere, match="fattar inga beslut per capsulam"):
        propose_per_capsulam(body.pk, what, answer_by=today(), actor=world.secretary)
    with pytest.raises(NotFromHere, match="fattar inga beslut på delegation"):
        decide_on_delegation(body.pk, what, AS_RECOMMENDED, declares_no_jav=True, actor=chair)
    assert not Meeting.objects.exists()


def test_between_meetings_only_who_keeps_the_body_asks_and_only_its_chair_decides(world: World) -> None:
    body, what = allow(world, per_capsulam=True, delegation=True), brought(world)
    [_, member, *_] = voters(world)
    with pytest.raises(NoMandate, match="leds av dess ordförande"):
        propose_per_capsulam(body.pk, what, answer_by=today(), actor=member.person)
    with pytest.raises(NoMandate, match="beslutar ordföranden"):
        decide_on_delegation(body.pk, what, AS_RECOMMENDED, declares_no_jav=True, actor=world.secretary)
    with pytest.raises(Body.DoesNotExist):
        propose_per_capsulam(body.pk, what, answer_by=today(), actor=world.author)


def test_between_meetings_a_matter_on_an_agenda_or_of_another_body_is_refused(world: World) -> None:
    body = allow(world, per_capsulam=True)
    item = add_case(world, make_meeting(world))
    with pytest.raises(NotFromHere, match="står redan på dagordningen"):
        propose_per_capsulam(body.pk, Brought(anmalan_id=item.anmalan_id), answer_by=today(), actor=world.secretary)
    for what in (Brought(), Brought(matter_id=0)):
        with pytest.raises(Invalid, match="Välj ett ärende"):
            propose_per_capsulam(body.pk, what, answer_by=today(), actor=world.secretary)
    with pytest.raises(Invalid, match="svarsdag"):
        propose_per_capsulam(body.pk, brought(world), answer_by=today() - timedelta(days=1), actor=world.secretary)


def test_the_next_meeting_hears_of_it_once(world: World) -> None:
    body = allow(world, delegation=True)
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    first = decide_on_delegation(body.pk, brought(world), AS_RECOMMENDED, declares_no_jav=True, actor=chair)
    met = make_meeting(world, state=MeetingState.PAGAR)
    assert [row.pk for row in between_since_last(met)] == [first.pk]
    second = decide_on_delegation(body.pk, brought(world), AS_RECOMMENDED, declares_no_jav=True, actor=chair)
    assert [row.pk for row in between_since_last(met)] == [first.pk]
    assert [row.pk for row in between_since_last(make_meeting(world))] == [second.pk]
    assert Table(world, met).is_sound()


def test_a_decision_between_meetings_is_not_opened_or_decided_as_an_ordinary_one(world: World) -> None:
    meeting = asked(world)
    chair, *members = voters(world)
    secretary = Membership.objects.get(person=world.secretary, body__code=STYRGRUPP)
    with pytest.raises(NotFromHere, match="Beslutet tas per capsulam"):
        open_meeting(
            meeting.pk,
            actor=world.secretary,
            expected_edition=meeting.edition,
            chair_id=chair.pk,
            secretary_id=secretary.pk,
            adjuster_ids=[members[0].pk],
            present=[chair.pk, secretary.pk, *(seat.pk for seat in members)],
        )
    assert not may_open(meeting)
    item = meeting.items.get()
    for form, sentence in ((MeetingForm.PER_CAPSULAM, "per capsulam"), (MeetingForm.DELEGATION, "på delegation")):
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.PAGAR, form=form, opened_at=timezone.now())
        with pytest.raises(NotFromHere, match=f"Beslutet tas {sentence}"):
            decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=world.secretary)
        with pytest.raises(NotFromHere, match=f"Beslutet tas {sentence}"):
            withdraw_item(meeting.pk, item.pk, reason="Därför.", actor=world.secretary)
    assert not Paragraf.objects.exists()


def test_quorum_per_capsulam_counts_those_who_have_said_ja(world: World) -> None:
    meeting = asked(world)
    one, *others = voters(world)
    answer(meeting, others)
    answer(meeting, [one], "avstar")
    found = read_table(meeting).quorum(meeting, meeting.items.get().pk)
    assert (found.holds, found.sentence) == (
        False,
        "Inte beslutat: 1 av 11 ledamöter har inte svarat ja, alla måste göra det.",
    )


def test_an_answer_of_somebody_who_has_left_sends_the_question_to_a_meeting(world: World) -> None:
    meeting = asked(world)
    seats = voters(world)
    answer(meeting, seats)
    Membership.objects.filter(pk=seats[-1].pk).update(ends_on=today() - timedelta(days=1))
    paragraf = settle_per_capsulam(meeting.pk, actor=world.secretary)
    assert paragraf.reason == "Någon som svarade beslutar inte längre. Frågan tas upp på ett möte."
    assert is_sound(world)


def test_who_has_two_seats_is_asked_and_answers_once_per_capsulam(world: World) -> None:
    meeting = asked(world)
    seats = voters(world)
    world.also(seats[-1].person, STYRGRUPP, Role.VICE_ORDFORANDE)
    answer(meeting, seats)
    other = Membership.objects.get(person=seats[-1].person, role=Role.VICE_ORDFORANDE)
    with pytest.raises(Invalid, match="har redan röstat"):
        answer(meeting, [other])
    paragraf = settle_per_capsulam(meeting.pk, actor=world.secretary)
    assert paragraf.quorum == "Beslutat per capsulam: alla 11 ledamöter utan jäv har svarat."


def test_what_another_agenda_takes_at_the_same_moment_is_said_with_that_agenda(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, what = allow(world, per_capsulam=True), brought(world)
    voters(world)
    other = make_meeting(world)

    def meanwhile(asked: Body, day: date) -> Mapping[int, Seat]:
        add_to_agenda(other.pk, what.anmalan_id or 0, actor=world.secretary)
        return seats_on(asked, day)

    monkeypatch.setattr(actions, "seats_on", meanwhile)
    with pytest.raises(
        NotFromHere, match=r"Ärendet står redan på dagordningen för Länsstyrgruppens möte .*, punkt 1\."
    ):
        propose_per_capsulam(body.pk, what, answer_by=today(), actor=world.secretary)


def test_an_anmalan_closed_meanwhile_is_not_asked_about(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    body, what = allow(world, per_capsulam=True), brought(world)
    voters(world)

    def meanwhile(satsning_id: int) -> Arende:
        Anmalan.objects.filter(pk=what.anmalan_id or 0).update(closed_at=timezone.now())
        return lock_case(satsning_id)

    monkeypatch.setattr(actions, "lock_case", meanwhile)
    with pytest.raises(Invalid, match="Välj ett ärende som väntar på beslut"):
        propose_per_capsulam(body.pk, what, answer_by=today(), actor=world.secretary)
