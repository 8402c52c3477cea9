"""The only place that knows by which rules a body holds its meetings, and what holds where the county says nothing.

The names are those of the county file's `mote = { … }`. A body keeps only what differs from its kind's default, in
`Body.meeting_rule`; nothing but `meeting_rule` reads it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from governance.models import Body
from governance.vocabulary import BodyKind

MEETS = frozenset(
    {
        BodyKind.STYRGRUPP,
        BodyKind.NAMND,
        BodyKind.BEREDNINGSGRUPP,
        BodyKind.REFERENSGRUPP,
        BodyKind.REGIONALT_STOD,
        BodyKind.FOU,
    }
)
"""The kinds of body that may hold meetings here. An arbetsgrupp works, and contacts answer; neither keeps minutes."""

LONGEST_WAIT = 60
"""Working days that any period may have; more is a mistake."""
MOST_ADJUSTERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRule:
    """How a body holds its meetings; periods are working days, counted by `governance.workdays`.

    Attributes:
        kallelse: days before the meeting by which the kallelse goes out.
        handlingar: days before the meeting by which papers are in; never fewer than `kallelse`.
        justerare: members who adjust the minutes, beside the chair.
        justering: days after the meeting by which the minutes are adjusted.
        reservation: days after the meeting by which the text of a reservation, declared at the meeting, is in; never
            more than `justering`. 0 is at the meeting.
        utslagsrost: whether the chair decides when the votes are even.
        per_capsulam: whether the body may decide between meetings, when everybody agrees.
        delegation: whether the chair may decide alone between meetings.
        publicerar: whether adjusted minutes are open to everyone.
        paragraf: the pattern of paragraph numbers, with `{nummer}` and perhaps `{ar}` in it.

    """

    kallelse: int = 5
    handlingar: int = 7
    justerare: int = 0
    justering: int = 10
    reservation: int = 0
    utslagsrost: bool = True
    per_capsulam: bool = False
    delegation: bool = False
    publicerar: bool = False
    paragraf: str = "§ {nummer}"

    def paragraph(self, year: int, number: int) -> str:
        """Return the paragraph `number` of `year` as it stands in the minutes."""
        return self.paragraf.format(ar=year, nummer=number)


_USUAL = MeetingRule()
_DECIDES = MeetingRule(justerare=1)
"""Of a body whose decisions somebody beside its chair vouches for."""


def usual_rule(kind: BodyKind) -> MeetingRule:
    """Return the rule of a body of this kind that has not said otherwise."""
    return _DECIDES if kind in {BodyKind.STYRGRUPP, BodyKind.NAMND} else _USUAL


def may_meet(body: Body) -> bool:
    """Tell whether the body may hold meetings: its kind does, and it has not ended."""
    return body.kind in MEETS and body.ended_on is None


def meeting_rule(body: Body) -> MeetingRule:
    """Return the rule by which the body holds its meetings; reads nothing but the row.

    It says how, not whether: that is `may_meet`.
    """
    return rule_of(BodyKind(body.kind), body.meeting_rule)


def rule_of(kind: BodyKind, stored: Mapping[str, Any]) -> MeetingRule:
    """Return the rule of a body of this kind that has said this much otherwise than the default."""
    return replace(usual_rule(kind), **stored)


def unusual(kind: BodyKind, rule: MeetingRule) -> MeetingRule | None:
    """Return the rule, or None where it is the default of the kind."""
    return None if rule == usual_rule(kind) else rule


def differing(kind: BodyKind, rule: MeetingRule) -> dict[str, int | bool | str]:
    """Return what the rule says otherwise than the default of the kind: what a body keeps and its file needs to say."""
    usual = asdict(usual_rule(kind))
    return {key: value for key, value in asdict(rule).items() if value != usual[key]}


_COUNTED = ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


def meeting_in_words(rule: MeetingRule) -> list[str]:
    """Return the rule as sentences, for whoever sits in the body."""
    return [
        f"Handlingarna ska vara inne {_before(rule.handlingar)}, och kallelsen går ut {_before(rule.kallelse)}.",
        f"{_adjusters(rule.justerare)} protokollet {_after(rule.justering)}.",
        f"Den som reserverar sig gör det på mötet och lämnar texten {_reservation(rule.reservation)}.",
        "Vid lika röstetal avgör ordföranden."
        if rule.utslagsrost
        else "Ordföranden har ingen utslagsröst vid lika röstetal.",
        _between(rule),
        f"Justerade protokoll är öppna för alla{'' if rule.publicerar else ' som sitter i ett organ i länet'}.",
        f"Paragraferna numreras från 1 varje år, som ”{rule.paragraph(2026, 14)}”.",
    ]


def _before(days: int) -> str:
    return f"senast {_days(days)} före mötet" if days else "senast samma dag som mötet"


def _after(days: int) -> str:
    return f"senast {_days(days)} efter mötet" if days else "samma dag som mötet"


def _reservation(days: int) -> str:
    return _after(days) if days else "innan mötet slutar"


def _days(count: int) -> str:
    return "1 arbetsdag" if count == 1 else f"{count} arbetsdagar"


def _adjusters(count: int) -> str:
    if not count:
        return "Ordföranden justerar ensam"
    return f"Ordföranden och {_COUNTED[count]} {'ledamot' if count == 1 else 'ledamöter'} justerar"


def _between(rule: MeetingRule) -> str:
    if rule.per_capsulam and rule.delegation:
        return "Mellan mötena kan ledamöterna besluta per capsulam, och ordföranden ensam på delegation."
    if rule.per_capsulam:
        return "Mellan mötena kan ledamöterna besluta per capsulam."
    if rule.delegation:
        return "Mellan mötena kan ordföranden besluta ensam, på delegation."
    return "Beslut fattas bara på möten."
