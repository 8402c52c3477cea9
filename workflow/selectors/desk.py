"""What waits for a person, and what is on its way: limited reads on indexes, whatever the number of cases."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from governance.models import ArendegangVersion
from governance.paths import MoveValue, PathVersion, path_version
from governance.permissions import Standing, today
from governance.vocabulary import ANSVARIG_GRUPP, FINAL_KINDS, BodyKind, Mandate
from satsningar import content
from satsningar.models import Satsning, Uppdrag
from workflow import facts
from workflow.awaited import awaited_move, awaited_moves
from workflow.gates import gaps
from workflow.models import Anmalan, RoundAnswer
from workflow.rights import Viewer, readable
from workflow.rounds.selectors import waiting_answers
from workflow.words import mid_sentence

SHOWN = 8
"""Lines of one list; the rest is behind ”visa alla”."""
DECIDING = (BodyKind.STYRGRUPP, BodyKind.NAMND)

_OPEN = Anmalan.objects.filter(satsning=OuterRef("pk"), closed_at=None)
_TITLE = Subquery(Uppdrag.objects.filter(satsning=OuterRef("pk")).values("titel"))
"""Looked up for the lines that are shown, not for all that they are chosen from."""
_FIELDS = ("pk", "titel", "reference", "is_example", "version_id", "station", "station_since", "body")


@dataclass(frozen=True, slots=True)
class Line:
    """A case on the desk: where it stands, what it waits for, since when, and how much that still lacks."""

    satsning_id: int
    title: str
    reference: str
    is_example: bool
    station: str
    kind: str
    move: str
    since: datetime
    body_id: int = 0
    missing: int = 0

    @property
    def days(self) -> int:
        """How many days it has waited."""
        return (today() - timezone.localdate(self.since)).days


@dataclass(frozen=True, slots=True)
class BodyLines:
    """What waits for one of the person's bodies; `more` tells that not everything is shown."""

    body_id: int
    name: str
    lines: tuple[Line, ...]
    more: bool

    @property
    def text(self) -> str:
        """The body's name as it stands inside a sentence."""
        return mid_sentence(self.name)


@dataclass(frozen=True, slots=True)
class Paper:
    """A matter before a deciding body that the person sits in."""

    satsning_id: int
    title: str
    reference: str
    is_example: bool
    body: str
    proposed: str
    recommendation: str
    opened_at: datetime
    avsteg: int
    """How many avsteg lie in the papers."""
    records: bool
    """Whether the person records the decision."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on a person's desk."""

    waiting: tuple[BodyLines, ...]
    answers: tuple[RoundAnswer, ...]
    more_answers: bool
    papers: tuple[Paper, ...]
    more_papers: bool
    on_the_way: tuple[Line, ...]
    more_on_the_way: bool
    today: date

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing waits for the person."""
        return not (self.waiting or self.answers or any(paper.records for paper in self.papers))


def desk_of(who: Viewer) -> Desk:
    """Return a person's desk in at most eight statements."""
    paths = paths_of(who)
    waiting = _waiting(who, paths)
    answers = list(_titled(waiting_answers(who))[: SHOWN + 1])
    papers = _papers(who)
    shown = {line.satsning_id for body in waiting for line in body.lines}
    way = [line for line in _on_the_way(who, paths, len(shown)) if line.satsning_id not in shown]
    return Desk(
        waiting=tuple(waiting),
        answers=tuple(answers[:SHOWN]),
        more_answers=len(answers) > SHOWN,
        papers=tuple(papers[:SHOWN]),
        more_papers=len(papers) > SHOWN,
        on_the_way=tuple(way[:SHOWN]),
        more_on_the_way=len(way) > SHOWN,
        today=today(),
    )


def paths_of(who: Viewer) -> dict[int, PathVersion]:
    """Return every version of a path in the person's counties by id; one statement, each version once per process."""
    ids = ArendegangVersion.objects.filter(arendegang__county__in=who.counties).values_list("pk", flat=True)
    return {id_: path_version(id_) for id_ in ids.order_by("pk")}


def _titled(answers: QuerySet[RoundAnswer]) -> QuerySet[RoundAnswer]:
    return answers.annotate(titel=F("round__satsning__uppdrag__titel"))


def _waiting(who: Viewer, paths: dict[int, PathVersion]) -> list[BodyLines]:
    """Return what waits for each of the person's bodies, the oldest first: the moves of no meeting."""
    asked: dict[int, tuple[str, Q]] = {}
    for standing in who.standings:
        query = waits_for(standing, paths.values())
        if query is not None:
            asked[standing.body_id] = (standing.body_name, asked.get(standing.body_id, ("", Q(pk__in=())))[1] | query)
    rows = _rows(
        [
            readable(who)
            .filter(~Exists(_OPEN), query)
            .annotate(titel=_TITLE, body=Value(body_id))
            .order_by("station_since", "pk")
            .values_list(*_FIELDS)[: SHOWN + 1]
            for body_id, (_, query) in asked.items()
        ]
    )
    lines = _with_gaps([_line(row, paths) for row in rows], rows, paths)
    found = []
    for body_id, (name, _) in asked.items():
        own = sorted((line for line in lines if line.body_id == body_id), key=lambda line: line.since)
        if own:
            found.append(BodyLines(body_id, name, tuple(own[:SHOWN]), more=len(own) > SHOWN))
    return found


