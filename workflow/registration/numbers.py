"""Numbers that cases have from before, and the series that goes on after them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter

from governance import prepared
from governance.models import Body
from governance.permissions import today

LARGEST = 99_999
"""A number in a series above this is a slip of the hand."""

_RAISE = """
INSERT INTO satsningar_referenceseries AS s (body_id, year, last) VALUES (%s, %s, %s)
ON CONFLICT (body_id, year) DO UPDATE SET last = greatest(s.last, excluded.last)
"""


@dataclass(frozen=True, slots=True, order=True)
class InSeries:
    """A number of a body's own series."""

    body_id: int
    year: int
    number: int


def read_reference(body: Body, text: str) -> tuple[str, InSeries | None]:
    """Return a number as it is kept, and its place in the body's series where it is written as one of it.

    `lsg 2024-31` is the same number as `LSG 2024-0031`, and is kept as the body writes it. What follows another
    pattern is kept as it is and never meets the series.

    Raises:
        ValueError: it is written as a number of the series that cannot have been given yet.

    """
    found = _pattern(body.reference_pattern).fullmatch(text) if body.reference_pattern else None
    if found is None:
        return text, None
    year, number = int(found["ar"]), int(found["nummer"])
    if year > today().year:
        raise ValueError(f"Numret är från {year}, som inte har börjat. Rätta året.")
    if not 0 < number <= LARGEST:
        raise ValueError(f"Löpnumret ska ligga mellan 1 och {LARGEST}.")
    return body.reference(year, number), InSeries(body.pk, year, number)


def _pattern(reference_pattern: str) -> re.Pattern[str]:
    pieces = []
    for text, name, _, _ in Formatter().parse(reference_pattern):
        pieces.append(re.escape(text).replace(r"\ ", r"\s*"))
        if name:
            pieces.append(rf"(?P<{name}>\d{{4}})" if name == "ar" else rf"(?P<{name}>\d{{1,9}})")
    return re.compile("".join(pieces), re.IGNORECASE)


def reserve(numbers: Iterable[InSeries]) -> None:
    """Let every series go on after these numbers, and hold the series until the transaction ends.

    In one order for everybody, and before anything is written in the journal: `lamna_in` takes a series first and the
    journal's head afterwards.
    """
    highest: dict[tuple[int, int], int] = {}
    for one in numbers:
        key = (one.body_id, one.year)
        highest[key] = max(highest.get(key, 0), one.number)
    for (body_id, year), number in sorted(highest.items()):
        prepared.run(_RAISE, [body_id, year, number])
