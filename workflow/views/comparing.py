"""The only place that turns what differs between two states into the lines of `components/compare.html`."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from satsningar.revisions import FieldDifference, PartDifference

MARKS: Mapping[str, str] = {"removed": "<del>{}</del>", "added": "<ins>{}</ins>", "same": "{}"}


def compare_rows(part: PartDifference) -> list[dict[str, Any]]:
    """Return what differs in a part as `components/compare.html` shows it."""
    rows = [_row(part.title, field.label, field) for field in part.fields]
    for line in part.rows:
        label = f"{line.list_title}: {line.name}"
        if line.change == "changed":
            rows += [_row(part.title, f"{label}, {field.label.lower()}", field) for field in line.fields]
        else:
            side = "before" if line.change == "removed" else "after"
            text = format_html_join(
                "", "<p><b>{}:</b> {}</p>", ((field.label, getattr(field, side)) for field in line.fields)
            )
            rows.append({"part": part.title, "label": label, "change": line.change, side: text or line.name})
    return rows


def _row(part: str, label: str, field: FieldDifference) -> dict[str, Any]:
    return {
        "part": part,
        "label": label,
        "change": field.change,
        "before": _text(field, field.before, "removed"),
        "after": _text(field, field.after, "added"),
    }


def _text(field: FieldDifference, plain: str, mark: str) -> SafeString | str:
    """Return one side of a field, with the words that only that side has marked."""
    if not plain:
        return ""
    if not field.words:
        return format_html('<div class="s-pre">{}</div>', plain)
    pieces = [format_html(MARKS[op], text) for op, text in field.words if op in {"same", mark}]
    return format_html('<div class="s-pre">{}</div>', format_html_join("", "{}", ((piece,) for piece in pieces)))
