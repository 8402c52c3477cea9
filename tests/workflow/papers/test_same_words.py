"""Whatever people have written, page, PDF and DOCX are made of it, and they say the same."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from tests.workflow.papers.forms import of_docx, of_html, of_pdf, squeezed
from tests.workflow.papers.making import TEXTS, bare_matter, matters
from workflow.papers.case import case_paper
from workflow.papers.docx import as_docx
from workflow.papers.fonts import upright
from workflow.papers.html import as_html
from workflow.papers.matter import Matter, Scope
from workflow.papers.pdf import as_pdf
from workflow.papers.signs import shown
from workflow.papers.value import Paper, texts_of

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(paper: Paper) -> None:
    said = list(texts_of(paper))
    html = of_html(str(as_html((paper.facts, *paper.blocks))))
    assert squeezed("".join([paper.kind, paper.title, *paper.marks, html])) == squeezed("".join(said))
    assert squeezed(of_docx(as_docx(paper))) == squeezed("".join(said))
    asked = [shown(text.replace("\n", " "), upright().__contains__) for text in said]
    found, wanted = signs_of(of_pdf(as_pdf(paper))), signs_of("".join(asked))
    assert dict(wanted - found) == {}, asked
    if not any(unicodedata.category(sign).startswith("M") for text in asked for sign in text):
        assert dict(found - wanted) == {}, asked


def signs_of(text: str) -> Counter[str]:
    """Return how often each sign stands in a text, whatever the order that a page broken in two gives them.

    Left out are the marks of lists, which are no one's words, and marks above letters: where the two are no sign
    together, they are two glyphs in a PDF, and a reader of it may say the letter twice.
    """
    return Counter(
        sign
        for sign in squeezed(unicodedata.normalize("NFD", text))
        if sign not in "•–.0123456789" and not unicodedata.category(sign).startswith("M")
    )


@FEW
@given(matters())
def test_every_form_says_the_same(matter: Matter) -> None:
    check(case_paper(matter, Scope.PARTS))


@pytest.mark.soak
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(matters())
def test_every_form_says_the_same_of_many(matter: Matter) -> None:
    check(case_paper(matter, Scope.PARTS))


@FEW
@given(TEXTS)
def test_text_in_a_cell_says_the_same(text: str) -> None:
    row = {"organisation_id": 1, "organisation_namn": "Trosa kommun", "roll": text}
    check(
        case_paper(
            bare_matter({"omfattning": {"spridning": "", "resurser_tillfors": "", "deltagare": [row]}}), Scope.PARTS
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "1" * 100_000,
        "ord " * 25_000,
        "Ord\n\n" * 20_000,
        "- x\n" * 5_000,
        "> " * 500 + "djupt",
        "😀" * 5_000,
    ],
    ids=["letters", "digits", "words", "paragraphs", "items", "deep", "emoji"],
)
def test_long_text_is_made_into_every_form(text: str) -> None:
    paper = case_paper(bare_matter({"uppdrag": {"titel": "Lång", "behov": text}}), Scope.PARTS)

    made = as_pdf(paper), as_docx(paper), as_html(paper.blocks)

    assert all(made)


def test_table_of_many_rows_says_the_same_in_every_form() -> None:
    rows = [
        {"organisation_id": number, "organisation_namn": f"Kommun {number}", "ar": 2027, "efter_piloten": False}
        | {"ansvarig": "Verksamhetschefen", "anpassning": "Anpassas till hemsjukvårdens organisation. " * 4}
        for number in range(200)
    ]
    paper = case_paper(
        bare_matter({"inforande": {"pilot": "", "karna": "", "anpassas": "", "kommuner": rows}}), Scope.PARTS
    )

    check(paper)
