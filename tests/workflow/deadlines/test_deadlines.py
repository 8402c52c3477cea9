"""Last days: when a case must have left its step, who is reminded once, to whom it is taken, and where it is shown."""

from datetime import date, datetime, time, timedelta
from threading import Thread

import pytest
from django.db import connections, transaction
from django.utils import timezone

from governance.deadlines import Frister, last_day, workdays_between
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from governance.workdays import is_workday
from satsningar.models import Satsning
from tests.workflow.desks import lines
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import BEREDNING, World
from workflow import journal
from workflow.deadlines.due import Due, due_of, late
from workflow.deadlines.models import Paminnelse
from workflow.deadlines.reminding import Stay, due_kinds, remind, remind_all
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.desk.turns import paths_of
from workflow.desk.vocabulary import DeskKind
from workflow.inputs import Inputs
from workflow.models import Notice
from workflow.rights import path_of, station_of, viewer


def came(satsning: Satsning, day: date) -> Satsning:
    """Let a case have come to its step at noon on a day; return it read anew."""
    Satsning.objects.filter(pk=satsning.pk).update(station_since=timezone.make_aware(datetime.combine(day, time(12))))
    return Satsning.objects.get(pk=satsning.pk)


def late_by(satsning: Satsning, workdays: int) -> Satsning:
    """Let a case's last day have been so many working days ago; a negative number is days left."""
    days = station_of(satsning).days
    assert days is not None
    due = last_day(today(), -workdays) if workdays < 0 else today()
    while workdays_between(due, today()) < workdays or not is_workday(due):
        due -= timedelta(days=1)
    began = due
    while last_day(began, days) >= due:
        began -= timedelta(days=1)
    began += timedelta(days=1)
    return came(satsning, began)


def made() -> list[tuple[str, str, bool]]:
    rows = Paminnelse.objects.order_by("pk").select_related("to")
    return [(row.kind, row.to.code, row.chair_only) for row in rows]


def test_one_rule_in_two_shapes(world: World) -> None:
    cases = [world.carried_to(kind) for kind in (StationKind.INLAMNAD, StationKind.BEREDNING)]
    versions = paths_of(viewer(world.coordinator)).values()
    for days in range(0, 100, 7):
        for number, case in enumerate(cases):
            came(case, today() - timedelta(days=days + number))
        dues = {one.pk: due_of(one, path_of(one)) for one in Satsning.objects.all()}

        assert set(Satsning.objects.filter(late(versions)).values_list("pk", flat=True)) == {
            pk for pk, due in dues.items() if due and due.is_late
        }


def test_words_say_what_the_colour_says() -> None:
    monday = date(2026, 11, 23)

    said = [
        (due.words, due.color) for due in (Due(monday + timedelta(days=days), monday) for days in (-3, -1, 0, 1, 9))
    ]

    assert said == [
        ("1 arbetsdag för sent", "danger"),
        ("1 arbetsdag för sent", "danger"),
        ("sista dagen är i dag", "warning"),
        ("1 arbetsdag kvar", "warning"),
        ("7 arbetsdagar kvar", "neutral"),
    ]


def test_reminders_come_before_and_after_and_then_it_is_taken_further_each_once(world: World) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    world.person(BEREDNING, Role.ORDFORANDE)
    late_by(case, -15)
    assert (remind_all(), made()) == (0, [])
    expected: list[tuple[str, str, bool]] = []
    for workdays, kinds in ((-3, ["fore"]), (2, ["efter"]), (10, ["efter", "eskalering"])):
        late_by(case, workdays)
        remind_all()
        expected += [(kind, BEREDNING, kind == "eskalering") for kind in kinds]
        assert made() == expected
        assert remind_all() == 0


def test_without_a_chair_it_is_taken_to_regionalt_stod(world: World) -> None:
    case = late_by(world.carried_to(StationKind.INLAMNAD), 12)
    coordinator = world.coordinator

    remind_all()

    assert ("eskalering", "regionalt-stod", False) in made()
    assert journal.verify(world.county.pk, world.county.name)[1] is None
    told = Notice.objects.filter(entry__act="paminnelse", person=coordinator)
    assert [one.expected for one in told] == ["Se till att satsningen kommer vidare"]
    [line] = lines(world.coordinator, DeskKind.VIDARE)
    assert (line.about, line.do) == (case.pk, "Se till att satsningen kommer vidare")
    assert lines(world.officer, DeskKind.VIDARE) == []
    assert "Fört vidare" in text_of(at(world.coordinator).get(url("satsning", case)))
    world.do(case, "ta_upp", world.officer, inputs=Inputs(handlaggare_id=world.officer.pk))
    assert lines(world.coordinator, DeskKind.VIDARE) == []


def test_chair_alone_sees_what_was_taken_to_the_chair(world: World) -> None:
    late_by(world.carried_to(StationKind.INLAMNAD), 12)
    chair = world.person(BEREDNING, Role.ORDFORANDE)
    remind_all()

    assert [len(lines(one, DeskKind.VIDARE)) for one in (chair, world.officer, world.coordinator)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(8, ()), (5, ("fore",)), (0, ("fore",)), (-1, ()), (-4, ("efter",)), (-20, ("efter", "eskalering"))],
)
def test_which_kinds_are_due(days: int, kinds: tuple[str, ...]) -> None:
    wednesday = date(2026, 11, 18)

    found = due_kinds(Frister(before=3, after=2, escalate=12), wednesday + timedelta(days=days), wednesday)

    assert tuple(kind.value for kind in found) == kinds


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_reminder(world: World) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    stay = Stay(case.pk, world.county.pk, case.station, case.station_since, today(), {})
    found: list[int | None] = []

    def ask() -> None:
        try:
            with transaction.atomic():
                found.append(remind(stay, Paminnelseslag.FORE, to_id=case.ansvarig_grupp_id))
        finally:
            connections.close_all()

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(one is not None for one in found) == 1
    assert Paminnelse.objects.count() == 1


def test_last_day_is_shown_where_the_case_is(world: World) -> None:
    case = late_by(world.carried_to(StationKind.INLAMNAD), 2)
    due = due_of(case, path_of(case))
    assert due is not None

    for page in ("/", url("satsning", case), "/laget/", "/satsningar/"):
        browser = at(world.coordinator if page == "/laget/" else world.officer)
        text = text_of(browser.get(page))
        assert due.day.isoformat() in text, page
    [line] = lines(world.officer, DeskKind.DRAG)
    assert (line.due, line.urgency) == (due.day, "forsenat")
