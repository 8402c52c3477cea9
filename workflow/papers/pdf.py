"""A document as PDF for reading aloud and for keeping: PDF/UA-1 and PDF/A-2a, made by typst from values alone.

The template is `paper.typ`; all that is said reaches it as data, so nothing a person has written is markup there.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from workflow.papers.fonts import fonts, slanted, upright
from workflow.papers.signs import shown
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
    Section,
    Table,
)
from workflow.papers.widths import fits_beside, numeric_columns, widths_of

TEMPLATE = Path(__file__).with_name("paper.typ")
LONGEST_WORD = 22
"""Characters that stand together; a longer word may be divided there, since a line has to end somewhere."""
PIECE = 8
"""Characters of such a word that stay together."""
SHORT_LINE = 90
"""Characters of the title in the head of each page."""

_LONG_WORD = re.compile(rf"[^\s-]{{{LONGEST_WORD + 1},}}")
_LETTERS = re.compile(r"[^\W\d_]+\Z")
_JOINTS = re.compile(r"(?<=[/._?&=@:;,+])")
_LETTERS_TOGETHER = 40
"""Letters of a word that Swedish hyphenation divides by itself; a longer one is hardly a word."""


class NotSet(Exception):  # noqa: N818 - reads as what has happened
    """The document could not be set: something in it is no document to the program that makes the pages."""


def as_pdf(paper: Paper) -> bytes:
    """Return the document as PDF/A-2a and PDF/UA-1; the same bytes for the same document.

    Raises:
        NotSet: it could not be set.

    """
    day = datetime.combine(paper.printed_on, time(12), UTC)
    # A mapping of names to files is taken though its types do not say so: nothing is read from the disk or the net.
    sources: Any = {"main": TEMPLATE.read_bytes(), "paper.json": json.dumps(_paper(paper)).encode()}
    try:
        made = typst.compile(
            sources,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=day,
        )
    except typst.TypstError as error:
        raise NotSet(str(error).partition(NEW_LINE)[0]) from error
    except BaseException as error:
        # A panic of the program is no Exception in Python; anything else is not about the document.
        if type(error).__name__ != "PanicException":
            raise
        raise NotSet("panic") from error
    return bytes(made)


def _paper(paper: Paper) -> dict[str, Any]:
    title = _said(paper.title)
    day = paper.printed_on
    return {
        "title": title,
        "short": _short(title),
        "kind": _said(paper.kind),
        "reference": _said(paper.reference),
        "author": _said(paper.author),
        "printed": day.isoformat(),
        "date": [day.year, day.month, day.day],
        "marks": [_runs([Run(mark)]) for mark in paper.marks],
        "blocks": [_block(paper.facts), *map(_block, paper.blocks)],
        "sections": list(map(_section, paper.sections)),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "short": _short(_said(section.name)),
        "number": _said(section.number),
        "blocks": list(map(_block, section.blocks)),
    }


def _short(text: str) -> str:
    return text if len(text) <= SHORT_LINE else text[: SHORT_LINE - 1].rstrip() + "…"


def _block(block: Block) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind of block
    match block:
        case Heading(level=level, text=text):
            return {"is": "heading", "level": level, "runs": _runs([Run(text)])}
        case Paragraph(runs=runs, quiet=quiet):
            return {"is": "paragraph", "runs": _runs(runs), "quiet": quiet}
        case Facts(rows=rows):
            return {"is": "facts", "rows": [_fact(term, answer) for term, answer in rows]}
        case Listing(items=items, ordered=ordered, start=start):
            lines = [list(map(_block, item)) for item in items]
            return {"is": "numbered" if ordered else "bullets", "start": start, "items": lines}
        case Quote(blocks=inner):
            return {"is": "quote", "blocks": list(map(_block, inner))}
        case Code(text=text):
            return {"is": "code", "runs": _runs(_lines_of_code(text))}
        case Rule():
            return {"is": "rule"}
        case Table():
            return _table(block)


def _fact(term: str, answer: Runs) -> list[Any]:
    """Return a fact, and whether its term fits beside its answer."""
    return [_runs([Run(term)]), _runs(answer), fits_beside(term)]


def _table(table: Table) -> dict[str, Any]:
    right = numeric_columns(table)
    return {
        "is": "table",
        "widths": widths_of(table),
        "right": [number in right for number in range(len(table.head))],
        "head": [_runs(head) for head in table.head],
        "rows": [[list(map(_block, cell)) for cell in row] for row in table.rows],
    }


def _lines_of_code(text: str) -> list[Run]:
    runs: list[Run] = []
    for number, line in enumerate(text.split(NEW_LINE)):
        runs += [Run(NEW_LINE)] if number else []
        runs += [Run(line, code=True)] if line else []
    return runs


def _runs(runs: Iterable[Run]) -> list[dict[str, Any]]:
    return [_run(run) for run in runs]


def _run(run: Run) -> dict[str, Any]:
    if run.text == NEW_LINE:
        return {"break": True}
    text = _said(run.text)
    found: dict[str, Any] = {"pieces": _pieces(text)}
    for name in ("strong", "strike", "code"):
        if getattr(run, name):
            found[name] = True
    if run.em and slanted().issuperset(text):
        found["em"] = True
    if run.href:
        found["href"] = run.href
    return found


def _said(text: str) -> str:
    """Return the text with what the font lacks named in its place."""
    return shown(text.replace(NEW_LINE, " "), upright().__contains__)


def _pieces(text: str) -> list[str]:
    """Return the text cut where a line may end inside words too long for one."""
    pieces, start = [], 0
    for found in _LONG_WORD.finditer(text):
        word = found[0]
        if _LETTERS.match(word) and len(word) <= _LETTERS_TOGETHER:
            continue
        pieces.append(text[start : found.start()])
        for part in _JOINTS.split(word):
            pieces += [part[at : at + PIECE] for at in range(0, len(part), PIECE)]
        start = found.end()
    return [piece for piece in (*pieces, text[start:]) if piece]
