"""Ending a membership: what is left behind is shown, goes to a colleague with the mandate, and is recorded."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.countyfile import load
from governance.errors import NotAdministrator, Refused
from governance.models import County, Membership, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Mandate, Role
from satsningar.models import Satsning, Uppdrag
from tests.workflow.leaving.conftest import DAY, Leaving
from tests.workflow.pages.helping import at, text_of
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.world import BEREDNING, STEPS, STOD, World, make_world
from workflow.journal import verify
from workflow.leaving.acts import Handed, Handover, leave
from workflow.leaving.mandates import after_ending, gaps
from workflow.leaving.tasks import OpenTasks, open_tasks
from workflow.models import JournalEntry
from workflow.preparation import StatementText, save_statement
from workflow.rights import viewer
from workflow.rounds.models import RoundAnswer
from workflow.vocabulary import Act

pytestmark = pytest.mark.django_db


def tasks_of(world: World, person: Person, who: Person | None = None) -> OpenTasks:
    looks = viewer(who or world.coordinator)
    return open_tasks(looks, {person.pk: person.name}, [world.county.pk])[person.pk]


def address(membership: Membership) -> str:
    return f"/uppdrag/{membership.pk}/avsluta/"


def test_what_somebody_has_open_is_found(leaving: Leaving) -> None:
    world = leaving.world
    Uppdrag.objects.filter(satsning=leaving.case).update(ledare=world.author.name.upper())

    officer, contact, author = (tasks_of(world, one) for one in (leaving.officer, leaving.contact, world.author))

    assert [(task.satsning_id, task.body) for task in officer.cases] == [(leaving.case.pk, world.body(BEREDNING).name)]
    assert [task.answer_id for task in contact.answers] == [leaving.answer.pk]
    assert [task.satsning_id for task in author.leads] == [leaving.case.pk]
    assert (officer.count, contact.count, author.count) == (1, 1, 1)
    assert tasks_of(world, leaving.colleague).count == 0


def test_a_case_goes_to_a_colleague_and_the_membership_ends(leaving: Leaving) -> None:
    world, membership = leaving.world, leaving.membership(leaving.officer)
    handover = Handover(leaving.officer.pk, tasks_of(world, leaving.officer), cases_to=leaving.colleague.pk)

    handed = leave(actor=world.coordinator, membership=membership, ends_on=today(), handover=handover)

    membership.refresh_from_db()
    assert handed == Handed(cases=1)
    assert (membership.ends_on, membership.ended_by) == (today(), world.coordinator)
    assert world.fresh(leaving.case).handlaggare_id == leaving.colleague.pk
    entry = JournalEntry.objects.select_related("payload").first()
    assert entry is not None
    assert (entry.act, entry.actor, entry.mandate) == (
        Act.BYT_HANDLAGGARE,
        world.coordinator,
        Mandate.ADMINISTRERA,
    )
    assert f'["{leaving.officer.name}","{leaving.colleague.name}"]' in entry.payload.content
    assert verify(world.county.pk, "Sörmland")[1] is None


def test_an_answer_goes_to_a_colleague(leaving: Leaving) -> None:
    world, membership = leaving.world, leaving.membership(leaving.contact)
    handover = Handover(leaving.contact.pk, tasks_of(world, leaving.contact), answers_to=leaving.other_contact.pk)

    handed = leave(actor=world.coordinator, membership=membership, ends_on=today() + DAY, handover=handover)

    answer = RoundAnswer.objects.get(pk=leaving.answer.pk)
    assert handed == Handed(answers=1)
    assert answer.assigned_to == leaving.other_contact
    assert answer.task is not None
    assert answer.task.owner == leaving.other_contact
    newest = JournalEntry.objects.first()
    assert newest is not None
    assert newest.act == Act.RUNDA_OVERLAMNAD


@pytest.mark.parametrize("to", ["author", "leaver", "ending", "nobody"])
def test_nobody_without_the_mandate_takes_over_and_nothing_happens(leaving: Leaving, to: str) -> None:
    world = leaving.world
    ending = world.seat(BEREDNING, Role.HANDLAGGARE, ends_on=today())
    chosen = {"author": world.author.pk, "leaver": leaving.officer.pk, "ending": ending.pk, "nobody": 999_999}[to]
    handover = Handover(leaving.officer.pk, tasks_of(world, leaving.officer), cases_to=chosen)
    before = JournalEntry.objects.count()

    with pytest.raises(Refused) as refusal:
        leave(
            actor=world.coordinator,
            membership=leaving.membership(leaving.officer),
            ends_on=today(),
            handover=handover,
        )

    assert refusal.value.field == "cases_to"
    assert leaving.membership(leaving.officer).ends_on is None
    assert world.fresh(leaving.case).handlaggare_id == leaving.officer.pk
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("who", ["author", "officer", "superuser", "ended"])
def test_only_those_who_administer_end_and_hand_over(leaving: Leaving, who: str) -> None:
    world, membership = leaving.world, leaving.membership(leaving.officer)
    actors = {
        "author": world.author,
        "officer": leaving.officer,
        "superuser": Person.objects.create_superuser("rot@exempel.test", "Rot"),
        "ended": world.seat(STOD, Role.SAMORDNARE, ends_on=today() - DAY),
    }
    tasks = tasks_of(world, leaving.officer)

    with pytest.raises(NotAdministrator):
        leave(
            actor=actors[who],
            membership=membership,
            ends_on=today(),
            handover=Handover(leaving.officer.pk, tasks, cases_to=leaving.colleague.pk),
        )
    assert at(actors[who]).get(address(membership)).status_code in {403, 404}
    assert world.fresh(leaving.case).handlaggare_id == leaving.officer.pk


def test_what_somebody_else_has_handed_over_meanwhile_is_left(leaving: Leaving) -> None:
    world = leaving.world
    third = world.seat(BEREDNING, Role.HANDLAGGARE)
    seen = tasks_of(world, leaving.officer)
    Satsning.objects.filter(pk=leaving.case.pk).update(handlaggare=third)

    handed = leave(
        actor=world.coordinator,
        membership=leaving.membership(leaving.officer),
        ends_on=today(),
        handover=Handover(leaving.officer.pk, seen, cases_to=leaving.colleague.pk),
    )

    assert handed == Handed()
    assert world.fresh(leaving.case).handlaggare_id == third.pk


def test_a_membership_does_not_end_before_what_was_done_in_it(leaving: Leaving) -> None:
    membership = leaving.membership(leaving.officer)

    with pytest.raises(Refused, match="använde uppdraget senast") as refusal:
        leave(
            actor=leaving.world.coordinator,
            membership=membership,
            ends_on=today() - DAY,
            handover=Handover(leaving.officer.pk, OpenTasks()),
        )

    assert refusal.value.field == "ends_on"


def test_a_mandate_that_nobody_else_holds_is_named_with_what_waits(leaving: Leaving) -> None:
    world = leaving.world
    author = leaving.membership(world.author)
    draft = world.make("Ett utkast")
    world.fill(draft)

    found = gaps(viewer(world.coordinator), after_ending(author.body, [author.pk], today()))
    kept = leaving.membership(leaving.officer)
    none = gaps(viewer(world.coordinator), after_ending(kept.body, [kept.pk], today()))

    assert [(gap.mandate, gap.waiting) for gap in found] == [(Mandate.FORFATTA, 1)]
    assert "Ingen annan i Arbetsgruppen mobila team har mandatet ”författa satsningar”. 1 sak" in found[0].sentence
    assert none == []


def test_a_contact_alone_leaves_answers_that_wait(leaving: Leaving) -> None:
    Membership.objects.filter(person=leaving.other_contact).update(ends_on=today())
    contact = leaving.membership(leaving.contact)

    found = gaps(viewer(leaving.world.coordinator), after_ending(contact.body, [contact.pk], today()))

    assert [(gap.mandate, gap.waiting) for gap in found] == [(Mandate.SVARA, 1)]


def test_what_waits_for_a_secretary_alone_is_counted(world: World) -> None:
    world.members()
    satsning = world.make()

    for step in ("lamna_in", "ta_upp", "anmal"):
        STEPS[step](world, satsning)
    secretary = Membership.objects.select_related("body__county").get(person=world.secretary)

    found = gaps(viewer(world.coordinator), after_ending(secretary.body, [secretary.pk], today()))

    assert [(gap.mandate, gap.waiting) for gap in found] == [(Mandate.PROTOKOLLFORA, 1)]


# --- The pages -------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_is_open_and_hands_it_over(leaving: Leaving) -> None:
    world, membership = leaving.world, leaving.membership(leaving.officer)
    client = at(world.coordinator)

    page = client.get(address(membership))
    text = text_of(page)
    unseen = client.post(address(membership), {"ends_on": str(today()), "cases_to": leaving.colleague.pk})
    empty = client.post(address(membership), {"ends_on": str(today()), "sett": page.context["mark"]})
    answer: Any = client.post(
        address(membership),
        {"ends_on": str(today()), "sett": page.context["mark"], "cases_to": leaving.colleague.pk},
        follow=True,
    )

    assert "Mobila team i hela länet" in text
    assert leaving.colleague.name in text
    assert (unseen.status_code, "Läs först vad som blir kvar" in text_of(unseen)) == (422, True)
    assert list(empty.context["form"].errors) == ["cases_to"]
    assert "1 satsning har fått ny handläggare." in text_of(answer)
    assert world.fresh(leaving.case).handlaggare_id == leaving.colleague.pk


def test_what_is_open_may_be_left_where_it_is(leaving: Leaving) -> None:
    membership = leaving.membership(leaving.officer)
    client = at(leaving.world.coordinator)
    page = client.get(address(membership))

    client.post(address(membership), {"ends_on": str(today()), "sett": page.context["mark"], "cases_to": "kvar"})

    assert leaving.membership(leaving.officer).ends_on == today()
    assert leaving.world.fresh(leaving.case).handlaggare_id == leaving.officer.pk


def test_a_change_of_what_is_open_is_shown_before_anything_ends(leaving: Leaving) -> None:
    membership = leaving.membership(leaving.officer)
    client = at(leaving.world.coordinator)
    mark = client.get(address(membership)).context["mark"]
    Uppdrag.objects.filter(satsning=leaving.case).update(titel="En annan titel")

    late = client.post(address(membership), {"ends_on": str(today()), "sett": mark, "cases_to": leaving.colleague.pk})

    assert late.status_code == 422
    assert "En annan titel" in text_of(late)
    assert leaving.membership(leaving.officer).ends_on is None


def test_the_persons_page_shows_roles_in_words_and_what_is_open(leaving: Leaving) -> None:
    client = at(leaving.world.coordinator)

    text = text_of(client.get(f"/personer/{leaving.officer.pk}/"))

    assert "Får bereda ärenden" in text
    assert "Handlägger" in text
    assert "Mobila team i hela länet" in text
    assert "Har öppet" not in text_of(client.get(f"/personer/{leaving.colleague.pk}/"))


def test_an_administrator_sees_no_case_of_another_county(leaving: Leaving) -> None:
    """Whoever administers people elsewhere finds nothing open here, even of somebody they share."""
    load(OTHER_COUNTY)
    other = County.objects.get(code="annat")
    stranger = Person.objects.create_user("annan@exempel.test", "Annan Exempel")
    stod, fou = (other.bodies.filter(kind=kind)[0] for kind in ("regionalt_stod", "fou"))
    register_membership(person=stranger, body=stod, role=Role.SAMORDNARE, starts_on=today())
    register_membership(person=leaving.officer, body=fou, role=Role.LEDAMOT, starts_on=today())

    text = text_of(at(stranger).get(f"/personer/{leaving.officer.pk}/"))
    here = Membership.objects.get(person=leaving.officer, body__county=leaving.world.county)

    assert "Mobila team" not in text
    assert at(stranger).get(address(here)).status_code == 404
    assert at(stranger).post(address(here), {"ends_on": str(today())}).status_code == 404


def test_pages_cost_the_same_with_1_and_20_cases(leaving: Leaving) -> None:
    client, membership = at(leaving.world.coordinator), leaving.membership(leaving.officer)
    addresses = (address(membership), f"/personer/{leaving.officer.pk}/")
    counts = []
    for more in (0, 4):
        for _ in range(more):
            satsning = leaving.world.make()
            for step in ("lamna_in", "ta_upp"):
                STEPS[step](leaving.world, satsning)
        for one in addresses:
            client.get(one)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(one).status_code == 200
            counts.append(len(caught))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 35


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_at_once_neither_wait_for_each_other_nor_do_it_twice(transactional_db: None) -> None:
    leaving = Leaving(make_world())
    world = leaving.world
    for _ in range(2):
        satsning = world.make()
        for step in ("lamna_in", "ta_upp"):
            STEPS[step](world, satsning)
    tasks, membership = tasks_of(world, leaving.officer), leaving.membership(leaving.officer)
    handed: list[Handed] = []

    def do() -> None:
        handover = Handover(leaving.officer.pk, tasks, cases_to=leaving.colleague.pk)
        handed.append(leave(actor=world.coordinator, membership=membership, ends_on=today(), handover=handover))
        connection.close()

    threads = [threading.Thread(target=do) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one.cases for one in handed) == [0, 0, 3]
    assert verify(world.county.pk, "Sörmland")[1] is None


def test_writing_goes_on_for_the_one_who_took_over(leaving: Leaving) -> None:
    world = leaving.world
    leave(
        actor=world.coordinator,
        membership=leaving.membership(leaving.officer),
        ends_on=today(),
        handover=Handover(leaving.officer.pk, tasks_of(world, leaving.officer), cases_to=leaving.colleague.pk),
    )

    words = StatementText(text="Väl berett.", rekommendation="", forslag="", anteckningar="")
    assert save_statement(leaving.case.pk, words, actor=leaving.colleague, expected_version=0) == 1


def test_the_last_who_administers_is_told(world: World) -> None:
    membership = Membership.objects.select_related("body__county").get(person=world.coordinator)

    text = text_of(at(world.coordinator).get(address(membership)))

    assert "mandatet ”administrera personer och uppdrag”" in text


def test_an_author_alone_with_a_draft_is_told_before(world: World) -> None:
    world.make("Ett eget utkast")
    membership = Membership.objects.get(person=world.author)
    client = at(world.coordinator)

    first = client.post(address(membership), {"ends_on": str(today())})

    assert first.status_code == 422
    assert "”författa satsningar”. 1 sak väntar på det." in text_of(first)
    client.post(address(membership), {"ends_on": str(today()), "sett": first.context["mark"]})
    membership.refresh_from_db()
    assert membership.ends_on == today()
