"""What happens when two have written the same part: both texts side by side, and a choice; nothing is overwritten."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from satsningar.models.parts import PartRow
from satsningar.partspec import PARTS, content_fields
from satsningar.revisions import difference
from workflow.selectors.parts import PartPage

KEEP_MINE, TAKE_THEIRS = "behall_min", "ta_deras"
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
    chosen = request.POST.get("konflikt") == KEEP_MINE
    return _number(request.POST.get("konflikt_version" if chosen else "version"))


def takes_theirs(request: HttpRequest) -> bool:
    """Tell whether the person leaves the own text for the saved one."""
    return request.POST.get("konflikt") == TAKE_THEIRS


def keeps_mine(request: HttpRequest, page: PartPage, value: dict[str, Any]) -> dict[str, Any]:
    """Return what is to be saved; where the person keeps the own text, lines that are gone since become new ones."""
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


def conflict_rows(code: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return every field that differs between the saved value and the person's own, as the conflict shows them."""
    rows = []
    for part in difference({code: theirs}, {code: mine}):
        rows += [{"label": field.label, "theirs": field.before, "mine": field.after} for field in part.fields]
        for row in part.rows:
            rows += [
                {
                    "label": f"{row.list_title}, {row.name}: {field.label.lower()}",
                    "theirs": field.before,
                    "mine": field.after,
                }
                for field in row.fields
            ]
    return rows
