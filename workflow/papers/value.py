"""The only shape of a document: headings, text, facts, lists and tables as plain values that every form is made from.

A document holds words, never markup of the form it becomes: page, PDF and DOCX each decide how a heading looks, none of
them what it says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

NEW_LINE = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style; `href` makes them a link. A run that is `NEW_LINE` alone breaks the line."""

    text: str
    strong: bool = False
    em: bool = False
    strike: bool = False
    code: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the document, whose title stands above all of them. No level is skipped.

    `anchor` is what an address can point at it by, where it is read as a page.
    """

    level: int
    text: str
    anchor: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quiet` says that it is about the document rather than of it: that something is not filled in."""

    runs: Runs
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Short answers, each beside what it answers."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose items may hold lists of their own; `start` numbers an ordered one."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Something set apart: quoted words, or the wording of a decision."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that are shown as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between what is above and below."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head of its own; `title` says what it holds to whoever cannot see it."""

    title: str
    head: tuple[Runs, ...]
    rows: tuple[tuple[tuple["Block", ...], ...], ...]


Block = Heading | Paragraph | Facts | Listing | Quote | Code | Rule | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that begins on a page of its own; `name` and `number` stand in the head of its pages.

    `instead` is what stands there where the blocks cannot be set.
    """

    name: str
    number: str
    blocks: tuple[Block, ...]
    instead: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: what it is called, what it is about, whose it is, when it was written out, and what it says."""

    title: str
    kind: str
    reference: str
    author: str
    printed_on: date
    facts: Facts
    blocks: tuple[Block, ...]
    marks: tuple[str, ...] = field(default=())
    """What must be seen first: that it is example data, that it is a draft."""
    sections: tuple[Section, ...] = field(default=())
    """What follows after the blocks, in a document of many matters; its pages are numbered `sida 3 av 12`."""

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the document and of its sections, in the order they are read."""
        return (*self.blocks, *(block for section in self.sections for block in section.blocks))


def plain(text: str) -> Runs:
    """Return the text as runs in the usual style, its line breaks kept."""
    runs: list[Run] = []
    for number, line in enumerate(text.split(NEW_LINE)):
        runs += [Run(NEW_LINE)] if number else []
        runs += [Run(line)] if line else []
    return tuple(runs)


def words(runs: Iterable[Run]) -> str:
    """Return what runs say, without their style."""
    return "".join(run.text for run in runs)


def texts_of(paper: Paper) -> Iterator[str]:
    """Yield everything that the document says, in the order it is read, a heading, paragraph or cell at a time."""
    yield paper.kind
    yield paper.title
    yield from paper.marks
    yield from _texts((paper.facts, *paper.all_blocks))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:  # noqa: C901 - one case for each kind of block
    for block in blocks:
        match block:
            case Heading(text=text) | Code(text=text):
                yield text
            case Paragraph(runs=runs):
                yield words(runs)
            case Facts(rows=rows):
                for term, answer in rows:
                    yield term
                    yield words(answer)
            case Listing(items=items):
                for item in items:
                    yield from _texts(item)
            case Quote(blocks=inner):
                yield from _texts(inner)
            case Table(head=head, rows=lines):
                yield from map(words, head)
                for line in lines:
                    for cell in line:
                        yield from _texts(cell)
            case Rule():
                pass
