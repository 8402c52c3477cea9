"""What each kind of line says: the words of a row that `sources` gave, and the page where it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from governance.meeting_rules import rule_of
from governance.paths import PathVersion
from governance.vocabulary import BodyKind, RequirementCode
from governance.workdays import workdays_after
from satsningar.vocabulary import PartCode
from workflow.awaited import awaited_move
from workflow.deadlines.due import due_at
from workflow.deadlines.vocabulary import Stopporsak
from workflow.desk.lines import Line
from workflow.desk.vocabulary import DeskKind
from workflow.links import part_url
from workflow.meetings.after.open_duties import HIDDEN
from workflow.meetings.vocabulary import DutyKind, SharePurpose
from workflow.vocabulary import Kommentarslage, Rekommendation, RoundKind

Paths = Mapping[int, PathVersion]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the statement gives it."""

    kind: str
    key: int
    about: int
    body_id: int
    body: str
    title: str | None
    reference: str
    is_example: bool
    since: datetime
    due: date | None
    said: Mapping[str, Any]


def _move(row: Row, paths: Paths) -> dict[str, Any]:
    path = paths[row.said["version"]]
    station = path.stations[row.said["station"]]
    move, due = awaited_move(path, station.code), due_at(station, row.since)
    return {
        "url": reverse("satsning", args=[row.about]),
        "do": move.name if move else "",
        "hints": (station.name, *_stopped(row)),
        "left": due.words if due else "",
        "station": row.said["station"],
        "version": path.id,
    }


def _stopped(row: Row) -> tuple[str, ...]:
    cause = row.said["stopp"]
    return (f"Står still: {Stopporsak(cause).label.lower()}",) if cause else ()


def _further(row: Row, paths: Paths) -> dict[str, Any]:
    path = paths.get(row.said["version"])
    step = path.stations[row.said["station"]].name if path else ""
    return {
        "url": reverse("satsning", args=[row.about]),
        "do": "Se till att satsningen kommer vidare",
        "hints": (step, *_stopped(row)),
    }


def _answer(row: Row, _: Paths) -> dict[str, Any]:
    organisation = row.said["organisation"]
    own = f"{reverse('min_organisation', args=[row.about])}?organisation={organisation}"
    return {
        "url": reverse("runda_svara", args=[row.key]),
        "do": f"Svara: {RoundKind(row.said['kind']).label.lower()}",
        "hints": (
            row.said["purpose"],
            f"Du svarar för {row.said['receiver']}",
            *(("Överlämnad till den du ersätter",) if row.said["stands_in"] else ()),
        ),
        "link": (own, "Allt som gäller organisationen") if organisation else None,
    }


def _avsteg(row: Row, _: Paths) -> dict[str, Any]:
    hints = (str(RequirementCode(row.said["requirement"]).label), row.said["gate"], f"Från {row.said['asking']}")
    return {"url": reverse("avsteg", args=[row.about, row.key]), "do": "Svara på begäran om avsteg", "hints": hints}


def _report(row: Row, _: Paths) -> dict[str, Any]:
    organisation, name = row.said["organisation"], row.said["name"]
    own = f"{reverse('min_organisation', args=[row.about])}?organisation={organisation}"
    return {
        "url": f"{part_url(row.about, 'lage')}?organisation={organisation}",
        "do": "Skriv in läget",
        "hints": (f"Hur långt har {name} kommit?",),
        "link": (own, f"Allt som gäller {name}"),
    }


def _decision(row: Row, paths: Paths) -> dict[str, Any]:
    meeting = row.said["meeting"]
    return {
        "url": reverse("mote", args=[meeting]) if meeting else reverse("satsning", args=[row.about]),
        "do": "Ta upp på mötet" if meeting else "För in beslutet",
        "hints": proposal(row.said, paths),
        "link": (reverse("satsning", args=[row.about]), "Se satsningen") if meeting else None,
    }


def proposal(said: Mapping[str, Any], paths: Paths) -> tuple[str, ...]:
    """Return what is proposed to a deciding body, in words."""
    move = paths[said["version"]].move_from(said["station"], said["move"])
    name = move.name if move else said["move"]
    words = f"{name}: {Rekommendation(said['advice']).label.lower()}" if said["advice"] else name
    return (words, f"Med avsteg: {said['avsteg']}") if said["avsteg"] else (words,)


def _papers(row: Row, _: Paths) -> dict[str, Any]:
    return {
        "url": reverse("las_punkt", args=[row.about, row.said["item"]]),
        "title": f"{row.body}, möte {row.due:%Y-%m-%d}",
        "do": "Läs inför mötet",
        "hints": (f"{row.said['unread']} av {row.said['count']} olästa",),
    }


def _vote(row: Row, _: Paths) -> dict[str, Any]:
    return {
        "url": reverse("per_capsulam", args=[row.about]),
        "do": "Avgör frågan" if row.said["settles"] else "Svara per capsulam",
        "hints": ("Svarstiden är ute",) if row.said["settles"] else (),
    }


def _call(row: Row, _: Paths) -> dict[str, Any]:
    return {
        "url": reverse("mote", args=[row.about]),
        "title": f"{row.body}, möte {row.said['day']}",
        "do": "Kalla till mötet",
    }


