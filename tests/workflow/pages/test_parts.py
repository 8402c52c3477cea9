"""A part is written by its form, by itself, in part by an organisation, and as a proposal; nothing typed is lost."""

from typing import Any

import pytest

from governance.models import Organisation
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from satsningar.vocabulary import PartCode
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import World
from workflow.models import Andringsforslag

AUTOSAVE = {"X-Autosave": "1", "Accept": "application/json"}


def part(satsning: Satsning, code: str) -> Any:
    return content.read(satsning.pk).part(code)


@pytest.mark.parametrize("code", PARTS)
def test_every_part_is_shown_to_its_writer_and_its_reader(world: World, code: str) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    world.fill(satsning, PartCode.VARDEN)

    for person in (world.author, world.officer, world.coordinator):
        response = at(person).get(url("del", satsning, code))
        assert response.status_code == 200
        assert PartCode(code).label in text_of(response)


def test_unknown_part_is_not_found(world: World) -> None:
    satsning = world.make()

    assert at(world.author).get(url("del", satsning, "annat")).status_code == 404
    assert at(world.author).post(url("dra_tillbaka_forslag", satsning, "annat")).status_code == 404


def test_part_is_saved_and_leads_on_to_the_next(world: World) -> None:
    satsning = world.make()
    data = {"version": 1, "titel": "Ny titel", "syfte": "Att prova.", "sedan": "koppling"}

    response = at(world.author).post(url("del", satsning, "uppdrag"), data)

    assert response.headers["Location"] == url("del", satsning, "koppling")
    assert part(satsning, "uppdrag")["syfte"] == "Att prova."


def test_part_saves_itself_and_gives_lines_their_ids(world: World) -> None:
    satsning = world.make()
    region = Organisation.objects.get(code="region-sormland")
    browser, address = at(world.author), url("del", satsning, "omfattning")
    lines = {"deltagare-TOTAL_FORMS": 1, "deltagare-INITIAL_FORMS": 0}
    data = {"version": 0, **lines, "deltagare-0-organisation_id": region.pk, "deltagare-0-roll": "Leder."}

    first = browser.post(address, data, headers=AUTOSAVE).json()
    data |= {"version": first["version"], "deltagare-0-id": first["values"]["deltagare-0-id"]}
    second = browser.post(address, {**data, "deltagare-0-roll": "Leder och betalar."}, headers=AUTOSAVE).json()

    assert (first["version"], second["version"]) == (1, 2)
    rows = part(satsning, "omfattning")["deltagare"]
    assert [row["roll"] for row in rows] == ["Leder och betalar."]


def test_what_cannot_be_saved_is_said_at_its_field(world: World) -> None:
    satsning = world.make()
    address = url("del", satsning, "uppdrag")
    data = {"version": 1, "titel": "Ny titel", "behov": "x" * 100_000, "startar": "1899-01-01"}

    shown = at(world.author).post(address, data)
    saved = at(world.author).post(address, data, headers=AUTOSAVE)

    assert shown.status_code == saved.status_code == 422
    assert 'href="#id_behov"' in text_of(shown)
    assert set(saved.json()["errors"]) == {"behov", "startar"}
    assert part(satsning, "uppdrag")["titel"] == "Mobila team i hela länet"


@pytest.mark.parametrize("amount", ["-5", "1e309", "NaN", "9" * 40, "hundra", "1,234"])
def test_absurd_amount_is_a_message_at_its_field(world: World, amount: str) -> None:
    satsning = world.make()
    lines = {"kostnader-TOTAL_FORMS": 0, "kostnader-INITIAL_FORMS": 0}

    response = at(world.author).post(url("del", satsning, "ekonomi"), {"version": 0, "grov_kostnad": amount, **lines})

    assert response.status_code == 422
    assert 'href="#id_grov_kostnad"' in text_of(response)


def test_conflict_shows_both_texts_and_saves_neither(world: World) -> None:
    satsning = world.make()
    browser, address = at(world.author), url("del", satsning, "uppdrag")
    browser.post(address, {"version": 1, "titel": "Deras titel", "syfte": "Deras syfte."})
    mine = {"version": 1, "titel": "Min titel", "syfte": "Mitt syfte."}

    shown = browser.post(address, mine)
    saved = browser.post(address, mine, headers=AUTOSAVE)

    assert shown.status_code == saved.status_code == 409
    for text in (text_of(shown), saved.json()["html"]):
        assert "Deras syfte." in text
        assert "Mitt syfte." in text
        assert 'name="konflikt_version" value="2"' in text
    assert part(satsning, "uppdrag")["titel"] == "Deras titel"


def test_same_text_saved_twice_is_no_conflict(world: World) -> None:
    satsning = world.make()
    region = Organisation.objects.get(code="region-sormland")
    lines = {"deltagare-TOTAL_FORMS": 1, "deltagare-INITIAL_FORMS": 0}
    data = {"version": 0, **lines, "deltagare-0-organisation_id": region.pk, "deltagare-0-roll": "Leder."}
    browser, address = at(world.author), url("del", satsning, "omfattning")
    browser.post(address, data, headers=AUTOSAVE)

    response = browser.post(address, data)

    assert response.status_code == 302
    assert content.read(satsning.pk).versions["omfattning"] == 1


