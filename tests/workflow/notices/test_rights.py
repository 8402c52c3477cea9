"""Nobody is told of what the person may not read, and nobody of what the person did; once each, whoever writes."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.workflow.avsteg.conftest import Asking
from tests.workflow.coauthors.conftest import Together
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP, World, make_world
from workflow.coauthors.models import Medforfattare
from workflow.comments.actions import comment
from workflow.models import JournalEntry, Notice
from workflow.notices.selectors import visible
from workflow.rights import may_read, readable, viewer
from workflow.rounds.actions import open_round
from workflow.rounds.questions import Question
from workflow.rounds.selectors import possible_receivers
from workflow.vocabulary import RoundKind

WALKED = (StationKind.SLUTFORD, StationKind.AVBRUTEN, StationKind.KOMPLETTERING, StationKind.AVSLAGEN)


def everybody(world: World) -> None:
    """Let there be somebody in every kind of seat, some twice, some no longer and some not yet."""
    day = timedelta(days=1)
    world.members()
    for body in (ARBETSGRUPP, BEREDNING, STYRGRUPP):
        for role in (Role.ORDFORANDE, Role.SEKRETERARE, Role.LEDAMOT, Role.ADJUNGERAD):
            world.seat(body, role)
        world.seat(body, Role.ORDFORANDE, ends_on=today() - day)
        world.seat(body, Role.ORDFORANDE, starts_on=today() + day)
    world.also(world.officer, ARBETSGRUPP, Role.LEDAMOT)
    world.seat(STOD, Role.SAMORDNARE)


@pytest.mark.parametrize("kind", WALKED)
def test_nobody_is_told_of_what_may_not_be_read_nor_of_own_acts(world: World, kind: StationKind) -> None:
    everybody(world)
    satsning = world.carried_to(kind)
    rows = Notice.objects.filter(entry__satsning=satsning).select_related("entry", "person")
    assert rows.exists()
    for row in rows:
        who = viewer(row.person)
        assert row.person_id != row.entry.actor_id
        assert may_read(who, satsning)
        assert visible(who).filter(pk=row.pk).exists()


def test_of_a_draft_its_group_and_those_who_follow_alone_are_told(world: World) -> None:
    everybody(world)
    satsning = world.make()
    world.do(satsning, "aterkalla", world.author, reason="Inte aktuell.")
    told = {row.person for row in Notice.objects.filter(entry__satsning=satsning)}
    assert told
    for person in told:
        assert may_read(viewer(person), world.fresh(satsning))
    assert world.secretary not in told


def test_visible_agrees_with_readable(world: World) -> None:
    everybody(world)
    cases = [world.carried_to(kind) for kind in (StationKind.UTKAST, StationKind.INLAMNAD, StationKind.ATERKALLAD)]
    people = list(Person.objects.all())
    entries = {case.pk: JournalEntry.objects.filter(satsning=case).latest("number") for case in cases}
    Notice.objects.all().delete()
    Notice.objects.bulk_create(
        Notice(entry=entry, person=person, kind="arende", page="satsning", page_id=pk, mail="inget")
        for pk, entry in entries.items()
        for person in people
    )
    for person in people:
        who = viewer(person)
        shown = set(visible(who).values_list("entry__satsning", flat=True))
        assert shown == set(readable(who).values_list("pk", flat=True))


def test_whoever_is_asked_for_an_avsteg_in_a_draft_is_told(world: World) -> None:
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    Asking(world).ask(world.make(), "fokusomrade", "inlamning")
    [row] = Notice.objects.filter(person=chair)
    assert row.expected == "Svara på begäran om avsteg"
    assert visible(viewer(chair)).filter(pk=row.pk).exists()


def test_receivers_of_a_remiss_are_told_with_the_day(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    receivers = possible_receivers(satsning, RoundKind.REMISS, asking=[world.body(BEREDNING).pk])[:3]
    contacts = [world.seat(body.code, Role.KONTAKTPERSON) for body in receivers]
    deadline = today() + timedelta(days=14)
    open_round(
        satsning.pk,
        RoundKind.REMISS,
        actor=world.officer,
        purpose="Synpunkter",
        deadline=deadline,
        questions=[Question("Vad tycker ni?")],
        receivers=[body.pk for body in receivers],
    )
    rows = Notice.objects.filter(person__in=contacts)
    assert {(row.person, row.expected, row.due, row.page) for row in rows} == {
        (person, "Svara", deadline, "runda") for person in contacts
    }


def test_notice_is_there_once_by_constraint(world: World) -> None:
    officer = world.officer
    world.carried_to(StationKind.INLAMNAD)
    [row] = Notice.objects.filter(person=officer)
    again = Notice(entry=row.entry, person=row.person, kind=row.kind, page=row.page, mail=row.mail)
    with pytest.raises(IntegrityError, match="notice_once"), transaction.atomic():
        again.save()


def test_act_that_is_rolled_back_tells_nobody(world: World) -> None:
    world.seat(ARBETSGRUPP, Role.LEDAMOT)
    satsning = world.make()
    before = Notice.objects.count()
    with transaction.atomic():
        world.do(satsning, "aterkalla", world.author, reason="Inte aktuell.")
        transaction.set_rollback(True)
    assert Notice.objects.count() == before


def test_telling_takes_no_statement_of_its_own(world: World) -> None:
    everybody(world)
    satsning = world.make()
    with CaptureQueriesContext(connection) as caught:
        world.do(satsning, "aterkalla", world.author, reason="Inte aktuell.")
    telling = [query["sql"] for query in caught if "workflow_notice" in query["sql"]]
    assert len(telling) == 1
    assert "workflow_journalentry" in telling[0]


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_notice_at_once_leave_one(transactional_db: None) -> None:
    world = make_world()
    officer = world.officer
    satsning: Satsning = world.carried_to(StationKind.INLAMNAD)
    [row] = Notice.objects.filter(person=officer, entry__satsning=satsning)
    values = {field.attname: getattr(row, field.attname) for field in Notice._meta.concrete_fields} | {"id": None}
    row.delete()
    gate, outcome = threading.Barrier(8), []

    def write() -> None:
        try:
            gate.wait(30)
            Notice(**values).save(force_insert=True)
            outcome.append("written")
        except IntegrityError:
            outcome.append("refused")
        finally:
            connection.close()

    threads: list[Any] = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcome) == ["refused"] * 7 + ["written"]
    assert Notice.objects.filter(person=officer, entry=values["entry_id"]).count() == 1


def test_of_a_draft_those_invited_to_it_are_told_and_no_longer_when_that_ends(world: World) -> None:
    together = Together(world, world.make())
    row = together.joined()
    comment(together.draft.pk, "uppdrag", "", "Vem leder?", actor=world.author)
    [told] = Notice.objects.filter(person=together.guest)
    assert visible(viewer(together.guest)).filter(pk=told.pk).exists()
    Medforfattare.objects.filter(pk=row.pk).update(ended_at=told.entry.at)
    assert not visible(viewer(together.guest)).exists()
