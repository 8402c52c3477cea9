"""Where the steps of an ärendegång stand in its picture, and along which lines its moves go.

The main way runs downwards in the middle; steps beside it stand to the left, ends to the right. A move
to the next step is a straight arrow; every other move has a lane of its own between the columns.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.drawing.table import who_is
from governance.paths import BESIDE, MoveValue, PathVersion, StationValue
from governance.vocabulary import StationKind

LEFT, MIDDLE, RIGHT = range(3)
_WIDTH = 200
_GAP = 54
_LANE = 16
_PORT = 16
_LINE = 17
_LETTER = 7
_MARGIN = 16
_LABEL_ROOM = 30


@dataclass(slots=True)
class Box:
    """A step in the picture; `lines` are the words in it below its name."""

    station: StationValue
    column: int
    lines: tuple[str, ...]
    row: int = 0
    x: int = 0
    y: int = 0
    height: int = 0
    ports: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    width: int = _WIDTH

    @property
    def bottom(self) -> int:
        """Return the y of its lower edge."""
        return self.y + self.height

    def side(self, column: int) -> int:
        """Return the x of the edge that faces the column."""
        return self.x if column == LEFT else self.x + self.width

    def port(self, column: int) -> int:
        """Return the y of the next free place on the edge that faces the column."""
        self.ports[column] += 1
        return self.y + self.ports[column] * _PORT


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line with its head at the last point, and its label at a point with an anchor."""

    points: tuple[tuple[int, int], ...]
    label: str
    at: tuple[int, int]
    anchor: str
    move: MoveValue
    headed: bool = True

    @property
    def in_meeting(self) -> bool:
        """Tell whether the move is made in a meeting."""
        return self.move.in_meeting


@dataclass(frozen=True, slots=True)
class Picture:
    """A laid-out picture."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def label_of(move: MoveValue) -> str:
    """Return the words on a move's arrow: its name, marks for gate and condition, and whether it is in a meeting."""
    condition = f" [{move.condition.short}]" if move.condition else ""
    return ("◆ " if move.gate else "") + move.name + condition + (" (möte)" if move.in_meeting else "")


def lay_out(version: PathVersion, names: Mapping[str, str]) -> Picture:
    """Return the picture of a version: the same rows give the same picture."""
    boxes = _boxes(version, names)
    edges = _edges(version)
    _rows(boxes, version)
    lanes = _Lanes(boxes, edges)
    lanes.measure()
    arrows = lanes.arrows()
    return Picture(
        width=max(box.x + box.width for box in boxes.values()) + _MARGIN,
        height=max(box.bottom for box in boxes.values()) + _MARGIN + 3 * _LINE,
        boxes=tuple(boxes.values()),
        arrows=tuple(arrows),
    )


def _boxes(version: PathVersion, names: Mapping[str, str]) -> dict[str, Box]:
    found = {}
    for station in version.stations.values():
        held = (f"hos {who_is(station.held_by, names)}",) if station.held_by else ()
        stays = tuple(
            f"↻ {label_of(move)}" for move in version.moves if not move.targets and station.code in move.sources
        )
        column = LEFT if station.kind in BESIDE else MIDDLE
        if station.is_final and station.kind != StationKind.SLUTFORD:
            column = RIGHT
        found[station.code] = Box(station, column, held + stays)
    widest = max(len(line) for box in found.values() for line in (box.station.name, *box.lines))
    longest = max(len(label_of(move)) for move in version.moves)
    for box in found.values():
        box.width = max(_WIDTH, widest * _LETTER + 24, longest * _LETTER + 24)
    return found


def _edges(version: PathVersion) -> list[tuple[MoveValue, str, tuple[str, ...]]]:
    """Return each move with each of its targets and the sources it leaves from."""
    return [(move, target, move.sources) for move in version.moves for target in move.targets if move.sources]


def _rows(boxes: Mapping[str, Box], version: PathVersion) -> None:
    """Give the middle its own order; put the rest on the row of the first step that leads there."""
    middle = [box for box in boxes.values() if box.column == MIDDLE]
    for row, box in enumerate(middle):
        box.row = row
    taken: set[tuple[int, int]] = set()
    for box in boxes.values():
        if box.column == MIDDLE:
            continue
        leading = [
            boxes[source].row
            for move in version.moves
            for source in move.sources
            if box.station.code in move.targets and boxes[source].column == MIDDLE
        ]
        row = min(leading, default=0)
        while (box.column, row) in taken:
            row += 1
        box.row = row
        taken.add((box.column, row))


