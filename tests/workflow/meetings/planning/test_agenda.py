"""What stands on an agenda: put there, ordered, changed, taken away, and taken up though it came late."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role
from tests.workflow.meetings.planning.helping import a_day, edition, planned, put, titles, waiting
from tests.workflow.world import STYRGRUPP, World
from workflow.errors import Invalid, NoMandate
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.models import AgendaItem, Meeting, Underlag
from workflow.meetings.planning.agenda import ItemWords, OnAnotherAgenda, add_case, add_information, edit_item
from workflow.meetings.planning.arranging import Arrangement, arrange
from workflow.meetings.planning.calling import NotReady, call, supplement
from workflow.meetings.planning.keeper import NotNow
from workflow.meetings.planning.leaving import accept_late, remove
from workflow.meetings.planning.selectors import agenda_of, backlog_of, on_agenda
from workflow.meetings.vocabulary import MeetingForm, MeetingState
from workflow.models import JournalEntry
from workflow.rights import viewer

WORDS = ItemWords(title="Läget i länet", text="Kort.", duration=10, section="Information")


def arranged(world: World, meeting: Meeting, **wanted: Any) -> None:
    asked = Arrangement(**{"durations": {}, "places": {}, **wanted})
    arrange(meeting.pk, asked, actor=world.secretary, expected_edition=edition(meeting))


def called(world: World, meeting: Meeting) -> Meeting:
    return call(meeting.pk, actor=world.secretary, expected_edition=edition(meeting))


def in_state(meeting: Meeting, state: str) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)


def test_a_case_is_put_on_one_agenda_alone(world: World) -> None:
    meeting, other = planned(world), planned(world, 60)
    anmalan = waiting(world)
    assert [one.anmalan.pk for one in backlog_of(meeting.body)] == [anmalan.pk]

    item = add_case(meeting.pk, anmalan.pk, actor=world.secretary)

    assert (item.section, item.is_late) == ("Beslutsärenden", False)
    assert titles(meeting).index(item.title) == titles(meeting).index("Information") - 1
    assert backlog_of(meeting.body) == []
    where = r"Ärendet står redan på dagordningen för Länsstyrgruppens möte .*, punkt 7\. Ta bort det där först\."
    with pytest.raises(OnAnotherAgenda, match=where):
        add_case(other.pk, anmalan.pk, actor=world.secretary)
    assert titles(other).count(item.title) == 0
    found = on_agenda(viewer(world.secretary), anmalan)
    assert found is not None
    assert (found.meeting, found.number, found.is_readable) == (meeting, 7, True)
    outside = on_agenda(viewer(world.author), anmalan)
    assert outside is not None
    assert (outside.meeting, outside.is_readable) == (meeting, False)


def test_what_is_not_brought_before_the_body_is_not_put_on_its_agenda(world: World) -> None:
    meeting, anmalan = planned(world), waiting(world)
    world.do(anmalan.satsning, "aterkalla", world.author, reason="Inte aktuell.")
    for id_ in (anmalan.pk, 99999):
        with pytest.raises(NotNow, match=r"Satsningen är inte anmäld till beslut i Länsstyrgruppen\."):
            add_case(meeting.pk, id_, actor=world.secretary)


def test_what_comes_after_the_papers_last_day_is_late_and_the_meeting_says_whether(world: World) -> None:
    meeting = planned(world, day=a_day(3))
    assert meeting.papers_due < today()
    item = put(world, meeting)
    assert (item.is_late, item.late_accepted) == (True, False)
    for state in (MeetingState.PLANERAT, MeetingState.KALLAT, MeetingState.AVSLUTAT):
        in_state(meeting, state)
        with pytest.raises(NotNow, match="avgör mötet självt, sedan det har öppnats"):
            accept_late(meeting.pk, item.pk, accepted=True, actor=world.secretary)
    in_state(meeting, MeetingState.PAGAR)
    with pytest.raises(NoMandate):
        accept_late(meeting.pk, item.pk, accepted=True, actor=world.person(STYRGRUPP, Role.LEDAMOT))
    accept_late(meeting.pk, item.pk, accepted=True, actor=world.secretary)
    assert AgendaItem.objects.get(pk=item.pk).late_accepted
    accept_late(meeting.pk, item.pk, accepted=False, actor=world.secretary)
    assert not AgendaItem.objects.get(pk=item.pk).late_accepted
    in_time = AgendaItem.objects.filter(meeting=meeting, is_late=False)[0]
    with pytest.raises(NotNow, match="anmäld i tid"):
        accept_late(meeting.pk, in_time.pk, accepted=True, actor=world.secretary)


def test_times_and_order_are_written_in_one_act(world: World) -> None:
    meeting = planned(world)
    first, second = AgendaItem.objects.filter(meeting=meeting).order_by("position")[:2]
    entries = JournalEntry.objects.count()

    arranged(world, meeting, durations={first.pk: 5, second.pk: 10}, step_down=first.pk)

    assert titles(meeting)[:2] == [second.title, first.title]
    agenda = agenda_of(viewer(world.secretary), Meeting.objects.select_related("body").get(pk=meeting.pk))
    starts = [row.starts for row in agenda.rows]
    assert starts[0] is not None
    assert [int((one - starts[0]).total_seconds()) // 60 for one in starts if one] == [0, 10, *[15] * 7]
    assert (agenda.minutes, agenda.length, agenda.over) == (15, 180, -165)
    assert JournalEntry.objects.count() == entries + 1
    seen = edition(meeting)
    arranged(world, meeting, durations={first.pk: 5}, step_up=second.pk)
    assert (edition(meeting), JournalEntry.objects.count()) == (seen, entries + 1)
    arranged(world, meeting, places={first.pk: 99})
    assert titles(meeting)[-1] == first.title
    with pytest.raises(Invalid, match="högst 600"):
        arranged(world, meeting, durations={first.pk: 601})
    nothing, stale = Arrangement(durations={}, places={}), edition(meeting) - 1
    with pytest.raises(StaleMeeting):
        arrange(meeting.pk, nothing, actor=world.secretary, expected_edition=stale)


def test_what_is_settled_and_what_is_decided_between_meetings_stays_as_it_is(world: World) -> None:
    meeting = planned(world)
    first = AgendaItem.objects.filter(meeting=meeting).order_by("position")[0]
    AgendaItem.objects.filter(pk=first.pk).update(settled_at=timezone.now())
    before = titles(meeting)
    arranged(world, meeting, step_down=first.pk, places={first.pk: 4}, durations={first.pk: 5})
    assert (titles(meeting), AgendaItem.objects.get(pk=first.pk).duration) == (before, None)
    with pytest.raises(NotNow, match="är behandlad"):
        edit_item(meeting.pk, first.pk, WORDS, actor=world.secretary, expected_edition=edition(meeting))
    Meeting.objects.filter(pk=meeting.pk).update(form=MeetingForm.PER_CAPSULAM)
    with pytest.raises(NotNow, match="Det här är ett beslut mellan möten"):
        arranged(world, meeting, step_down=first.pk)


def test_information_is_added_changed_and_taken_away_before_the_kallelse(world: World) -> None:
    meeting = planned(world)
    item = add_information(meeting.pk, WORDS, actor=world.secretary, expected_edition=edition(meeting))
    assert titles(meeting)[7] == "Läget i länet"
    words = ItemWords(title="Läget", section="Inledning", sort="bra_att_veta", presenter="Exempelson")
    edit_item(meeting.pk, item.pk, words, actor=world.secretary, expected_edition=edition(meeting))
    assert titles(meeting)[6] == "Läget"
    for bad in (ItemWords(title=""), ItemWords(title="A", sort="annan"), ItemWords(title="A", duration=-1)):
        with pytest.raises(Invalid):
            edit_item(meeting.pk, item.pk, bad, actor=world.secretary, expected_edition=edition(meeting))
    remove(meeting.pk, item.pk, actor=world.secretary, expected_edition=edition(meeting))
    assert not AgendaItem.objects.filter(pk=item.pk).exists()
    with pytest.raises(NotNow, match="finns inte längre"):
        remove(meeting.pk, item.pk, actor=world.secretary, expected_edition=edition(meeting))


def test_kallelse_freezes_the_papers_and_what_follows_is_added_or_withdrawn(world: World) -> None:
    meeting = planned(world)
    item = put(world, meeting)
    news = add_information(meeting.pk, WORDS, actor=world.secretary, expected_edition=edition(meeting))

    called(world, meeting)

    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.KALLAT
    assert Underlag.objects.filter(item__meeting=meeting).count() == len(titles(meeting))
    with pytest.raises(NotNow, match="Kallelsen till mötet har gått ut"):
        called(world, meeting)
    words = ItemWords(title="Ny rubrik", text="Kort.", duration=10, section="Information")
    with pytest.raises(Invalid, match="Kallelsen har gått ut"):
        edit_item(meeting.pk, news.pk, words, actor=world.secretary, expected_edition=edition(meeting))
    with pytest.raises(Invalid, match="Skriv det som läggs till"):
        supplement(meeting.pk, news.pk, actor=world.secretary, expected_edition=edition(meeting))
    with pytest.raises(Invalid, match="Handlingarna är de som gick ut"):
        supplement(meeting.pk, item.pk, actor=world.secretary, expected_edition=edition(meeting))
    supplement(meeting.pk, news.pk, text="Mer.", actor=world.secretary, expected_edition=edition(meeting))
    assert list(news.underlag.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert "Kort." in AgendaItem.objects.get(pk=news.pk).text
    with pytest.raises(Invalid, match="Skriv varför punkten utgår"):
        remove(meeting.pk, item.pk, actor=world.secretary, expected_edition=edition(meeting))
    remove(meeting.pk, item.pk, reason="Ofullständigt.", actor=world.secretary, expected_edition=edition(meeting))
    gone = AgendaItem.objects.get(pk=item.pk)
    assert (gone.withdrawn_at is not None, gone.withdraw_reason) == (True, "Ofullständigt.")
    assert [one.anmalan.pk for one in backlog_of(meeting.body)] == [item.anmalan_id]
    again = add_case(meeting.pk, gone.anmalan_id or 0, actor=world.secretary)
    assert (again.is_late, again.underlag.count()) == (True, 1)
    acts = JournalEntry.objects.filter(satsning=None).order_by("-number").values_list("act", flat=True)
    assert list(acts[:3]) == ["mote_tillagg", "mote_andrat", "mote_tillagg"]


def test_kallelse_that_cannot_go_out_is_refused_and_nothing_is_frozen(world: World) -> None:
    meeting = planned(world)
    item = put(world, meeting)
    world.do(item.anmalan.satsning, "aterkalla", world.author, reason="Inte aktuell.")  # type: ignore[union-attr]
    with pytest.raises(NotReady, match="är inte längre anmäld till beslut"):
        called(world, meeting)
    AgendaItem.objects.filter(meeting=meeting).delete()
    with pytest.raises(NotReady, match="Dagordningen är tom"):
        called(world, meeting)
    assert (Underlag.objects.count(), Meeting.objects.get().state) == (0, MeetingState.PLANERAT)
    with pytest.raises(NotNow, match="Kallelsen till mötet har inte gått ut"):
        supplement(meeting.pk, item.pk, text="Mer.", actor=world.secretary, expected_edition=edition(meeting))


def test_nobody_else_touches_an_agenda(world: World) -> None:
    meeting, anmalan = planned(world), waiting(world)
    item, seen = AgendaItem.objects.filter(meeting=meeting)[0], edition(meeting)
    people: tuple[tuple[Person, type[Exception]], ...] = (
        (world.person(STYRGRUPP, Role.LEDAMOT), NoMandate),
        (world.coordinator, NoMandate),
        (world.author, Meeting.DoesNotExist),
    )
    for person, refusal in people:
        by: dict[str, Any] = {"actor": person, "expected_edition": seen}
        for act in (
            lambda by=by: add_case(meeting.pk, anmalan.pk, **by),
            lambda by=by: add_information(meeting.pk, WORDS, **by),
            lambda by=by: edit_item(meeting.pk, item.pk, WORDS, **by),
            lambda by=by: remove(meeting.pk, item.pk, **by),
            lambda by=by: call(meeting.pk, **by),
            lambda by=by: supplement(meeting.pk, item.pk, text="Mer.", **by),
            lambda by=by: arrange(meeting.pk, Arrangement(durations={}, places={}), **by),
        ):
            with pytest.raises(refusal):
                act()
    assert edition(meeting) == seen
    assert connection.in_atomic_block
