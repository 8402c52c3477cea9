"""Every part has its help, in words that fit a page."""

import pytest

from satsningar.help import PART_GUIDES, PART_HELP
from satsningar.partspec import PARTS


def test_every_part_has_help() -> None:
    assert set(PART_GUIDES) == set(PART_HELP) == {str(part) for part in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_help_of_a_part_says_why_what_and_who(part: str) -> None:
    guide = PART_GUIDES[part]

    assert guide.why.endswith(".")
    assert guide.good
    assert all(line.endswith(".") for line in guide.good)
    assert guide.helpers
    assert not any(what.endswith(".") for what in guide.helpers.values())
