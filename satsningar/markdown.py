"""The only place that receives and shows formatted text: what comes in is normalised, what is shown is clean."""

import re
import unicodedata
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

BULLETS = (
    "\u2022\u2023\u2043\u2219\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1\u00b7"
    "\uf02d\uf06c\uf06e\uf06f\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc"
)
"""Signs that Word puts before the items of a list; those in the private use area show as boxes elsewhere."""

_KEPT_CONTROLS = frozenset("\n\t")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BULLET_LINE = re.compile(rf"^([ \t]*)[{BULLETS}][ \t\xa0]*(?=\S)", re.MULTILINE)
_LETTER_BULLET_LINE = re.compile(r"^([ \t]*)o\t[ \xa0]*(?=\S)", re.MULTILINE)
_NUMBER_LINE = re.compile(r"^([ \t]*)(\d{1,3})[.)]\t[ \xa0]*(?=\S)", re.MULTILINE)
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})
_DROPPED = frozenset("\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s"),
    *("strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_TOP_HEADING = 3
_LOWEST_HEADING = 6
_SCROLL = '<div class="s-scroll" role="group" aria-label="Tabell" tabindex="0">'


def normalise(text: str) -> str:
    """Return the text as it is stored: one way to write each character, Word's lists and tables as Markdown.

    Effects, in order: each kind of line break becomes a line feed; control characters, lone surrogates, private use and
    invisible direction marks go; what is left is composed (NFC); bullets and numbers that Word leaves at the start of a
    line become Markdown's, bullets inside a line ordinary ones; lines with tabs, two or more running with equally many,
    become a table; spaces at line ends go. Normalising twice changes nothing.
    """
    text = "".join(sign for sign in _LINE_BREAKS.sub("\n", text) if _is_kept(sign))
    text = unicodedata.normalize("NFC", text)
    text = _BULLET_LINE.sub(r"\1- ", text)
    text = _LETTER_BULLET_LINE.sub(r"\1  - ", text)
    text = _NUMBER_LINE.sub(r"\1\2. ", text)
    text = "".join(_BULLET_IN_TEXT.get(sign, sign) for sign in text)
    return "\n".join(_tables([line.rstrip(" ") for line in text.split("\n")])).strip("\n")


def normalise_line(text: str) -> str:
    """Return the text as one line without control characters, each run of white space made one space."""
    return " ".join(normalise(text).split())


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable("image")


def render(text: str, *, top_heading: int = _TOP_HEADING) -> SafeString:
    """Return the Markdown as HTML that is safe to show.

    HTML in the text is shown as text; pictures are not shown; links lead only to http, https and mail addresses.
    Headings begin at ``top_heading``, the third level unless told, since the page has those above. Wide tables scroll
    inside their own region.
    """
    parser = _parser()
    tokens = parser.parse(text)
    _place_headings(tokens, top_heading)
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    framed = clean.replace("<table>", f"{_SCROLL}<table>").replace("</table>", "</table></div>")
    return mark_safe(framed)  # noqa: S308 - nh3 has cleaned it, and what is put around it is ours


def parsed(text: str) -> list[Token]:
    """Return the Markdown as the parser's tokens, for whoever shows it otherwise than as HTML."""
    return _parser().parse(text)


def _place_headings(tokens: list[Token], top: int) -> None:
    """Give the headings levels from the top one down, as they rank among themselves, never skipping one on the way."""
    ranks = sorted({token.tag for token in tokens if token.type == "heading_open"})
    before = top - 1
    for token, closing in zip(tokens, tokens[2:], strict=False):
        if token.type == "heading_open":
            before = min(top + ranks.index(token.tag), before + 1, _LOWEST_HEADING)
            token.tag = closing.tag = f"h{before}"


def _is_kept(sign: str) -> bool:
    if sign in _KEPT_CONTROLS or sign in _BULLET_IN_TEXT:
        return True
    return sign not in _DROPPED and unicodedata.category(sign) not in _DROPPED_CATEGORIES


_BULLET_IN_TEXT = {sign: "\u2022" for sign in BULLETS if unicodedata.category(sign) == "Co"}
"""Private-use bullets inside a line become an ordinary one."""


def _tables(lines: list[str]) -> list[str]:
    """Return the lines with runs of tab-separated ones made into Markdown tables."""
    result: list[str] = []
    run: list[list[str]] = []
    for line in [*lines, ""]:
        cells = line.split("\t")
        is_row = len(cells) > 1 and any(cell.strip() for cell in cells) and not line.startswith(("\t", "    "))
        if run and not (is_row and len(cells) == len(run[0])):
            result += _table(run)
            run = []
        if is_row:
            run.append(cells)
        else:
            result.append(line)
    return result[:-1]


def _table(rows: list[list[str]]) -> list[str]:
    if len(rows) == 1:
        return ["\t".join(rows[0])]
    written = ["| " + " | ".join(cell.strip().replace("|", "\\|") for cell in row) + " |" for row in rows]
    return ["", written[0], "|" + " --- |" * len(rows[0]), *written[1:], ""]
