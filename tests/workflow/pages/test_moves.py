"""Every move is checked and made on its page, and refused with the right status, a sentence, and nothing lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.pages.helping import actor_of, at, move_of, posted, text_of, url
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.inputs import Inputs
from workflow.models import Beslut, JournalEntry, Paragrafserie
from workflow.rights import path_of

FROM = {
    "lamna_in": StationKind.UTKAST,
    "ta_upp": StationKind.INLAMNAD,
    "begar_komplettering": StationKind.BEREDNING,
    "lamna_komplettering": StationKind.KOMPLETTERING,
    "anmal": StationKind.BEREDNING,
    "bifall": StationKind.BESLUT,
    "avslag": StationKind.BESLUT,
    "aterremiss": StationKind.BESLUT,
    "bordlaggning": StationKind.BESLUT,
    "starta": StationKind.BESLUTAD,
    "pausa": StationKind.GENOMFORANDE,
    "ateruppta": StationKind.VILANDE,
    "paborja_uppfoljning": StationKind.GENOMFORANDE,
    "fortsatt": StationKind.UPPFOLJNING,
    "andringsbeslut": StationKind.GENOMFORANDE,
    "breddinfor": StationKind.UPPFOLJNING,
    "slutfor": StationKind.BREDDINFORANDE,
    "avbryt": StationKind.GENOMFORANDE,
    "aterkalla": StationKind.UTKAST,
    "byt_ansvarig_grupp": StationKind.UTKAST,
}


def entries(satsning: Satsning) -> int:
    return JournalEntry.objects.filter(satsning=satsning).count()


@pytest.mark.parametrize("code", FROM)
def test_move_is_shown_and_made(world: World, code: str) -> None:
    satsning = world.carried_to(FROM[code])
    ready = world.prepare_for(satsning, code)
    if code == "anmal":
        ready = {"inputs": Inputs(proposed_move="bifall")}
    satsning = world.fresh(satsning)
    move = move_of(satsning, code)
    person = world.coordinator if code in {"pausa", "ateruppta"} else actor_of(world, move)
    browser, address, before = at(person), url("gor", satsning, code), entries(satsning)

    page = browser.get(address)
    assert page.status_code == 200
    assert 'name="edition"' in text_of(page)
    assert "Det här händer" in text_of(page)
    response = browser.post(address, posted(world, satsning, **ready))  # type: ignore[arg-type]

    assert response.status_code == 302, text_of(response)
    assert response.headers["Location"] == url("satsning", satsning)
    assert entries(satsning) == before + 1
    assert browser.get(response.headers["Location"]).status_code == 200


def test_draft_with_gaps_shows_them_with_links_and_no_button(world: World) -> None:
    satsning = world.make()

    text = text_of(at(world.author).get(url("gor", satsning, "lamna_in")))

    assert "Det går inte än" in text
    assert f'{url("del", satsning, "uppdrag")}#id_behov"' in text
    assert 'name="edition"' not in text


def test_incomplete_move_is_refused_with_every_gap(world: World) -> None:
    satsning = world.make()

    response = at(world.author).post(url("gor", satsning, "lamna_in"), posted(world, satsning))

    assert response.status_code == 422
    assert f'{url("del", satsning, "ekonomi")}#id_grov_kostnad"' in text_of(response)
    assert world.fresh(satsning).station == "utkast"


def test_stale_move_is_refused_and_keeps_what_was_typed(world: World) -> None:
    satsning = world.make()
    data = posted(world, satsning, reason="Vi har inte längre någon som kan leda arbetet.")
    world.fill(satsning, "uppdrag")

    response = at(world.author).post(url("gor", satsning, "aterkalla"), data)

    assert response.status_code == 409
    text = text_of(response)
    assert "Vi har inte längre någon som kan leda arbetet." in text
    assert f'name="edition" value="{world.fresh(satsning).edition}"' in text
    assert world.fresh(satsning).station == "utkast"


def test_second_try_after_a_stale_one_is_made(world: World) -> None:
    satsning = world.make()
    browser, address = at(world.author), url("gor", satsning, "aterkalla")
    world.fill(satsning, "uppdrag")
    refused = text_of(browser.post(address, {"edition": 1, "reason": "Inte aktuell."}))
    seen = re.search(r'name="edition" value="(\d+)"', refused)
    assert seen is not None

    response = browser.post(address, {"edition": seen[1], "reason": "Inte aktuell."})

    assert response.status_code == 302


def test_move_from_elsewhere_is_refused_and_keeps_what_was_typed(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    typed = "En lång förklaring som ingen vill skriva om."

    response = at(world.officer).post(url("gor", satsning, "begar_komplettering"), {"edition": 1, "reason": typed})

    assert response.status_code == 409
    assert typed in text_of(response)


def test_wrong_body_is_told_who_can(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)

    response = at(world.author).get(url("gor", satsning, "ta_upp"))

    assert response.status_code == 403
    text = text_of(response)
    assert "”Ta upp” görs av beredningsgruppen personcentrering." in text
    assert "Du är ledamot i arbetsgruppen mobila team." in text
    assert url("satsning", satsning) in text


@pytest.mark.parametrize("when", ["ended", "coming", "superuser", "nobody"])
def test_case_does_not_exist_for_those_without_a_seat_today(world: World, when: str) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    day = today()
    if when == "ended":
        person = world.seat(ARBETSGRUPP, Role.LEDAMOT, ends_on=day - timedelta(days=1))
    elif when == "coming":
        person = world.seat(ARBETSGRUPP, Role.LEDAMOT, starts_on=day + timedelta(days=1))
    else:
        person = Person.objects.create_user(f"{when}@example.org", "Någon annan", "lösenord")
        person.is_superuser = when == "superuser"
        person.save()
    browser = at(person)

    assert browser.get(url("satsning", satsning)).status_code == 404
    assert browser.get(url("gor", satsning, "aterkalla")).status_code == 404
    assert browser.post(url("gor", satsning, "aterkalla"), {"edition": 1}).status_code == 404
    assert browser.get("/").status_code == 200


def test_pages_ask_for_login(world: World) -> None:
    satsning = world.make()

    response = Client().get(url("satsning", satsning))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/konto/login/")


def test_form_of_another_site_is_refused(world: World) -> None:
    satsning = world.make()
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.author)

    assert client.post(url("gor", satsning, "aterkalla"), {"edition": 1, "reason": "x"}).status_code == 403


def test_recorder_with_jav_is_refused_and_nothing_is_lost(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    world.members()
    chair = world.person("lansstyrgruppen", Role.ORDFORANDE)
    seat = chair.memberships.get()
    data = posted(world, satsning, inputs=Inputs(decision=world.decision()))
    data |= {f"participants-{seat.pk}-jav": "1", f"participants-{seat.pk}-varfor": "Leder satsningen."}

    response = at(chair).post(url("gor", satsning, "bifall"), data)

    assert response.status_code == 403
    text = text_of(response)
    assert "Du har jäv i ärendet" in text
    assert 'value="Leder satsningen."' in text
    assert not Beslut.objects.exists()


def test_too_few_at_the_meeting_are_refused_by_the_sentence_of_quorum(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    data = posted(world, satsning, inputs=Inputs(decision=world.decision(present=2)))

    response = at(world.secretary).post(url("gor", satsning, "bifall"), data)

    assert response.status_code == 422
    assert "Inte beslutsfört" in text_of(response)
    assert f'value="{data["paragraph"]}"' in text_of(response)


def test_decision_without_its_facts_says_what_at_each_field(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    world.members()
    edition = world.fresh(satsning).edition
    data = {"edition": edition, "meeting_date": today().isoformat(), "reason": ""}

    response = at(world.secretary).post(url("gor", satsning, "avslag"), data)

    text = text_of(response)
    assert response.status_code == 422
    assert 'href="#id_paragraph"' in text
    assert 'href="#id_participants"' in text


@pytest.mark.parametrize("day", ["1899-12-31", "2031-02-30", "i går", "9999-01-01", "\x00", "'; drop table"])
def test_absurd_day_is_a_message_at_its_field(world: World, day: str) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    data = posted(world, satsning, inputs=Inputs(decision=world.decision())) | {"meeting_date": day}

    response = at(world.secretary).post(url("gor", satsning, "bifall"), data)

    assert response.status_code == 422
    assert 'href="#id_meeting_date"' in text_of(response)


def test_day_shows_who_sat_in_the_body_then(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    left = world.seat("lansstyrgruppen", Role.LEDAMOT, ends_on=today() - timedelta(days=30))
    before = (today() - timedelta(days=40)).isoformat()
    browser, address = at(world.secretary), url("gor", satsning, "bifall")
    assert left.name not in text_of(browser.get(address))

    response = browser.post(address, {"edition": 1, "meeting_date": before, "paragraph": "§ 9", "visa_dag": "1"})

    assert response.status_code == 200
    assert left.name in text_of(response)
    assert 'value="§ 9"' in text_of(response)


def test_present_members_are_remembered_within_a_meeting(world: World) -> None:
    first, second = (world.carried_to(StationKind.BESLUT) for _ in range(2))
    world.decide(first, "bifall")

    text = text_of(at(world.secretary).get(url("gor", second, "bifall")))

    assert len(re.findall(r'-deltog" value="1" checked', text)) == len(world.members())


@pytest.mark.parametrize(
    "text", ["x" * 100_001, "\x00\x07kort", "<script>alert(1)</script>", "[a](javascript:alert(1))"]
)
def test_hostile_reason_is_taken_clean_or_refused_at_its_field(world: World, text: str) -> None:
    satsning = world.make()

    response = at(world.author).post(url("gor", satsning, "aterkalla"), posted(world, satsning, reason=text))

    assert response.status_code in {302, 422}
    page = text_of(at(world.author).get(url("satsning", satsning)))
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_amended_decision_is_shown_with_what_is_worked_in(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    decision = world.decision(amended_wording="Satsningen godkänns om Trosa är med.", condition="Trosa är med.")
    data = posted(world, satsning, inputs=Inputs(decision=decision))
    assert at(world.secretary).post(url("gor", satsning, "bifall"), data).status_code == 302
    page = text_of(at(world.author).get(url("satsning", satsning)))
    assert "Satsningen godkänns om Trosa är med." in page
    assert "Föreslagen lydelse" in page
    assert "Inget är ändrat än" in page

    version = satsning.uppdrag.version
    part = {"version": version, "titel": "Mobila team", "syfte": "Fler får vård hemma, också i Trosa."}
    assert at(world.author).post(url("del", satsning, "uppdrag"), part).status_code == 302

    page = text_of(at(world.author).get(url("satsning", satsning)))
    assert "Ändrat sedan revision" in page


def test_checking_lists_parts_receiver_and_what_follows(world: World) -> None:
    satsning = world.make()
    world.fill(satsning, *DECIDED_PARTS)

    text = text_of(at(world.author).get(url("gor", satsning, "lamna_in")))

    assert "Utkast → Inlämnad" in text
    assert "Beredningsgruppen personcentrering" in text
    assert "Går inte att ångra" in text
    for part in DECIDED_PARTS:
        assert url("del", satsning, part) in text


def test_every_move_of_the_path_has_its_words(world: World) -> None:
    satsning = world.make()

    assert {move.kind.value for move in path_of(satsning).moves} - {"skapa"} == set(FROM)


def test_a_body_that_meets_here_decides_at_its_table(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    Paragrafserie.objects.create(body=world.body(STYRGRUPP), year=today().year, last=1)

    text = text_of(at(world.secretary).get(url("satsning", satsning)))
    answer = at(world.secretary).get(url("gor", satsning, "bifall"))

    assert "Länsstyrgruppen beslutar i sina möten." in text
    assert answer.status_code == 409
    assert "förs in vid bordet" in text_of(answer)
