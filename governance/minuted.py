"""The only writer of the paragraph by which a meeting decided a version of the ärendegång or a fokusområde."""

from datetime import date
from typing import TypeVar

from django.db import transaction

from governance.errors import Refused
from governance.models.minuted import LONGEST_BODY, LONGEST_PARAGRAPH, Minuted
from governance.permissions import today

M = TypeVar("M", bound=Minuted)


def record_paragraph(decided: M, *, paragraph: str, decided_on: date, decided_by: str) -> M:
    """Keep with a version or a fokusområde by which paragraph of whose minutes, and when, it was decided.

    It asks nobody's mandate: whoever records the decision of the meeting has been asked there, and calls this in the
    same transaction. Nothing that a version's digest is of is touched, so one in force stays as it was. Effects, in
    order: the row is locked and read again; the paragraph, its day and its body are written, unless they stand there.

    Args:
        decided: what the meeting decided.
        paragraph: as it stands in the minutes, `"§ 14"`.
        decided_on: the day of the meeting.
        decided_by: the name of the body.

    Returns:
        the row as it is now.

    Raises:
        Refused: the paragraph or the body is empty or too long, the day has not come, or a decision as late as this one
            is recorded already.

    """
    values = {
        "decided_paragraph": _line(paragraph, "decided_paragraph", LONGEST_PARAGRAPH),
        "minuted_on": decided_on,
        "minuted_by": _line(decided_by, "minuted_by", LONGEST_BODY),
    }
    if decided_on > today():
        raise Refused(f"Mötet är {decided_on} och har inte varit. Skriv dagen då det beslutades.", "minuted_on")
    with transaction.atomic():
        row = type(decided)._default_manager.select_for_update(of=("self",)).get(pk=decided.pk)
        if all(getattr(row, key) == value for key, value in values.items()):
            return row
        if row.minuted_on is not None and row.minuted_on >= decided_on:
            raise Refused(
                f"Beslutet om {row} är redan fört: {row.minuted_by} {row.minuted_on}, {row.decided_paragraph}. "
                "Bara ett senare beslut kan ersätta det.",
                "decided_paragraph",
            )
        for key, value in values.items():
            setattr(row, key, value)
        row.save(update_fields=list(values))
    return row


def _line(text: str, field: str, longest: int) -> str:
    """Return a line as it is kept, with single spaces."""
    line = " ".join(text.split())
    if not line or len(line) > longest:
        what = "paragrafen" if field == "decided_paragraph" else "organet"
        raise Refused(f"Skriv {what} med 1–{longest} tecken.", field)
    return line
