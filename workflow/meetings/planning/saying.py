"""The sentences that say where a matter is taken up, and what the journal says of what stands on an agenda."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.utils import timezone

from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende
from workflow.meetings.planning.dates import MONTHS
from workflow.models import Anmalan


def as_called(items: Iterable[AgendaItem]) -> list[list[Any]]:
    """Return items as an act says them in the journal once the body is called, under `punkter`.

    For each: its key, its title, the SHA-256 of its text and its secrecy mark.
    """
    return [[one.pk, one.title, sha256(one.text.encode()).hexdigest(), one.sekretess] for one in items]


def day_in_words(meeting: Meeting) -> str:
    """Return the meeting's day as ``3 december 2026``."""
    day = meeting.day
    return f"{day.day}\xa0{MONTHS[day.month - 1]}\xa0{day.year}"


def genitive(name: str) -> str:
    """Return a name in the genitive: Länsstyrgruppen, Länsstyrgruppens; FoUiS, FoUiS."""
    return name if name.endswith(("s", "x", "z", "S", "X", "Z")) else f"{name}s"


def standing_on(*, anmalan: Anmalan | None, matter: OvrigtArende | None) -> str:
    """Return the sentence of which agenda a matter stands on already; two statements."""
    rows = AgendaItem.objects.select_related("meeting__body").filter(withdrawn_at=None, settled_at=None)
    item = rows.filter(anmalan=anmalan, matter=matter).first()
    if item is None:
        return "Ärendet står redan på en annan dagordning."
    where = f"{genitive(item.meeting.body.name)} möte {day_in_words(item.meeting)}, punkt {number_of(item)}"
    return f"Ärendet står redan på dagordningen för {where}. Ta bort det där först."


def number_of(item: AgendaItem) -> int:
    """Return the number that an item has on its agenda; one statement."""
    before = AgendaItem.objects.filter(meeting=item.meeting_id, withdrawn_at=None, position__lt=item.position)
    return before.count() + 1


def begins(meeting: Meeting) -> str:
    """Return the meeting's time as ``09.00–12.00``."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{starts:%H.%M}\u2013{ends:%H.%M}"
