"""By which rules a body holds its meetings: what holds where it says nothing, and what it may say."""

from typing import Any

import pytest

from governance.countyfile import read_county
from governance.countyfile.show import show
from governance.meeting_rules import (
    MEETS,
    MeetingRule,
    differing,
    may_meet,
    meeting_in_words,
    meeting_rule,
    rule_of,
    usual_rule,
)
from governance.models import Body
from governance.permissions import today
from governance.vocabulary import BodyKind
from tests.governance.conftest import SORMLAND


@pytest.mark.parametrize(
    ("kind", "justerare"),
    [
        (BodyKind.STYRGRUPP, 1),
        (BodyKind.NAMND, 1),
        (BodyKind.BEREDNINGSGRUPP, 0),
        (BodyKind.REFERENSGRUPP, 0),
        (BodyKind.REGIONALT_STOD, 0),
        (BodyKind.FOU, 0),
    ],
)
def test_a_body_that_says_nothing_has_its_kinds_default(kind: BodyKind, justerare: int) -> None:
    assert meeting_rule(Body(kind=kind)) == MeetingRule(
        kallelse=5,
        handlingar=7,
        justerare=justerare,
        justering=10,
        reservation=0,
        utslagsrost=True,
        per_capsulam=False,
        delegation=False,
        publicerar=False,
        paragraf="§ {nummer}",
    )


def test_a_body_keeps_what_it_says_otherwise() -> None:
    rule = MeetingRule(kallelse=7, handlingar=10, justerare=2, paragraf="LSG § {nummer}/{ar}")
    kept = differing(BodyKind.NAMND, rule)
    assert kept == {"kallelse": 7, "handlingar": 10, "justerare": 2, "paragraf": "LSG § {nummer}/{ar}"}
    assert meeting_rule(Body(kind=BodyKind.NAMND, meeting_rule=kept)) == rule
    assert differing(BodyKind.FOU, usual_rule(BodyKind.FOU)) == {}
    assert rule_of(BodyKind.NAMND, {}) == usual_rule(BodyKind.NAMND)


def test_paragraphs_are_numbered_by_the_pattern() -> None:
    assert MeetingRule().paragraph(2026, 14) == "§ 14"
    assert MeetingRule(paragraf="LSG § {nummer:03d}/{ar}").paragraph(2026, 14) == "LSG § 014/2026"


def test_bodies_that_decide_prepare_or_are_consulted_may_meet_until_they_end() -> None:
    assert set(BodyKind) - MEETS == {BodyKind.ARBETSGRUPP, BodyKind.ORGANISATION}
    assert {kind for kind in BodyKind if may_meet(Body(kind=kind))} == MEETS
    assert not may_meet(Body(kind=BodyKind.STYRGRUPP, ended_on=today()))


def in_time(papers: str, kallelse: str) -> str:
    return f"Handlingarna ska vara inne {papers}, och kallelsen går ut {kallelse}."


def test_the_usual_rule_is_told_in_words() -> None:
    assert meeting_in_words(usual_rule(BodyKind.STYRGRUPP)) == [
        in_time("senast 7 arbetsdagar före mötet", "senast 5 arbetsdagar före mötet"),
        "Ordföranden och en ledamot justerar protokollet senast 10 arbetsdagar efter mötet.",
        "Den som reserverar sig gör det på mötet och lämnar texten innan mötet slutar.",
        "Vid lika röstetal avgör ordföranden.",
        "Beslut fattas bara på möten.",
        "Justerade protokoll är öppna för alla som sitter i ett organ i länet.",
        "Paragraferna numreras från 1 varje år, som ”§ 14”.",
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"kallelse": 0, "handlingar": 1},
            in_time("senast 1 arbetsdag före mötet", "senast samma dag som mötet"),
        ),
        ({"justerare": 0, "justering": 0}, "Ordföranden justerar ensam protokollet samma dag som mötet."),
        ({"justerare": 10}, "Ordföranden och tio ledamöter justerar protokollet senast 10 arbetsdagar efter mötet."),
        (
            {"reservation": 1},
            "Den som reserverar sig gör det på mötet och lämnar texten senast 1 arbetsdag efter mötet.",
        ),
        ({"utslagsrost": False}, "Ordföranden har ingen utslagsröst vid lika röstetal."),
        ({"per_capsulam": True}, "Mellan mötena kan ledamöterna besluta per capsulam."),
        ({"delegation": True}, "Mellan mötena kan ordföranden besluta ensam, på delegation."),
        (
            {"per_capsulam": True, "delegation": True},
            "Mellan mötena kan ledamöterna besluta per capsulam, och ordföranden ensam på delegation.",
        ),
        ({"publicerar": True}, "Justerade protokoll är öppna för alla."),
        ({"paragraf": "N § {nummer}/{ar}"}, "Paragraferna numreras från 1 varje år, som ”N § 14/2026”."),
    ],
)
def test_what_is_otherwise_is_told_in_words(said: dict[str, Any], words: str) -> None:
    assert words in meeting_in_words(rule_of(BodyKind.STYRGRUPP, said))


def test_a_county_is_shown_with_how_each_body_meets() -> None:
    lines = show(read_county(SORMLAND)).splitlines()
    here = lines.index("Så håller organen möten:")
    assert lines[here + 1] == "  Nämnden för socialtjänst och vård (NSV):"
    assert lines[here + 2].startswith("    Handlingarna ska vara inne senast 10 arbetsdagar före mötet")
    told = {line.strip().rstrip(":") for line in lines[here : lines.index("Vad rollerna får göra:")]}
    assert "Beredningsgruppen personcentrering" in told
    assert "Arbetsgruppen mobila team" not in told
