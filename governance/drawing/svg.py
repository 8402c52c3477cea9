"""Writes the picture of an ärendegång as SVG: classes for the page's colours, no style of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from governance.countyfile.fields import code_of
from governance.drawing.layout import Arrow, Box, Picture, lay_out
from governance.paths import MoveValue, PathVersion

_HEAD = 7
_LINE = 17
_LETTER = 7


@dataclass(frozen=True, slots=True)
class Marks:
    """How steps and moves are marked in a picture that shows a difference: by class, and in a title of their own."""

    title: str
    legend: tuple[tuple[str, str], ...]
    """Each mark with what it means."""
    stations: Mapping[str, str]
    moves: Mapping[tuple[str, tuple[str, ...]], str]
    """By code and sources, which tell the blocks of one code apart."""

    def of_move(self, move: MoveValue) -> str:
        """Return how a move is marked; empty where it is not."""
        return self.moves.get((move.code, move.sources), "")


UNMARKED = Marks("", (), {}, {})


def path_svg(
    version: PathVersion,
    names: Mapping[str, str],
    *,
    here: str = "",
    standalone: bool = False,
    marks: Marks = UNMARKED,
) -> str:
    """Return the picture of a version.

    Args:
        version: which.
        names: the names of the county's bodies by code.
        here: the code of the step to mark as the present one.
        standalone: for a file of its own: with a namespace and a white ground, since no page gives it colours.
        marks: what is marked, in a picture of a difference.

    """
    picture = lay_out(version, names)
    kind = "path-picture is-difference" if marks.legend else "path-picture"
    title = marks.title or f"{version.name}, version {version.number}"
    name = f"path-{code_of(version.name)}-{version.number}"
    parts = [
        f'<svg class="{kind}" viewBox="0 0 {picture.width} {picture.height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="system-ui, sans-serif" font-size="13" '
        'fill="currentColor"' + (' xmlns="http://www.w3.org/2000/svg">' if standalone else ">"),
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(_description(version))}</desc>',
    ]
    if standalone:
        parts.append(f'<rect width="{picture.width}" height="{picture.height}" fill="#ffffff"/>')
    parts += [_line(arrow, marks.of_move(arrow.move)) for arrow in picture.arrows]
    ground = "#ffffff" if standalone else "none"
    parts += [
        _box(box, ground, marks.stations.get(box.station.code, ""), here=box.station.code == here)
        for box in picture.boxes
    ]
    parts += [_label(arrow, marks.of_move(arrow.move)) for arrow in picture.arrows if arrow.label]
    parts += [_legend(picture, marks.legend), "</svg>", ""]
    return "\n".join(parts)


def _description(version: PathVersion) -> str:
    moves = [
        f"{move.name}: {', '.join(version.stations[code].name for code in move.sources) or 'början'} till "
        f"{' eller '.join(version.stations[code].name for code in move.targets)}"
        f"{f', för satsningar som {move.condition}' if move.condition else ''}."
        for move in version.moves
        if move.targets
    ]
    return f"{len(version.stations)} steg och förflyttningarna mellan dem. " + " ".join(moves)


def _marked(mark: str) -> str:
    return f" path-mark--{mark}" if mark else ""


def _line(arrow: Arrow, mark: str) -> str:
    kind = (" path-move--meeting" if arrow.in_meeting else "") + _marked(mark)
    width = 'stroke-width="2.5"' if arrow.in_meeting else 'stroke-width="1.25"'
    points = " ".join(f"{x},{y}" for x, y in arrow.points)
    line = f'<polyline class="path-move{kind}" points="{points}" fill="none" stroke="currentColor" {width}/>'
    if not arrow.headed:
        return line
    (x0, y0), (x, y) = arrow.points[-2:]
    if x0 == x:
        back = -_HEAD if y > y0 else _HEAD
        head = f"{x},{y} {x - 5},{y + back} {x + 5},{y + back}"
    else:
        back = -_HEAD if x > x0 else _HEAD
        head = f"{x},{y} {x + back},{y - 5} {x + back},{y + 5}"
    return f'{line}<polygon class="path-head{_marked(mark)}" points="{head}" fill="currentColor"/>'


def _box(box: Box, ground: str, mark: str, *, here: bool) -> str:
    kind = f"path-station path-station--{box.station.kind}" + (" path-station--here" if here else "") + _marked(mark)
    x, y = box.x + 12, box.y + 20
    parts = [
        f'<g class="{kind}">',
        f'<rect class="path-box" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="6"',
        f' fill="{ground}" stroke="currentColor"/>',
        f'<text class="path-name" x="{x}" y="{y}" font-weight="600">{escape(box.station.name)}</text>',
    ]
    parts += [
        f'<text class="path-note" x="{x}" y="{y + _LINE * number}" font-size="12">{escape(line)}</text>'
        for number, line in enumerate(box.lines, start=1)
    ]
    return "".join(parts) + "</g>"


def _label(arrow: Arrow, mark: str) -> str:
    x, y = arrow.at
    return (
        f'<text class="path-label{_marked(mark)}" x="{x}" y="{y}" text-anchor="{arrow.anchor}" font-size="12">'
        f"{escape(arrow.label)}</text>"
    )


def _legend(picture: Picture, marks: tuple[tuple[str, str], ...]) -> str:
    words = "◆ en grind måste vara uppfylld · ↻ ärendet stannar i steget · tjock linje: beslutas på möte"
    if any("[" in text for text in (*(a.label for a in picture.arrows), *(w for b in picture.boxes for w in b.lines))):
        words += " · [ ] villkor om kostnad"
    parts = [f'<text class="path-legend" x="16" y="{picture.height - 16}" font-size="12">{words}</text>']
    x, y = 16, picture.height - 16 - _LINE - 6
    for mark, word in marks:
        parts.append(f'<rect class="path-sample{_marked(mark)}" x="{x}" y="{y - 10}" width="22" height="12" rx="3"/>')
        parts.append(f'<text class="path-legend" x="{x + 28}" y="{y}" font-size="12">{escape(word)}</text>')
        x += 28 + len(word) * _LETTER + 24
    return "".join(parts)
