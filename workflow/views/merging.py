"""Two who have written the same part: what differs, field by field and line by line, and the value that is chosen.

Three values are held together: what stands there now (`theirs`), what the person sends (`mine`) and, where it was kept,
what both began from (`base`). That decides only which choice is proposed: nothing is taken or left unseen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models as db

from satsningar.help import LIST_HELP
from satsningar.models.parts import PartRow
from satsningar.partcleaning import ONCE, link_targets
from satsningar.partspec import PARTS, content_fields
from satsningar.present import in_words, label, row_name, row_texts

MINE, THEIRS, BOTH = "mitt", "deras", "bada"
CHOICE = "val-"
"""Begins the name of the field that says what is chosen."""

Value = Mapping[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing to choose: a field, or a whole line of a list."""

    key: str
    label: str
    mine: str
    theirs: str
    chosen: str
    may_keep_both: bool = False

    @property
    def name(self) -> str:
        """Return the name of its field in the form."""
        return f"{CHOICE}{self.key}"

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Return what may be chosen, with what it is called."""
        both = ((BOTH, "Båda, den sparade först"),) if self.may_keep_both else ()
        return ((MINE, "Det du har skrivit"), (THEIRS, "Det som är sparat"), *both)


def units(code: str, mine: Value, theirs: Value, base: Value | None) -> list[Unit]:
    """Return everything that differs between what is sent and what stands there, each with a proposed choice.

    Args:
        code: the part.
        mine: what the person sends, with the names of what it refers to.
        theirs: what stands there.
        base: what the person began from; None where it was not kept.

    """
    spec = PARTS[code]
    found = [unit for field in spec.fields if (unit := _field(field, mine, theirs, base)) is not None]
    for key, model in spec.rows.items():
        if key in mine:
            found += _lines((code, key), model, mine, theirs, base)
    return found


def _field(field: db.Field[Any, Any], mine: Value, theirs: Value, base: Value | None) -> Unit | None:
    name = field.attname
    if name not in mine or _plain(mine[name]) == _plain(theirs.get(name)):
        return None
    is_text = isinstance(field, db.TextField) and bool(mine[name]) and bool(theirs.get(name))
    chosen = MINE
    if base is not None and _plain(base.get(name)) == _plain(mine[name]):
        chosen = THEIRS
    return Unit(name, label(field), in_words(field, mine), in_words(field, theirs), chosen, may_keep_both=is_text)


def _plain(value: object) -> object:
    """Return a value as it is compared: an answer not given is the same however it is not given."""
    return None if value == "" else value


def _natural(key: str, row: Value) -> tuple[Any, ...] | None:
    """Return what makes a line the same as another whatever its id; None where only the id does."""
    if key == "kopplingar":
        return tuple(row.get(name) for name in link_targets(dict(row)))
    return (row.get(ONCE[key][0]),) if key in ONCE else None


def _paired(key: str, mine: Value, theirs: Value) -> list[tuple[Row, Row | None]]:
    """Return the lines sent, each with the line that stands there and is the same, if one does."""
    by_id = {row["id"]: row for row in theirs.get(key, ())}
    by_nature = {nature: row for row in theirs.get(key, ()) if (nature := _natural(key, row)) is not None}
    pairs = []
    for row in mine[key]:
        nature = _natural(key, row)
        found = by_id.get(row.get("id")) or (by_nature.get(nature) if nature is not None else None)
        pairs.append((dict(row), dict(found) if found else None))
    return pairs


def _is_alike(model: type[PartRow], one: Value, other: Value) -> bool:
    names = [field.attname for field in content_fields(model) if not field.primary_key]
    return all(_plain(one.get(name)) == _plain(other.get(name)) for name in names)


def _lines(
    place: tuple[str, str], model: type[PartRow], mine: Value, theirs: Value, base: Value | None
) -> Iterator[Unit]:
    """Yield the lines of a list, by part and key, that differ."""
    code, key = place
    began = {row["id"]: row for row in base.get(key, ())} if base else {}
    pairs = _paired(key, mine, theirs)
    for number, (own, there) in enumerate(pairs):
        before = began.get(own.get("id"))
        if there is not None and _is_alike(model, own, there):
            continue
        untouched = before is not None and _is_alike(model, own, before)
        words = (_words(code, key, own), _words(code, key, there) if there else "")
        yield Unit(f"{key}-{number}", _called(code, key, own), *words, THEIRS if untouched else MINE)
    kept = {there["id"] for _, there in pairs if there is not None}
    for there in theirs.get(key, ()):
        if there["id"] not in kept:
            chosen = MINE if there["id"] in began else THEIRS
            called = _called(code, key, there)
            yield Unit(f"{key}-id{there['id']}", called, "", _words(code, key, there), chosen)


def _called(code: str, key: str, row: Value) -> str:
    return f"{LIST_HELP[f'{code}.{key}'].title}: {row_name(code, key, row)}"


def _words(code: str, key: str, row: Value) -> str:
    return "\n".join(f"{cell.label}: {cell.text}" for cell in row_texts(code, key, row) if cell.text)


def merged(code: str, mine: Value, theirs: Value, choices: Mapping[str, str]) -> Row:
    """Return the part as it is chosen; what is not chosen otherwise is the person's own.

    Args:
        code: the part.
        mine: what the person sends.
        theirs: what stands there.
        choices: what was chosen, by the name of each unit's field.

    """
    spec = PARTS[code]
    value: Row = {}
    for field in spec.fields:
        name = field.attname
        if name not in mine:
            continue
        chosen = choices.get(f"{CHOICE}{name}", MINE)
        own, there = mine[name], theirs.get(name)
        both = isinstance(field, db.TextField) and chosen == BOTH and own and there and own != there
        value[name] = f"{there}\n\n{own}" if both else there if chosen == THEIRS else own
    for key in spec.rows:
        if key in mine:
            value[key] = _merged_lines(key, mine, theirs, choices)
    return value


def _merged_lines(key: str, mine: Value, theirs: Value, choices: Mapping[str, str]) -> list[Row]:
    pairs = _paired(key, mine, theirs)
    found: list[Row] = []
    for place, (own, there) in enumerate(pairs):
        chosen = choices.get(f"{CHOICE}{key}-{place}", MINE)
        if chosen == MINE:
            found.append({**own, "id": there["id"] if there else None})
        elif there is not None:
            found.append(there)
    kept = {there["id"] for _, there in pairs if there is not None}
    found += [
        dict(there)
        for there in theirs.get(key, ())
        if there["id"] not in kept and choices.get(f"{CHOICE}{key}-id{there['id']}", MINE) == THEIRS
    ]
    return found
