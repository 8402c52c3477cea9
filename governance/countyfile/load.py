"""Loads a checked county file in one transaction, and tells what that changes or would change."""

import hashlib
from dataclasses import dataclass

from django.db import connection, transaction

from governance.countyfile.check_bodies import check_bodies
from governance.countyfile.check_versions import VersionPlan, plan_versions
from governance.countyfile.diff import Difference, compare
from governance.countyfile.export import export_spec
from governance.countyfile.places import lines_of
from governance.countyfile.problems import ChangedMeanwhile, CountyFileError, Problems
from governance.countyfile.spec import CountySpec
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
        plan = _plan(spec, stored, text)
        difference = _difference(stored, spec, plan)
        if difference:
            county = write(spec, stored, today(), plan.dropped)
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
    return Examined(spec, _difference(stored, spec, _plan(spec, stored, text)), _state(stored))


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


def _plan(spec: CountySpec, stored: StoredCounty, text: str) -> VersionPlan:
    """Return what the file does with loaded versions.

    Raises:
        CountyFileError: it may not do that.

    """
    problems = Problems()
    check_bodies(spec, stored, problems)
    plan = plan_versions(spec, stored, today(), problems)
    if problems:
        raise CountyFileError(problems.located(lines_of(text)))
    return plan


def _difference(stored: StoredCounty, spec: CountySpec, plan: VersionPlan) -> Difference:
    return Difference((*compare(stored.spec, spec).changes, *plan.changes))