def _rows(queries: Sequence[QuerySet[Satsning, Any]]) -> list[tuple[Any, ...]]:
    """Return the rows of several limited queries, in one statement."""
    if not queries:
        return []
    return list(queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0])


def waits_for(standing: Standing, paths: Iterable[PathVersion]) -> Q | None:
    """Return which cases wait for a move by this standing, None when no path has such a move."""
    found: Q | None = None
    for path in paths:
        if path.county_id != standing.county_id:
            continue
        for key, stations in _stations_by_key(path, standing).items():
            query = Q(version=path.id, station__in=stations) & _relation(key, standing)
            found = query if found is None else found | query
    return found


def _stations_by_key(path: PathVersion, standing: Standing) -> dict[str, list[str]]:
    """Return the stations where the awaited move is this standing's, by what names its body."""
    found: dict[str, list[str]] = {}
    for code in path.stations:
        for key in {key for move in awaited_moves(path, code) for key in _keys(move, standing)}:
            found.setdefault(key, []).append(code)
    return found


def _keys(move: MoveValue, standing: Standing) -> list[str]:
    if move.in_meeting:
        return []
    names = {ANSVARIG_GRUPP, standing.body_code, standing.body_kind.value}
    return [key for key, mandate in move.made_by.items() if mandate == standing.mandate and key in names]


def _relation(key: str, standing: Standing) -> Q:
    """Return which cases a key stands for this body in; `workflow.rights.matches` is the same rule for one case."""
    if key == ANSVARIG_GRUPP:
        return Q(ansvarig_grupp=standing.body_id)
    if key == standing.body_code:
        return Q(county=standing.county_id)
    if key == BodyKind.BEREDNINGSGRUPP:
        return Q(beredningsgrupp=standing.body_id) | Q(beredningsgrupp=None, county=standing.county_id)
    if key in DECIDING:
        other = Q(county=standing.county_id) & ~Q(beslutsorgan__kind=key)
        return Q(beslutsorgan=standing.body_id) | other
    return Q(county=standing.county_id)


def _line(row: Sequence[Any], paths: dict[int, PathVersion]) -> Line:
    pk, title, reference, is_example, version, code, since, body_id = row
    path = paths[version]
    station, move = path.stations[code], awaited_move(path, code)
    return Line(
        pk, title or "", reference, is_example, station.name, station.kind, move.name if move else "", since, body_id
    )


def _with_gaps(lines: list[Line], rows: Sequence[Sequence[Any]], paths: dict[int, PathVersion]) -> list[Line]:
    """Add how much each case lacks before its awaited move; two statements for all of them."""
    moves = {row[0]: awaited_move(paths[row[4]], row[5]) for row in rows}
    gates = {pk: move.gate for pk, move in moves.items() if move and move.gate}
    contents, known = content.read_many(gates), facts.read_many(gates)
    missing = {pk: len(gaps(gates[pk], contents[pk], known[pk])) for pk in contents if pk in known}
    return [replace(line, missing=missing.get(line.satsning_id, 0)) for line in lines]


def _papers(who: Viewer) -> list[Paper]:
    """Return what is before the deciding bodies that the person sits in, the oldest first."""
    held = [one for one in who.standings if one.mandate in {Mandate.BESLUTA, Mandate.PROTOKOLLFORA}]
    bodies = {one.body_id for one in held if one.body_kind in DECIDING}
    records = {one.body_id for one in held if one.mandate == Mandate.PROTOKOLLFORA}
    if not bodies:
        return []
    rows = Anmalan.objects.filter(body__in=bodies, closed_at=None).select_related("body", "satsning")
    rows = rows.annotate(titel=F("satsning__uppdrag__titel")).defer("utlatande").order_by("opened_at", "pk")
    return [
        Paper(
            satsning_id=row.satsning_id,
            title=row.titel or "",
            reference=row.satsning.reference,
            is_example=row.satsning.is_example,
            body=row.body.name,
            proposed=_name_of(row),
            recommendation=row.get_rekommendation_display(),
            opened_at=row.opened_at,
            avsteg=len(row.avsteg),
            records=row.body_id in records,
        )
        for row in rows[: SHOWN + 1]
    ]


def _name_of(anmalan: Anmalan) -> str:
    """Return the name of the proposed move; the case's version has been read already."""
    move = path_version(anmalan.satsning.version_id).move_from(anmalan.satsning.station, anmalan.move)
    return move.name if move else anmalan.move


def _on_the_way(who: Viewer, paths: dict[int, PathVersion], more: int) -> list[Line]:
    """Return the newest of the bodies' cases that have not ended, in one statement."""
    running = Q(pk__in=())
    for path in paths.values():
        running |= Q(version=path.id, station__in=_running(path))
    limit = SHOWN + 1 + more
    queries = [
        Satsning.objects.filter(running, seen, county__in=who.counties)
        .annotate(titel=_TITLE, body=F("ansvarig_grupp"))
        .order_by("-last_act_at", "-pk")
        .values_list(*_FIELDS, "last_act_at")[:limit]
        for seen in (Q(ansvarig_grupp__in=who.bodies), Q(beredningsgrupp__in=who.bodies, submitted_at__isnull=False))
    ]
    if not who.bodies:
        return []
    newest = sorted(set(_rows(queries)), key=lambda row: row[-1], reverse=True)
    return [_line(row[:-1], paths) for row in newest[:limit]]


def _running(path: PathVersion) -> Collection[str]:
    return [code for code, station in path.stations.items() if station.kind not in FINAL_KINDS]
