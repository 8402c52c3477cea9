"""Adds versions of ärendegångar with their steps, gates and moves; the only writer of those tables."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping

from governance.countyfile import entries
from governance.countyfile.spec import PathSpec
from governance.countyfile.stored import StoredCounty
from governance.models import Arendegang, ArendegangVersion, Gate, Move, Station


def write_versions(specs: Iterable[PathSpec], stored: StoredCounty, dropped: Mapping[str, Collection[int]]) -> None:
    """Take away the versions that never came into force and are given up, and add those that are not there.

    Those that stay are never touched. The database itself refuses to take away a version that a case follows.
    """
    drop_versions(stored, dropped)
    fresh = [one for one in specs if one.number not in _kept(one.code, stored, dropped)]
    if not fresh:
        return
    versions = ArendegangVersion.objects.bulk_create(
        ArendegangVersion(
            arendegang=stored.coded[Arendegang][one.code],
            number=one.number,
            decided_on=one.decided_on,
            decided_by=one.decided_by,
            in_force_from=one.in_force_from,
            omfattning=one.omfattning.value,
            frister=one.frister.stored,
            digest=digest(one),
        )
        for one in fresh
    )
    pairs = list(zip(versions, fresh, strict=True))
    Station.objects.bulk_create(
        Station(
            version=version,
            code=each.code,
            name=each.name,
            kind=each.kind.value,
            held_by=each.held_by,
            days=each.days,
            position=at,
        )
        for version, one in pairs
        for at, each in enumerate(one.stations)
    )
    gates = Gate.objects.bulk_create(
        Gate(version=version, code=each.code, name=each.name, requirements=[code.value for code in each.requirements])
        for version, one in pairs
        for each in one.gates
    )
    by_code = {(gate.version_id, gate.code): gate for gate in gates}
    Move.objects.bulk_create(
        Move(
            version=version,
            code=each.code,
            name=each.name,
            kind=each.kind.value,
            sources=list(each.sources),
            targets=list(each.targets),
            made_by={who: mandate.value for who, mandate in each.made_by.items()},
            in_meeting=each.in_meeting,
            needs_reason=each.needs_reason,
            gate=by_code[version.pk, each.gate] if each.gate else None,
            condition=each.condition.stored if each.condition else {},
            position=at,
        )
        for version, one in pairs
        for at, each in enumerate(one.moves)
    )


def _kept(code: str, stored: StoredCounty, dropped: Mapping[str, Collection[int]]) -> set[int]:
    return {one.number for one in stored.versions.get(code, ())} - set(dropped.get(code, ()))


def drop_versions(stored: StoredCounty, dropped: Mapping[str, Collection[int]]) -> None:
    """Take away versions with their steps, gates and moves; four statements and some, none when there is nothing."""
    ids = [
        version_id
        for code, numbers in dropped.items()
        for version_id in ArendegangVersion.objects.filter(
            arendegang=stored.coded[Arendegang][code], number__in=numbers
        ).values_list("pk", flat=True)
    ]
    if not ids:
        return
    for model in (Move, Gate, Station):
        model._default_manager.filter(version__in=ids).delete()
    ArendegangVersion.objects.filter(pk__in=ids).delete()


def digest(path: PathSpec) -> str:
    """Return the SHA-256 of the version's content in the file's own words."""
    content = [
        entries.path_entry(path),
        [entries.station_entry(one) for one in path.stations],
        [[one.code, entries.gate_entry(one)] for one in path.gates],
        [entries.move_entry(one) for one in path.moves],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
