"""The only place that says what a pattern of numbers may be: text with `{nummer}` and `{ar}` in it, and no more."""

import string
from collections.abc import Collection

_NUMBER_FORMATS = {"", *(f"0{width}d" for width in range(2, 10))}
_LITERALS = frozenset(string.ascii_letters + string.digits + "ÅÄÖåäö -/._")
NUMBER, YEAR = "nummer", "ar"


def pattern_fault(pattern: str, *, kind: str, needs_year: bool, more: str = "") -> str:
    """Return what is wrong with a pattern, as a sentence; an empty text when nothing is.

    Args:
        pattern: the text.
        kind: what it numbers, as in "ett ärendenummer".
        needs_year: whether the year must be in it; otherwise it may.
        more: signs that may stand in it beside letters, digits and the usual dashes.

    """
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return "Klamrarna i mönstret går inte ihop."
    fields = [(name, form, conversion) for _, name, form, conversion in parts if name is not None]
    names = sorted(name for name, *_ in fields)
    allowed: Collection[list[str]] = [[YEAR, NUMBER]] if needs_year else [[YEAR, NUMBER], [NUMBER]]
    if names not in allowed:
        if needs_year:
            return "Mönstret ska ha {ar} och {nummer} en gång var, och inget annat inom klamrar."
        return "Mönstret ska ha {nummer} en gång, {ar} högst en gång, och inget annat inom klamrar."
    if any(conversion or form not in ({""} if name == YEAR else _NUMBER_FORMATS) for name, form, conversion in fields):
        return "Mönstret har ett format som inte går att använda."
    if not set("".join(text for text, *_ in parts)) <= _LITERALS | set(more):
        return f"Mönstret har tecken som inte hör hemma i {kind}."
    return ""
