"""The only place that knows what a name in a cell stands for, however it is written, and which names are near it."""

import re
import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from functools import lru_cache
from typing import Generic, TypeVar

Thing = TypeVar("Thing")

_ACCENT = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_ALMOST = 0.9
"""How alike two names are when it is hardly any other that is meant."""
_ALIKE = 0.5
_MOST_NEAR = 3


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters without accents and signs."""
    small = text.casefold()
    return _WORD.findall(small if small.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", small)))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return a text without what people write differently: case, accents, spaces and signs."""
    return "".join(words_of(text))


class Names(Generic[Thing]):
    """What the cells of a column may name, by everything that may be written for each."""

    def __init__(self) -> None:
        """Begin without names."""
        self._things: dict[str, list[Thing]] = defaultdict(list)
        self._offered: dict[str, str] = {}

    def add(self, text: str, thing: Thing, *, offer: str = "") -> None:
        """Let a text stand for something; `offer` is the name that is proposed to who writes something near it."""
        key = folded(text)
        if thing not in self._things[key]:
            self._things[key].append(thing)
        if offer:
            self._offered.setdefault(key, offer)

    def __contains__(self, text: str) -> bool:
        """Tell whether a text stands for anything."""
        return folded(text) in self._things

    def named(self, text: str) -> list[Thing]:
        """Return what a text stands for: one, none, or several that share the name."""
        return self._things.get(folded(text), [])

    def ask(self, text: str) -> str:
        """Return the question whether a name near the text is meant, empty where none is near."""
        key = folded(text)
        near = get_close_matches(key, self._offered, n=1, cutoff=_ALMOST)
        near = near or get_close_matches(key, self._offered, n=_MOST_NEAR, cutoff=_ALIKE)
        near = near or [name for name in self._offered if key and key in name][:_MOST_NEAR]
        offered = dict.fromkeys(f"”{self._offered[name]}”" for name in near)
        return f" Menar du {' eller '.join(offered)}?" if near else ""
