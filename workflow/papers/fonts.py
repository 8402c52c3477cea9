"""The only place that knows the fonts of the PDF, and which characters they have; read once for each process.

Source Sans Pro comes with its package (SIL Open Font License); code is set in the font that typst brings.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from typst import Fonts

from workflow.papers.signs import is_holdable

_UPRIGHT = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf", "SourceSansPro-Bold.otf")
_SLANTED = ("SourceSansPro-It.otf", "SourceSansPro-SemiboldIt.otf", "SourceSansPro-BoldIt.otf")


def _folder() -> Path:
    return Path(str(files("font_source_sans_pro"))) / "files"


@cache
def fonts() -> Fonts:
    """Return the fonts as typst takes them, without those of the machine, so that all machines agree."""
    return Fonts(include_system_fonts=False, font_paths=[_folder()])


@cache
def upright() -> frozenset[str]:
    """Return the characters that every upright font has."""
    return _in_all(_UPRIGHT)


@cache
def slanted() -> frozenset[str]:
    """Return the characters that every slanted font has; they are fewer."""
    return _in_all(_SLANTED)


def _in_all(names: Iterable[str]) -> frozenset[str]:
    held = [_characters(_folder() / name) for name in names]
    return frozenset.intersection(*held)


def _characters(font: Path) -> frozenset[str]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(sign for sign in map(chr, opened.getBestCmap()) if is_holdable(sign))
