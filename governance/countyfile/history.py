"""What each load of a county file changed, told from the files themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.countyfile.diff import Difference, compare
from governance.countyfile.problems import CountyFileError
from governance.countyfile.spec import CountySpec
from governance.countyfile.whole import read_county
from governance.models import CountyLoad


@dataclass(frozen=True, slots=True)
class Loaded:
    """A load; `difference` is None where one of the files can no longer be read."""

    row: CountyLoad
    spec: CountySpec | None
    difference: Difference | None
    is_first: bool

    def says(self, text: str) -> bool:
        """Tell whether the file says what the other one does."""
        return self.spec is not None and self.spec == read_county(text)


def load_history(rows: Sequence[CountyLoad]) -> list[Loaded]:
    """Return the loads with what each changed against the one after it in the list.

    Args:
        rows: loads of one county, newest first; the last one counts as the county's first unless the caller leaves it
            out of what is shown.

    """
    specs = [_spec(row) for row in rows]
    pairs = zip(rows, specs, [*specs[1:], None], range(len(rows)), strict=True)
    found = []
    for row, spec, before, place in pairs:
        is_first = place == len(rows) - 1
        readable = spec is not None and (before is not None or is_first)
        found.append(Loaded(row, spec, compare(before, spec) if readable and spec is not None else None, is_first))
    return found


def _spec(row: CountyLoad) -> CountySpec | None:
    """Return what the file says; None where the vocabulary has changed since it was loaded."""
    try:
        return read_county(row.text)
    except CountyFileError:
        return None
