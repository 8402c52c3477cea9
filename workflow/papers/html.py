"""A document as the page that is read and printed: safe HTML from values, with nothing of it taken as markup."""

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from workflow.papers.value import (
    NEW_LINE,
    Block,
    Code,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from workflow.papers.widths import numeric_columns

_DAY = re.compile(r"(\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b)")
_TOP = 1
"""How many levels the page has above a document's sections: its title."""
_STYLES = ("strong", "em", "strike", "code")
_TAGS = {"strong": "strong", "em": "em", "strike": "s", "code": "code"}


def as_html(blocks: Iterable[Block]) -> SafeString:
    """Return the blocks as HTML."""
    return _joined(map(_block, blocks))


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _block(block: Block) -> SafeString:  # noqa: PLR0911 - one for each kind of block
    match block:
        case Heading(level=level, text=text, anchor=anchor):
            tag = f"h{level + _TOP}"
            form = '<{0} id="{2}" tabindex="-1">{1}</{0}>' if anchor else "<{0}>{1}</{0}>"
            return format_html(form, tag, text, anchor)
        case Paragraph(runs=runs, quiet=quiet):
            return format_html('<p class="s-subtle">{}</p>' if quiet else "<p>{}</p>", _line(runs))
        case Facts(rows=rows):
            lines = ((term, _line(answer)) for term, answer in rows)
            inner = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", lines)
            return format_html('<dl class="s-paper-facts">{}</dl>', inner)
        case Listing(ordered=True, start=start, items=items):
            return format_html('<ol start="{}">{}</ol>', start, _items(items))
        case Listing(items=items):
            return format_html("<ul>{}</ul>", _items(items))
        case Quote(blocks=inner):
            return format_html("<blockquote>{}</blockquote>", as_html(inner))
        case Code(text=text):
            return format_html("<pre>{}</pre>", text)
        case Rule():
            return mark_safe("<hr>")
        case Table():
            return _table(block)


def _items(items: Iterable[tuple[Block, ...]]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((as_html(item),) for item in items))


def _table(table: Table) -> SafeString:
    right = numeric_columns(table)
    classes = ["s-number" if number in right else "" for number in range(len(table.head))]
    head = format_html_join(
        "", '<th scope="col" class="{}">{}</th>', ((classes[n], _line(text)) for n, text in enumerate(table.head))
    )
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row, classes),) for row in table.rows))
    return format_html(
        '<div class="s-scroll" role="region" aria-label="{}" tabindex="0"><table><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        table.title,
        head,
        rows,
    )


def _row(row: Iterable[tuple[Block, ...]], classes: list[str]) -> SafeString:
    cells = []
    for number, (cell, name) in enumerate(zip(row, classes, strict=False)):
        form = '<td class="{}">{}</td>' if number else '<th scope="row" class="{}">{}</th>'
        cells.append(format_html(form, name, _cell(cell)))
    return _joined(cells)


def _cell(cell: tuple[Block, ...]) -> SafeString:
    """Return what stands in a cell; one plain line needs no paragraph of its own."""
    match cell:
        case (Paragraph(runs=runs, quiet=False),):
            return _line(runs)
        case _:
            return as_html(cell)


def _line(runs: Iterable[Run]) -> SafeString:
    return _joined(map(_run, runs))


def _together(text: str) -> SafeString:
    """Return the text with each day kept on one line."""
    pieces = _DAY.split(text)
    forms = ("{}", '<span class="s-nowrap">{}</span>')
    return _joined(format_html(forms[number % 2], piece) for number, piece in enumerate(pieces) if piece)


def _run(run: Run) -> SafeString:
    if run.text == NEW_LINE:
        return mark_safe("<br>")
    shown = _together(run.text)
    for style in _STYLES:
        if getattr(run, style):
            shown = format_html("<{0}>{1}</{0}>", _TAGS[style], shown)
    return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', run.href, shown) if run.href else shown
