"""Read marks and notes: mine alone, kept once, and never lost between my own devices."""

from typing import Any

import pytest

from config.technical import technical_site
from governance.models import Person
from tests.workflow.meetings.reading.helping import Called, browser, called, other_member, outsider, text
from tests.workflow.meetings.reading.test_matter import supplement
from tests.workflow.world import World
from workflow.meetings.models import PrivateNote, ReadMark
from workflow.meetings.reading.selectors import notes_of

NOTE = "Kvarnfunderingen om kostnaden"


@pytest.fixture
def made(world: World) -> Called:
    return called(world)


def write(made: Called, said: str, version: int, **more: Any) -> Any:
    client = browser(made.reader.person)
    return client.post(made.address(made.case, "anteckning/"), {"text": said, "version": version}, **more)


def own(made: Called) -> PrivateNote:
    return PrivateNote.objects.get(item=made.case, person=made.reader.person)


def test_marks_are_mine_and_lead_on(made: Called) -> None:
    client = browser(made.reader.person)
    hub = f"/moten/{made.meeting.pk}/"
    assert "5 av 5 olästa" in text(client.get(hub))
    assert client.get(f"{hub}las/").headers["Location"] == made.address(made.case)

    for _ in range(2):
        assert client.post(made.address(made.case, "last/"), {"underlag": 1}).status_code == 302
    assert list(ReadMark.objects.values_list("person", "underlag")) == [(made.reader.person_id, 1)]
    assert "4 av 5 olästa" in text(client.get(hub))
    assert client.get(f"{hub}las/").headers["Location"] == made.address(made.matter)
    assert text(client.get(hub)).count("Oläst") == 4
    assert "4 av 5 olästa" in text(client.get("/"))
    assert "5 av 5 olästa" in text(browser(other_member(made.world)).get(hub))


def test_supplement_is_said_until_it_has_been_read(made: Called) -> None:
    client = browser(made.reader.person)
    address = made.address(made.case)
    client.post(made.address(made.case, "last/"), {"underlag": 1})
    assert "kompletterats" not in text(client.get(address))
    supplement(made, forslag="Länsstyrgruppen avslår.")
    assert "Handlingarna har kompletterats sedan du läste dem" in text(client.get(address))
    assert "Kompletterad sedan du läste" in text(client.get(f"/moten/{made.meeting.pk}/"))
    client.post(made.address(made.case, "last/"), {"underlag": 2})
    client.post(made.address(made.case, "last/"), {"underlag": 1})
    assert "kompletterats" not in text(client.get(address))


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 40])
def test_mark_takes_any_number_and_believes_none(made: Called, sent: str) -> None:
    client = browser(made.reader.person)
    assert client.post(made.address(made.case, "last/"), {"underlag": sent}).status_code == 302
    assert ReadMark.objects.get().underlag in {0, 1}


def test_note_saves_itself_and_two_devices_see_each_other(made: Called) -> None:
    response = write(made, f" {NOTE}\r\n", 0, headers={"X-Autosave": "1"})
    assert (response.json()["version"], own(made).text) == (1, NOTE)

    conflict = write(made, "Från plattan", 0, headers={"X-Autosave": "1"})
    assert conflict.status_code == 409
    assert (NOTE in conflict.json()["html"], "Från plattan" in conflict.json()["html"]) == (True, True)
    plain = write(made, "Från plattan", 0)
    assert plain.status_code == 409
    said = text(plain)
    assert ("ändrat anteckningen på en annan enhet" in said, NOTE in said, "Från plattan" in said) == (True,) * 3
    assert own(made).text == NOTE

    client = browser(made.reader.person)
    kept = {"text": "Från plattan", "version": 0, "konflikt": "behall_min", "konflikt_version": 1}
    assert client.post(made.address(made.case, "anteckning/"), kept).status_code == 302
    assert (own(made).text, own(made).version) == ("Från plattan", 2)
    assert write(made, "Från plattan", 0).status_code == 302


def test_too_long_note_comes_back_whole(made: Called) -> None:
    response = write(made, "x" * 20_001, 0)
    assert response.status_code == 422
    assert ("Anteckningen är för lång" in text(response), "x" * 20_001 in response.content.decode()) == (True, True)
    assert not PrivateNote.objects.exists()


def test_notes_are_read_by_their_writer_alone(made: Called) -> None:
    write(made, NOTE, 0)
    meeting = made.meeting.pk
    pages = [made.address(made.case), f"/moten/{meeting}/las/anteckningar/", f"/moten/{meeting}/"]
    pages += [f"/moten/{meeting}/dagordning/", f"/moten/{meeting}/handlingar/", "/"]

    def seen(person: Person) -> list[str]:
        client = browser(person)
        return [page for page in pages if NOTE in client.get(page).content.decode()]

    assert seen(made.reader.person) == pages[:2]
    others = [other_member(made.world), outsider(made.world), made.world.secretary, made.world.author]
    others.append(Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord"))
    assert [seen(person) for person in others] == [[]] * 5
    assert not technical_site.is_registered(PrivateNote)
    assert notes_of(made.reader.person, [made.case, made.matter]) == {made.case.pk: NOTE}
    assert notes_of(other_member(made.world), [made.case]) == {}
    assert str(own(made)) == "egen anteckning"


def test_reading_is_not_written_to_items_of_other_meetings(made: Called) -> None:
    other = called(made.world)
    client = browser(made.reader.person)
    address = f"/moten/{other.meeting.pk}/las/{made.case.pk}/"
    for rest, sent in (("last/", {"underlag": 1}), ("anteckning/", {"text": NOTE, "version": 0})):
        assert client.post(address + rest, sent).status_code == 404
    assert (ReadMark.objects.count(), PrivateNote.objects.count()) == (0, 0)
