"""The only place that moves headings down a level, where what is a document elsewhere is a section of another one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workflow.papers.tokens import LOWEST_HEADING
from workflow.papers.value import Block, Heading, Listing, Quote, Table


def lowered(blocks: Iterable[Block], by: int = 1) -> Iterator[Block]:
    """Yield the blocks with their headings so many levels lower, none lower than a document has."""
    for block in blocks:
        match block:
            case Heading(level=level):
                yield replace(block, level=min(level + by, LOWEST_HEADING))
            case Quote(blocks=inner):
                yield replace(block, blocks=tuple(lowered(inner, by)))
            case Listing(items=items):
                yield replace(block, items=tuple(tuple(lowered(item, by)) for item in items))
            case Table(rows=rows):
                yield replace(block, rows=tuple(tuple(tuple(lowered(cell, by)) for cell in row) for row in rows))
            case _:
                yield block
