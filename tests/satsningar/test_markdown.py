"""What people type and paste: stored in one way, shown safely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satsningar.markdown import normalise, normalise_line, render


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("rad\r\nrad\rrad\u2028rad\x0brad", "rad\nrad\nrad\nrad\nrad"),
        ("e\u0301 a\u030a", "é å"),
        ("\ufeffhej\x00\x07 \ud800du\u202e", "hej du"),
        ("\uf0b7\tEtt\n\uf0b7\tTvå", "- Ett\n- Två"),
        ("•\xa0Ett\n· Två", "- Ett\n- Två"),
        ("o\tUnder", "  - Under"),
        ("1)\tEtt\n2.\tTvå", "1. Ett\n2. Två"),
        ("pris \uf0b7 antal", "pris • antal"),
        ("År\tAntal\n2025\t7\n2026\t8|9", "| År | Antal |\n| --- | --- |\n| 2025 | 7 |\n| 2026 | 8\\|9 |"),
        ("en\tensam rad", "en\tensam rad"),
        ("slut   \n\n", "slut"),
        ("", ""),
    ],
)
def test_normalise_stores_text_in_one_way(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@given(st.text() | st.text("a\t\n\r o\u00b7\uf0b7\u200b\xa01.)|-\u0301e"))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once
    assert not any(sign in once for sign in "\x00\ufeff\r")
    assert once.encode("utf-8").decode("utf-8") == once


def test_normalise_line_gives_one_line() -> None:
    assert normalise_line("  Mobila\tteam \r\n i\xa0länet ") == "Mobila team i länet"


def test_render_shows_lists_tables_and_emphasis() -> None:
    html = render("- ett\n- **två**\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert "<li>ett</li>" in html
    assert "<strong>två</strong>" in html
    assert '<div class="s-scroll" role="group" aria-label="Tabell" tabindex="0"><table>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hej)",
        "![x](https://example.org/x.png)",
        '<a href="https://example.org" style="x" onclick="y">z</a>',
        "<table><tr><td onclick=x>",
    ],
)
def test_render_shows_nothing_that_runs_or_fetches(text: str) -> None:
    html = render(text)

    assert not any(sign in html for sign in ("<script", "<img", 'href="javascript', 'href="data', "<td", "<a style"))


@given(st.text())
def test_render_takes_any_text(text: str) -> None:
    assert "<script" not in render(normalise(text))


def test_headings_begin_below_the_page_and_skip_no_level() -> None:
    assert render("### A\n\n# B\n\n### C\n\n###### D") == ("<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>\n<h5>D</h5>\n")
