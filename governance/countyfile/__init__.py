"""County files: the master of a county's structure, read, checked, compared, loaded and written back.

`read_county(text)` gives a checked value, `load(text)` brings the database to what it says, and
`export(county)` writes what is loaded. The format is described in `docs/lansfil.md`.
"""

from governance.countyfile.diff import Difference
from governance.countyfile.load import compare_with_loaded, export, load
from governance.countyfile.problems import CountyFileError, Problem
from governance.countyfile.reading import decode, read_text
from governance.countyfile.spec import CountySpec
from governance.countyfile.whole import read_county

__all__ = [
    "CountyFileError",
    "CountySpec",
    "Difference",
    "Problem",
    "compare_with_loaded",
    "decode",
    "export",
    "load",
    "read_county",
    "read_text",
]