class _Lanes:
    """Finds a way for every edge, first counting places and lanes, then drawing."""

    def __init__(self, boxes: Mapping[str, Box], edges: list[tuple[MoveValue, str, tuple[str, ...]]]) -> None:
        self.boxes = boxes
        self.straight: list[tuple[MoveValue, Box, Box]] = []
        self.direct: list[tuple[MoveValue, Box, Box]] = []
        self.bent: dict[int, list[tuple[MoveValue, Box, list[Box]]]] = {LEFT: [], RIGHT: []}
        for move, target, sources in edges:
            self._sort(move, boxes[target], [boxes[source] for source in sources])

    def _sort(self, move: MoveValue, target: Box, sources: list[Box]) -> None:
        rest = []
        for source in sources:
            if source.column == target.column == MIDDLE and target.row == source.row + 1:
                self.straight.append((move, source, target))
            elif {source.column, target.column} == {LEFT, MIDDLE} and source.row == target.row:
                self.direct.append((move, source, target))
            else:
                rest.append(source)
        if rest:
            back = target.column == MIDDLE and all(
                source.column != RIGHT and source.row >= target.row for source in rest
            )
            side = LEFT if target.column == LEFT or back else RIGHT
            self.bent[side].append((move, target, rest))

    def _ports(self) -> dict[tuple[str, int], int]:
        counts: dict[tuple[str, int], int] = defaultdict(int)
        for _, source, target in self.direct:
            for box, other in ((source, target), (target, source)):
                counts[box.station.code, LEFT if other.column < box.column else RIGHT] += 1
        for side, bent in self.bent.items():
            for _, target, sources in bent:
                for box in (target, *sources):
                    counts[box.station.code, self._facing(box, side)] += 1
        return counts

    @staticmethod
    def _facing(box: Box, side: int) -> int:
        """Return the edge of the box that faces the lanes of that side of the middle."""
        if box.column == MIDDLE:
            return side
        return RIGHT if box.column == LEFT else LEFT

    def measure(self) -> None:
        """Give every box its place and size, with room for the lanes between the columns."""
        ports = self._ports()
        for box in self.boxes.values():
            most = max((count for (code, _), count in ports.items() if code == box.station.code), default=0)
            box.height = max(_LINE * (len(box.lines) + 1) + 16, most * _PORT + 12)
        rows = max(box.row for box in self.boxes.values()) + 1
        top = _MARGIN
        for row in range(rows):
            here = [box for box in self.boxes.values() if box.row == row]
            for box in here:
                box.y = top
            top += max((box.height for box in here), default=0) + _GAP
        width = next(iter(self.boxes.values())).width
        left = _MARGIN
        has_left = any(box.column == LEFT for box in self.boxes.values())
        between = self._room(LEFT)
        middle = left + (width if has_left else 0) + (between if has_left or self.bent[LEFT] else 0)
        right = middle + width + self._room(RIGHT)
        for box in self.boxes.values():
            box.x = (left, middle, right)[box.column]
        self.first = {
            LEFT: middle - _LABEL_ROOM // 2 - self._label(LEFT, MIDDLE),
            RIGHT: middle + width + _LABEL_ROOM + self._label(RIGHT, MIDDLE),
        }

    def _label(self, side: int, *columns: int) -> int:
        """Return the width of the longest label on that side, of moves to a step in one of the columns."""
        words = [label_of(move) for move, target, _ in self.bent[side] if target.column in columns]
        return max((len(word) for word in words), default=0) * _LETTER

    def _room(self, side: int) -> int:
        direct = max((len(label_of(move)) for move, *_ in self.direct), default=0) * _LETTER if side == LEFT else 0
        labels = self._label(side, MIDDLE) + self._label(side, LEFT, RIGHT)
        return max(direct + _LABEL_ROOM, labels + len(self.bent[side]) * _LANE + 2 * _LABEL_ROOM)

    def arrows(self) -> list[Arrow]:
        """Return every arrow, in the order of the moves within each sort."""
        found = []
        together: dict[tuple[str, str], int] = defaultdict(int)
        for move, source, target in self.straight:
            shift = together[source.station.code, target.station.code]
            together[source.station.code, target.station.code] += 1
            x = source.x + 40 + 80 * shift
            points = ((x, source.bottom), (x, target.y))
            at = (x + 8, (source.bottom + target.y) // 2 + 4)
            found.append(Arrow(points, label_of(move), at, "start", move))
        for move, source, target in self.direct:
            found.append(self._across(move, source, target))
        for side, bent in self.bent.items():
            for number, (move, target, sources) in enumerate(bent):
                found.extend(self._lane(move, target, sources, side, number))
        return found

    def _across(self, move: MoveValue, source: Box, target: Box) -> Arrow:
        facing = LEFT if target.column < source.column else RIGHT
        y = max(source.port(facing), target.port(LEFT + RIGHT - facing))
        ends = (source.side(facing), target.side(LEFT + RIGHT - facing))
        return Arrow(((ends[0], y), (ends[1], y)), label_of(move), (sum(ends) // 2, y - 4), "middle", move)

    def _lane(self, move: MoveValue, target: Box, sources: list[Box], side: int, number: int) -> list[Arrow]:
        step = -_LANE if side == LEFT else _LANE
        x = self.first[side] + number * step
        facing = self._facing(target, side)
        enter = (target.side(facing), target.port(facing))
        found = []
        for source in sources:
            out = self._facing(source, side)
            start = (source.side(out), source.port(out))
            if source.column == LEFT and side == RIGHT:
                gap = max(box.bottom for box in self.boxes.values() if box.row == source.row) + _GAP - 8 - 3 * number
                turn = start[0] + 10 + 4 * number
                points: tuple[tuple[int, int], ...] = (start, (turn, start[1]), (turn, gap), (x, gap), (x, enter[1]))
            else:
                points = (start, (x, start[1]), (x, enter[1]))
            found.append(Arrow(points, "", (0, 0), "start", move, headed=False))
        inward = enter[0] > x
        at = (enter[0] - 10, enter[1] - 4) if inward else (enter[0] + 10, enter[1] - 4)
        anchor = "end" if inward else "start"
        found.append(Arrow(((x, enter[1]), enter), label_of(move), at, anchor, move))
        return found
