"""Reads typed values out of TOML tables; a wrong value is noted as a problem, and reading goes on."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import TextChoices

from governance.countyfile.problems import Problems

C = TypeVar("C", bound=TextChoices)

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_CODE_HELP = "Skriv små bokstäver a–z, siffror, bindestreck och understreck, till exempel ”lansstyrgruppen”."
MOST = 500
"""The greatest number of entries in any list or table; more is a mistake, or worse."""

_EARLIEST, _LATEST = 1900, 2200
_UNPRINTABLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
_SOFT_HYPHEN = "\u00ad"


def code_of(name: str) -> str:
    """Return the code that a name gets when none is written: å and ä become a, the rest hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    code = ""
    for word in words:
        longer = f"{code}-{word}" if code else word
        if len(longer) > 50:  # noqa: PLR2004 - the length of a SlugField
            break
        code = longer
    return code or (words[0][:50] if words else "")


def listed(words: Iterable[str]) -> str:
    """Return the words between Swedish quotation marks, with commas."""
    return ", ".join(f"”{word}”" for word in words)


def hint(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest known words, or all of them when none is near."""
    choices = sorted(known)
    near = difflib.get_close_matches(word, choices, n=1)
    if near:
        return f"Menade du ”{near[0]}”?"
    return f"Välj bland: {', '.join(choices)}." if choices else "Det finns inget att välja bland i filen."


def _is_a(value: object) -> str:
    names = {str: "text", bool: "sant/falskt", int: "heltal", float: "decimaltal", list: "lista", dict: "tabell"}
    return next((name for kind, name in names.items() if type(value) is kind), "datum eller tid")


class Table:
    """One TOML table being read; every key must be asked for, the others are unknown."""

    def __init__(self, values: Mapping[str, object], place: str, problems: Problems) -> None:
        """Begin to read the table at `place`."""
        self._values = values
        self._asked: set[str] = set()
        self.place = place
        self.problems = problems

    def at(self, key: str) -> str:
        """Return the place of a key in this table."""
        return f"{self.place}.{key}".strip(".") or "filen"

    def has(self, key: str) -> bool:
        """Tell whether the key is written."""
        return key in self._values

    def _ask(self, key: str, kind: type, expected: str, *, required: bool) -> object | None:
        self._asked.add(key)
        if key not in self._values:
            if required:
                self.problems.add(self.at(key), "Nyckeln saknas.", f"Skriv {key} = {expected}.")
            return None
        value = self._values[key]
        if type(value) is not kind:
            self.problems.add(self.at(key), f"Här står {_is_a(value)}, men det ska vara {expected}.", "Ändra värdet.")
            return None
        return value

    def text(self, key: str, *, limit: int = 150, default: str | None = None, lines: bool = False) -> str:
        """Return a text, composed to NFC and without space around it; empty when it is wrong.

        Args:
            key: which.
            limit: the greatest number of characters.
            default: what holds when the key is left out; None when it must be written.
            lines: whether the text may have several lines.

        """
        value = self._ask(key, str, "text inom citattecken", required=default is None)
        if not isinstance(value, str):
            return default or ""
        return clean(value, self.at(key), self.problems, limit=limit, lines=lines, empty=default is not None)

    def code(self, key: str, *, limit: int = 50, default: str | None = None) -> str:
        """Return a code; empty when it is wrong."""
        value = self.text(key, limit=limit, default=default)
        if value and not CODE.fullmatch(value):
            self.problems.add(self.at(key), f"”{value}” är inte en giltig kod.", _CODE_HELP)
            return ""
        return value

    def choice(self, key: str, kinds: type[C], *, default: C | None = None) -> C:
        """Return a member of the closed vocabulary; its first member when what is written is wrong."""
        value = self._ask(key, str, f"en av {', '.join(kinds.values)}", required=default is None)
        if value is None:
            return default if default is not None else next(iter(kinds))
        return choose(str(value), kinds, self.at(key), self.problems) or next(iter(kinds))

    def integer(self, key: str, low: int, high: int) -> int:
        """Return a whole number between `low` and `high` that must be written; `low` when it is wrong."""
        value = self._integer(key, low, high, required=True)
        return low if value is None else value

    def optional_integer(self, key: str, low: int, high: int) -> int | None:
        """Return a whole number between `low` and `high` that may be left out."""
        return self._integer(key, low, high, required=False)

    def _integer(self, key: str, low: int, high: int, *, required: bool) -> int | None:
        value = self._ask(key, int, f"ett heltal från {low} till {high}", required=required)
        if not isinstance(value, int):
            return None
        if not low <= value <= high:
            self.problems.add(self.at(key), f"Talet ligger utanför {low}–{high}.", "Ändra värdet.")
            return low
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._ask(key, bool, "true eller false", required=False)
        return value if isinstance(value, bool) else default

    def day(self, key: str) -> date:
        """Return a date that must be written; the first of 1900 when it is wrong."""
        return self._day(key, required=True) or date(_EARLIEST, 1, 1)

    def optional_day(self, key: str) -> date | None:
        """Return a date that may be left out."""
        return self._day(key, required=False)

    def _day(self, key: str, *, required: bool) -> date | None:
        value = self._ask(key, date, "ett datum utan citattecken, som 2026-01-31", required=required)
        if not isinstance(value, date) or isinstance(value, datetime):
            return None
        if not _EARLIEST <= value.year < _LATEST:
            self.problems.add(self.at(key), f"Året ligger utanför {_EARLIEST}–{_LATEST}.", "Ändra datumet.")
            return None
        return value

    def words(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one. Wrong or doubled ones are left out."""
        self._asked.add(key)
        value = self._values.get(key)
        if isinstance(value, str):
            return (value,) if value else self._empty(key)
        if value is None:
            return self._empty(key) if required else ()
        if not isinstance(value, list):
            self.problems.add(self.at(key), f"Här står {_is_a(value)}, men det ska vara en lista.", "Ändra värdet.")
            return ()
        found: list[str] = []
        for index, word in enumerate(self._few(key, value)):
            place = f"{self.at(key)}[{index}]"
            if not isinstance(word, str):
                self.problems.add(place, f"Här står {_is_a(word)}, men det ska vara text.", "Ändra värdet.")
            elif word in found:
                self.problems.add(place, f"”{word}” står två gånger.", "Ta bort den ena.")
            else:
                found.append(word)
        return tuple(found)

    def _empty(self, key: str) -> tuple[str, ...]:
        self.problems.add(self.at(key), "Nyckeln saknas eller är tom.", f'Skriv {key} = ["…"].')
        return ()

    def entries(self, key: str) -> list[object]:
        """Return a list whose entries the caller reads one by one; a single text counts as a list of one."""
        if isinstance(self._values.get(key), str):
            self._asked.add(key)
            return [self._values[key]]
        value = self._ask(key, list, "en lista", required=False)
        return self._few(key, value) if isinstance(value, list) else []

    def _few(self, key: str, value: list[Any]) -> list[Any]:
        """Return the entries, or none with a problem noted when they are too many to be meant."""
        if len(value) <= MOST:
            return value
        self.problems.add(self.at(key), f"Listan har fler än {MOST} poster.", "Ta bort poster.")
        return []

    def tables(self, key: str, *, required: str = "") -> "list[Table]":
        """Return the tables of a `[[key]]`; `required` says what is missing when there is none."""
        self._asked.add(key)
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.problems.add(self.at(key), "Nyckeln ska vara tabeller.", f"Skriv varje post under [[{key}]].")
            return []
        if required and not value:
            self.problems.add(self.at(key), required, f"Skriv minst en tabell [[{self._plain(key)}]].")
        return [
            Table(entry, f"{self.at(key)}[{index}]", self.problems) for index, entry in enumerate(self._few(key, value))
        ]

    def _plain(self, key: str) -> str:
        return re.sub(r"\[\d+\]", "", self.at(key))

    def table(self, key: str, *, required: bool = False) -> "Table | None":
        """Return the table of a `[key]`, or None when it is left out or wrong."""
        value = self._ask(key, dict, f"en tabell [{self._plain(key)}]", required=required)
        return Table(value, self.at(key), self.problems) if isinstance(value, dict) else None

    def keys(self) -> tuple[str, ...]:
        """Return the keys written, for a table whose keys are codes."""
        return tuple(self._few("", list(self._values)))

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._few("", [key for key in self._values if key not in self._asked]):
            self.problems.add(self.at(key), "Okänd nyckel.", f"{hint(key, self._asked)} Ta annars bort den.")


def choose(value: str, kinds: type[C], place: str, problems: Problems) -> C | None:
    """Return the member with this code, or None with a problem noted."""
    try:
        return kinds(value)
    except ValueError:
        problems.add(place, f"”{value}” är okänt.", hint(value, kinds.values))
        return None


def clean(  # noqa: PLR0913 - one text, its place and what it may be
    value: str, place: str, problems: Problems, *, limit: int, lines: bool = False, empty: bool = False
) -> str:
    """Return the text as it is kept, or an empty one with a problem noted."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
    allowed = {"\n", "\t", _SOFT_HYPHEN} if lines else {_SOFT_HYPHEN}
    bad = next((sign for sign in text if sign not in allowed and unicodedata.category(sign) in _UNPRINTABLE), None)
    checks: tuple[tuple[Callable[[], bool], str, str], ...] = (
        (lambda: not text and not empty, "Texten är tom.", "Skriv en text."),
        (lambda: len(text) > limit, f"Texten är längre än {limit} tecken.", "Korta den."),
        (
            lambda: bad is not None,
            f"Texten innehåller ett tecken som inte syns (U+{ord(bad or ' '):04X}).",
            "Ta bort tecknet" + (" eller radbrytningen." if not lines else "."),
        ),
    )
    for is_wrong, message, remedy in checks:
        if is_wrong():
            problems.add(place, message, remedy)
            return ""
    return text
