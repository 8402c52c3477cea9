"""Regionalt stöd and a county's letters: who may what, what the journal says of it, and the pages."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import Person
from governance.vocabulary import Role, StationKind
from tests.workflow.meetings.building import add_item, make_meeting, seat_everybody
from tests.workflow.notices.test_letters import send_all, submitted
from tests.workflow.notices.test_pages import enter, shown
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.errors import NoMandate, NotFromHere
from workflow.journal import verify
from workflow.meetings.models import OvrigtArende
from workflow.meetings.table.choices import Choice
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import ItemKind, MeetingState, Outcome
from workflow.models import Delivery, JournalEntry, JournalPayload, Utskick
from workflow.notices.county import Settings, StaleSettings, release, send_again, settle
from workflow.notices.post import held_for
from workflow.notices.sorting import sort_new
from workflow.notices.vocabulary import Brevlage
from workflow.rights import viewer

TESTING = Settings(test_mode=True, stopped=False, holds_decisions=True)


def decided(world: World) -> JournalEntry:
    """Return the entry of a decision whose letters wait."""
    world.seat(ARBETSGRUPP, Role.LEDAMOT)
    satsning = world.carried_to(StationKind.BESLUTAD)
    sort_new()
    return JournalEntry.objects.get(satsning=satsning, act="bifall")


def everybody(world: World) -> dict[str, Person]:
    return {
        "author": world.author,
        "officer": world.officer,
        "secretary": world.secretary,
        "chair": world.person(STYRGRUPP, Role.ORDFORANDE),
        "member": world.members()[0].person,
        "coordinator": world.coordinator,
        "superuser": Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord"),
    }


def may(act: Any) -> bool:
    try:
        act()
    except (NoMandate, JournalEntry.DoesNotExist, Delivery.DoesNotExist):
        return False
    return True


def test_who_may_settle_release_and_send_again(world: World) -> None:
    submitted(world)
    entry = decided(world)
    people = everybody(world)
    letter = Delivery.objects.filter(state=Brevlage.VANTAR).order_by("pk")[0]
    found: dict[str, set[str]] = {"settle": set(), "release": set(), "again": set()}
    for name, person in people.items():
        Utskick.objects.all().delete()
        if may(lambda person=person: settle(world.county.pk, TESTING, actor=person, expected_edition=0)):
            found["settle"].add(name)
        Delivery.objects.filter(pk=letter.pk).update(state=Brevlage.UPPGIVET, next_try_at=None)
        if may(lambda person=person: send_again(letter.pk, actor=person)):
            found["again"].add(name)
        try:
            if may(lambda person=person: release(entry.pk, actor=person)):
                found["release"].add(name)
        except NotFromHere:
            found["release"].add(name)
    assert found == {
        "settle": {"coordinator"},
        "again": {"coordinator"},
        "release": {"secretary", "chair", "coordinator"},
    }


def test_settings_are_journalled_and_a_stale_form_is_refused(world: World) -> None:
    assert settle(world.county.pk, TESTING, actor=world.coordinator, expected_edition=0)
    assert not settle(world.county.pk, TESTING, actor=world.coordinator, expected_edition=1)
    with pytest.raises(StaleSettings):
        settle(world.county.pk, TESTING, actor=world.coordinator, expected_edition=0)
    content = JournalPayload.objects.get(entry__act="utskick_andrat").content
    assert '"after":{"holds_decisions":true,"stopped":false,"test_mode":true}' in content
    assert verify(world.county.pk, "Sörmland")[1] is None


def test_settings_changed_beside_the_journal_are_found(world: World) -> None:
    settle(world.county.pk, TESTING, actor=world.coordinator, expected_edition=0)
    Utskick.objects.update(test_mode=False)
    broken = verify(world.county.pk, "Sörmland")[1]
    assert broken is not None
    assert broken.message == "inställningen av utskicken är inte den som journalen anger"


def test_decision_is_released_once(world: World) -> None:
    entry = decided(world)
    release(entry.pk, actor=world.secretary)
    with pytest.raises(NotFromHere):
        release(entry.pk, actor=world.coordinator)
    assert JournalEntry.objects.filter(act="brev_slappta").count() == 1
    assert verify(world.county.pk, "Sörmland")[1] is None


@pytest.mark.usefixtures("sends")
def test_all_that_did_not_arrive_are_sent_again_at_once(world: World) -> None:
    submitted(world)
    submitted(world)
    sort_new()
    Delivery.objects.update(state=Brevlage.UPPGIVET, attempts=12, next_try_at=None, told="Servern svarade inte.")
    count = Delivery.objects.count()
    client, of_county = enter(world.coordinator), {"lan": world.county.pk}
    assert f"Skicka alla {count} brev igen" in shown(client, "/utskick/?lage=uppgivet")
    assert enter(world.officer).post("/utskick/igen/", of_county | {"lage": "uppgivet"}).status_code == 403
    assert client.post("/utskick/igen/", of_county | {"lage": "sant"}).status_code == 409

    assert client.post("/utskick/igen/", of_county | {"lage": "uppgivet"}).status_code == 302

    assert set(Delivery.objects.values_list("state", "attempts", "told")) == {(Brevlage.VANTAR, 0, "")}
    send_all()
    assert len(mail.outbox) == count
    assert client.post("/utskick/igen/", of_county | {"lage": "uppgivet"}).status_code == 409


@pytest.mark.usefixtures("sends")
def test_held_letters_are_not_offered_to_be_sent_in_test_mode(world: World) -> None:
    submitted(world)
    sort_new()
    Delivery.objects.update(state=Brevlage.HALLET, next_try_at=None)
    client = enter(world.coordinator)
    assert "Skicka brevet nu" in shown(client, "/utskick/?lage=hallet")

    settle(world.county.pk, TESTING, actor=world.coordinator, expected_edition=0)

    assert "Skicka brevet nu" not in shown(client, "/utskick/?lage=hallet")


@pytest.mark.usefixtures("sends")
def test_letter_sent_again_keeps_its_id_unless_it_was_taken(world: World) -> None:
    submitted(world)
    send_all()
    row = Delivery.objects.get()
    first = row.message_id
    assert send_again(row.pk, actor=world.coordinator).message_id != first
    Delivery.objects.update(state=Brevlage.UPPGIVET, next_try_at=None, sent_at=None)
    before = Delivery.objects.get().message_id
    assert send_again(row.pk, actor=world.coordinator).message_id == before
    send_all()
    assert len(mail.outbox) == 2
    Delivery.objects.update(state=Brevlage.VANTAR, next_try_at=row.created_at, sent_at=None)
    with pytest.raises(NotFromHere):
        send_again(row.pk, actor=world.coordinator)


def test_page_shows_letters_by_state_and_one_in_full(world: World) -> None:
    submitted(world)
    send_all()
    client = enter(world.coordinator)
    page = shown(client, "/utskick/")
    assert "Hålls kvar: 1" in page
    assert world.officer.name in page
    row = Delivery.objects.get()
    letter = shown(client, f"/utskick/brev/{row.pk}/")
    assert "Det här väntar på dig: Ta upp" in letter
    assert client.post(f"/utskick/brev/{row.pk}/igen/").status_code == 302
    assert Delivery.objects.get().state == Brevlage.VANTAR


def test_page_changes_settings_and_says_who_may(world: World) -> None:
    client = enter(world.coordinator)
    sent = {"lan": world.county.pk, "test_mode": "on", "edition": "0"}
    assert client.post("/utskick/installningar/", sent).status_code == 302
    row = Utskick.objects.get()
    assert (row.test_mode, row.stopped, row.holds_decisions) == (True, False, False)
    page = shown(client, "/utskick/")
    assert "Testläge: inget skickas" in page
    assert "Stoppa utskicken" in page
    stop = {**sent, "edition": "1", "test_mode": "True", "holds_decisions": "False", "stopped": "True"}
    assert client.post("/utskick/installningar/", stop).status_code == 302
    assert Utskick.objects.get().stopped
    page = shown(client, "/utskick/")
    assert "Starta utskicken igen" in page
    assert '<input type="hidden" name="stopped" value="True" id="id_stopped">' in page
    assert client.post("/utskick/installningar/", sent).status_code == 409
    assert client.post("/utskick/installningar/", sent | {"edition": "x"}).status_code == 422
    for person in (world.author, world.secretary):
        assert enter(person).get("/utskick/").status_code == 403
        assert enter(person).post("/utskick/installningar/", sent).status_code == 403


@pytest.mark.parametrize("county", ["ett", "-1", "9" * 20])
def test_county_that_cannot_be_one_is_not_taken_for_the_first(world: World, county: str) -> None:
    client = enter(world.coordinator)

    sent = client.post("/utskick/installningar/", {"lan": county, "stopped": "True", "edition": "0"})

    assert (sent.status_code, client.get("/utskick/", {"lan": county}).status_code) == (403, 403)
    assert not Utskick.objects.filter(stopped=True).exists()


def test_page_of_what_waits_costs_the_same_however_many_there_are(world: World) -> None:
    meeting, counts = make_meeting(world, state=MeetingState.PAGAR, days=0), []
    seat_everybody(world, meeting)
    for _ in range(2):
        for number in range(2):
            matter = OvrigtArende.objects.create(
                body=meeting.body,
                kind="annat",
                title=f"Ärende {number}",
                created_by=world.author,
                created_by_body=world.body(ARBETSGRUPP),
            )
            item = add_item(world, meeting, kind=ItemKind.OVRIGT, matter=matter, title=matter.title)
            decide(meeting.pk, item.pk, Choice(outcome=Outcome.BIFALL), actor=world.secretary)
        sort_new()
        with CaptureQueriesContext(connection) as captured:
            found = held_for(viewer(world.secretary))
        counts.append((len(found), len(captured)))

    assert [number for number, _ in counts] == [2, 4]
    assert counts[0][1] == counts[1][1]


def test_secretary_releases_from_the_page(world: World) -> None:
    entry = decided(world)
    client = enter(world.secretary)
    assert "Ett beslut har brev som väntar" in shown(client, "/notiser/")
    assert "Mobila team" in shown(client, "/utskick/beslut/")
    released = client.post(f"/utskick/beslut/{entry.pk}/slapp/", follow=True)
    assert "De hålls kvar. Tjänsten skickar ingen e-post." in released.content.decode()
    assert "Inga brev väntar på dig" in shown(client, "/utskick/beslut/")
    assert "Mobila team" not in shown(enter(world.author), "/utskick/beslut/")
    assert enter(world.author).post(f"/utskick/beslut/{entry.pk}/slapp/").status_code == 403
    assert Client().post(f"/utskick/beslut/{entry.pk}/slapp/").status_code == 302
