"""Minutes that wait for their adjusters: reminded of by hand and by the clock, and then taken further, each once."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connections

from governance.meeting_rules import meeting_rule
from governance.models import Membership
from governance.permissions import today
from governance.workdays import workdays_after, workdays_before
from tests.workflow.meetings.minutes_building import Held, hold_meeting
from tests.workflow.rounds.test_chasing import later
from tests.workflow.world import make_world
from workflow.deadlines.jobs import remind_of_last_days
from workflow.errors import NotFromHere
from workflow.journal import verify
from workflow.meetings.minutes.adjusters import name_another
from workflow.meetings.minutes.reminding import RULES, remind, remind_all
from workflow.meetings.minutes.rounds import approve, ask_for_correction
from workflow.meetings.models import Justering
from workflow.models import JournalEntry, JournalPayload, Notice
from workflow.notices.vocabulary import Postlage
from workflow.vocabulary import Act

DAY = timedelta(days=1)


def on(day: date) -> int:
    """Return how many reminders the clock makes on a day."""
    with later((day - today()).days):
        return remind_all()


def told() -> list[tuple[str, str]]:
    """Return who has been told to do what by reminders, in the order of the acts."""
    rows = Notice.objects.filter(entry__act=Act.JUSTERING_PAMIND).select_related("person")
    return [(row.person.name, row.expected) for row in rows.order_by("entry_id", "person__name")]


def test_adjusters_are_reminded_before_and_after_the_last_day_and_their_secretary_in_the_end(held: Held) -> None:
    protokoll = held.send()
    due = protokoll.justeras_senast
    chair, adjuster = held.chair.person.name, held.adjuster.person.name
    before = workdays_before(due, RULES.before)
    both = [(name, "Justera protokollet") for name in sorted((chair, adjuster))]

    assert [on(before - DAY), on(before), on(before + DAY), on(due)] == [0, 2, 0, 0]
    assert told() == both
    assert all(Justering.objects.values_list("reminded_at", flat=True))

    approve(protokoll.pk, actor=held.adjuster.person)
    assert [on(workdays_after(due, RULES.after)), on(workdays_after(due, RULES.after + 1))] == [1, 0]
    assert told() == [*both, (chair, "Justera protokollet")]

    assert [on(workdays_after(due, RULES.escalate)), on(workdays_after(due, RULES.escalate + 1))] == [1, 0]
    assert {what for _, what in told()[3:]} == {"Se till att protokollet justeras"}
    assert held.world.secretary.name in {name for name, _ in told()[3:]}
    assert verify(held.world.county.pk, "Sörmland")[1] is None


def test_reminder_by_the_clock_is_the_services_own_and_leads_to_the_minutes(held: Held) -> None:
    protokoll = held.send()
    assert on(protokoll.justeras_senast) == 2

    [entry] = JournalEntry.objects.filter(act=Act.JUSTERING_PAMIND)
    said = JournalPayload.objects.get(entry=entry).content

    assert (entry.actor_id, held.chair.person.name in said) == (None, True)
    rows = Notice.objects.filter(entry=entry)
    assert {(row.page, row.page_id, row.due, row.mail) for row in rows} == {
        ("protokoll", held.meeting.pk, protokoll.justeras_senast, Postlage.NY)
    }


def test_reminder_by_hand_tells_those_who_have_not_answered(held: Held) -> None:
    protokoll = held.send()
    approve(protokoll.pk, actor=held.adjuster.person)

    assert remind(held.meeting.pk, actor=held.world.secretary) == 1

    assert told() == [(held.chair.person.name, "Justera protokollet")]
    [entry] = JournalEntry.objects.filter(act=Act.JUSTERING_PAMIND)
    assert entry.actor == held.world.secretary


def test_who_has_left_or_reminds_oneself_is_not_counted_as_reminded(held: Held) -> None:
    protokoll = held.send()
    Membership.objects.filter(pk=held.adjuster.pk).update(ends_on=today() - DAY)

    with pytest.raises(NotFromHere, match=f"{held.adjuster.person.name} sitter inte längre i organet"):
        remind(held.meeting.pk, actor=held.chair.person)
    assert remind(held.meeting.pk, actor=held.world.secretary) == 1
    assert told() == [(held.chair.person.name, "Justera protokollet")]

    Membership.objects.filter(pk=held.adjuster.pk).update(ends_on=None)
    approve(protokoll.pk, actor=held.adjuster.person)
    with pytest.raises(NotFromHere, match="Bara du själv"):
        remind(held.meeting.pk, actor=held.chair.person)


def test_minutes_that_are_sent_after_their_last_day_are_late_from_the_day_they_came(held: Held) -> None:
    due = workdays_after(held.meeting.day, meeting_rule(held.meeting.body).justering)
    came = workdays_after(due, 10)
    with later((came - today()).days):
        held.send()

    assert [on(came), on(workdays_after(came, 1)), on(workdays_after(came, 9)), on(workdays_after(came, 10))] == [
        0,
        2,
        0,
        2,
    ]


def test_nobody_is_reminded_of_what_is_adjusted_or_goes_back(held: Held) -> None:
    protokoll = held.send()
    ask_for_correction(protokoll.pk, "Fel dag.", actor=held.chair.person)
    assert on(workdays_after(protokoll.justeras_senast, RULES.escalate)) == 0

    last = held.adjusted()
    assert on(workdays_after(last.justeras_senast, RULES.escalate)) == 0
    assert told() == []


def test_whoever_is_named_in_a_place_is_reminded_anew(held: Held) -> None:
    protokoll = held.send()
    assert on(protokoll.justeras_senast) == 2
    left = held.adjuster
    type(left).objects.filter(pk=left.pk).update(ends_on=today() - DAY)
    answer = Justering.objects.get(protokoll=protokoll, membership=left)

    name_another(answer.pk, held.members[3].pk, "Har slutat.", actor=held.world.secretary)

    assert on(protokoll.justeras_senast) == 1
    assert told()[-1] == (held.members[3].person.name, "Justera protokollet")


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_remind_once() -> None:
    held = hold_meeting(make_world())
    due = held.send().justeras_senast

    def run() -> None:
        try:
            remind_of_last_days()
        finally:
            connections.close_all()

    with later((due - today()).days):
        threads = [Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert JournalEntry.objects.filter(act=Act.JUSTERING_PAMIND).count() == 1
    assert len(told()) == 2
