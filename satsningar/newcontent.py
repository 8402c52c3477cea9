"""Content for a satsning that is not there yet: checked against its county, or carried over from another one.

How a part is cleaned is `satsningar.partcleaning`; here is what may be referred to before there is a satsning to ask.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models as db
from django.utils.text import capfirst

from governance.models import Organisation
from governance.models.target import CountyItem
from satsningar.help import LIST_HELP
from satsningar.partcleaning import PartCleaner, link_targets
from satsningar.partspec import PARTS, PartSpec, content_fields
from satsningar.present import row_name
from satsningar.references import LABEL_SUFFIX, foreign_keys
from satsningar.requirements.looking import is_filled

Value = dict[str, Any]


class CountyReferences:
    """What a new satsning of a county may refer to: its own and not ended; each table is asked for once."""

    def __init__(self, county_id: int) -> None:
        """Take the county."""
        self.county_id = county_id
        self._ids: dict[type[db.Model], frozenset[int]] = {}

    def ids(self, target: type[db.Model]) -> frozenset[int]:
        """Return the ids of a table that may be referred to; none of what belongs to one satsning alone."""
        if target not in self._ids:
            found: Iterable[int] = ()
            if issubclass(target, Organisation | CountyItem):
                own = target._default_manager.filter(county=self.county_id, ended_on=None)
                found = own.values_list("pk", flat=True)
            self._ids[target] = frozenset(found)
        return self._ids[target]

    def allowed(self, column: db.ForeignKey[Any, Any], _ids: Collection[int]) -> Collection[int]:
        """Return what a column may refer to, as `PartCleaner` asks."""
        return self.ids(column.related_model)


def clean_new(code: str, value: Mapping[str, Any], references: CountyReferences) -> Value:
    """Return the value of a part as it would be stored in a new satsning of the county.

    Raises:
        ValidationError: with a sentence for every field that cannot be stored.

    """
    spec = PARTS[code]
    return PartCleaner(spec, spec.empty(), references.allowed).clean(value)


@dataclass(slots=True)
class Carried:
    """Content carried over: the parts that have any, and what was left behind, as pairs of part and sentence."""

    parts: dict[str, Value] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)


def carry_over(
    parts: Mapping[str, Mapping[str, Any]], codes: Iterable[str], references: CountyReferences, titel: str
) -> Carried:
    """Return the content of parts as it may begin a new satsning: without ids, without what its county does not have.

    A reference that the county has is kept. Where it has not, an answer that may be empty is left empty, and a line
    that is about the reference is left out; both are told.

    Args:
        parts: the value of every part, as read or as frozen.
        codes: the parts to carry over.
        references: what the new satsning may refer to.
        titel: its title.

    """
    carried = Carried()
    for code in codes:
        spec = PARTS[code]
        source = {**spec.empty(), **parts.get(code, {})}
        value = _row(spec.fields, source, references, code, carried)
        if code == "uppdrag":
            value["titel"] = titel
        for key in spec.rows:
            value[key] = list(_lines(spec, key, source[key], references, carried))
        if any(is_filled(answer) and answer != [] for name, answer in value.items() if name != "titel"):
            carried.parts[code] = value
    return carried


def _lines(
    spec: PartSpec, key: str, lines: Iterable[Mapping[str, Any]], references: CountyReferences, carried: Carried
) -> Iterator[Value]:
    code, columns = str(spec.code), content_fields(spec.rows[key])
    for line in lines:
        needed = [column for column, _ in foreign_keys(columns) if not column.null]
        if key == "kopplingar":
            needed = [column for column, _ in foreign_keys(columns) if line.get(column.attname) is not None]
        if all(_is_known(column, line.get(column.attname), references) for column in needed):
            value = _row(columns, line, references, code, carried)
            if key != "kopplingar" or any(value[name] is not None for name in link_targets(value)):
                yield value
        else:
            carried.left.append((code, f"{LIST_HELP[f'{code}.{key}'].title}: {row_name(code, key, line)}"))


def _row(
    columns: Sequence[db.Field[Any, Any]],
    source: Mapping[str, Any],
    references: CountyReferences,
    code: str,
    carried: Carried,
) -> Value:
    value: Value = {}
    for column in columns:
        if column.primary_key:
            continue
        raw = source.get(column.attname)
        if isinstance(column, db.ForeignKey) and raw is not None and not _is_known(column, raw, references):
            name = source.get(f"{column.name}{LABEL_SUFFIX}") or ""
            carried.left.append((code, f"{capfirst(str(column.verbose_name))}: {name}".rstrip(": ")))
            raw = None
        value[column.attname] = raw
    return value


def _is_known(column: db.ForeignKey[Any, Any], key: Any, references: CountyReferences) -> bool:
    return key in references.ids(column.related_model)
