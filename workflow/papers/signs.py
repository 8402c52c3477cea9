"""The only place that says what becomes of a character that a document cannot hold: it is named, never lost.

What comes in is normalised when it is written (`satsningar.markdown.normalise`); this is for whatever is left, and for
content that was frozen before a rule was made.
"""

import unicodedata
from collections.abc import Callable

_UNHOLDABLE = frozenset({"Cc", "Cs", "Cn", "Co"})
"""Control characters, halves of pairs, what is no character, private use: no form of a document holds them."""
_KEPT = frozenset("\n")
_SPACES = {"\t": " ", "\r": ""}
_HIDDEN = frozenset("\ufeff\u200e\u200f\u061c") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""Marks that are not seen but turn the text around them: a reader should know that they are there."""


def named(sign: str) -> str:
    """Return a character as `[U+F0B7]`."""
    return f"[U+{ord(sign):04X}]"


def holdable(text: str) -> str:
    """Return the text with what no form of a document can hold named in its place, composed as it is stored."""
    text = "".join(_SPACES.get(sign, sign) for sign in text)
    return unicodedata.normalize("NFC", "".join(sign if is_holdable(sign) else named(sign) for sign in text))


def one_line(text: str) -> str:
    """Return the text as `holdable` does, on one line: for a title or a number."""
    return " ".join(holdable(text).split())


def is_holdable(sign: str) -> bool:
    """Tell whether every form of a document holds the character and shows it as what it is."""
    return sign in _KEPT or (sign not in _HIDDEN and unicodedata.category(sign) not in _UNHOLDABLE)


def shown(text: str, has: Callable[[str], bool]) -> str:
    """Return the text with each character that a font lacks named in its place; `has` knows the font."""
    return "".join(sign if has(sign) else named(sign) for sign in text)
