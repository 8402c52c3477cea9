"""Loads a checked county file in one transaction, and tells what that changes or would change."""

import hashlib
from dataclasses import dataclass, replace

from django.db import connection, transaction

from governance.countyfile.diff import Difference, compare, compare_paths
from governance.countyfile.export import export_spec
from governance.countyfile.places import lines_of
from governance.countyfile.problems import ChangedMeanwhile, CountyFileError, Problems
from governance.countyfile.spec import CountySpec, PathSpec
from governance.countyfile.stored import StoredCounty, read_stored
from governance.countyfile.whole import read_county
from governance.countyfile.write import write
from governance.models import County, CountyLoad, Person
from governance.paths import path_version
from governance.permissions import today

_LOCK = 7_420_040
"""The advisory lock that keeps two loads apart, also when neither county exists yet."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A checked file beside what is loaded; `state` stands for the county as it was when they were compared."""

    spec: CountySpec
    difference: Difference
    state: str


def load(text: str, *, loaded_by: Person | None = None, seen: str | None = None) -> Difference:
    """Bring the database to what the county file says, and return what changed.

    Effects, in order: the file is checked whole; other loads are waited for; what is loaded is read and
    compared; rows are written; the file is kept with who loaded it. A file that changes nothing writes
    nothing. Everything or nothing is written.

    Args:
        text: the file.
        loaded_by: who loads it; None from the command line.
        seen: the `Examined.state` that somebody has said yes to, or None to load whatever the difference.

    Raises:
        CountyFileError: with every problem; nothing is written.
        ChangedMeanwhile: the county is no longer as it was seen; nothing is written.

    """
    spec = read_county(text)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        stored = read_stored(spec.code)
        if seen is not None and seen != _state(stored):
            raise ChangedMeanwhile
        _check_versions(spec, stored, text)
        difference = compare(stored.spec, spec)
        if difference:
            county = write(spec, stored, today())
            kept = hashlib.sha256(text.encode()).hexdigest()
            CountyLoad.objects.create(county=county, loaded_by=loaded_by, digest=kept, text=text)
            transaction.on_commit(path_version.cache_clear)
    return difference


def examine(text: str) -> Examined:
    """Return the file beside what is loaded, without changing it.

    Raises:
        CountyFileError: with every problem, those against what is loaded included.

    """
    spec = read_county(text)
    stored = read_stored(spec.code)
    _check_versions(spec, stored, text)
    return Examined(spec, compare(stored.spec, spec), _state(stored))


def compare_with_loaded(text: str) -> Difference:
    """Return what loading the file would change, without changing it.

    Raises:
        CountyFileError: with every problem, those against what is loaded included.

    """
    return examine(text).difference


def _state(stored: StoredCounty) -> str:
    """Return a digest of all that a county file governs, or an empty text for a county that is not loaded."""
    return hashlib.sha256(export_spec(stored.spec).encode()).hexdigest() if stored.spec else ""


def export(county: County) -> str:
    """Return the loaded county as a county file; loading it changes nothing."""
    spec = read_stored(county.code).spec
    if spec is None:
        raise County.DoesNotExist(county.code)
    return export_spec(spec)


def _versioned(path: PathSpec) -> PathSpec:
    """Return the part of the path that a version number stands for."""
    return replace(path, name="", standard=False)


def _check_versions(spec: CountySpec, stored: StoredCounty, text: str) -> None:
    """Refuse to change a version that is loaded: cases run under it.

    Raises:
        CountyFileError: when a number goes back, content changes under a number, or dates cross.

    """
    problems = Problems()
    for path in spec.paths:
        newest = stored.newest.get(path.code)
        if newest is None:
            continue
        place = f"{path.place}.version"
        if path.number < newest.number:
            problems.add(place, f"Version {newest.number} är redan laddad.", f"Skriv {newest.number} eller högre.")
        elif path.number == newest.number and _versioned(path) != _versioned(newest):
            changes = compare_paths(_versioned(newest), _versioned(path)).changes
            shown = ", ".join(f"{change.what} {change.code}".strip() for change in changes[:5])
            problems.add(
                place,
                f"Version {newest.number} är laddad och kan inte ändras, men filen har ändrat: {shown}.",
                f"Höj versionen till {newest.number + 1}.",
            )
        elif path.number > newest.number and path.in_force_from < newest.in_force_from:
            problems.add(
                f"{path.place}.galler_fran",
                f"Version {path.number} skulle gälla före version {newest.number} ({newest.in_force_from}).",
                "Ändra datumet.",
            )
    if problems:
        raise CountyFileError(problems.located(lines_of(text)))
