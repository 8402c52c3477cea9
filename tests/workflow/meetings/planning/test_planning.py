"""Planning, changing and cancelling meetings, one at a time and a year at once."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from governance.meeting_rules import MeetingRule, meeting_rule
from governance.models import Body
from governance.permissions import today
from governance.vocabulary import Role
from governance.workdays import workdays_before
from tests.workflow.meetings.planning.helping import a_day, a_plan, edition, planned, put, titles
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow.errors import Invalid, NoMandate
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.actions import Plan, cancel, change, plan, plan_many
from workflow.meetings.planning.dates import days_of_year, read_days
from workflow.meetings.planning.keeper import NotNow
from workflow.meetings.planning.selectors import backlog_of
from workflow.meetings.planning.standing import Line, default_template, digest_of, save_template, template_of
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.models import JournalEntry


def test_meeting_is_planned_with_its_last_days_and_its_bodys_template(world: World) -> None:
    meeting = planned(world)

    assert meeting.state == MeetingState.PLANERAT
    assert (meeting.papers_due, meeting.kallelse_due) == (
        workdays_before(meeting.day, 7),
        workdays_before(meeting.day, 5),
    )
    assert titles(meeting) == [
        "Sammanträdet öppnas",
        "Val av justerare",
        "Fastställande av dagordningen",
        "Föregående protokoll",
        "Uppföljning av beslut",
        "Anmälan av beslut mellan möten",
        "Information",
        "Övriga frågor",
        "Sammanträdet avslutas",
    ]
    assert JournalEntry.objects.first().act == "mote_planerat"  # type: ignore[union-attr]


def test_usual_template_follows_the_bodys_rule() -> None:
    rule = MeetingRule()
    assert {line.standing for line in default_template(rule)}.isdisjoint({"justerare", "mellan_moten"})
    assert [line.standing for line in default_template(replace(rule, justerare=2))][1] == "justerare"
    for between in (replace(rule, per_capsulam=True), replace(rule, delegation=True)):
        assert [line.standing for line in default_template(between)][4] == "mellan_moten"


def test_clock_is_stockholms_on_both_sides_of_daylight_saving(world: World) -> None:
    winter, summer = date(today().year + 1, 2, 10), date(today().year + 1, 7, 10)
    for day, utc in ((winter, 8), (summer, 7)):
        meeting = plan(world.body(STYRGRUPP).pk, a_plan(day=day), actor=world.secretary)
        assert meeting.starts_at.astimezone(tz=timezone.get_fixed_timezone(0)).hour == utc


@pytest.mark.parametrize(
    ("other", "field", "said"),
    [
        ({"day": today() - timedelta(days=1)}, "day", "Mötet ligger i det förflutna."),
        ({"day": today(), "starts": time(0), "ends": time(0, 1)}, "day", "Mötet ligger i det förflutna."),
        ({"day": date(2099, 1, 1)}, "day", "Mötet ligger mer än 5 år fram."),
        ({"ends": time(9)}, "ends", "Mötet behöver sluta efter att det har börjat"),
        ({"ends": time(8)}, "ends", "Mötet behöver sluta efter att det har börjat"),
        ({"link": "javascript:alert(1)"}, "link", "Skriv hela länken, med https:// först."),
        ({"link": "mote"}, "link", "Skriv hela länken, med https:// först."),
        ({"title": "a" * 121}, "title", "Texten är 121 tecken"),
    ],
)
def test_plan_that_cannot_be_used_is_refused(world: World, other: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        planned(world, **other)

    assert refused.value.errors[field][0].startswith(said)
    assert Meeting.objects.count() == 0


def test_two_meetings_at_one_time_are_refused_though_one_may_follow_the_other(world: World) -> None:
    planned(world)
    with pytest.raises(Invalid, match=r"Länsstyrgruppen möts redan .* klockan 09.00–12.00\."):
        planned(world, starts=time(11, 59), ends=time(13))
    planned(world, starts=time(12), ends=time(13))
    assert Meeting.objects.count() == 2


def test_a_cancelled_meeting_takes_up_no_time(world: World) -> None:
    first = planned(world)
    cancel(first.pk, reason="Förhinder.", actor=world.secretary, expected_edition=edition(first))
    assert planned(world).state == MeetingState.PLANERAT


def test_who_does_not_keep_the_bodys_records_plans_nothing(world: World) -> None:
    body = world.body(STYRGRUPP).pk
    for person in (world.coordinator, world.author, world.person(STYRGRUPP, Role.LEDAMOT)):
        with pytest.raises(NoMandate, match=r"Möten i Länsstyrgruppen planeras av dess sekreterare och ordförande\."):
            plan(body, a_plan(), actor=person)
    with pytest.raises(Body.DoesNotExist):
        plan(body, a_plan(), actor=in_other_county())
    assert plan(body, a_plan(), actor=world.person(STYRGRUPP, Role.ORDFORANDE)).body_id == body


def test_a_body_that_may_not_meet_has_no_meetings(world: World) -> None:
    body, secretary = world.body(STYRGRUPP), world.secretary
    Body.objects.filter(pk=body.pk).update(ended_on=today())
    with pytest.raises(Invalid, match="Länsstyrgruppen har upphört"):
        plan(body.pk, a_plan(), actor=secretary)


def test_years_meetings_are_planned_all_or_none(world: World) -> None:
    body, plans = world.body(STYRGRUPP).pk, [a_plan(ahead) for ahead in (20, 50, 80)]
    with pytest.raises(Invalid, match="möts redan"):
        plan_many(body, [*plans, replace(plans[1], starts=time(10))], actor=world.secretary)
    assert Meeting.objects.count() == 0
    made = plan_many(body, plans, actor=world.secretary)
    assert [one.day for one in made] == [one.day for one in plans]
    assert JournalEntry.objects.filter(act="mote_planerat").count() == 3


def test_change_raises_the_calendars_sequence_and_moves_the_last_days(world: World) -> None:
    meeting = planned(world)
    wanted = a_plan(60, place="Trosasalen")

    changed = change(meeting.pk, wanted, actor=world.secretary, expected_edition=edition(meeting))

    assert (changed.sequence, changed.place, changed.day) == (1, "Trosasalen", wanted.day)
    assert changed.kallelse_due == workdays_before(wanted.day, 5)
    seen = edition(meeting)
    assert change(meeting.pk, wanted, actor=world.secretary, expected_edition=seen).sequence == 1
    assert edition(meeting) == seen
    with pytest.raises(StaleMeeting):
        change(meeting.pk, a_plan(), actor=world.secretary, expected_edition=seen - 1)


def test_a_change_may_overlap_only_itself(world: World) -> None:
    meeting, other = planned(world), planned(world, 60)
    changed = change(meeting.pk, a_plan(ends=time(13)), actor=world.secretary, expected_edition=edition(meeting))
    assert timezone.localtime(changed.ends_at).hour == 13
    with pytest.raises(Invalid, match="möts redan"):
        change(other.pk, a_plan(starts=time(12), ends=time(14)), actor=world.secretary, expected_edition=edition(other))


@pytest.mark.parametrize("state", [MeetingState.PAGAR, MeetingState.AVSLUTAT, MeetingState.INSTALLT])
def test_what_has_been_opened_or_cancelled_is_neither_changed_nor_cancelled(world: World, state: str) -> None:
    meeting = planned(world)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    with pytest.raises(NotNow):
        change(meeting.pk, a_plan(60), actor=world.secretary, expected_edition=edition(meeting))
    with pytest.raises(NotNow):
        cancel(meeting.pk, reason="Därför.", actor=world.secretary, expected_edition=edition(meeting))


def test_cancelled_meetings_matters_go_back_to_the_backlog(world: World) -> None:
    meeting = planned(world)
    item = put(world, meeting)
    assert backlog_of(meeting.body) == []
    with pytest.raises(Invalid, match="Skriv varför mötet ställs in"):
        cancel(meeting.pk, reason="  ", actor=world.secretary, expected_edition=edition(meeting))

    cancelled = cancel(meeting.pk, reason="Sjukdom.", actor=world.secretary, expected_edition=edition(meeting))

    assert (cancelled.state, cancelled.cancel_reason, cancelled.sequence) == (MeetingState.INSTALLT, "Sjukdom.", 1)
    assert [one.anmalan.pk for one in backlog_of(meeting.body)] == [item.anmalan_id]


@pytest.mark.parametrize(
    ("ordinal", "weekday", "expected"),
    [
        (2, 3, [date(2027, 2, 11), date(2027, 3, 11), date(2027, 4, 8)]),
        (1, 0, [date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 5)]),
        (-1, 4, [date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30)]),
    ],
)
def test_days_of_a_year_by_a_pattern(ordinal: int, weekday: int, expected: list[date]) -> None:
    assert days_of_year(2027, ordinal, weekday, [4, 2, 3]) == expected


def test_days_are_read_as_they_are_written() -> None:
    written = read_days("2027-03-11\n2027-02-11, 2027-02-11\n2027-02-30\nsnart")
    assert written.days == (date(2027, 2, 11), date(2027, 3, 11))
    assert written.errors == (
        "2027-02-11 står två gånger.",
        "”2027-02-30” är ingen dag. Skriv år, månad, dag: 2027-02-11.",
        "”snart” är ingen dag. Skriv år, månad, dag: 2027-02-11.",
    )
    assert read_days("0001-01-08\n9999-12-31").errors == (
        "0001-01-08 är för långt bort. Är årtalet rätt?",
        "9999-12-31 är för långt bort. Är årtalet rätt?",
    )
    assert read_days("2027-01-01 " * 61).errors == ("Skriv högst 60 dagar åt gången (nu 61).",)


def test_new_agenda_begins_by_the_template_that_the_body_wrote(world: World) -> None:
    body = world.body(STYRGRUPP)
    lines = (
        Line(kind=ItemKind.STAENDE, standing="oppnande", title="Vi börjar", duration=5),
        Line(kind=ItemKind.ARENDE, title="Beslut", section="Beslut"),
        Line(kind=ItemKind.INFORMATION, title="Runda"),
    )
    save_template(body.pk, lines, actor=world.secretary, seen=digest_of(template_of(body)))

    meeting = planned(world)
    item = put(world, meeting)

    assert template_of(body) == lines
    assert titles(meeting) == ["Vi börjar", item.title, "Runda"]
    assert AgendaItem.objects.get(pk=item.pk).section == "Beslut"


def test_template_is_not_written_over_somebody_elses(world: World) -> None:
    body = world.body(STYRGRUPP)
    seen, line = digest_of(template_of(body)), Line(kind=ItemKind.INFORMATION, title="Runda")
    save_template(body.pk, [line], actor=world.secretary, seen=seen)
    with pytest.raises(Invalid, match="Någon annan har ändrat mallen"):
        save_template(body.pk, [], actor=world.secretary, seen=seen)
    with pytest.raises(NoMandate):
        save_template(body.pk, [], actor=world.coordinator, seen=seen)
    save_template(body.pk, [], actor=world.secretary, seen=digest_of([line]))
    assert template_of(body) == default_template(meeting_rule(body))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([Line(kind=ItemKind.ARENDE, title="A"), Line(kind=ItemKind.ARENDE, title="B")], "en plats i mallen"),
        ([Line(kind=ItemKind.STAENDE, standing="oppnande", title="A")] * 2, "Samma stående punkt"),
        ([Line(kind=ItemKind.INFORMATION, title="")], "Rad 1"),
        ([Line(kind=ItemKind.INFORMATION, title="A", duration=601)], "Rad 1: tiden"),
        ([Line(kind=ItemKind.OVRIGT, title="A")], "okänt slag"),
        ([Line(kind=ItemKind.INFORMATION, title="A")] * 61, "högst 60 punkter"),
    ],
)
def test_template_that_cannot_be_used_is_refused(world: World, lines: list[Line], said: str) -> None:
    body = world.body(STYRGRUPP)
    with pytest.raises(Invalid, match=said):
        save_template(body.pk, lines, actor=world.secretary, seen=digest_of(template_of(body)))


def test_bodies_meet_by_their_own_secretaries(world: World) -> None:
    preparing = world.body(BEREDNING)
    secretary = world.seat(BEREDNING, Role.SEKRETERARE)
    assert plan(preparing.pk, a_plan(), actor=secretary).body_id == preparing.pk
    with pytest.raises(NoMandate):
        plan(preparing.pk, a_plan(60), actor=world.secretary)
    with pytest.raises(NoMandate):
        plan(world.body(ARBETSGRUPP).pk, a_plan(60), actor=secretary)


def test_a_plan_names_its_day() -> None:
    assert a_day(1) > today()
    assert Plan(day=a_day(), starts=time(9), ends=time(10)).place == ""
