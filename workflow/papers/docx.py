"""A document as DOCX, for whoever goes on writing in it: real headings, lists and tables, Swedish, nothing fetched.

Made by python-docx from the same values as the page and the PDF; no text passes through a template's markup.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from workflow.papers import docxml
from workflow.papers.value import (
    NEW_LINE,
    Block,
    Code,
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
)
from workflow.papers.widths import fits_beside, numeric_columns, widths_of

STEP = Mm(6)
"""How far in each list or quotation stands within another."""
DEEPEST = 12
"""Steps in that are taken; deeper ones stay there, or no room would be left."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_docx(paper: Paper) -> bytes:
    """Return the document as DOCX; the same content for the same document."""
    document = Document()
    docxml.prepare(document)
    day = datetime.combine(paper.printed_on, time(12), UTC)
    docxml.describe(document, title=paper.title, subject=f"{paper.kind} {paper.reference}".strip(), author=paper.author)
    document.core_properties.created = document.core_properties.modified = day
    docxml.head_and_foot(document, f"{paper.title}\t{paper.reference}", f"{paper.author}. Utskriven {day:%Y-%m-%d}.")
    document.add_paragraph(paper.kind, style="Quiet")
    document.add_paragraph(paper.title, style="Title")
    for mark in paper.marks:
        document.add_paragraph(mark, style="Mark")
    writer = _Writer(document, document)
    writer.write((paper.facts, *paper.all_blocks))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


class _Writer:
    """Writes blocks one after the other, into the document or into a cell."""

    def __init__(
        self, document: DocumentObject, place: DocumentObject | _Cell, step: int = 0, style: str = "Normal"
    ) -> None:
        """Take where to write, how far in, and the style of plain paragraphs."""
        self.document = document
        self.place = place
        self.step = step
        self.style = style

    def write(self, blocks: Iterable[Block]) -> None:
        """Write blocks in order."""
        for block in blocks:
            self._write(block)

    def _write(self, block: Block) -> None:
        match block:
            case Heading(level=level, text=text):
                self._paragraph(f"Heading {level}", (Run(text),))
            case Paragraph(runs=runs, quiet=quiet):
                self._paragraph("Quiet" if quiet else self.style, runs)
            case Facts(rows=rows):
                self._facts(rows)
            case Listing():
                self._listing(block)
            case Quote(blocks=inner):
                _Writer(self.document, self.place, self.step + 1, "Wording").write(inner)
            case Code(text=text):
                self._paragraph("Code", _lines(text))
            case Rule():
                docxml.rule(self._paragraph("Normal", ()))
            case Table():
                self._table(block)

    def _paragraph(self, style: str, runs: Iterable[Run]) -> WordParagraph:
        paragraph = docxml.styled(self.place.add_paragraph(), style)
        if self.step:
            paragraph.paragraph_format.left_indent = STEP * min(self.step, DEEPEST)
        _fill(paragraph, runs)
        return paragraph

    def _listing(self, listing: Listing) -> None:
        """Write a list; each item begins with its mark, and what follows in it stands as far in."""
        number = docxml.numbering(self.document, start=listing.start if listing.ordered else None)
        inner = _Writer(self.document, self.place, self.step + 1)
        for item in listing.items:
            first, rest = item[:1], item[1:]
            runs = first[0].runs if first and isinstance(first[0], Paragraph) else ()
            paragraph = inner._paragraph("List Paragraph", runs)
            docxml.mark(paragraph, number, min(self.step, DEEPEST))
            inner.write(rest if runs or (first and isinstance(first[0], Paragraph)) else item)

    def _facts(self, rows: Iterable[tuple[str, Runs]]) -> None:
        """Write short answers, each with what it answers before it, at the same distance."""
        for term, answer in rows:
            between = Run("\t") if fits_beside(term) else Run(NEW_LINE)
            self._paragraph("Fact", (Run(term, strong=True), between, *answer))

    def _table(self, table: Table) -> None:
        columns, right = len(table.head), numeric_columns(table)
        made = self._empty_table(1 + len(table.rows), columns)
        docxml.dress(made, table.title, _widths(table))
        lines: list[tuple[tuple[Block, ...], ...]] = [tuple((Paragraph(head),) for head in table.head), *table.rows]
        # Cells are taken from their rows' own elements: asking the table for a cell searches all of it each time.
        for number, (row, line) in enumerate(zip(made._tbl.tr_lst, lines, strict=True)):  # noqa: SLF001 - as above
            for column, (element, blocks) in enumerate(zip(row.tc_lst, line, strict=False)):
                self._cell(_Cell(element, made), blocks, head=number == 0, right=column in right)
        if self.place is self.document:
            # Two tables with nothing between them are one table to Word.
            docxml.styled(self.document.add_paragraph(), "Between")

    def _empty_table(self, rows: int, columns: int) -> WordTable:
        made: WordTable = self.place.add_table(rows, columns)
        return made

    def _cell(self, cell: _Cell, blocks: Iterable[Block], *, head: bool, right: bool) -> None:
        empty = cell.paragraphs[0]._p  # noqa: SLF001 - a cell is made with an empty paragraph
        writer = _Writer(self.document, cell)
        for block in blocks:
            if isinstance(block, Paragraph):
                style = "Table Head" if head else "Table Text"
                paragraph = writer._paragraph(style, block.runs)
                if right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            else:
                writer.write((block,))
        if len(cell.paragraphs) > 1:
            cell._tc.remove(empty)  # noqa: SLF001 - as above


def _widths(table: Table) -> list[int]:
    weights = widths_of(table)
    return [int(docxml.WIDTH * weight / sum(weights)) for weight in weights]


def _lines(text: str) -> Runs:
    runs: list[Run] = []
    for number, line in enumerate(text.split(NEW_LINE)):
        runs += [Run(NEW_LINE)] if number else []
        runs.append(Run(line))
    return tuple(runs)


def _fill(paragraph: WordParagraph, runs: Iterable[Run]) -> None:
    for run in runs:
        if run.text == NEW_LINE:
            paragraph.add_run().add_break()
            continue
        written = paragraph.add_run(run.text)
        # What is not so is left out, so that the paragraph's style may still say it.
        written.bold = run.strong or None
        written.italic = run.em or None
        written.font.strike = run.strike or None
        if run.code:
            written.font.name, written.font.size = "Consolas", Pt(9.5)
        if run.href:
            _link(paragraph, written, run.href)


def _link(paragraph: WordParagraph, written: Any, href: str) -> None:
    written.underline = True
    relation = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    docxml.link(written, relation)
