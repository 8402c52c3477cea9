"""Where a case came to by its own acts, before it was moved between versions: what its next place is found from.

A change of version is no step on the way. So a case is never mapped from where such a change has put it but from where
it stood before them, and several of them lead nowhere that one alone would not.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from governance.models import ArendegangVersion
from governance.paths import PathVersion, StationValue, path_version
from satsningar.models import Satsning
from workflow.models import JournalEntry
from workflow.vocabulary import Act


@dataclass(frozen=True, slots=True)
class Origin:
    """The step that a case came to by its last act that was no change of version, and the version it was in.

    `stands_at` is the code of the step where the case stands now, in the version that it follows now.

    `owed` holds the code of a step by version: a step that the case left for one of another kind, which stood for it
    elsewhere. In that version nothing after the step has happened, whatever has been done since.
    """

    path: PathVersion
    station: StationValue
    stands_at: str
    owed: Mapping[int, str]


_Cases = Collection[int] | QuerySet[Satsning, Any]
_FIELDS = ("satsning_id", "act", "version_id", "from_station", "to_station", "payload__content")


def origins_of(cases: _Cases) -> dict[int, Origin]:
    """Return the origins by id of those of the cases that have been moved between versions; one statement.

    A case that has followed one version alone is not among them: it came by its own acts to where it stands.
    """
    moves = JournalEntry.objects.filter(satsning=OuterRef("satsning"), act=Act.FLYTTA_VERSION.value)
    entries = JournalEntry.objects.filter(Exists(moves), satsning__in=cases).order_by("satsning", "number")
    rows = entries.values_list(*_FIELDS)
    found = {case: _origin([row[1:] for row in own]) for case, own in groupby(rows, key=lambda row: row[0])}
    return {case: origin for case, origin in found.items() if origin is not None}


def _origin(rows: list[tuple[Any, ...]]) -> Origin | None:
    """Return the origin of a case with these entries, the oldest first; None where the journal no longer says it."""
    version, at = 0, ""
    came: tuple[int, str] | None = None
    owed: dict[int, str] = {}
    for act, after, source, target, said in rows:
        at = target or at
        if act != Act.FLYTTA_VERSION.value:
            version = after or version
            came = came if source == target else None
            continue
        before = version or _left(after, said)
        if not before:
            return None
        came = came or (before, source)
        owed.pop(after, None)
        if path_version(before).stations[source].kind == path_version(after).stations[target].kind:
            owed.pop(before, None)
        elif came == (before, source):
            owed[before] = source
        version = after
    version, code = came or (version, at)
    path = path_version(version)
    return Origin(path, path.stations[code], at, MappingProxyType(owed))


def _left(entered: int, said: str | None) -> int | None:
    """Return the version that a case left, as the change of version says it: entries of old have no version."""
    number = (json.loads(said) if said else {}).get("versions", [None])[0]
    rows = ArendegangVersion.objects.filter(arendegang__versions=entered, number=number)
    return rows.values_list("pk", flat=True).first()
