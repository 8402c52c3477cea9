"""What a person's desk holds, and how much waits: limited reads on indexes, whatever the number of cases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from governance import prepared
from governance.paths import PathVersion
from governance.permissions import today
from governance.vocabulary import FINAL_KINDS
from satsningar import content
from workflow import facts
from workflow.awaited import awaited_move
from workflow.desk.asking import only_in, values_of
from workflow.desk.beside import Beside, beside
from workflow.desk.lines import Band, Line, bands, by_urgency
from workflow.desk.saying import due_of, line_of
from workflow.desk.sources import COUNT, LINES
from workflow.desk.vocabulary import BesideKind, DeskKind
from workflow.gates import gaps
from workflow.rights import Viewer

SHOWN = 25
"""Lines of the list before somebody asks for all of it."""
MOST = 100
"""Lines that one body and kind gives at most when all are asked for, and the number at which counting stops."""
ON_THE_WAY = 8


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What somebody narrows the desk to; nothing means everything."""

    body_id: int | None = None
    kind: DeskKind | None = None
    everything: bool = False

    @property
    def is_narrow(self) -> bool:
        """Tell whether the list is not the whole."""
        return self.body_id is not None or self.kind is not None


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A case of the person's bodies that has not ended."""

    satsning_id: int
    title: str
    reference: str
    is_example: bool
    station: str
    kind: str
    since: datetime

    @property
    def days(self) -> int:
        """How many days it has stood where it stands."""
        return (today() - timezone.localdate(self.since)).days


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on a person's desk."""

    lines: tuple[Line, ...]
    more: bool
    beside: tuple[Beside, ...]
    on_the_way: tuple[OnTheWay, ...]
    more_on_the_way: bool
    today: date

    @property
    def bands(self) -> list[Band]:
        """Return the lines by urgency."""
        return bands(self.lines)

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing waits for the person."""
        return not self.lines

    def of(self, *kinds: BesideKind) -> list[Beside]:
        """Return what stands beside, of these kinds."""
        return [one for one in self.beside if one.kind in kinds]

    @property
    def awaited(self) -> list[Beside]:
        """Return what the person waits for from others."""
        return self.of(BesideKind.RUNDA, BesideKind.AVSTEG, BesideKind.JUSTERAS, BesideKind.OTAGET)

    @property
    def away(self) -> list[Beside]:
        """Return whom the person stands in for, and the person's own absences."""
        return self.of(BesideKind.ERSATTER, BesideKind.BORTA)

    @property
    def table(self) -> list[Beside]:
        """Return what lies before the deciding bodies that the person sits in, but for what the person records."""
        return [one for one in self.of(BesideKind.BORD) if not one.said["records"]]

    @property
    def meetings(self) -> list[Beside]:
        """Return the next meeting of each body, the soonest first."""
        return sorted(self.of(BesideKind.MOTE), key=lambda one: one.since)


def desk_of(who: Viewer, paths: Mapping[int, PathVersion], narrowed: Narrowed | None = None) -> Desk:
    """Return a person's desk in at most five statements.

    Args:
        who: whose.
        paths: every version of a path in the person's counties, as `turns.paths_of` gives them.
        narrowed: what the list is narrowed to.

    """
    asked, day = narrowed or Narrowed(), today()
    lines = _lines(who, paths, asked)
    shown = lines if asked.everything else lines[:SHOWN]
    known = {one.about for one in shown if one.kind == DeskKind.DRAG}
    around = beside(values_of(who, paths, most=ON_THE_WAY), paths, day) if who.bodies else []
    way = [one for one in _on_the_way(who, paths, len(known)) if one.satsning_id not in known]
    return Desk(
        lines=tuple(_with_gaps(shown, paths)),
        more=len(lines) > len(shown),
        beside=tuple(around),
        on_the_way=tuple(way[:ON_THE_WAY]),
        more_on_the_way=len(way) > ON_THE_WAY,
        today=day,
    )


def count_waiting(who: Viewer, paths: Mapping[int, PathVersion]) -> int:
    """Return how much waits for a person, counted to a little more than `MOST`; one statement, none without a seat."""
    if not who.bodies:
        return 0
    [[count]] = prepared.fetch_all(COUNT, values_of(who, paths, most=MOST))
    return int(count)


