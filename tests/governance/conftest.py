"""Sörmland, loaded."""

from pathlib import Path

import pytest

from governance.countyfile import load

SORMLAND = (Path(__file__).parents[2] / "governance/counties/sormland.toml").read_text(encoding="utf-8")


@pytest.fixture
def sormland(db: None) -> None:
    """Load Sörmland's own county file."""
    load(SORMLAND)
