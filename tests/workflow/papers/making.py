"""Cases for papers that no database knows, and random words for them."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from governance.models import Body
from satsningar.models import Satsning
from satsningar.partspec import PARTS, content_fields
from satsningar.vocabulary import PartCode
from workflow.papers.matter import Matter

NASTY = (
    '#import "@preview/x"',
    "$a^2$",
    "@ref <label>",
    "\\ backslash \\n",
    "\"citat\" 'enkelt' ”riktigt”",
    "`kod # $`",
    "<script>alert(1)</script>",
    "&amp; &lt;",
    "{{ mall }} {% for %}",
    "\x00\x01\x0b\x1b",
    "\ufeff\u202e\u200b",
    "\ud800",
    "\uf0b7 punkt",
    "😀 漢字 שלום مرحبا",
    "e\u0301 x\u0302",
    "~ -- --- ...",
    "fi ffi fl",
    "*_/~#=[](){}",
    "[U+0041]",
    "åäöÅÄÖ é ü € § ½ → ≥",
)
"""Words that are markup, or no words, somewhere."""
MARKDOWN = (
    "# Rubrik\n### Hoppar\n## Tillbaka",
    "- ett\n  - två\n    1. tre\n    2. fyra\n- fem\n\n  mer",
    "3. tre\n4. fyra",
    "| A | B |\n| --- | --- |\n| 1 | *två* |\n| tre |",
    "> citat\n> > djupare\n>\n> - lista",
    '```\nlet x = "#"\n```',
    "    indragen kod",
    "---",
    "**fet *och kursiv* ~~struken~~ `kod`**",
    "[länk](https://exempel.test/a?b=c&d=e) och [brev](mailto:rut@exempel.test)",
    "[farlig](javascript:alert(1)) ![bild](https://exempel.test/x.png)",
    "rad\nbruten\\\nhårt",
    "#",
    "1.",
    "-",
    "[](https://exempel.test)",
    "***",
    "> ",
)
"""Markdown of each kind, and what is left of it when it is half written."""

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.sampled_from(MARKDOWN),
        st.text(max_size=40),
        st.text(st.characters(), max_size=20),
        st.sampled_from("abcåäö019").map(lambda sign: sign * 200),
    ),
    max_size=4,
).map("\n\n".join)
LINES = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))


def bare_matter(parts: dict[str, dict[str, Any]] | None = None, **more: Any) -> Matter:
    """Return a case with the given parts; the others are empty."""
    organ = {name: Body(name=f"Organet {name}") for name in ("ansvarig_grupp", "beredningsgrupp", "beslutsorgan")}
    satsning = Satsning(reference=more.pop("reference", "LSG 2026-0014"), is_example=True, **organ)
    values = {code: spec.empty() for code, spec in PARTS.items()} | (parts or {})
    known: dict[str, Any] = {"county": "Sörmland", "station": "Beredning", "is_draft": False, "source": None}
    since = datetime(2026, 11, 3, 13, 5, tzinfo=UTC)
    return Matter(satsning=satsning, parts=values, printed_on=date(2026, 11, 27), **(known | {"since": since} | more))


@st.composite
def matters(draw: Any) -> Matter:
    """Give cases with any words in any field and line."""
    parts: dict[str, dict[str, Any]] = {}
    for code in draw(st.lists(st.sampled_from([part.value for part in PartCode]), max_size=3, unique=True)):
        spec = PARTS[code]
        value = spec.empty()
        for column in spec.fields:
            value[column.attname] = _answer(draw, column)
        for key, model in spec.rows.items():
            columns = content_fields(model)
            lines = draw(st.integers(0, 3))
            value[key] = [_row(draw, columns) for _ in range(lines)]
        parts[code] = value
    return bare_matter(parts, reference=draw(LINES), county=draw(LINES), station=draw(LINES))


def _answer(draw: Any, column: Any) -> Any:
    match column.get_internal_type():
        case "TextField":
            return draw(TEXTS)
        case "CharField":
            return draw(LINES)
        case _:
            return None


def _row(draw: Any, columns: Any) -> dict[str, Any]:
    row = {column.attname: _answer(draw, column) for column in columns}
    for column in columns:
        if column.is_relation:
            row |= {column.attname: 1, f"{column.name}_namn": draw(LINES)}
    return row
