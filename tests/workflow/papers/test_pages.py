"""The page to print and the files: who gets them, what they are called, and what is asked in the wrong way."""

from urllib.parse import unquote

import pytest
from django.test import Client

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.papers.making import bare_matter
from tests.workflow.world import ARBETSGRUPP, World
from workflow.papers.case import case_paper
from workflow.papers.matter import Scope
from workflow.papers.naming import file_name

PAGES = ("utskrift", "utskrift_pdf", "utskrift_docx")
BEGINS = {"utskrift_pdf": b"%PDF-1.7", "utskrift_docx": b"PK"}
TYPES = {
    "utskrift_pdf": "application/pdf",
    "utskrift_docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def test_page_shows_the_case_and_leads_to_the_files(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)

    text = text_of(at(world.author).get(url("utskrift", satsning), {"revision": "1", "omfang": "historik"}))

    assert "Fler får bedömning och vård hemma." in text
    assert f"{url('utskrift_pdf', satsning)}?revision=1&amp;omfang=historik" in text
    assert 'lang="sv"' in text
    assert url("utskrift", satsning) in text_of(at(world.author).get(url("satsning", satsning)))


@pytest.mark.parametrize("page", ["utskrift_pdf", "utskrift_docx"])
def test_file_is_a_download_that_is_kept_nowhere(world: World, page: str) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    reference = world.fresh(satsning).reference

    response = at(world.author).get(url(page, satsning))

    assert response.content.startswith(BEGINS[page])
    headers = response.headers
    assert headers["Content-Type"] == TYPES[page]
    ending = page.removeprefix("utskrift_")
    name = unquote(headers["Content-Disposition"].partition("filename*=utf-8''")[2])
    assert name == f"{reference} Mobila team i hela länet.{ending}"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("page", PAGES)
def test_draft_is_printed_by_its_authors_alone(world: World, page: str) -> None:
    draft = world.make()
    ended = world.seat(ARBETSGRUPP, Role.LEDAMOT, ends_on=today().replace(year=today().year - 1))
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")

    assert at(world.author).get(url(page, draft)).status_code == 200
    for stranger in (world.officer, ended, superuser):
        assert at(stranger).get(url(page, draft)).status_code == 404
    assert Client().get(url(page, draft)).status_code == 302
    assert at(world.author).post(url(page, draft)).status_code == 405


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "asked",
    ["revision=99", "revision=x", f"revision={'9' * 5000}", "revision=-1", "revision=²", "omfang=allt", "revision=%00"],
)
def test_what_is_not_there_is_not_found(world: World, page: str, asked: str) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)

    assert at(world.author).get(f"{url(page, satsning)}?{asked}").status_code == 404


@pytest.mark.parametrize(
    ("reference", "titel", "name"),
    [
        ("LSG 2026-0014", "Mobila team", "LSG 2026-0014 Mobila team.pdf"),
        ("", 'Å/ä\\ö: "x" <y>|z?*\x00', "Å ä ö x y z [U+0000].pdf"),
        ("", "", "Satsning utan titel.pdf"),
        ("", "...", "Satsning.pdf"),
        ("", "con", "Satsning con.pdf"),
        ("", "a" * 300, f"{'a' * 120}.pdf"),
        ("../../etc", "x", "etc x.pdf"),
    ],
)
def test_name_of_the_file_is_taken_by_every_computer(reference: str, titel: str, name: str) -> None:
    paper = case_paper(bare_matter({"uppdrag": {"titel": titel}}, reference=reference), Scope.PARTS)

    assert file_name(paper, "pdf") == name


def test_name_of_a_revision_tells_which() -> None:
    paper = case_paper(bare_matter({"uppdrag": {"titel": "Mobila team"}}), Scope.PARTS)

    assert file_name(paper, "docx", more=", revision 3") == "LSG 2026-0014 Mobila team, revision 3.docx"


def test_hostile_words_are_words_on_the_page(world: World) -> None:
    satsning = world.make('<script>alert(1)</script> & "citat"')

    response = at(world.author).get(url("utskrift", satsning))

    assert "<script>alert(1)" not in text_of(response)
    assert "&lt;script&gt;alert(1)" in text_of(response)
