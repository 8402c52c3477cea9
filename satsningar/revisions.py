"""What was frozen, and what differs between two states of the content, in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from re import findall
from typing import Any, Literal

from satsningar.help import LIST_HELP
from satsningar.models import Revision
from satsningar.partspec import PARTS
from satsningar.present import FieldText, part_text, row_name, row_texts

Change = Literal["added", "removed", "changed"]
Op = Literal["same", "added", "removed"]

_WORDS = r"\w+|\s+|[^\w\s]"
LONGEST_COMPARED = 4_000
"""Words of a text; a longer one is compared line by line."""


class RevisionDamaged(Exception):  # noqa: N818 - reads as what has happened
    """A revision is no longer what was frozen."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that differs: before, after, and for a text the words that were added and removed."""

    label: str
    change: Change
    before: str
    after: str
    words: tuple[tuple[Op, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A line that was added, removed or changed, what it is called, and which of its fields differ."""

    list_title: str
    name: str
    change: Change
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part that differs."""

    code: str
    title: str
    fields: tuple[FieldDifference, ...]
    rows: tuple[RowDifference, ...]


def revision_content(revision: Revision) -> dict[str, Any]:
    """Return every part's value as it was frozen.

    Raises:
        RevisionDamaged: when the text does not have the checksum it was frozen with.

    """
    if sha256(revision.content.encode()).hexdigest() != revision.sha256:
        raise RevisionDamaged(f"Revision {revision.number} stämmer inte med sin kontrollsumma.")
    content: dict[str, Any] = json.loads(revision.content)
    return content


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[PartDifference]:
    """Return the parts that differ between two contents, each a value by part code, in the order of the parts.

    A part that one of them lacks counts as empty there.
    """
    found = []
    for code, spec in PARTS.items():
        before, after = old.get(code) or spec.empty(), new.get(code) or spec.empty()
        fields = tuple(_fields(part_text(code, before).fields, part_text(code, after).fields))
        rows = tuple(row for key in spec.rows for row in _rows(code, key, before.get(key, ()), after.get(key, ())))
        if fields or rows:
            found.append(PartDifference(code, str(spec.code.label), fields, rows))
    return found


def _fields(before: Sequence[FieldText], after: Sequence[FieldText]) -> Iterator[FieldDifference]:
    for was, now in zip(before, after, strict=True):
        if was.text != now.text:
            words = tuple(word_difference(was.text, now.text)) if was.markdown and was.text and now.text else ()
            yield FieldDifference(now.label, _change(was.text, now.text), was.text, now.text, words)


def _change(before: str, after: str) -> Change:
    if not before:
        return "added"
    return "changed" if after else "removed"


def _rows(
    code: str, key: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[RowDifference]:
    """Yield the lines that differ: removed ones where they stood, then changed and new ones in their order."""
    title = LIST_HELP[f"{code}.{key}"].title
    was = {row["id"]: row for row in before if row.get("id") is not None}
    kept = {row.get("id") for row in after}
    nothing = row_texts(code, key, {})
    for row in before:
        if row.get("id") not in kept:
            fields = tuple(_fields(row_texts(code, key, row), nothing))
            yield RowDifference(title, row_name(code, key, row), "removed", fields)
    for row in after:
        old = was.get(row.get("id"))
        fields = tuple(_fields(nothing if old is None else row_texts(code, key, old), row_texts(code, key, row)))
        if fields or old is None:
            yield RowDifference(title, row_name(code, key, row), "added" if old is None else "changed", fields)


def word_difference(before: str, after: str) -> Iterator[tuple[Op, str]]:
    """Yield the pieces of two texts in order: those that are the same, those removed and those added."""
    old, new = findall(_WORDS, before), findall(_WORDS, after)
    if max(len(old), len(new)) > LONGEST_COMPARED:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[first:last])
            continue
        if last > first:
            yield "removed", "".join(old[first:last])
        if end > start:
            yield "added", "".join(new[start:end])
