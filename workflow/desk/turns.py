"""Whose turn it is: which cases wait for a move by somebody's standing, as a condition and as values of a statement."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from governance import prepared
from governance.paths import MoveValue, PathVersion, path_version
from governance.permissions import Standing
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind
from workflow.awaited import awaited_moves
from workflow.rights import Viewer

DECIDING = (BodyKind.STYRGRUPP, BodyKind.NAMND)
_VERSIONS = """
SELECT v.id FROM governance_arendegangversion v JOIN governance_arendegang a ON a.id = v.arendegang_id
WHERE a.county_id = ANY(%(counties)s::bigint[]) ORDER BY v.id
"""


def paths_of(who: Viewer) -> dict[int, PathVersion]:
    """Return every version of a path in the person's counties by id; one statement, each version once per process."""
    rows = prepared.fetch_all(_VERSIONS, {"counties": sorted(who.counties)})
    return {id_: path_version(id_) for (id_,) in rows}


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
    county = Q(county=standing.county_id)
    conditions = {
        "ansvarig": Q(ansvarig_grupp=standing.body_id),
        "beredning": Q(beredningsgrupp=standing.body_id),
        "utan_beredning": Q(beredningsgrupp=None) & county,
        "beslutsorgan": Q(beslutsorgan=standing.body_id),
        "annat_beslutsorgan": county & ~Q(beslutsorgan__kind=key),
        "lan": county,
    }
    found = Q(pk__in=())
    for tie in _ties(key, standing):
        found |= conditions[tie]
    return found


def _ties(key: str, standing: Standing) -> tuple[str, ...]:
    """Return how a case is tied to the body that a key stands for: each a branch of the desk's statement."""
    if key == ANSVARIG_GRUPP:
        return ("ansvarig",)
    if key == standing.body_code:
        return ("lan",)
    if key == BodyKind.BEREDNINGSGRUPP:
        return ("beredning", "utan_beredning")
    if key in DECIDING:
        return ("beslutsorgan", "annat_beslutsorgan")
    return ("lan",)


TIES: Mapping[str, str] = {
    "ansvarig": "s.ansvarig_grupp_id = w.body",
    "beredning": "s.beredningsgrupp_id = w.body",
    "utan_beredning": "s.beredningsgrupp_id IS NULL AND s.county_id = w.county",
    "beslutsorgan": "s.beslutsorgan_id = w.body",
    "annat_beslutsorgan": """s.county_id = w.county
        AND (SELECT o.kind FROM governance_body o WHERE o.id = s.beslutsorgan_id) <> w.kind""",
    "lan": "s.county_id = w.county",
}
"""The same ties in SQL, on an index each."""


def turns_of(standings: Iterable[Standing], paths: Iterable[PathVersion]) -> dict[str, list[object]]:
    """Return what `TIES` are asked with: for each tie, five lists side by side of what may wait where."""
    known = tuple(paths)
    rows = sorted({row for standing in standings for row in _rows(standing, known)})
    found: dict[str, list[object]] = {}
    for tie in TIES:
        own = [row[1:] for row in rows if row[0] == tie]
        for number, name in enumerate(("body", "version", "station", "county", "kind")):
            found[f"{tie}_{name}"] = [row[number] for row in own]
    return found


def _rows(standing: Standing, paths: Iterable[PathVersion]) -> Iterator[tuple[str, int, int, str, int, str]]:
    for path in paths:
        if path.county_id == standing.county_id:
            for key, stations in _stations_by_key(path, standing).items():
                for tie in _ties(key, standing):
                    for station in stations:
                        yield tie, standing.body_id, path.id, station, standing.county_id, key
