"""What a file may do with loaded versions: add one from a day to come, and change those not in force yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from governance.countyfile.diff import Change, compare_paths
from governance.countyfile.problems import Problems
from governance.countyfile.running import running
from governance.countyfile.spec import CountySpec, PathSpec
from governance.countyfile.stored import StoredCounty
from governance.models import Arendegang

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class VersionPlan:
    """What is to be done: the numbers of versions to take away, by the path's code. None of them has been in force."""

    dropped: Mapping[str, frozenset[int]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def plan_versions(spec: CountySpec, stored: StoredCounty, day: date, problems: Problems) -> VersionPlan:
    """Return what the file does with loaded versions, and note everything that it may not do.

    A version in force is never changed or taken away: cases run under it. One whose day has not come has no case, and
    is replaced by another of the same number, or withdrawn by a file that goes back to a number before it. A new
    version comes into force today at the earliest, and no two on one day; only a path's very first may look back. What
    a meeting here has decided stays as it was decided, also before its day.

    Args:
        spec: the checked file.
        stored: what is loaded.
        day: today.
        problems: where to note what is wrong.

    """
    dropped: dict[str, frozenset[int]] = {}
    changes: list[Change] = []
    for path in spec.paths:
        versions = stored.versions.get(path.code, ())
        gone = _later(path, versions, day, problems)
        same = next((one for one in versions if one.number == path.number), None)
        is_new = same is None or _versioned(path) != _versioned(same)
        if same is not None and is_new:
            if same.in_force_from <= day:
                _refuse_change(path, same, problems)
                continue
            gone.append(same)
        before = [one for one in versions if one.number < path.number]
        if is_new and before:
            _check_day(path, before[-1], day, problems)
        for one in gone:
            _keep_decided(path, one, stored, problems)
        if gone:
            dropped[path.code] = frozenset(one.number for one in gone)
            changes += [_change(path, one) for one in gone]
    _check_ended(spec, stored, problems)
    return VersionPlan(dropped, tuple(changes))


def _versioned(path: PathSpec) -> PathSpec:
    """Return the part of the path that a version number stands for."""
    return replace(path, name="", standard=False)


def _later(path: PathSpec, versions: tuple[PathSpec, ...], day: date, problems: Problems) -> list[PathSpec]:
    """Return the loaded versions of higher numbers, all withdrawn by the file; refuse it when one is in force."""
    later = [one for one in versions if one.number > path.number]
    in_force = [one.number for one in later if one.in_force_from <= day]
    if in_force:
        number = max(in_force)
        problems.add(f"{path.place}.version", f"Version {number} är redan laddad.", f"Skriv {number} eller högre.")
        return []
    return later


def _refuse_change(path: PathSpec, loaded: PathSpec, problems: Problems) -> None:
    changes = compare_paths(_versioned(loaded), _versioned(path)).changes
    shown = ", ".join(f"{change.what} {change.code}".strip() for change in changes[:_SHOWN])
    problems.add(
        f"{path.place}.version",
        f"Version {loaded.number} är laddad och kan inte ändras, men filen har ändrat: {shown}.",
        f"Höj versionen till {loaded.number + 1}.",
    )


def _keep_decided(path: PathSpec, gone: PathSpec, stored: StoredCounty, problems: Problems) -> None:
    """See that a version which a meeting has decided is neither replaced nor withdrawn."""
    if decision := stored.decided.get((path.code, gone.number)):
        is_replaced = gone.number == path.number
        may_not = "ändras" if is_replaced else "dras tillbaka"
        problems.add(
            f"{path.place}.version",
            f"Version {gone.number} är beslutad ({decision}) och kan inte {may_not}.",
            f"Höj versionen till {gone.number + 1}." if is_replaced else f"Skriv {gone.number} eller högre.",
        )


def _check_day(path: PathSpec, before: PathSpec, day: date, problems: Problems) -> None:
    """See that the version comes into force after the one before it, and not in the past."""
    first, place = max(day, before.in_force_from + timedelta(days=1)), f"{path.place}.galler_fran"
    remedy = f"Skriv {first.isoformat()} eller en senare dag."
    if path.in_force_from == before.in_force_from:
        message = f"Version {path.number} skulle gälla från samma dag som version {before.number}"
        problems.add(place, f"{message} ({before.in_force_from}).", remedy)
    elif path.in_force_from < before.in_force_from:
        message = f"Version {path.number} skulle gälla före version {before.number} ({before.in_force_from})."
        problems.add(place, message, remedy)
    elif path.in_force_from < day:
        message = f"Version {path.number} skulle gälla från {path.in_force_from}, en dag som har varit."
        problems.add(place, message, remedy)


def _change(path: PathSpec, gone: PathSpec) -> Change:
    if gone.number == path.number:
        return Change("~", f"version av {path.code}", str(gone.number), "ersätts innan den har börjat gälla")
    detail = f"dras tillbaka, skulle ha gällt från {gone.in_force_from}"
    return Change("-", f"version av {path.code}", str(gone.number), detail)


def _check_ended(spec: CountySpec, stored: StoredCounty, problems: Problems) -> None:
    """See that no path is left out while cases that have not ended follow it."""
    kept = {path.code for path in spec.paths}
    rows = [row for row in stored.coded[Arendegang].values() if row.ended_on is None and row.code not in kept]
    counts = running([row.pk for row in rows])
    for row in rows:
        if count := counts.get(row.pk, 0):
            cases = "en satsning som inte är avslutad" if count == 1 else f"{count} satsningar som inte är avslutade"
            problems.add(
                "arendegang",
                f"”{row.name}” ({row.code}) finns inte i filen, men den följs av {cases}.",
                "Låt ärendegången stå kvar i filen tills den är tom.",
            )
