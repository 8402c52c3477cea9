"""The PDF as other programs see it: its claims, language, title, outline, tags, heads of tables, and pages."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.workflow.papers.checks import ARCHIVED_AND_ACCESSIBLE, claims_of, skipped_levels, tags_of
from tests.workflow.papers.forms import of_pdf, squeezed
from tests.workflow.papers.making import bare_matter
from workflow.papers.case import case_paper
from workflow.papers.fonts import slanted, upright
from workflow.papers.matter import Scope
from workflow.papers.pdf import as_pdf
from workflow.papers.value import Paper, texts_of

KOMMUNER = [
    {
        "organisation_id": number,
        "organisation_namn": f"Exempelköpings kommun {number}",
        "ar": 2027 + number % 3,
        "efter_piloten": number % 2 == 0,
        "ansvarig": "Verksamhetschefen för hemsjukvård",
        "anpassning": "Anpassas till kommunens hemsjukvårdsorganisation.\n\n- Schema\n- Journal",
    }
    for number in range(49)
]


def forty_nine() -> Paper:
    uppdrag = {"titel": "Mobila team i hela länet", "behov": "## Underlag\nÅ ä ö.", "behov_kalla": "- ett\n- två"}
    inforande = {"pilot": "", "karna": "", "anpassas": "", "kommuner": KOMMUNER}
    return case_paper(bare_matter({"uppdrag": uppdrag, "inforande": inforande}), Scope.PARTS)


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_pdf(forty_nine())


@pytest.fixture(scope="module")
def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def test_pdf_claims_archive_and_accessibility(read: PdfReader) -> None:
    assert claims_of(read) == ARCHIVED_AND_ACCESSIBLE


def test_pdf_says_what_it_is(read: PdfReader) -> None:
    about = read.metadata
    assert about is not None
    assert (about.title, about.author) == ("Mobila team i hela länet", "Sörmland")
    assert about.subject == "Gemensam satsning LSG 2026-0014"
    assert about.creation_date is not None
    assert about.creation_date.date().isoformat() == "2026-11-27"


def test_headings_are_bookmarks(read: PdfReader) -> None:
    top = [str(one.title) for one in read.outline if not isinstance(one, list)]

    assert top[:2] == ["Uppdrag", "Koppling till målbilden"]
    below: Any = read.outline[1]
    assert str(below[0].title) == "Behov"


def test_text_is_tagged(read: PdfReader) -> None:
    found = tags_of(read)

    assert found[0] == "/Document"
    assert found.count("/THead") == 1
    assert found.count("/TH") == 5
    assert found.count("/TD") == 49 * 5
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Lbl", "/LBody", "/P"} <= set(found)
    assert skipped_levels(found) == []


def test_every_page_says_which_it_is(read: PdfReader) -> None:
    pages = len(read.pages)

    assert pages > 4
    for number, page in enumerate(read.pages, 1):
        text = page.extract_text()
        assert f"{number} ({pages})" in text
        assert "LSG 2026-0014" in text
    assert all("Lokal anpassning" in read.pages[number].extract_text() for number in (pages - 2, pages - 1))


def test_pdf_is_read_in_order(made: bytes) -> None:
    said, at = squeezed(of_pdf(made)), 0
    for text in [squeezed(text) for text in texts_of(forty_nine())]:
        found = said.find(text, at)
        assert found >= at, text
        at = found + len(text)


def test_same_paper_gives_the_same_bytes(made: bytes) -> None:
    assert as_pdf(forty_nine()) == made


def test_words_are_divided_as_swedish_is() -> None:
    behov = "Hemsjukvårdsorganisationens verksamhetsutvecklingsarbete " * 12
    text = PdfReader(BytesIO(as_pdf(case_paper(bare_matter({"uppdrag": {"titel": "x", "behov": behov}}), Scope.PARTS))))

    assert re.search(r"(verksamhets|organisationens|utvecklings|\w)[\u00ad-]\n", text.pages[0].extract_text())


def test_sign_that_the_font_lacks_is_named() -> None:
    paper = case_paper(
        bare_matter({"uppdrag": {"titel": "😀 \x00", "behov": "*漢 Ж* \uf0b7 \ufeff ś ż €"}}), Scope.PARTS
    )

    text = of_pdf(as_pdf(paper))

    for expected in ("[U+1F600] [U+0000]", "[U+6F22]", "Ж", "[U+F0B7]", "[U+FEFF]", "ś ż €"):
        assert expected in text


def test_fonts_have_what_swedish_needs() -> None:
    assert set("åäöÅÄÖéüÉ–—”’§€½²→≥•…\xa0\xad") <= upright()
    assert slanted() < upright()