def _adjusting(row: Row, _: Paths) -> dict[str, Any]:
    reminded = row.said["reminded"]
    return {
        "url": reverse("protokoll_justera", args=[row.about]),
        "title": f"{row.body} {row.said['day']}",
        "do": "Justera protokollet",
        "hints": (f"Version {row.said['version']}", *((f"Påmind {reminded}",) if reminded else ())),
        "is_reminded": bool(reminded),
    }


def _correction(row: Row, _: Paths) -> dict[str, Any]:
    return {
        "url": reverse("protokoll", args=[row.about]),
        "title": f"{row.body} {row.said['day']}",
        "do": "Rätta protokollet",
        "hints": (f"{row.said['name']} begär rättelse av version {row.said['version']}",),
    }


def _minutes(row: Row, _: Paths) -> dict[str, Any]:
    version = row.said["version"]
    return {
        "url": reverse("protokoll", args=[row.about]),
        "title": f"{row.body} {row.said['day']}",
        "do": "Skicka protokollet för justering" if version else "Upprätta protokollet",
        "hints": (f"Version {version}",) if version else (),
    }


def _adjusted_by(said: Mapping[str, Any]) -> date:
    """Return the last day for adjusting minutes that are not drawn up, as the body's rule has it."""
    rule = rule_of(BodyKind(said["kind"]), said["rule"])
    return workdays_after(date.fromisoformat(said["day"]), rule.justering)


def _extract(row: Row, _: Paths) -> dict[str, Any]:
    reminded = row.said["reminded"]
    purpose = str(SharePurpose(row.said["purpose"]).label)
    return {
        "url": reverse("utdrag", args=[row.key]),
        "do": "Bekräfta utdraget",
        "hints": (f"{row.said['decided']} {row.said['day']}", purpose, *((f"Påmint {reminded}",) if reminded else ())),
        "link": (reverse("utdrag_lista"), "Bekräfta flera"),
        "is_reminded": bool(reminded),
    }


def _home(row: Row, _: Paths) -> dict[str, Any]:
    return {
        "url": reverse("berors", args=[row.about, row.said["organisation"]]),
        "title": f"Det här berör {row.said['name']}",
        "do": "Återför besluten hem",
        "hints": (f"{row.said['decided']} {row.said['day']}",),
    }


def _duty(row: Row, _: Paths) -> dict[str, Any]:
    return {
        "url": reverse("beslutsuppdrag", args=[row.key]),
        "do": "Verkställ beslutet",
        "title": row.title or HIDDEN,
        "hints": (
            str(DutyKind(row.said["kind"]).label),
            row.said["paragraph"],
            f"{row.said['decided']} {row.said['day']}",
        ),
        "link": (f"{reverse('oppna_beslut')}?ansvarig={row.body_id}", "Alla som organet ansvarar för"),
    }


def _comment(row: Row, _: Paths) -> dict[str, Any]:
    answered = row.said["state"] == Kommentarslage.BESVARAD
    return {
        "url": reverse("kommentar", args=[row.about, row.key]),
        "do": "Läs svaret på kommentaren" if answered else "Svara på kommentaren",
        "hints": (str(PartCode(row.said["part"]).label), f"Från {row.said['by']}"),
    }


_WORDS: Mapping[DeskKind, Callable[[Row, Paths], dict[str, Any]]] = {
    DeskKind.DRAG: _move,
    DeskKind.VIDARE: _further,
    DeskKind.SVAR: _answer,
    DeskKind.AVSTEG: _avsteg,
    DeskKind.LAGE: _report,
    DeskKind.BESLUT: _decision,
    DeskKind.LAS: _papers,
    DeskKind.ROST: _vote,
    DeskKind.KALLA: _call,
    DeskKind.JUSTERA: _adjusting,
    DeskKind.RATTA: _correction,
    DeskKind.PROTOKOLL: _minutes,
    DeskKind.UTDRAG: _extract,
    DeskKind.HEM: _home,
    DeskKind.VERKSTALL: _duty,
    DeskKind.KOMMENTAR: _comment,
}


def due_of(values: tuple[Any, ...], paths: Paths) -> date | None:
    """Return the last day of a row; that of a move is its step's, that of minutes to draw up its body's."""
    kind, since, due, said = values[0], values[8], values[9], values[10]
    if kind == DeskKind.PROTOKOLL and due is None:
        return _adjusted_by(said)
    if kind != DeskKind.DRAG:
        found: date | None = due
        return found
    left = due_at(paths[said["version"]].stations[said["station"]], since)
    return left.day if left else None


def line_of(values: tuple[Any, ...], paths: Paths, as_of: date) -> Line:
    """Return the line of a row."""
    row = Row(*values)
    kind = DeskKind(row.kind)
    said: dict[str, Any] = {
        "title": row.title or "Utan titel",
        "due": due_of(values, paths),
        **_WORDS[kind](row, paths),
    }
    return Line(
        kind=kind,
        key=row.key,
        about=row.about,
        body_id=row.body_id,
        body=row.body,
        reference=row.reference,
        is_example=row.is_example,
        since=row.since,
        as_of=as_of,
        **said,
    )