def kinds_waiting(who: Viewer, paths: Mapping[int, PathVersion]) -> frozenset[tuple[DeskKind, int]] | None:
    """Return what kind of thing waits for a person about which case or meeting; one statement, none without a seat.

    None is returned where more waits than the desk shows.
    """
    lines = _lines(who, paths, Narrowed(everything=True))
    return None if len(lines) >= MOST else frozenset((one.kind, one.about) for one in lines)


def _lines(who: Viewer, paths: Mapping[int, PathVersion], asked: Narrowed) -> list[Line]:
    """Return what waits, in the order in which it is to be done, each thing once; one statement."""
    narrow = who if asked.body_id is None else only_in(who, asked.body_id)
    if not narrow.bodies:
        return []
    most = MOST if asked.everything else SHOWN + 1
    rows = prepared.fetch_all(LINES, values_of(narrow, paths, most=most))
    kept = (row for row in rows if asked.kind in {None, row[0]})
    found: dict[tuple[str, int, str], Line] = {}
    for row in sorted(kept, key=lambda row: (due_of(row, paths) or date.max, row[8], row[0], row[1])):
        line = line_of(row, paths, today())
        found.setdefault((line.kind, line.key, line.url), line)
        if not asked.everything and len(found) > SHOWN:
            break
    return by_urgency(found.values())


def _with_gaps(lines: Sequence[Line], paths: Mapping[int, PathVersion]) -> list[Line]:
    """Add how much each case lacks before its awaited move; two statements for all of them."""
    moves = {line.key: awaited_move(paths[line.version], line.station) for line in lines if line.kind == DeskKind.DRAG}
    gates = {pk: move.gate for pk, move in moves.items() if move and move.gate}
    contents, known = content.read_many(gates), facts.read_many(gates)
    missing = {pk: len(gaps(gates[pk], contents[pk], known[pk])) for pk in contents if pk in known}
    return [replace(line, missing=missing.get(line.key, 0)) if line.kind == DeskKind.DRAG else line for line in lines]


_WAY = """
SELECT DISTINCT s.id, (SELECT u.titel FROM satsningar_uppdrag u WHERE u.satsning_id = s.id), s.reference, s.is_example,
    s.version_id, s.station, s.station_since, s.last_act_at
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    (SELECT * FROM satsningar_satsning s WHERE s.ansvarig_grupp_id = w.body
        AND (s.version_id, s.station) IN (SELECT * FROM unnest(%(versions)s::bigint[], %(stations)s::text[]))
    ORDER BY s.last_act_at DESC LIMIT %(most)s)
    UNION ALL
    (SELECT * FROM satsningar_satsning s WHERE s.beredningsgrupp_id = w.body AND s.submitted_at IS NOT NULL
        AND (s.version_id, s.station) IN (SELECT * FROM unnest(%(versions)s::bigint[], %(stations)s::text[]))
    ORDER BY s.last_act_at DESC LIMIT %(most)s)) s
ORDER BY s.last_act_at DESC, s.id DESC LIMIT %(most)s
"""


def _on_the_way(who: Viewer, paths: Mapping[int, PathVersion], more: int) -> list[OnTheWay]:
    """Return the newest of the bodies' cases that have not ended, in one statement."""
    if not who.bodies:
        return []
    running = [(path.id, code) for path in paths.values() for code in _running(path)]
    values = {
        "bodies": sorted(who.bodies),
        "versions": [version for version, _ in running],
        "stations": [code for _, code in running],
        "most": ON_THE_WAY + 1 + more,
    }
    return [_case(row, paths) for row in prepared.fetch_all(_WAY, values)]


def _case(row: Sequence[Any], paths: Mapping[int, PathVersion]) -> OnTheWay:
    station = paths[row[4]].stations[row[5]]
    return OnTheWay(row[0], row[1] or "", row[2], row[3], station.name, station.kind, row[6])


def _running(path: PathVersion) -> Collection[str]:
    return [code for code, station in path.stations.items() if station.kind not in FINAL_KINDS]
