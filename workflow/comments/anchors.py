"""What a comment may be about: a part, one field of it or one of its lists; what stands there and what it is called."""

from collections.abc import Mapping
from typing import Any

from satsningar.help import LIST_HELP
from satsningar.partspec import PARTS
from satsningar.present import label
from satsningar.references import LABEL_SUFFIX
from satsningar.revisions import PartDifference, difference
from satsningar.vocabulary import DECIDED_PARTS

WHOLE = ""
"""Stands for the whole part."""


def anchors_of(part: str) -> dict[str, str]:
    """Return what may be commented in a part, by key, with what it is called; the whole part first."""
    spec = PARTS[part]
    fields = {field.attname: label(field) for field in spec.fields}
    lists = {key: str(LIST_HELP[f"{part}.{key}"].title) for key in spec.rows}
    return {WHOLE: "Hela delen"} | fields | lists


def is_anchor(part: str, field: str) -> bool:
    """Tell whether something may be commented there."""
    return part in DECIDED_PARTS and field in anchors_of(part)


def anchor_label(part: str, field: str) -> str:
    """Return what a comment is about within its part; what has since gone from the part is called by its key."""
    return anchors_of(part).get(field, field)


def value_at(field: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands at an anchor in a part's value, with the names of what it refers to."""
    if field == WHOLE:
        return dict(value)
    named = f"{field.removesuffix('_id')}{LABEL_SUFFIX}"
    return {key: value[key] for key in (field, named) if key in value}


def difference_since(part: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> PartDifference | None:
    """Return what differs at an anchor between what stood there and the part as it is; None when nothing does."""
    known = {key: held for key, held in before.items() if key in now or key.endswith(LABEL_SUFFIX)}
    return next(iter(difference({part: {**now, **known}}, {part: now})), None)
