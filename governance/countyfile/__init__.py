"""County files: the master of a county's structure, read, checked, compared, loaded and written back.

`read_county(text)` gives a checked value, `load(text)` brings the database to what it says, and
`export(county)` writes what is loaded. The format is described in `docs/lansfil.md`.
"""

from governance.countyfile.diff import Difference
from governance.countyfile.history import Loaded, load_history
from governance.countyfile.load import Examined, compare_with_loaded, examine, export, load
from governance.countyfile.problems import ChangedMeanwhile, CountyFileError, Problem
from governance.countyfile.reading import decode, read_text
from governance.countyfile.spec import CountySpec
from governance.countyfile.whole import read_county

__all__ = [
    "ChangedMeanwhile",
    "CountyFileError",
    "CountySpec",
    "Difference",
    "Examined",
    "Loaded",
    "Problem",
    "compare_with_loaded",
    "decode",
    "examine",
    "export",
    "load",
    "load_history",
    "read_county",
    "read_text",
]
