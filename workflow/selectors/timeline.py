"""A case's journal as people read it: by day, newest first, with the names as they were."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    Act.FORSLAG_BORDLAGT: "warning",
    Act.PAUSA: "warning",
    Act.BIFALL: "success",
    Act.BREDDINFOR: "success",
    Act.SLUTFOR: "success",
    Act.FORTSATT: "success",
    Act.ANDRINGSBESLUT: "success",
    Act.AVSLAG: "danger",
    Act.FORSLAG_AVSLAGET: "danger",
    Act.AVBRYT: "danger",
    Act.ATERKALLA: "danger",
    Act.STOPP: "warning",
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
    return [words for key, say in _SAID if entry.said.get(key) for words in say(entry.said)]


def _asked(said: Mapping[str, Any]) -> list[Said]:
    """Return what is to be completed, part by part."""
    return [
        Said(text, PartCode(part).label if part in PartCode.values else part, markdown=True)
        for part, text in said["requests"]
    ]


def _registered(said: Mapping[str, Any]) -> list[Said]:
    """Return the decision that a case registered afterwards rests on, and since when it stood at its step."""
    entered = said["registrering"]
    lines = [("Beslutad {}", entered.get("decided_on")), ("Källa: {}", entered.get("source"))]
    return [
        *(Said(words.format(value)) for words, value in lines if value),
        Said(f"I steget sedan {entered.get('since', '')}"),
    ]


def _brought(said: Mapping[str, Any]) -> list[Said]:
    """Return what an anmälan proposes, or the proposal of one that was taken back or fell."""
    brought = said["anmalan"]
    if isinstance(brought, Mapping):
        return [Said(f"Föreslår {str(brought.get('move', '')).lower()}")]
    return [Said(str(brought), "Förslaget", markdown=True)]


def _tried(said: Mapping[str, Any]) -> list[Said]:
    """Return by which paragraph a proposal fell or was put off, and to which meeting."""
    tried = said["provat"]
    found = [Said(f"{tried.get('paragraph', '')} vid mötet {tried.get('meeting', '')}")]
    return [*found, Said(f"Tas upp igen vid mötet {tried['to_meeting']}")] if tried.get("to_meeting") else found


def _groups(said: Mapping[str, Any]) -> list[Said]:
    """Return the group that a case was made in, or the groups before and after a change."""
    groups = said["ansvarig_grupp"]
    return [Said(f"Från {groups[0]} till {groups[-1]}" if isinstance(groups, list) else f"Ansvarig grupp: {groups}")]


def _handlaggare(said: Mapping[str, Any]) -> list[Said]:
    """Return who was handläggare before and after a change, or who became it where there was nobody."""
    if not isinstance(said["handlaggare"], list):
        return []
    before, after = said["handlaggare"]
    return [Said(f"Från {before} till {after}" if before else f"Ny handläggare: {after}")]


def _versions(said: Mapping[str, Any]) -> list[Said]:
    """Return the versions before and after a case was moved from one to another."""
    (before, after), here, there = said["versions"], said.get("from", ""), said.get("to", "")
    return [Said(f"Från version {before} (steget {here}) till version {after} (steget {there})")]


def _extracts(said: Mapping[str, Any]) -> list[Said]:
    """Return which paragraph went to whom."""
    names = ", ".join(str(name) for _, name, _ in said["utdrag"])
    return [Said(f"{said.get('paragraf_label', '')} till {names}")]


def _received(said: Mapping[str, Any]) -> list[Said]:
    """Return which paragraph came to whom."""
    return [Said(f"{said.get('paragraf_label', '')}, {said.get('receiver', '')}")]


def _duty(said: Mapping[str, Any]) -> list[Said]:
    """Return what a decision asks for, of whom and by when."""
    asked = said["uppdrag"]
    by = f", senast {asked['due']}" if asked.get("due") else ""
    return [
        Said(f"{said.get('paragraf_label', '')}, {said.get('responsible', '')}{by}"),
        Said(str(asked.get("text", "")), markdown=True),
    ]


def _hidden(said: Mapping[str, Any]) -> list[Said]:
    """Return that what was said carries a secrecy mark."""
    return [Said(f"Innehållet har en sekretessmarkering: {said['dolt']}")]


_SAID: tuple[tuple[str, Callable[[Mapping[str, Any]], list[Said]]], ...] = (
    ("dolt", _hidden),
    ("krav", lambda said: [Said(f"{said['krav']}, grinden {str(said.get('grind', '')).lower()}")]),
    ("reason", lambda said: [Said(said["reason"], markdown=True)]),
    ("avsteg", lambda said: [Said(f"Med avsteg från: {names_of(said['avsteg'])}")]),
    ("reference", lambda said: [Said(f"Ärendenummer {said['reference']}")]),
    (
        "beslut",
        lambda said: [Said(f"{said['beslut'].get('paragraph', '')} vid mötet {said['beslut'].get('meeting', '')}")],
    ),
    ("provat", _tried),
    ("anmalan", _brought),
    ("versions", _versions),
    ("registrering", _registered),
    ("forlaga", lambda said: [Said(f"Bygger på {said['forlaga']}")]),
    ("ansvarig_grupp", _groups),
    ("handlaggare", _handlaggare),
    ("requests", _asked),
    ("utdrag", _extracts),
    ("mottaget", _received),
    ("uppdrag", _duty),
    ("inbjuden_till", lambda said: [Said(f"Får {str(said['inbjuden_till']).lower()}")]),
    ("vem", lambda said: [Said(said["vem"])]),
    ("ersatter", lambda said: [Said(f"Ersätter {said['ersatter']}")]),
    ("stopp", lambda said: [Said(": ".join(filter(None, (said["stopp"].get("label"), said["stopp"].get("text")))))]),
    ("stopp_slut", lambda said: [Said(str(said["stopp_slut"].get("label", "")))]),
    ("kommentar_om", lambda said: [Said(said["kommentar_om"])]),
    ("title_of_file", lambda said: [Said(said["title_of_file"])]),
)
"""What an entry's payload may hold, in the order it is read, and how each is said."""


def _shown(said: Said) -> SafeString:
    title = format_html("<p><b>{}</b></p>", said.title) if said.title else ""
    return format_html("{}{}", title, render(said.text) if said.markdown else format_html("<p>{}</p>", said.text))
