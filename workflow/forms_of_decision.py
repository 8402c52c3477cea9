"""How a body is quorate in each form in which it decides: around a table, by everybody's answer, by the chair alone."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from governance.meeting_rules import meeting_rule
from governance.models import Body
from governance.vocabulary import BodyKind, QuorumRule
from workflow.inputs import Participant
from workflow.meetings.vocabulary import MeetingForm
from workflow.quorum import Participation, Quorum, Seat, quorum, quorum_in_writing, quorum_on_delegation


def participation(participants: Collection[Participant]) -> Participation:
    """Return who takes part and who has jäv, by membership id."""
    away = frozenset(one.membership_id for one in participants if one.jav)
    return Participation(frozenset(one.membership_id for one in participants) - away, away)


def quorum_of(body: Body, form: MeetingForm, seats: Collection[Seat], there: Participation) -> Quorum:
    """Tell whether the body is quorate in a matter, in the form in which it decides.

    Args:
        body: whose rules.
        form: around a table, by everybody's answer, or by the chair alone.
        seats: everybody who sits in the body on the day.
        there: who takes part and who has jäv.

    """
    if form == MeetingForm.DELEGATION:
        return quorum_on_delegation(seats, there, may=meeting_rule(body).delegation)
    if form == MeetingForm.PER_CAPSULAM:
        return quorum_in_writing(body.rule or _OWN_MATTERS.get(body.kind, {}), seats, there)
    return quorum(body.rule or _OWN_MATTERS.get(body.kind, {}), seats, there.taking_part)


_OWN_MATTERS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {BodyKind.BEREDNINGSGRUPP.value: {"quorum": QuorumRule.MER_AN_HALFTEN}}
)
"""The rule of a body that decides nothing of a case, for matters of its own, where its county has not said another."""
