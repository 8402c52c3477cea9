"""What holds for every template and style sheet: colours from the theme, nothing that the content policy refuses."""

import re
from pathlib import Path

import pytest
from django.template import engines

from config import places

TEMPLATES = sorted((places.CHECKOUT / "templates").rglob("*.html"))
STYLES = sorted((places.CHECKOUT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((places.CHECKOUT / "static" / "js").glob("*.js"))
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|:\s*(?:white|black|red|green|blue)\b"
)
INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=|<style\b|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def name(file: Path) -> str:
    return str(file.relative_to(places.CHECKOUT))


@pytest.mark.parametrize("file", STYLES, ids=name)
def test_styles_take_their_colours_from_the_theme(file: Path) -> None:
    assert COLOUR.findall(COMMENT.sub("", file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", STYLES, ids=name)
def test_styles_use_only_tokens_that_exist(file: Path) -> None:
    vendor = places.CHECKOUT / "static" / "vendor"
    known = "".join(style.read_text(encoding="utf-8") for style in [*vendor.rglob("*.css"), *STYLES])
    defined = set(re.findall(r"(--[\w-]+)\s*:", known))

    assert set(re.findall(r"var\((--[\w-]+)", file.read_text(encoding="utf-8"))) - defined == set()


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_templates_hold_nothing_inline(file: Path) -> None:
    assert INLINE.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_templates_can_be_read(file: Path) -> None:
    engines["django"].get_template(str(file.relative_to(places.CHECKOUT / "templates")))


@pytest.mark.parametrize("file", SCRIPTS, ids=name)
def test_scripts_evaluate_no_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert not re.search(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text)
