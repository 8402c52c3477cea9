"""From text to a checked county: every problem at once, or none."""

from governance.countyfile.check import check
from governance.countyfile.parse import parse
from governance.countyfile.places import lines_of
from governance.countyfile.problems import CountyFileError, Problems
from governance.countyfile.reading import read_toml
from governance.countyfile.spec import CountySpec


def read_county(text: str) -> CountySpec:
    """Return the county that the text describes.

    Raises:
        CountyFileError: with every problem in the file, each with its place and remedy.

    """
    tables = read_toml(text)
    problems = Problems()
    spec = parse(tables, problems)
    check(spec, problems)
    if problems:
        raise CountyFileError(problems.located(lines_of(text)))
    return spec
