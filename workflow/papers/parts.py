"""A part of a satsning as blocks: short answers beside each other, texts under headings, lists as tables."""

from collections.abc import Iterable, Iterator

from satsningar.present import FieldText, ListText, PartText
from workflow.papers.signs import holdable
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Block, Facts, Heading, Paragraph, Run, Runs, Table, plain

SECTION, FIELD = 1, 2
"""Levels of headings: a part, and a text or list in it."""
NOT_FILLED_IN = "Inte ifyllt."
NOTHING = "–"


def part_blocks(text: PartText) -> Iterator[Block]:
    """Yield a part as blocks: its short answers first, so that none of them seems to stand under a text's heading."""
    yield Heading(SECTION, holdable(text.title))
    yield from _facts(field for field in text.fields if not field.markdown)
    for field in text.fields:
        if field.markdown:
            yield from text_blocks(field.label, field.text)
    for rows in text.lists:
        yield from _list(rows)


def text_blocks(label: str, text: str, *, level: int = FIELD) -> Iterator[Block]:
    """Yield a text that a person has written, under its heading; that it is empty is said."""
    yield Heading(level, label)
    blocks = blocks_of(text, under=level, title=label)
    yield from blocks or (quiet(NOT_FILLED_IN),)


def quiet(text: str) -> Paragraph:
    """Return a paragraph about the document rather than of it."""
    return Paragraph((Run(text),), quiet=True)


def _facts(fields: Iterable[FieldText]) -> Iterator[Block]:
    rows = tuple((field.label, plain(holdable(field.text)) or (Run(NOTHING),)) for field in fields)
    if rows:
        yield Facts(rows)


def _list(rows: ListText) -> Iterator[Block]:
    yield Heading(FIELD, rows.title)
    if not rows.rows:
        yield quiet("Inget är ifyllt.")
        return
    kept = _columns(rows)
    head: tuple[Runs, ...] = tuple((Run(rows.heads[column]),) for column in kept)
    yield Table(rows.title, head, tuple(tuple(_cell(row[column]) for column in kept) for row in rows.rows))


def _columns(rows: ListText) -> list[int]:
    """Return the columns that hold anything, the first always: empty ones only make the others narrow."""
    return [
        column for column in range(len(rows.heads)) if column == 0 or any(row[column].text.strip() for row in rows.rows)
    ]


def _cell(field: FieldText) -> tuple[Block, ...]:
    """Return what stands in a cell. Headings in a cell become strong words: a table holds no sections."""
    if field.markdown:
        blocks = blocks_of(field.text, under=FIELD, title=field.label)
        return tuple(_without_heading(block) for block in blocks) or (Paragraph((Run(NOTHING),)),)
    return (Paragraph(plain(holdable(field.text)) or (Run(NOTHING),)),)


def _without_heading(block: Block) -> Block:
    return Paragraph((Run(block.text, strong=True),)) if isinstance(block, Heading) else block
