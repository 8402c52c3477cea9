"""The description of the county file says of each requirement whether it may be waived."""

from pathlib import Path

import pytest

from governance.vocabulary import NEVER_WAIVED, RequirementCode

DOC = (Path(__file__).parents[3] / "docs/lansfil.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", RequirementCode)
def test_the_table_of_requirements_says_what_may_be_waived(code: RequirementCode) -> None:
    said = "never" if code in NEVER_WAIVED else "may be given"

    assert f"| `{code.value}` | {code.label} | {said} |" in DOC
