"""What happens when two have written the same part: both texts side by side, and a choice for each field and line.

Nothing is overwritten: what is chosen is saved on top of what stands there, and both stay among the saved versions.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from satsningar.models.parts import PartRow
from satsningar.partspec import PARTS, content_fields
from satsningar.partversions import version_of
from satsningar.references import named
from workflow.rights import Access
from workflow.selectors.parts import PartPage
from workflow.views.merging import Unit, merged, units

KEEP_MINE, TAKE_THEIRS, CHOOSE = "behall_min", "ta_deras", "valj"
LARGEST_VERSION = 2**31 - 1
NEVER_SAVED = -1


def _number(raw: str | None) -> int:
    """Return a version that was sent along; one that no part has when it is no number."""
    if raw and raw.isascii() and raw.isdecimal() and len(raw) <= len(str(LARGEST_VERSION)):
        return int(raw)
    return NEVER_SAVED


def number_posted(request: HttpRequest, name: str) -> int:
    """Return the edition or version that a hidden field was sent with; one that nothing has when it is no number."""
    return _number(request.POST.get(name))


def expected_version(request: HttpRequest) -> int:
    """Return the version that the person has seen: that of the form, or that of the conflict it was shown with."""
    chosen = request.POST.get("konflikt") in {KEEP_MINE, CHOOSE}
    return _number(request.POST.get("konflikt_version" if chosen else "version"))


def takes_theirs(request: HttpRequest) -> bool:
    """Tell whether the person leaves the own text for the saved one."""
    return request.POST.get("konflikt") == TAKE_THEIRS


def keeps_mine(request: HttpRequest, page: PartPage, value: dict[str, Any]) -> dict[str, Any]:
    """Return what is to be saved; where the person keeps the own text, lines that are gone since become new ones."""
    if request.POST.get("konflikt") == CHOOSE:
        return merged(page.code, {**page.value, **value}, page.value, request.POST)
    if request.POST.get("konflikt") != KEEP_MINE:
        return value
    kept = dict(value)
    for key in PARTS[page.code].rows:
        known = {row["id"] for row in page.value[key]}
        if key in kept:
            kept[key] = [row if row.get("id") in known else {**row, "id": None} for row in kept[key]]
    return kept


def is_same(code: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Tell whether what stands there is what the person sends, new lines told by their words and not by their ids.

    So it is when a form saves itself in the moment that its button is pressed.
    """
    spec = PARTS[code]
    if any(mine[field.attname] != theirs.get(field.attname) for field in spec.fields if field.attname in mine):
        return False
    return all(
        [_without_id(model, row) for row in mine[key]] == [_without_id(model, row) for row in theirs.get(key, ())]
        for key, model in spec.rows.items()
        if key in mine
    )


def _without_id(model: type[PartRow], row: Mapping[str, Any]) -> dict[str, Any]:
    return {field.attname: row.get(field.attname) for field in content_fields(model) if not field.primary_key}


def conflict_units(page: PartPage, mine: Mapping[str, Any], theirs: Mapping[str, Any], seen: int) -> list[Unit]:
    """Return every field and line that differs between the saved value and the person's own, each with its choices.

    Args:
        page: the part's page.
        mine: what the person sends.
        theirs: what stands there now.
        seen: the version that the person began from.

    """
    spec = PARTS[page.code]
    sides = [named(spec, {**page.value, **value}, page.content) for value in (mine, theirs)]
    base = None
    if page.access is not Access.PROPOSE and 0 < seen <= LARGEST_VERSION:
        kept = version_of(page.content.satsning_id, page.code, seen)
        base = kept.value if kept else None
    elif seen == 0:
        base = spec.empty()
    return units(page.code, sides[0], sides[1], base)