@pytest.mark.parametrize(("choice", "titel"), [("behall_min", "Min titel"), ("ta_deras", "Deras titel")])
def test_conflict_is_settled_by_choice(world: World, choice: str, titel: str) -> None:
    satsning = world.make()
    browser, address = at(world.author), url("del", satsning, "uppdrag")
    browser.post(address, {"version": 1, "titel": "Deras titel"})
    mine = {"version": 1, "titel": "Min titel", "konflikt": choice, "konflikt_version": 2}

    response = browser.post(address, mine)

    assert response.status_code == 302
    assert part(satsning, "uppdrag")["titel"] == titel


def test_kept_line_that_others_removed_comes_back_as_a_new_one(world: World) -> None:
    satsning = world.make()
    region = Organisation.objects.get(code="region-sormland")
    browser, address = at(world.author), url("del", satsning, "omfattning")
    lines = {"deltagare-TOTAL_FORMS": 1, "deltagare-INITIAL_FORMS": 0}
    written = {**lines, "deltagare-0-organisation_id": region.pk, "deltagare-0-roll": "Leder."}
    browser.post(address, {"version": 0, **written})
    gone = part(satsning, "omfattning")["deltagare"][0]["id"]
    browser.post(address, {"version": 1, **lines, "deltagare-TOTAL_FORMS": 0})

    kept = {"version": 1, **written, "deltagare-0-id": gone, "konflikt": "behall_min", "konflikt_version": 2}
    response = browser.post(address, kept)

    assert response.status_code == 302, text_of(response)
    assert [row["roll"] for row in part(satsning, "omfattning")["deltagare"]] == ["Leder."]


def test_buttons_change_a_list_without_javascript_and_save_nothing(world: World) -> None:
    satsning = world.make()
    browser, address = at(world.author), url("del", satsning, "resurser")
    lines = {"resurser-TOTAL_FORMS": 1, "resurser-INITIAL_FORMS": 0, "resurser-0-roll": "Sjuksköterska"}

    longer = browser.post(address, {"version": 0, **lines, "lagg_till_resurser": "1"})
    shorter = browser.post(address, {"version": 0, **lines, "ta_bort_resurser-0": "1"})

    assert longer.status_code == shorter.status_code == 200
    assert 'name="resurser-1-roll"' in text_of(longer)
    assert "Sjuksköterska" in text_of(longer)
    assert "Sjuksköterska" not in text_of(shorter)
    assert content.read(satsning.pk).versions["resurser"] == 0


def test_part_on_the_table_is_read_and_not_written(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    browser, address = at(world.author), url("del", satsning, "uppdrag")

    shown = text_of(browser.get(address))
    refused = browser.post(
        address, {"version": 2, "titel": "Ny titel", "syfte": "En lång text som inte ska försvinna."}
    )

    assert "är fryst tills beslutet är fattat" in shown
    assert "<textarea" not in shown
    assert refused.status_code == 403
    assert "En lång text som inte ska försvinna." in text_of(refused)


def test_autosave_without_right_keeps_the_text_on_the_page(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)

    response = at(world.author).post(url("del", satsning, "uppdrag"), {"version": 2}, headers=AUTOSAVE)

    assert response.status_code == 403
    assert response.json()["message"].startswith("Inte sparat.")


def test_decided_part_is_changed_by_a_proposal(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    browser, address = at(world.author), url("del", satsning, "uppdrag")
    assert "Du skriver ett ändringsförslag" in text_of(browser.get(address))
    before = part(satsning, "uppdrag")

    response = browser.post(address, {"version": 0, "titel": before["titel"], "syfte": "Ett nytt syfte."})

    assert response.status_code == 302
    assert part(satsning, "uppdrag") == before
    assert "Ett nytt syfte." in text_of(browser.get(address))
    compared = text_of(browser.get(url("jamfor", satsning), {"fran": "nu", "till": "forslag"}))
    assert "<ins>" in compared
    assert "<del>" in compared
    browser.post(url("dra_tillbaka_forslag", satsning, "uppdrag"))
    assert not Andringsforslag.objects.filter(closed_at=None).exists()


def test_contact_writes_the_lines_of_the_own_organisation_alone(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    trosa = Organisation.objects.get(code="trosa")
    contact = world.seat("kontakt-trosa", Role.KONTAKTPERSON)
    browser, address = at(contact), url("del", satsning, "lage")

    shown = text_of(browser.get(address))
    data = {"version": 0, f"organisationer-{trosa.pk}-status": "pagar"}
    response = browser.post(address, data)

    assert response.status_code == 302, text_of(response)
    assert "Du skriver för Trosa kommun" in shown
    assert "Nyköpings kommun" not in shown
    rows = part(satsning, "lage")["organisationer"]
    assert [(row["organisation_id"], row["status"]) for row in rows] == [(trosa.pk, "pagar")]


def test_requested_part_shows_the_request_and_the_answer_is_written(world: World) -> None:
    satsning = world.carried_to(StationKind.KOMPLETTERING)
    browser = at(world.author)
    assert "Vem betalar efter projektet?" in text_of(browser.get(url("del", satsning, "ekonomi")))
    row = satsning.kompletteringar.get()

    response = browser.post(url("komplettering", satsning), {f"svar-{row.pk}": "Regionen betalar."})

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.svar == "Regionen betalar."
    assert browser.post(url("komplettering", satsning), {f"svar-{row.pk}": "x" * 100_000}).status_code == 422
    assert at(world.officer).get(url("komplettering", satsning)).status_code == 200
    assert at(world.officer).post(url("komplettering", satsning), {f"svar-{row.pk}": "Nej."}).status_code == 403
