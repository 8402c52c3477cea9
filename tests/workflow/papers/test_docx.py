"""The Word document as other programs see it: styles, language, heads of tables, lists, nothing fetched."""

import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.workflow.papers.making import bare_matter
from tests.workflow.papers.test_pdf import forty_nine
from workflow.papers.case import case_paper
from workflow.papers.docx import as_docx
from workflow.papers.matter import Scope

MARKDOWN = """1. ett
2. två

text

1. igen
   - under

[länk](https://exempel.test/)

> citat

| A |
|---|
| b |

| C |
|---|
| d |"""


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_docx(forty_nine())


def of_text(text: str) -> Any:
    return Document(BytesIO(as_docx(case_paper(bare_matter({"uppdrag": {"titel": "x", "behov": text}}), Scope.PARTS))))


def test_headings_are_headings(made: bytes) -> None:
    styles = [(str(one.style.name), one.text) for one in Document(BytesIO(made)).paragraphs if one.style]

    assert ("Title", "Mobila team i hela länet") in styles
    assert [text for style, text in styles if style == "Heading 1"][:2] == ["Uppdrag", "Koppling till målbilden"]
    assert ("Heading 2", "Behov") in styles
    assert ("Heading 3", "Underlag") in styles


def test_file_says_what_it_is(made: bytes) -> None:
    about = Document(BytesIO(made)).core_properties

    assert (about.title, about.author, about.language) == ("Mobila team i hela länet", "Sörmland", "sv-SE")
    assert about.subject == "Gemensam satsning LSG 2026-0014"
    assert about.comments == ""


def test_language_is_swedish(made: bytes) -> None:
    styles: Any = Document(BytesIO(made)).styles.element
    assert [one.get(qn("w:val")) for one in styles.iter(qn("w:lang"))] == ["sv-SE"]


def test_head_of_a_table_is_repeated_and_described(made: bytes) -> None:
    [table] = Document(BytesIO(made)).tables
    element: Any = table._tbl

    assert [len(row.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) for row in element.tr_lst] == [1] + [0] * 49
    assert element.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == "Kommunerna"
    assert table.rows[0].cells[0].text == "Organisation"
    assert all(cell.paragraphs[-1].text for cell in table.rows[1].cells)


def test_numbered_lists_begin_anew() -> None:
    numbers = [
        one._p.pPr.numPr.numId.val
        for one in of_text(MARKDOWN).paragraphs
        if one._p.pPr is not None and one._p.pPr.numPr is not None
    ]
    assert len(numbers) == 4
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3


def test_tables_beside_each_other_are_kept_apart() -> None:
    body: Any = of_text(MARKDOWN).element.body
    tags = [child.tag for child in body]

    tables = [number for number, tag in enumerate(tags) if tag == qn("w:tbl")]
    assert len(tables) == 2
    assert all(tags[number + 1] == qn("w:p") for number in tables)


def test_file_fetches_nothing_and_runs_nothing() -> None:
    made = as_docx(case_paper(bare_matter({"uppdrag": {"titel": "x", "behov": MARKDOWN}}), Scope.PARTS))

    with zipfile.ZipFile(BytesIO(made)) as opened:
        names = opened.namelist()
        outside = [
            relation.get("Type", "").rsplit("/", 1)[-1]
            for name in names
            if name.endswith(".rels")
            for relation in ET.fromstring(opened.read(name))  # noqa: S314 - made here
            if relation.get("TargetMode") == "External"
        ]
    assert outside == ["hyperlink"]
    assert not [name for name in names if "vba" in name.lower() or name.endswith(".bin")]


def test_same_paper_says_the_same(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as first, zipfile.ZipFile(BytesIO(as_docx(forty_nine()))) as second:
        assert first.read("word/document.xml") == second.read("word/document.xml")
