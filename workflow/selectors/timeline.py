"""A case's journal as people read it: by day, newest first, with the names as they were."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from governance.paths import PathVersion, path_version
from governance.vocabulary import MoveKind
from satsningar.markdown import render
from satsningar.vocabulary import PartCode
from workflow.avsteg.applied import names_of
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
    Act.AVSTEG_BEGART: "warning",
    Act.AVSTEG_MEDGIVET: "warning",
    Act.AVSTEG_AVSLAGET: "danger",
}
"""Acts that stand out; the rest have the colour of the page."""
WEEDED = "Innehållet är gallrat"
"""Stands for who did it where the payload of an entry has been weeded."""
UNFOLDED = 6
"""Events that a timeline shows before the rest is folded."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal with what was said in it; nothing was said where that has been weeded."""

    act: str
    at: datetime
    move: str
    to_station: str
    version: int | None
    """The id of the version of the path that the case followed after it; None where it was not recorded."""
    revision: int | None
    said: Mapping[str, Any]


def entries_of(satsning_id: int) -> list[Entry]:
    """Return a case's journal, newest first, in one statement."""
    rows = JournalEntry.objects.filter(satsning=satsning_id).order_by("-number")
    fields = rows.values_list("act", "at", "move", "to_station", "version", "revision__number", "payload__content")
    return [
        Entry(act, at, move, to_station, version, revision, json.loads(content) if content else {})
        for act, at, move, to_station, version, revision, content in fields
    ]


def visited(entries: Iterable[Entry], path: PathVersion) -> set[str]:
    """Return the codes of those of the path's stations that a case has been at.

    A station of another version counts where the path has one of the same code and kind.
    """
    been = {(entry.version or path.id, entry.to_station) for entry in entries}
    return {code for version, code in been if version == path.id or _is_alike(path, path_version(version), code)}


def _is_alike(path: PathVersion, other: PathVersion, code: str) -> bool:
    return code in path.stations and path.stations[code].kind == other.stations[code].kind


def days_of(satsning_id: int, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return the entries by day, as `components/timeline.html` shows them."""
    return [
        {"day": day, "events": [_event(satsning_id, entry) for entry in those]}
        for day, those in groupby(entries, key=lambda entry: timezone.localdate(entry.at))
    ]


def fold(days: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the newest events of a timeline and, apart, the earlier ones that it keeps behind a heading.

    A day with many events goes on behind the heading, where its name stands again. One event is not folded alone: it is
    no longer than the heading.
    """
    shown: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    left = sum(len(day["events"]) for day in days)
    room = UNFOLDED if left > UNFOLDED + 1 else left
    for day in days:
        for into, events in ((shown, day["events"][:room]), (rest, day["events"][room:])):
            if events:
                into.append({**day, "events": events})
        room = max(0, room - len(day["events"]))
    return {"days": shown, "earlier": rest, "earlier_events": sum(len(day["events"]) for day in rest)}


def _event(satsning_id: int, entry: Entry) -> dict[str, Any]:
    said = entry.said
    url = reverse("revision", args=[satsning_id, entry.revision]) if entry.revision else ""
    return {
        "time": entry.at,
        "what": what_of(entry),
        "who": said.get("actor", WEEDED),
        "body": said.get("body", ""),
        "why": format_html_join("", "{}", ((_shown(piece),) for piece in said_in(entry))),
        "url": url,
        "link": f"Revision {entry.revision}",
        "color": COLOURS.get(entry.act, ""),
    }


def what_of(entry: Entry) -> str:
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


@dataclass(frozen=True, slots=True)
class Said:
    """Something said in an entry: its words, and a heading where it has one; `markdown`: a person wrote them."""

    text: str
    title: str = ""
    markdown: bool = False


def said_in(entry: Entry) -> list[Said]:
    """Return what was said in an entry, in the order it is read: the reason, and what goes with the kind of act."""
    said = entry.said
    found = [Said(said["reason"], markdown=True)] if said.get("reason") else []
    if said.get("krav"):
        found.insert(0, Said(f"{said['krav']}, grinden {str(said.get('grind', '')).lower()}"))
    if waived := said.get("avsteg"):
        found.append(Said(f"Med avsteg från: {names_of(waived)}"))
    if said.get("reference"):
        found.append(Said(f"Ärendenummer {said['reference']}"))
    if decision := said.get("beslut"):
        found.append(Said(f"{decision.get('paragraph', '')} vid mötet {decision.get('meeting', '')}"))
    if brought := said.get("anmalan"):
        found.append(Said(f"Föreslår {str(brought.get('move', '')).lower()}"))
    if versions := said.get("versions"):
        here, there = said.get("from", ""), said.get("to", "")
        found.append(Said(f"Från version {versions[0]} (steget {here}) till version {versions[1]} (steget {there})"))
    if groups := said.get("ansvarig_grupp"):
        found.append(Said(_groups(groups)))
    found += [
        Said(text, PartCode(part).label if part in PartCode.values else part, markdown=True)
        for part, text in said.get("requests", ())
    ]
    if said.get("title_of_file"):
        found.append(Said(said["title_of_file"]))
    return found


def _groups(groups: Any) -> str:
    """Return the group that a case was made in, or the groups before and after a change."""
    return f"Från {groups[0]} till {groups[-1]}" if isinstance(groups, list) else f"Ansvarig grupp: {groups}"


def _shown(said: Said) -> SafeString:
    title = format_html("<p><b>{}</b></p>", said.title) if said.title else ""
    return format_html("{}{}", title, render(said.text) if said.markdown else format_html("<p>{}</p>", said.text))
