"""A county file's lines as a page shows them: numbered, each fault beside its line, what is without fault folded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from governance.countyfile.problems import Problem

AROUND = 3
"""Lines shown before and after one with a fault."""
LONGEST = 300
"""Characters shown of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; `skipped` is how many lines before it are not shown."""

    number: int
    text: str
    problems: Sequence[Problem] = ()
    skipped: int = 0


def numbered(text: str) -> list[Line]:
    """Return every line of the file."""
    return [Line(number, _shown(line)) for number, line in enumerate(_lines(text), start=1)]


def marked(text: str, problems: Iterable[Problem]) -> list[Line]:
    """Return the lines with faults and those around them, in order; faults without a line are left out."""
    lines = _lines(text)
    faults: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.line is not None and problem.line <= len(lines):
            faults[problem.line].append(problem)
    wanted = sorted(
        {near for number in faults for near in range(max(number - AROUND, 1), min(number + AROUND, len(lines)) + 1)}
    )
    return [
        Line(number, _shown(lines[number - 1]), faults.get(number, ()), skipped=number - before - 1)
        for before, number in zip([0, *wanted], wanted, strict=False)
    ]


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" and len(lines) > 1 else lines


def _shown(line: str) -> str:
    line = line.rstrip("\r").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
