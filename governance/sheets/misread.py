"""The only place that knows text whose letters were lost on the way, and says what to do about it."""

import re

_MISREAD = re.compile("Ã[\u0080-¿¥¤¶„…–—]|ï¿½|\ufffd")
"""What å, ä and ö become when UTF-8 has been saved as if it were Windows-1252."""


def is_misread(text: str) -> bool:
    """Tell whether a text has been saved in one encoding and read in another."""
    return _MISREAD.search(text) is not None


def misread(text: str) -> str:
    """Return the sentence of such a text."""
    return (
        f"”{text[:40]}” har sparats med fel teckenkodning: å, ä eller ö har blivit andra tecken. "
        "Spara filen på nytt som CSV UTF-8 eller .xlsx från originalet, eller skriv om texten."
    )
