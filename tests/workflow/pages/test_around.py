"""What stands around a case: statements, files, registry numbers, revisions, and the people who handle it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from governance.vocabulary import Role, StationKind
from satsningar.models import Bilaga, Handling, Satsning
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import BEREDNING, World
from workflow.models import JournalEntry, Utlatande
from workflow.rights import viewer
from workflow.selectors.documents import documents_of
from workflow.vocabulary import Act

AUTOSAVE = {"X-Autosave": "1"}
WORDS = {"text": "Väl berett.", "rekommendation": "tillstyrkan", "forslag": "Satsningen godkänns.", "anteckningar": ""}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def sent(name: str = "risk.png", body: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def add(world: World, satsning: Satsning, **more: Any) -> Bilaga:
    data = {"files": [sent()], "part": "", "secrecy": "", **more}
    response = at(world.author).post(url("bilagor", satsning), data)
    assert response.status_code == 302, text_of(response)
    return Bilaga.objects.latest("pk")


def test_statement_is_written_by_its_body_and_read_by_no_other(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    browser, address = at(world.officer), url("utlatande", satsning)
    assert browser.get(address).status_code == 200

    saved = browser.post(address, {"version": 0, **WORDS}, headers=AUTOSAVE).json()

    assert saved["version"] == 1
    assert Utlatande.objects.get().forslag == "Satsningen godkänns."
    assert at(world.author).get(address).status_code == 403
    assert at(world.author).post(address, {"version": 1, **WORDS}).status_code == 403
    assert "Väl berett." not in text_of(at(world.author).get(url("satsning", satsning)))


def test_statement_of_two_shows_both_texts(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    browser, address = at(world.officer), url("utlatande", satsning)
    browser.post(address, {"version": 0, **WORDS})

    response = browser.post(address, {"version": 0, **WORDS, "text": "Min egen bedömning."})

    assert response.status_code == 409
    assert "Väl berett." in text_of(response)
    assert "Min egen bedömning." in text_of(response)
    settled = {"version": 0, **WORDS, "text": "Min egen bedömning.", "konflikt": "behall_min", "konflikt_version": 1}
    assert browser.post(address, settled).status_code == 302
    assert Utlatande.objects.get().text == "Min egen bedömning."


def test_statement_is_read_by_its_body_when_it_is_written_no_more(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)

    text = text_of(at(world.officer).get(url("utlatande", satsning)))

    assert "Väl berett." in text
    assert "<textarea" not in text


def test_file_is_given_out_as_a_download_that_runs_nothing(world: World) -> None:
    satsning = world.make()
    bilaga = add(world, satsning)

    response = at(world.author).get(url("bilaga", satsning, bilaga.pk))

    assert b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == 'attachment; filename="risk.png"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert at(world.officer).get(url("bilaga", satsning, bilaga.pk)).status_code == 404
    other = world.make("En annan satsning")
    assert at(world.author).get(url("bilaga", other, bilaga.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "body"), [("a.exe", b"MZ" + b"\x00" * 60), ("a.png", b""), ("a.svg", b"<svg onload='x'/>"), ("…", PNG)]
)
def test_file_that_is_not_taken_is_refused_at_its_field(world: World, name: str, body: bytes) -> None:
    satsning = world.make()

    response = at(world.author).post(url("bilagor", satsning), {"files": [sent(), sent(name, body)], "part": ""})

    assert response.status_code == 422
    assert 'href="#id_files"' in text_of(response)
    assert not Bilaga.objects.exists()


def test_file_named_as_a_path_keeps_its_own_name(world: World) -> None:
    satsning = world.make()

    assert add(world, satsning, files=[sent("../../x.png")]).name == "x.png"


def test_no_file_is_a_message_at_the_field(world: World) -> None:
    satsning = world.make()

    assert at(world.author).post(url("bilagor", satsning), {"part": ""}).status_code == 422


def test_removed_file_is_given_out_no_more(world: World) -> None:
    satsning = world.make()
    bilaga = add(world, satsning)
    assert [one.title for one in documents_of(viewer(world.author), satsning)] == ["risk.png"]

    response = at(world.author).post(url("ta_bort_bilaga", satsning, bilaga.pk))

    assert response.status_code == 302
    assert at(world.author).get(url("bilaga", satsning, bilaga.pk)).status_code == 404
    assert at(world.author).post(url("ta_bort_bilaga", satsning, bilaga.pk)).status_code == 404
    assert "risk.png" not in text_of(at(world.author).get(url("bilagor", satsning)))
    assert documents_of(viewer(world.author), satsning) == []


def test_marked_document_is_seen_to_exist_and_given_to_those_inside(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    bilaga = add(world, satsning)
    mark = url("sekretess", satsning, Handling.objects.get(bilaga=bilaga).pk)
    assert at(world.author).post(mark, {"secrecy": "OSL 25 kap. 1 §"}).status_code == 302
    outside = world.seat("fouis", Role.LEDAMOT)

    for person, status in ((world.author, 200), (world.officer, 200), (world.secretary, 200), (outside, 403)):
        response = at(person).get(url("bilaga", satsning, bilaga.pk))
        assert response.status_code == status
        assert status != 200 or b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined]
    text = text_of(at(outside).get(url("satsning", satsning)))
    assert "Sekretess: OSL 25 kap. 1 §" in text
    assert "risk.png" not in text
    assert at(outside).post(mark, {"secrecy": ""}).status_code == 403
    assert JournalEntry.objects.filter(act=Act.SEKRETESS).count() == 1
    assert at(world.author).post(mark, {"secrecy": "x" * 500}).status_code == 422


def test_registry_number_is_written_by_the_contact(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    contact = world.seat("kontakt-trosa", Role.KONTAKTPERSON)
    address = url("diarienummer", satsning)
    assert at(contact).get(address).status_code == 200

    assert at(contact).post(address, {"number": "VON 2026-0231"}).status_code == 302

    assert "VON 2026-0231" in text_of(at(world.author).get(url("satsning", satsning)))
    assert at(contact).post(address, {"number": "x" * 100}).status_code == 422
    assert at(world.author).get(address).status_code == 403
    assert at(contact).get(f"{address}?organisation=999999").status_code == 404


def test_revision_is_readable_as_it_was_frozen(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    revision = satsning.revisions.get(number=1)

    text = text_of(at(world.author).get(url("revision", satsning, 1)))

    assert revision.sha256 in text
    assert "Fler får bedömning och vård hemma." in text
    assert at(world.author).get(url("revision", satsning, 99)).status_code == 404
    assert at(world.author).get(url("revision", satsning, 10**18)).status_code == 404


@pytest.mark.parametrize(
    ("sides", "status"), [("1|2", 200), ("1|nu", 200), ("nu|forslag", 200), ("1|99", 404), ("|x", 404)]
)
def test_revisions_are_compared(world: World, sides: str, status: int) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    before, after = sides.split("|")

    response = at(world.author).get(url("jamfor", satsning), {"fran": before, "till": after})

    assert response.status_code == status


def test_handlaggare_is_changed_by_the_preparing_body(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    other = world.seat(BEREDNING, Role.LEDAMOT)
    address = url("handlaggare", satsning)
    assert at(world.officer).get(address).status_code == 200

    assert at(world.officer).post(address, {"handlaggare": other.pk}).status_code == 302

    assert world.fresh(satsning).handlaggare_id == other.pk
    assert at(world.officer).post(address, {"handlaggare": world.author.pk}).status_code == 422
    assert at(world.author).get(address).status_code == 403


def test_anmalan_of_a_running_case_is_taken_back(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    world.fill(satsning, "slutrapport")
    world.bring(satsning, "avbryt")
    assert "Ta tillbaka anmälan" in text_of(at(world.officer).get(url("satsning", satsning)))

    assert at(world.officer).post(url("ta_tillbaka_anmalan", satsning)).status_code == 302

    assert not satsning.anmalningar.filter(closed_at=None).exists()
    assert at(world.author).post(url("ta_tillbaka_anmalan", satsning)).status_code == 409


def test_preview_shows_markdown_without_script(world: World) -> None:
    response = at(world.author).post("/forhandsgranska/", {"markdown_text": "**fet** <script>x</script>"})

    assert "<strong>fet</strong>" in text_of(response)
    assert "<script>" not in text_of(response)
