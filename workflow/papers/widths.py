"""How wide the columns of a table are in relation to each other, and which hold sums; the same in every form."""

import re
from itertools import chain

from workflow.papers.value import Block, Code, Facts, Heading, Listing, Paragraph, Quote, Rule, Table, words

LONGEST_WORD = 16
"""Characters of a word that a column makes room for; longer ones are divided."""
LINE = 80.0
"""Characters that a line of a table has room for, reckoned with care."""
PADDING = 3.0
"""Characters that the space at both sides of a cell takes."""
LONGEST_TERM = 26
"""Characters of a term that stands beside its answer; a longer one stands above it."""
MOST_TEXT = 400
"""Characters of a cell that still make its column wider."""

_BETWEEN_WORDS = re.compile(r"[ \n]+")


def widths_of(table: Table) -> list[float]:
    """Return a weight for each column: room for its longest word, and more the more it says."""
    columns = [[words(head)] for head in table.head]
    for row in table.rows:
        for column, cell in zip(columns, row, strict=False):
            column.append(text_of(cell))
    least = [_longest_word(column) for column in columns]
    text = [max(1, *(min(len(text), MOST_TEXT) for text in column)) ** 0.5 for column in columns]
    left = max(LINE - sum(least), 0.0)
    return [round(word + left * share / sum(text), 2) for word, share in zip(least, text, strict=True)]


def fits_beside(term: str) -> bool:
    """Tell whether a term is short enough to stand beside its answer."""
    return len(term) <= LONGEST_TERM


def numeric_columns(table: Table) -> frozenset[int]:
    """Return the columns that hold sums or amounts alone, which stand to the right."""
    columns = {
        number: [text_of(row[number]) for row in table.rows if number < len(row)]
        for number in range(1, len(table.head))
    }
    return frozenset(number for number, texts in columns.items() if _are_amounts(texts))


def _are_amounts(texts: list[str]) -> bool:
    """Tell whether texts are amounts or dashes, and not dashes alone."""
    return all(map(_is_amount, texts)) and any(text != "–" for text in texts)


def text_of(blocks: tuple[Block, ...]) -> str:
    """Return what blocks say, a line for each."""
    return "\n".join(chain.from_iterable(_texts(block) for block in blocks))


def _texts(block: Block) -> list[str]:
    match block:
        case Paragraph(runs=runs):
            return [words(runs)]
        case Heading(text=text) | Code(text=text):
            return [text]
        case Listing(items=items):
            return [text_of(item) for item in items]
        case Quote(blocks=inner):
            return [text_of(inner)]
        case Facts() | Rule() | Table():
            return []


def _longest_word(texts: list[str]) -> float:
    longest = max((len(word) for text in texts for word in _BETWEEN_WORDS.split(text[:MOST_TEXT])), default=1)
    return min(longest, LONGEST_WORD) + PADDING


def _is_amount(text: str) -> bool:
    bare = text.removesuffix("\xa0kr").replace("\xa0", "").replace(",", "")
    return text == "–" or (bare.isascii() and bare.isdigit() and (text != bare or len(bare) < len("2026")))
