"""A case that lies before a body above its own, and a change of version."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from governance.countyfile import load, read_county
from governance.countyfile.export import export_spec
from governance.countyfile.spec import PathSpec
from governance.models import ArendegangVersion, Body
from governance.permissions import today
from governance.vocabulary import Mandate, Role
from tests.factories import OREBRO, orebro
from tests.workflow.hands import Hands
from tests.workflow.test_orebro import GROUP, LEDNING, MUNICIPALITIES, NAMND, to_table
from workflow.errors import Invalid
from workflow.inputs import Inputs

OVER_THE_LIMIT = 100_000_000


@pytest.fixture
def hands(db: None) -> Hands:
    """Return Örebro län with a case on the nämnd's table."""
    found = Hands(orebro())
    found.voters(LEDNING, ("region-orebro-lan", *MUNICIPALITIES[:7]))
    found.voters(NAMND, ("region-orebro-lan", *MUNICIPALITIES[:4]))
    found.make(GROUP)
    to_table(found, OVER_THE_LIMIT)
    found.decide("overlamna", LEDNING)
    return found


def next_version(hands: Hands, change: Callable[[PathSpec], PathSpec]) -> ArendegangVersion:
    """Load the case's path in its next version, in force today."""
    spec = read_county(OREBRO.read_text(encoding="utf-8"))
    code = hands.case.version.arendegang.code
    path = next(one for one in spec.paths if one.code == code)
    newer = change(replace(path, number=path.number + 1, in_force_from=today()))
    load(export_spec(replace(spec, paths=tuple(newer if one.code == code else one for one in spec.paths))))
    return ArendegangVersion.objects.get(arendegang=hands.case.version.arendegang_id, number=newer.number)


def moved_to(hands: Hands, version: ArendegangVersion) -> None:
    """Move the case to the same step of another version."""
    support = Body.objects.get(county=hands.county, kind="regionalt_stod").code
    hands.act(
        "flytta_version",
        (support, Role.SAMORDNARE),
        target="beslut-namnd",
        reason="Den nya gäller.",
        inputs=Inputs(version_id=version.pk),
    )


def test_what_lies_before_the_body_above_goes_along_and_is_decided_there(hands: Hands) -> None:
    moved_to(hands, next_version(hands, lambda path: path))

    hands.decide("bifall", NAMND)

    assert hands.case.version.number == 2


def test_what_the_new_version_lets_another_body_decide_stays(hands: Hands) -> None:
    def own_body_decides(path: PathSpec) -> PathSpec:
        moves = tuple(
            replace(one, made_by={"styrgrupp": Mandate.BESLUTA})
            if "beslut-namnd" in one.sources and one.in_meeting
            else one
            for one in path.moves
        )
        return replace(path, moves=moves)

    version = next_version(hands, own_body_decides)

    with pytest.raises(Invalid, match="är anmält till beslut, men kan inte beslutas i"):
        moved_to(hands, version)

    hands.decide("bifall", NAMND)
