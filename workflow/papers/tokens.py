"""Markdown as blocks of a document: the same reading of it as on the pages, as values instead of HTML."""

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from satsningar.markdown import parsed
from workflow.papers.signs import holdable
from workflow.papers.value import (
    NEW_LINE,
    Block,
    Code,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
    words,
)

LOWEST_HEADING: Final = 5
LONGEST_ADDRESS: Final = 2_000
"""Characters of a link's address; a longer one is no link any more, but text."""
LINKED: Final = ("http://", "https://", "mailto:")


def blocks_of(text: str, *, under: int, title: str) -> tuple[Block, ...]:
    """Return what a person has written in Markdown as blocks.

    Args:
        text: the Markdown.
        under: the level of the heading that it stands below; its own begin one lower and skip none.
        title: what tables in it are called to whoever cannot see them.

    """
    reader = _Reader(parsed(holdable(text)), under, title)
    return tuple(reader.until(""))


class _Reader:
    """Reads tokens from the first to the last."""

    def __init__(self, tokens: Sequence[Token], under: int, title: str) -> None:
        """Take the tokens."""
        self.tokens = iter(tokens)
        self.title = title
        self.under = under
        self.before = under
        self.ranks = sorted({token.tag for token in tokens if token.type == "heading_open"})

    def until(self, end: str) -> Iterator[Block]:  # noqa: C901 - one case for each kind of block
        """Yield the blocks up to the token that ends them."""
        for token in self.tokens:
            if token.type == end:
                return
            match token.type:
                case "paragraph_open":
                    yield Paragraph(self.line("paragraph_close"))
                case "heading_open":
                    heading = self.heading(token)
                    if heading.text.strip():
                        yield heading
                case "bullet_list_open" | "ordered_list_open":
                    yield self.listing(token)
                case "blockquote_open":
                    yield Quote(tuple(self.until("blockquote_close")))
                case "fence" | "code_block":
                    yield Code(token.content.removesuffix(NEW_LINE))
                case "hr":
                    yield Rule()
                case "table_open":
                    yield self.table()

    def line(self, end: str) -> Runs:
        """Return the words of the one inline token before the end."""
        runs: Runs = ()
        for token in self.tokens:
            if token.type == end:
                break
            runs += runs_of(token.children or ())
        return runs

    def heading(self, token: Token) -> Heading:
        """Return a heading at its place below the one it stands under."""
        rank = self.under + 1 + self.ranks.index(token.tag)
        self.before = min(rank, self.before + 1, LOWEST_HEADING)
        return Heading(self.before, words(self.line("heading_close")))

    def listing(self, token: Token) -> Listing:
        """Return a list with its items."""
        ordered = token.type == "ordered_list_open"
        end = token.type.replace("_open", "_close")
        items = []
        for inner in self.tokens:
            if inner.type == end:
                break
            items.append(tuple(self.until("list_item_close")))
        return Listing(tuple(items), ordered, int(token.attrs.get("start", 1)) if ordered else 1)

    def table(self) -> Table:
        """Return a table; its first line is its head."""
        lines: list[list[Runs]] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                lines.append([])
            elif token.type in {"th_open", "td_open"}:
                lines[-1].append(self.line(token.type.replace("_open", "_close")))
        rows = (tuple((Paragraph(cell),) for cell in line) for line in lines[1:])
        return Table(f"Tabell i {self.title.lower()}", tuple(lines[0]), tuple(rows))


def runs_of(tokens: Sequence[Token]) -> Runs:
    """Return the words of inline tokens with their styles; a link's address stands after it, for paper has no links."""
    runs: list[Run] = []
    on = {"strong": 0, "em": 0, "s": 0}
    links: list[tuple[str, int]] = []
    for token in tokens:
        name, _, edge = token.type.rpartition("_")
        if name in on and edge in {"open", "close"}:
            on[name] += 1 if edge == "open" else -1
        elif token.type == "link_open":
            links.append((_address(str(token.attrs.get("href", ""))), len(runs)))
        elif token.type == "link_close":
            runs += _written_out(*links.pop(), runs)
        elif token.type in {"softbreak", "hardbreak"}:
            runs.append(Run(NEW_LINE))
        elif token.content:
            href = links[-1][0] if links else ""
            code = token.type == "code_inline"
            runs.append(Run(token.content, on["strong"] > 0, on["em"] > 0, on["s"] > 0, code, href))
    return tuple(runs)


def _address(href: str) -> str:
    """Return where a link leads, empty where no link is made of it; the pages follow the same rule."""
    return href if href.lower().startswith(LINKED) and len(href) <= LONGEST_ADDRESS else ""


def _written_out(href: str, since: int, runs: Sequence[Run]) -> list[Run]:
    """Return the address of a link as words, where its own words do not say it."""
    said = words(runs[since:]).strip()
    address = href.removeprefix("mailto:")
    return [Run(f" ({address})")] if address and said not in {href, address} else []
