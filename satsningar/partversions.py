"""The only writer and reader of the saved versions of parts: what stood in a part after each time it was saved."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from governance import prepared
from satsningar.content import canonical_json
from satsningar.models.versions import Delversion
from satsningar.partspec import PARTS, PartSpec

Value = Mapping[str, Any]


@cache
def _keep(code: str) -> str:
    table = PARTS[code].model._meta.db_table
    return f"""
INSERT INTO satsningar_delversion (satsning_id, part, version, value, saved_at, saved_by_id)
SELECT p.satsning_id, %(part)s::text, p.version, %(before)s::jsonb, p.saved_at, p.saved_by_id
FROM {table} p WHERE p.satsning_id = %(satsning)s::bigint AND p.version > 0
UNION ALL SELECT %(satsning)s::bigint, %(part)s::text, %(version)s::int, %(after)s::jsonb, %(at)s::timestamptz,
    %(person)s::bigint
ON CONFLICT (satsning_id, part, version) DO NOTHING
"""  # noqa: S608 - the models' own names


def keep_version(  # noqa: PLR0913 - a version is made of this many facts
    satsning_id: int, spec: PartSpec, *, before: Value, after: Value, version: int, at: datetime, person_id: int
) -> None:
    """Keep a part as it is about to be saved, and as it was where that was saved before versions were kept.

    Called before the part's own row is written; one statement.

    Args:
        satsning_id: whose part.
        spec: which part.
        before: its value as it stands.
        after: its value as it will stand, every line with its id.
        version: the version that it gets.
        at: when.
        person_id: who saves.

    """
    prepared.run(
        _keep(spec.code.value),
        {
            "part": spec.code.value,
            "satsning": satsning_id,
            "before": canonical_json(before),
            "after": canonical_json(after),
            "version": version,
            "at": at,
            "person": person_id,
        },
    )


def versions_of(satsning_id: int, code: str) -> list[Delversion]:
    """Return the saved versions of a part without their content, newest first, with who saved; one statement."""
    rows = Delversion.objects.filter(satsning=satsning_id, part=code).select_related("saved_by")
    return list(rows.defer("value"))


def version_of(satsning_id: int, code: str, version: int) -> Delversion | None:
    """Return one saved version of a part with who saved it; None where there is none."""
    rows = Delversion.objects.filter(satsning=satsning_id, part=code, version=version)
    return rows.select_related("saved_by").first()


_MANY = """
SELECT d.part, d.value::json FROM satsningar_delversion d
JOIN unnest(%(parts)s::text[], %(versions)s::int[]) AS asked(part, version)
    ON d.part = asked.part AND d.version = asked.version
WHERE d.satsning_id = %(satsning)s
"""


def values_at(satsning_id: int, versions: Mapping[str, int]) -> dict[str, Value]:
    """Return the values of parts as they stood at these versions, by part; version 0 is an empty part. One statement.

    A version that was not kept is left out.
    """
    empty: dict[str, Value] = {code: PARTS[code].empty() for code, version in versions.items() if version == 0}
    asked = {code: version for code, version in versions.items() if version}
    if not asked:
        return empty
    given = {"satsning": satsning_id, "parts": list(asked), "versions": list(asked.values())}
    return empty | dict(prepared.fetch_all(_MANY, given))
