"""The description of the county file: whole, current, and with an example that loads."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from governance.countyfile import defaults as d
from governance.countyfile import export, load, read_county
from governance.countyfile.kinds import MOVES
from governance.models import County
from governance.vocabulary import (
    BUILT_IN_MOVES,
    BodyKind,
    ConditionKind,
    Mandate,
    MoveKind,
    Omfattning,
    OrganisationKind,
    QuorumRule,
    RequirementCode,
    Role,
    StationKind,
)

DOC = (Path(__file__).parents[2] / "docs/lansfil.md").read_text(encoding="utf-8")
FILES = [block for block in re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL) if block.startswith("[lan]")]


def codes(kinds: Iterable[StationKind]) -> str:
    chosen = set(kinds)
    return ", ".join(f"`{kind.value}`" for kind in StationKind if kind in chosen) or "–"


def move_row(kind: MoveKind) -> str:
    """Return the line that the table of moves must have for a kind."""
    rule = MOVES[kind]
    to = codes(rule.targets)
    if rule.stays:
        to += f"; stays (no `till`) in {codes(rule.stays)}"
    elif not rule.targets:
        to = "stays (no `till`)"
    meeting = "usually" if kind in d.USUALLY_IN_MEETING else "may be" if kind in d.MAY_BE_IN_MEETING else "never"
    meeting = "always" if kind in d.ALWAYS_IN_MEETING else meeting
    reason = "always" if kind in d.ALWAYS_WITH_REASON else "if `skal = true`"
    return f"| `{kind.value}` | {kind.label} | {codes(rule.sources)} | {to} | {meeting} | {reason} |"


@pytest.mark.parametrize("kind", [kind for kind in MoveKind if kind not in BUILT_IN_MOVES])
def test_every_kind_of_move_is_told_with_what_it_does_and_whether_it_has_conditions(kind: MoveKind) -> None:
    may = "may have" if kind in d.MAY_HAVE_CONDITION else "never"
    assert re.search(rf"^\| `{kind.value}` \| [^|]{{10,}} \| {may} \|$", DOC, re.MULTILINE)


def mandate_rows() -> list[str]:
    """Return the lines that the table of default mandates must have."""
    return [
        f"| `{kind.value}` | `{role.value}` | {', '.join(f'`{mandate.value}`' for mandate in held) or 'none'} |"
        for kind, roles in d.MANDATES.items()
        for role, held in roles.items()
    ]


@pytest.mark.parametrize("kind", [kind for kind in MoveKind if kind not in BUILT_IN_MOVES])
def test_the_table_of_moves_is_the_grammar(kind: MoveKind) -> None:
    assert move_row(kind) in DOC


def test_the_table_of_mandates_is_the_default() -> None:
    assert [row for row in mandate_rows() if row not in DOC] == []


@pytest.mark.parametrize(
    "kinds",
    [
        *(OrganisationKind, BodyKind, Role, Mandate, StationKind, MoveKind, RequirementCode, Omfattning, QuorumRule),
        ConditionKind,
    ],
)
def test_every_word_of_the_vocabulary_is_explained(kinds: type[MoveKind]) -> None:
    assert [kind.value for kind in kinds if f"| `{kind.value}` |" not in DOC] == []


@pytest.mark.django_db
def test_the_example_with_two_levels_loads_and_exports_to_itself() -> None:
    (text,) = FILES
    spec = read_county(text)
    assert sum(station.kind == StationKind.BEREDNING for station in spec.paths[0].stations) == 2
    load(text)
    assert read_county(export(County.objects.get())) == spec
