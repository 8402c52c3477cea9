"""The picture above Läget: a bar for each step, drawn by the server; the same stands in a table beside it."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from workflow.overview.counts import StepTally

WIDTH = 320
ROW = 24
BAR = 14
LABEL = 118
NUMBER = 48
LEAST = 3
LONGEST = 16
"""Characters of a step's name that have room beside the bars."""


def bars(steps: Sequence[StepTally]) -> SafeString:
    """Return the picture: how many cases stand at each step, the overdue ones as the last piece of the bar."""
    most = max((step.count for step in steps), default=1)
    room = WIDTH - LABEL - NUMBER
    height = ROW * max(1, len(steps))
    described = ", ".join(
        f"{step.station.name} {step.count}" + (f" varav {step.overdue} över väntetiden" if step.overdue else "")
        for step in steps
    )
    lines = [
        f'<svg class="s-bars" viewBox="0 0 {WIDTH} {height}" font-size="13" role="img"',
        ' aria-labelledby="stapel-titel stapel-text">',
        '<title id="stapel-titel">Satsningar per steg</title>',
        f'<desc id="stapel-text">{escape(described)}</desc>',
    ]
    for place, step in enumerate(steps):
        whole = max(LEAST, round(room * step.count / most))
        late = min(whole, max(LEAST, round(whole * step.overdue / step.count))) if step.overdue else 0
        top = place * ROW
        base = top + ROW - 8
        name = escape(_short(step.station.name))
        number = f"{step.count}" + (f" ({step.overdue})" if step.overdue else "")
        lines.append(f'<text class="s-bars-label" x="{LABEL - 8}" y="{base}" text-anchor="end">{name}</text>')
        lines.append(_bar("s-bar", LABEL, top, whole - late))
        lines.append(_bar("s-bar is-late", LABEL + whole - late, top, late))
        lines.append(f'<text class="s-bars-number" x="{LABEL + whole + 6}" y="{base}">{number}</text>')
    # Drawn by the program; the names in it are escaped above.
    return mark_safe("".join([*lines, "</svg>"]))  # noqa: S308 - see the line above


def _short(name: str) -> str:
    """Return a step's name, cut to the room beside the bars; the description and the table have it whole."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _bar(look: str, left: int, top: int, width: int) -> str:
    return f'<rect class="{look}" x="{left}" y="{top + 5}" width="{width}" height="{BAR}"/>' if width else ""
