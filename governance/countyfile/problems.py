"""What is wrong with a county file: every fault with its place, what it is and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault; `place` is the path of the key, as in `arendegang[0].forflyttning[3].till`."""

    place: str
    message: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        """Return the fault on one line, in Swedish."""
        where = f"rad {self.line}, {self.place}" if self.line else self.place
        return f"{where}: {self.message} {self.remedy}"


class CountyFileError(Exception):
    """The file is not loaded; it carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of the file."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ChangedMeanwhile(Exception):  # noqa: N818 - reads as what has happened: `raise ChangedMeanwhile`
    """The file is not loaded: the county is no longer as it was when the difference was shown."""


class Problems:
    """Collects faults while the file is read and checked, so that all are told at once."""

    def __init__(self) -> None:
        """Begin without any."""
        self._found: dict[Problem, None] = {}
        self._touched: set[str] = set()

    def __bool__(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self._found)

    def add(self, place: str, message: str, remedy: str) -> None:
        """Note a fault, once."""
        self._found[Problem(place, message, remedy)] = None
        while place and place not in self._touched:
            self._touched.add(place)
            place = _around(place)

    def under(self, place: str) -> bool:
        """Tell whether anything is wrong at the place or inside it."""
        return place in self._touched

    def located(self, lines: Mapping[str, int]) -> list[Problem]:
        """Return the faults in the file's order, each with its line where the line is known.

        Args:
            lines: place → line number, from `governance.countyfile.places`.

        """
        found = [replace(problem, line=_line(problem.place, lines)) for problem in self._found]
        return sorted(found, key=lambda problem: problem.line or 0)


def _line(place: str, lines: Mapping[str, int]) -> int | None:
    """Return the line of the place, or of the nearest thing around it that has one."""
    while place:
        if place in lines:
            return lines[place]
        place = _around(place)
    return None


def _around(place: str) -> str:
    """Return the place around a place; that of `organ[2].namn` is `organ[2]`, and that of it `organ`."""
    return place[: max(place.rfind("."), place.rfind("["), 0)]
