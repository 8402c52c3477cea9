"""A case's journal as people read it: by day, newest first, with the names as they were."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from governance.vocabulary import MoveKind
from satsningar.markdown import render
from satsningar.vocabulary import PartCode
from workflow.models import JournalEntry
from workflow.vocabulary import Act

COLOURS: Mapping[str, str] = {
    Act.ATERREMISS: "warning",
    Act.BEGAR_KOMPLETTERING: "warning",
    Act.BORDLAGGNING: "warning",
    Act.PAUSA: "warning",
    Act.BIFALL: "success",
    Act.BREDDINFOR: "success",
    Act.SLUTFOR: "success",
    Act.FORTSATT: "success",
    Act.ANDRINGSBESLUT: "success",
    Act.AVSLAG: "danger",
    Act.AVBRYT: "danger",
    Act.ATERKALLA: "danger",
}
"""Acts that stand out; the rest have the colour of the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal with what was said in it; nothing was said where that has been weeded."""

    act: str
    at: datetime
    move: str
    to_station: str
    revision: int | None
    said: Mapping[str, Any]


def entries_of(satsning_id: int) -> list[Entry]:
    """Return a case's journal, newest first, in one statement."""
    rows = JournalEntry.objects.filter(satsning=satsning_id).order_by("-number")
    fields = rows.values_list("act", "at", "move", "to_station", "revision__number", "payload__content")
    return [
        Entry(act, at, move, to_station, revision, json.loads(content) if content else {})
        for act, at, move, to_station, revision, content in fields
    ]


def visited(entries: Iterable[Entry]) -> set[str]:
    """Return the codes of the stations a case has been at."""
    return {entry.to_station for entry in entries}


def days_of(satsning_id: int, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return the entries as `components/timeline.html` shows them."""
    return [
        {"day": day, "events": [_event(satsning_id, entry) for entry in those]}
        for day, those in groupby(entries, key=lambda entry: timezone.localdate(entry.at))
    ]


def _event(satsning_id: int, entry: Entry) -> dict[str, Any]:
    said = entry.said
    url = reverse("revision", args=[satsning_id, entry.revision]) if entry.revision else ""
    return {
        "time": entry.at,
        "what": _what(entry),
        "who": said.get("actor", "Innehållet är gallrat"),
        "body": said.get("body", ""),
        "why": _why(said),
        "url": url,
        "link": f"Revision {entry.revision}",
        "color": COLOURS.get(entry.act, ""),
    }


def _what(entry: Entry) -> str:
    """Return what was done as a heading: as done, or by the county's own name of the move, and where it led."""
    said = entry.said
    name = str(said.get("move") or "")
    if not name or name == _usual_name(entry.act):
        label = dict(Act.choices).get(entry.act, entry.act)
        name = label[:1].upper() + label[1:]
    there, here = said.get("to"), said.get("from")
    if there and there != here and entry.act != MoveKind.SKAPA:
        return f"{name} → {there}"
    return name


def _usual_name(act: str) -> str:
    """Return the name that a move of the kind has unless the county calls it something else."""
    return str(MoveKind(act).label) if act in MoveKind.values else ""


def _why(said: Mapping[str, Any]) -> SafeString | str:
    """Return what was said: the reason, and what goes with the kind of act."""
    pieces = [render(said["reason"])] if said.get("reason") else []
    if said.get("reference"):
        pieces.append(format_html("<p>Ärendenummer {}</p>", said["reference"]))
    if decision := said.get("beslut"):
        pieces.append(format_html("<p>{} vid mötet {}</p>", decision.get("paragraph", ""), decision.get("meeting", "")))
    if brought := said.get("anmalan"):
        pieces.append(format_html("<p>Föreslår {}</p>", str(brought.get("move", "")).lower()))
    if entered := said.get("registrering"):
        pieces += _registered(entered)
    if source := said.get("forlaga"):
        pieces.append(format_html("<p>Bygger på {}</p>", source))
    if groups := said.get("ansvarig_grupp"):
        pieces.append(_groups(groups))
    pieces += [_request(part, text) for part, text in said.get("requests", ())]
    if said.get("title_of_file"):
        pieces.append(format_html("<p>{}</p>", said["title_of_file"]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _registered(entered: Mapping[str, Any]) -> list[SafeString]:
    """Return the decision that a case registered afterwards rests on, and since when it stood at its step."""
    lines = [("Beslutad {}", entered.get("decided_on")), ("Källa: {}", entered.get("source"))]
    said = [format_html("<p>{}</p>", words.format(value)) for words, value in lines if value]
    return [*said, format_html("<p>I steget sedan {}</p>", entered.get("since", ""))]


def _groups(groups: Any) -> SafeString:
    """Return the group that a case was made in, or the groups before and after a change."""
    if isinstance(groups, list):
        return format_html("<p>Från {} till {}</p>", groups[0], groups[-1])
    return format_html("<p>Ansvarig grupp: {}</p>", groups)


def _request(part: str, text: str) -> SafeString:
    label = PartCode(part).label if part in PartCode.values else part
    return format_html("<p><b>{}</b></p>{}", label, render(text))
