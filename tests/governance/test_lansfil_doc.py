"""The description of the county file: whole, current, and with an example that loads."""

import re
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pytest

from governance.countyfile import defaults as d
from governance.countyfile import export, load, read_county
from governance.countyfile.kinds import MOVES
from governance.meeting_rules import LONGEST_WAIT, MEETS, MOST_ADJUSTERS, MeetingRule, usual_rule
from governance.models import County
from governance.vocabulary import (
    BUILT_IN_MOVES,
    BodyKind,
    ConditionKind,
    Eskalering,
    Mandate,
    MoveKind,
    Omfattning,
    OrganisationKind,
    QuorumRule,
    RequirementCode,
    Role,
    Rundfrist,
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
        *(ConditionKind, Rundfrist, Eskalering),
    ],
)
def test_every_word_of_the_vocabulary_is_explained(kinds: type[MoveKind]) -> None:
    assert [kind.value for kind in kinds if f"| `{kind.value}` |" not in DOC] == []


def toml_of(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


@pytest.mark.parametrize("key", [one.name for one in fields(MeetingRule)])
def test_every_key_of_meetings_is_told_with_its_default(key: str) -> None:
    usual = {kind: toml_of(getattr(usual_rule(kind), key)) for kind in BodyKind}
    default = f"`{usual[BodyKind.FOU]}`"
    if others := [kind for kind in BodyKind if usual[kind] != usual[BodyKind.FOU]]:
        named = " and ".join(f"`{kind.value}`" for kind in sorted(others, reverse=True))
        default = f"`{usual[others[0]]}` in {named}, otherwise {default}"
    assert re.search(rf"^\| `{key}` \| {re.escape(default)} \| [^|]{{20,}} \|$", DOC, re.MULTILINE)
    if isinstance(getattr(usual_rule(BodyKind.FOU), key), int) and "`true" not in default and "`false" not in default:
        most = MOST_ADJUSTERS if key == "justerare" else LONGEST_WAIT
        assert re.search(rf"^\| `{key}` .*\(0–{most}\)", DOC, re.MULTILINE)


def test_the_kinds_of_body_that_may_meet_are_told() -> None:
    (told,) = re.findall(r"A body of the kinds (.*?) may hold meetings", DOC, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", told)) == {kind.value for kind in MEETS}


@pytest.mark.django_db
def test_the_example_with_two_levels_loads_and_exports_to_itself() -> None:
    (text,) = FILES
    spec = read_county(text)
    assert sum(station.kind == StationKind.BEREDNING for station in spec.paths[0].stations) == 2
    load(text)
    assert read_county(export(County.objects.get())) == spec
