"""Published satsningar: what is shared and what never, who publishes and reads, and taking one over."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.countyfile import load
from governance.models import Body, County, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Handling, Revision, Satsning
from satsningar.partspec import PARTS
from satsningar.references import references
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.beginnings.conftest import Enter
from tests.workflow.registration.conftest import DECIDED, SOURCE
from tests.workflow.test_rights import OTHER_COUNTY, everybody
from tests.workflow.world import ARBETSGRUPP, World
from workflow import facts, journal
from workflow.beginnings.publishing import decided_revision, publication_of, publish, published_parts, withdraw
from workflow.beginnings.sources import find_start
from workflow.creation import create_satsning
from workflow.edits import save_part
from workflow.errors import NoMandate, NotFromHere, Stale
from workflow.inputs import Inputs
from workflow.models import Forlaga, JournalEntry, Publicering
from workflow.registration.actions import complete_registration, register
from workflow.registration.entries import Entry
from workflow.rights import viewer

PERSONS = ("Karin Ek", "Enhetschefen för hemsjukvården", "Controller")
"""What the complete content of the tests answers where a person is asked for."""


@pytest.fixture
def running(world: World) -> Satsning:
    """Return a case that runs."""
    return world.carried_to(StationKind.GENOMFORANDE)


@pytest.fixture
def neighbour(world: World) -> Person:
    """Return somebody who writes satsningar in another county."""
    return make_neighbour()


def make_neighbour() -> Person:
    """Load another county and return somebody who writes satsningar there."""
    load(OTHER_COUNTY.replace('namn = "Sörmland"', 'namn = "Annat län"'))
    group = County.objects.get(code="annat").bodies.get(code=ARBETSGRUPP)
    person = Person.objects.create_user("grannen@example.org", "Exempelgranne", "lösenord")
    represents = group.county.organisations.order_by("position")[0]
    register_membership(person=person, body=group, role=Role.LEDAMOT, starts_on=today(), represents=represents)
    return person


def published(world: World, satsning: Satsning) -> Publicering:
    edition = world.fresh(satsning).edition
    publish(satsning.pk, actor=world.coordinator, expected_edition=edition)
    found = publication_of(satsning.pk)
    assert found is not None
    return found


def taken_over(person: Person, found: Publicering) -> Satsning:
    group = Body.objects.get(county__code="annat", code=ARBETSGRUPP)
    start = find_start(viewer(person), f"publicerad-{found.pk}")
    id_, _ = create_satsning(group, "Mobila team hos oss", actor=person, start=start)
    return Satsning.objects.get(pk=id_)


def test_what_is_shared_is_the_decided_content_of_the_decided_revision(world: World, running: Satsning) -> None:
    found = published(world, running)

    assert (found.title, found.reference, found.county_name) == (
        "Mobila team i hela länet",
        running.reference,
        "Sörmland",
    )
    assert found.revision == running.beslut.get().revision
    shared = published_parts(found.revision)
    assert set(shared) == set(DECIDED_PARTS)
    assert shared["uppdrag"]["syfte"] == content.read(running.pk).part("uppdrag")["syfte"]
    assert not any(name in json.dumps(shared, ensure_ascii=False) for name in PERSONS)
    newest = JournalEntry.objects.latest("number")
    assert (newest.act, newest.actor, newest.revision_id) == ("publicera", world.coordinator, found.revision_id)
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_proposals_and_later_drafts_are_not_shared(world: World, running: Satsning) -> None:
    found = published(world, running)
    save_part(running.pk, "uppdrag", {"syfte": "Hemligt förslag."}, actor=world.author, expected_version=0)
    save_part(
        running.pk,
        "inforande",
        {"pilot": "Hemlig pilot."},
        actor=world.author,
        expected_version=content.read(running.pk).versions["inforande"],
    )

    assert "Hemlig" not in json.dumps(published_parts(found.revision), ensure_ascii=False)


def test_a_decided_change_is_shared_when_it_is_published_anew(world: World, running: Satsning) -> None:
    first = published(world, running)
    world.do(running, "andringsbeslut", world.secretary, **world.prepare_for(running, "andringsbeslut"))
    assert published_parts(first.revision)["uppdrag"]["syfte"] != "Ett nytt syfte."

    second = published(world, running)

    assert published_parts(second.revision)["uppdrag"]["syfte"] == "Ett nytt syfte."
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    with pytest.raises(NotFromHere, match="är redan publicerad"):
        published(world, running)


def test_a_condition_is_worked_in_before_it_is_published(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    decision = world.decision(condition="Flen ska vara med.")
    world.do(satsning, "bifall", world.secretary, inputs=Inputs(decision=decision))
    assert decided_revision(world.fresh(satsning)) is None
    with pytest.raises(NotFromHere, match="inarbetade"):
        published(world, satsning)

    read = content.read(satsning.pk)
    versions = read.versions
    save_part(satsning.pk, "uppdrag", {"syfte": "Med Flen."}, actor=world.author, expected_version=versions["uppdrag"])
    save_part(satsning.pk, "inarbetning", {"hur": "Flen är med."}, actor=world.author, expected_version=0)
    world.confirm_resources(satsning)
    world.fill(satsning, "varden")
    world.do(satsning, "starta", world.author)

    assert published_parts(published(world, satsning).revision)["uppdrag"]["syfte"] == "Med Flen."


@pytest.mark.parametrize(
    "kind",
    [
        StationKind.UTKAST,
        StationKind.INLAMNAD,
        StationKind.BEREDNING,
        StationKind.BESLUT,
        StationKind.AVSLAGEN,
        StationKind.ATERKALLAD,
    ],
)
def test_what_is_not_decided_is_not_published(world: World, kind: StationKind) -> None:
    satsning = world.carried_to(kind)

    with pytest.raises(NotFromHere):
        published(world, satsning)
    assert not Publicering.objects.exists()


def test_what_is_marked_with_secrecy_is_not_published(world: World, running: Satsning) -> None:
    revision = decided_revision(running)
    assert revision is not None
    Handling.objects.filter(revision=revision).update(secrecy="OSL 25 kap. 1 §")

    with pytest.raises(NotFromHere, match="sekretessmarkering"):
        published(world, running)


def test_a_case_registered_afterwards_is_published_as_it_was_written_in(world: World) -> None:
    said = Entry(
        ansvarig_grupp=world.body(ARBETSGRUPP),
        titel="Trygg hemgång",
        station="genomforande",
        decided_on=DECIDED,
        source=SOURCE,
    )
    id_, _ = register(said, actor=world.coordinator)
    satsning = Satsning.objects.get(pk=id_)
    with pytest.raises(NotFromHere):
        published(world, satsning)

    complete_registration(id_, actor=world.coordinator, expected_edition=world.fresh(satsning).edition)

    assert published(world, satsning).title == "Trygg hemgång"


def test_only_regionalt_stod_publishes_and_takes_back(world: World, running: Satsning) -> None:
    edition = running.edition
    others = [person for label, person in everybody(world).items() if label != "coordinator"]

    for person in others:
        with pytest.raises((NoMandate, Satsning.DoesNotExist)):
            publish(running.pk, actor=person, expected_edition=edition)
    with pytest.raises(Stale):
        publish(running.pk, actor=world.coordinator, expected_edition=edition - 1)
    published(world, running)
    for person in others:
        with pytest.raises((NoMandate, Satsning.DoesNotExist)):
            withdraw(running.pk, actor=person)
    withdraw(running.pk, actor=world.coordinator)
    with pytest.raises(NotFromHere):
        withdraw(running.pk, actor=world.coordinator)
    assert JournalEntry.objects.latest("number").act == "avpublicera"


def test_readers_are_those_who_take_part_in_any_county(world: World, running: Satsning, enter: Enter) -> None:
    found = published(world, running)
    address = f"/publicerade/{found.pk}/"

    for label, person in everybody(world).items():
        if label == "inactive":
            continue
        expected = 403 if label in {"nobody", "superuser", "ended", "coming"} else 200
        for page in (address, "/publicerade/"):
            response = enter(person).get(page)
            assert response.status_code == expected, (label, page)
            assert ("Mobila team i hela länet" in response.content.decode()) == (expected == 200)
    assert Client().get(address).status_code == 302


def test_the_page_shows_what_is_shared_and_nothing_else_of_the_case(
    world: World, running: Satsning, neighbour: Person, enter: Enter
) -> None:
    found = published(world, running)
    client = enter(neighbour)

    page = client.get(f"/publicerade/{found.pk}/").content.decode()

    assert "Fler får bedömning och vård hemma." in page
    assert not any(name in page for name in PERSONS)
    assert "Exempelperson" not in page
    assert f"/satsningar/{running.pk}/" not in page
    assert "Ta över till vårt län" in page
    assert client.get(f"/satsningar/{running.pk}/").status_code == 404
    assert client.get(f"/satsningar/{running.pk}/publicera/").status_code == 404
    assert "Mobila team" not in client.get("/satsningar/").content.decode()
    assert client.get("/satsningar/ny/tidigare/").content.decode().count("Mobila team i hela länet") == 0


def test_a_withdrawn_one_is_gone_and_the_words_stay(
    world: World, running: Satsning, neighbour: Person, enter: Enter
) -> None:
    found = published(world, running)
    new = taken_over(neighbour, found)
    client = enter(neighbour)
    before = client.get(f"/satsningar/{new.pk}/").content.decode()
    assert (
        f'<a href="/publicerade/{found.pk}/">Mobila team i hela länet ({running.reference}) från Sörmland</a>' in before
    )

    withdraw(running.pk, actor=world.coordinator)

    assert client.get(f"/publicerade/{found.pk}/").status_code == 404
    assert "Mobila team" not in client.get("/publicerade/").content.decode()
    assert client.get(f"/satsningar/ny/?fran=publicerad-{found.pk}").status_code == 404
    after = client.get(f"/satsningar/{new.pk}/").content.decode()
    assert f"Mobila team i hela länet ({running.reference}) från Sörmland" in after
    assert "Länet har tagit tillbaka publiceringen." in after
    assert f"/publicerade/{found.pk}/" not in after


def test_taken_over_keeps_nothing_that_belongs_to_the_other_county(
    world: World, running: Satsning, neighbour: Person
) -> None:
    new = taken_over(neighbour, published(world, running))

    read = content.read(new.pk)
    assert [list(references(PARTS[code], read.part(code))) for code in PARTS] == [[] for _ in PARTS]
    assert read.part("uppdrag")["syfte"] == content.read(running.pk).part("uppdrag")["syfte"]
    assert [row["namn"] for row in read.rows("uppfoljning", "matt")] == [
        "Oplanerade besök på akuten",
        "Andel som vet vem de ska ringa",
    ]
    assert read.part("uppdrag")["ledare"] == ""
    left = Forlaga.objects.get(satsning=new).left_behind
    assert {part for part, _ in left} == {
        "uppdrag",
        "koppling",
        "omfattning",
        "resurser",
        "ekonomi",
        "uppfoljning",
        "inforande",
    }
    assert ["omfattning", "Deltagande organisationer: Region Sörmland"] in left
    assert set(facts.read(new.pk).copied_parts) <= set(DECIDED_PARTS)
    assert journal.verify(new.county_id, "Annat län")[1] is None
    assert not Revision.objects.filter(satsning=new).exists()


def test_taken_over_by_its_page_lists_what_is_to_be_filled_in(
    world: World, running: Satsning, neighbour: Person, enter: Enter
) -> None:
    found = published(world, running)
    client = enter(neighbour)
    group = Body.objects.get(county__code="annat", code=ARBETSGRUPP)
    posted = {"titel": "Hos oss", "ansvarig_grupp": group.pk, "fran": f"publicerad-{found.pk}"}

    page = client.post("/satsningar/ny/", posted, follow=True).content.decode()
    part = client.get(f"/satsningar/{Satsning.objects.latest('pk').pk}/del/omfattning/").content.decode()

    assert "saker behöver fyllas i" in page
    assert "Deltagande organisationer: Region Sörmland" in page
    assert "Deltagande organisationer: Region Sörmland" in part


def test_the_page_of_publishing_shows_and_does_it(world: World, running: Satsning, enter: Enter) -> None:
    client = enter(world.coordinator)
    address = f"/satsningar/{running.pk}/publicera/"

    page = client.get(address).content.decode()
    assert "Det här delas" in page
    assert not any(name in page for name in PERSONS)
    done = client.post(address, {"edition": world.fresh(running).edition}, follow=True).content.decode()
    assert "Satsningen är publicerad" in done
    assert "Så ser andra län den" in client.get(f"/satsningar/{running.pk}/").content.decode()
    gone = client.post(f"{address}ta-tillbaka/", follow=True).content.decode()
    assert "Publiceringen är återtagen." in gone
    assert client.post(f"{address}ta-tillbaka/").status_code == 409
    assert client.post(address, {"edition": "å"}).status_code == 409
    assert enter(world.author).get(address).status_code == 403
    draft = world.make()
    assert "kan publiceras när den är beslutad" in client.get(f"/satsningar/{draft.pk}/publicera/").content.decode()


def test_a_damaged_revision_is_shown_to_nobody(world: World, running: Satsning, enter: Enter) -> None:
    found = published(world, running)
    wrong = Revision.objects.create(
        satsning=running, number=99, act="anmal", content="{}", sha256="0" * 64, created_at=found.published_at
    )
    Publicering.objects.filter(pk=found.pk).update(revision=wrong)

    page = enter(world.coordinator).get(f"/publicerade/{found.pk}/")

    assert page.status_code == 200
    assert "Innehållet kan inte visas" in page.content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(
    world: World, running: Satsning, enter: Enter, django_assert_num_queries: Any
) -> None:
    found = published(world, running)
    client = enter(world.coordinator)
    client.get("/publicerade/")
    with CaptureQueriesContext(connection) as one:
        client.get("/publicerade/")
    for number in range(8):
        assert published(world, world.carried_to(StationKind.BESLUTAD)).pk != found.pk, number
    with django_assert_num_queries(len(one)):
        page = client.get("/publicerade/?q=mobila").content.decode()
    assert page.count("s-row-link") == 9
