"""The only place that reads a day as people and spreadsheets write it; what can be read in two ways is refused."""

import re
from datetime import date, timedelta

from governance.errors import Refused

_ISO = re.compile(r"(\d{4})([-./ ]?)(\d{1,2})\2(\d{1,2})\Z", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[t ]\d\d[:.]\d\d([:.]\d\d(\.\d+)?)?\Z", re.ASCII)
_WORDS = re.compile(r"(?:den )?([0-9]{1,2})\s*:?[ea]?\s*([a-zåäö]{3,9})\.?\s+([0-9]{4})\Z")
_SLASHED = re.compile(r"\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]?\s*\d{2,4}\Z")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_FULL = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_ZERO = date(1899, 12, 30)
"""The day 0 of a spreadsheet."""
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_050
"""1950-01-01 and 2099-12-31: a number outside is a year or a mistake rather than a day."""
DAYS_FROM_1904 = 1_462
FORM = "Skriv dagen som år, månad, dag: 2026-11-03."


def read_day(text: str) -> date:
    """Return the day that a cell says: `2026-11-03`, `20261103`, `3 november 2026`, or a spreadsheet's own number.

    Raises:
        Refused: it is no day, or could be read as two.

    """
    text = text.strip().casefold()
    if moment := _MOMENT.match(text):
        text = moment[1]
    if text.isascii() and text.isdecimal() and len(text) != len("20261103"):
        return _serial(text)
    if found := _ISO.match(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if (found := _WORDS.match(text)) and (month := _month(found[2])):
        return _day(int(found[3]), month, int(found[1]))
    if _SLASHED.match(text):
        raise Refused(f"”{text}” kan läsas på flera sätt. {FORM}")
    raise Refused(f"”{text[:40]}” är ingen dag. {FORM}")


def _serial(text: str) -> date:
    number = int(text) if len(text) < len("9999999") else 0
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return _ZERO + timedelta(days=number)
    raise Refused(f"”{text[:20]}” är ett tal, ingen dag. {FORM}")


def _month(word: str) -> int:
    for number, full in enumerate(_FULL, start=1):
        if word == full or word in {_MONTHS[number - 1], "sept" if number == _SEPTEMBER else ""}:
            return number
    return 0


_SEPTEMBER = 9


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(f"Dagen {year}-{month:02d}-{day:02d} finns inte. {FORM}") from None
