"""Meetings for papers that no database knows: matters of any size and words, and how they are set."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from governance.models import Body, County
from satsningar.partspec import PARTS
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.papers.content import Tabled, TabledFile
from workflow.meetings.papers.set import Line, paper_of
from workflow.meetings.vocabulary import ItemKind, ItemSort
from workflow.papers.value import Paper

BEGINS = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
CALLED = datetime(2026, 11, 26, 13, 5, tzinfo=UTC)
WORDS = (
    "Hemsjukvårdsorganisationens verksamhetsutvecklingsarbete behöver samordnas mellan regionen och kommunerna, "
    "så att den som är sjuk hemma får vård av samma team dygnet runt. "
)


def bare_meeting(**more: Any) -> Meeting:
    """Return a meeting that has been called."""
    body = Body(pk=1, name="Länsstyrgruppen", county=County(pk=1, name="Sörmland"))
    known: dict[str, Any] = {"place": "Exempelsalen", "called_at": CALLED, "edition": 7}
    return Meeting(pk=1, body=body, starts_at=BEGINS, ends_at=BEGINS + timedelta(hours=4), **known | more)


def contents(paragraphs: int = 3, **parts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a satsning's parts: each text of the proposal so many paragraphs long."""
    found: dict[str, dict[str, Any]] = {code: spec.empty() for code, spec in PARTS.items()}
    for code in ("uppdrag", "omfattning", "brukarmedverkan", "inforande"):
        for column in PARTS[code].fields:
            if column.get_internal_type() == "TextField":
                found[code][column.attname] = "\n\n".join([WORDS * 2] * paragraphs)
    deltagare = [{"id": n, "organisation_id": n, "organisation_namn": f"Exempelköpings kommun {n}"} for n in (1, 2)]
    found["omfattning"]["deltagare"] = deltagare
    return found | parts


def bare_tabled(number: int = 1, *, paragraphs: int = 3, **more: Any) -> Tabled:
    """Return a case's papers, frozen."""
    title = f"Mobila team i hela länet {number}"
    known: dict[str, Any] = {
        "title": title,
        "reference": f"LSG 2026-{number:04}",
        "satsning_id": number,
        "revision_id": number,
        "revision_number": 3,
        "move": "bifall",
        "move_name": "Bifall",
        "target": "Beslutad",
        "made_by": "Beredningsgruppen personcentrering",
        "utlatande": WORDS,
        "rekommendation": "tillstyrkan",
        "forslag": "Länsstyrgruppen **godkänner** satsningen.\n\n1. Den startar 2027.\n2. Den följs upp 2028.",
        "files": (TabledFile("bilaga", number, "kalkyl.pdf", 24_000, "0" * 64),),
        "number": 1,
        "frozen_at": CALLED,
    }
    value = contents(paragraphs)
    value["uppdrag"]["titel"] = title
    value["ekonomi"]["kostnader"] = [
        {"id": 1, "ar": 2027, "organisation_id": 1, "organisation_namn": "Exempelköpings kommun 1", "slag": "personal"}
        | {"finansiering": "egen", "belopp": "1250000.00"}
    ]
    return Tabled(**{**known, "parts": value, **more})


def line_of(number: int, tabled: Tabled | None, **more: Any) -> Line:
    """Return an item about a matter."""
    known: dict[str, Any] = {"kind": ItemKind.OVRIGT, "sort": ItemSort.ARBETA, "duration": 10}
    known["title"] = tabled.title if tabled else "Hemligt"
    item = AgendaItem(pk=number, meeting_id=1, position=number, **known | more)
    return Line(number, "09.00", item, tabled)


def bare_set(*papers: Tabled, **more: Any) -> Paper:
    """Return the papers of a meeting about these matters."""
    lines = [line_of(number, tabled) for number, tabled in enumerate(papers, 1)]
    return paper_of(bare_meeting(), lines, {}, edition=7, printed_on=date(2026, 11, 27), **more)
