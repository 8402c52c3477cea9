"""Where in the text of a county file each key stands; Python's TOML reader does not tell."""

import re
from collections.abc import Mapping

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\]{}]')
_BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}


class _Scanner:
    """Walks the lines of a valid TOML text, remembering the table it is in."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._table = ""
        self._depth = 0
        self._quote = ""

    def read(self, number: int, line: str) -> None:
        """Take in the next line."""
        if self._quote or self._depth:
            self._skip(line)
        elif header := _HEADER.match(line):
            self._enter(header[2], array=header[1] == "[[")
            self.lines.setdefault(self._table, number)
        elif key := _KEY.match(line):
            name = re.sub(r"[\"']", "", key[1])
            self.lines.setdefault(f"{self._table}.{name}" if self._table else name, number)
            self._skip(line[key.end() :])

    def _enter(self, header: str, *, array: bool) -> None:
        parts = [part.strip().strip("\"'") for part in header.split(".")]
        place = ""
        for part in parts[:-1]:
            place = self._last(f"{place}.{part}" if place else part)
        place = f"{place}.{parts[-1]}" if place else parts[-1]
        if array:
            self._counts[place] = self._counts.get(place, -1) + 1
            place = self._last(place)
        self._table = place

    def _last(self, place: str) -> str:
        return f"{place}[{self._counts[place]}]" if place in self._counts else place

    def _skip(self, rest: str) -> None:
        """Follow brackets and long strings over the ends of lines."""
        position = 0
        while position < len(rest):
            if self._quote:
                end = rest.find(self._quote, position)
                if end < 0:
                    return
                position, self._quote = end + len(self._quote), ""
                continue
            token = _TOKEN.search(rest, position)
            if token is None:
                return
            position = token.end()
            if token[0] in {'"""', "'''"}:
                self._quote = token[0]
            self._depth += _BRACKETS.get(token[0], 0)


def lines_of(text: str) -> Mapping[str, int]:
    """Return the line on which each table and key of a valid TOML text begins.

    Places are written as in `organisation[2].kommunkod`; what stands inside an inline value is found
    at the line of its key.
    """
    scanner = _Scanner()
    for number, line in enumerate(text.split("\n"), start=1):
        scanner.read(number, line)
    return scanner.lines
