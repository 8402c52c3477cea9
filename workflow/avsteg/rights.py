"""Who may ask for an avsteg, take the request back and answer it; and which gates a case stands before."""

from collections.abc import Iterator

from governance.models import Body
from governance.paths import GateValue, MoveValue
from governance.permissions import Standing
from governance.vocabulary import NEVER_WAIVED, Mandate, MoveKind, RequirementCode
from satsningar import content
from satsningar.models import Satsning
from workflow import facts
from workflow.avsteg.models import Avsteg
from workflow.conditions import cost_before
from workflow.deciders import decider_of
from workflow.models import Beslutsdeltagare
from workflow.rights import Viewer, matches, path_of


def gates_ahead(satsning: Satsning) -> dict[str, GateValue]:
    """Return the gates that the case stands before, by code.

    Those of the moves that leave from where it is, and those of the decisions that can be proposed by bringing it from
    there before a deciding body.
    """
    return {move.gate.code: move.gate for move in _moves_ahead(satsning) if move.gate}


def _moves_ahead(satsning: Satsning) -> Iterator[MoveValue]:
    """Yield the moves that leave from where the case is, each anmälan followed by the decisions it may propose."""
    for move in path_of(satsning).moves_from(satsning.station):
        yield move
        if move.kind == MoveKind.ANMAL:
            yield from _decisions_after(move, satsning)


def _decisions_after(anmal: MoveValue, satsning: Satsning) -> tuple[MoveValue, ...]:
    reached = anmal.target_from(satsning.station) or satsning.station
    return tuple(move for move in path_of(satsning).moves_from(reached) if move.in_meeting)


def body_to_answer(satsning: Satsning, gate: str) -> Body:
    """Return the body that answers requests about a gate that the case stands before.

    It decides the move that has the gate, or that an anmälan with the gate leads to; where nobody does, the case's own.
    Where several bodies decide moves with the same gate, what the satsning costs says which. No statements where that
    is the case's own body in any event; else those that read the bodies, and the cost where it is asked.
    """
    deciding = [
        decision
        for move in _moves_ahead(satsning)
        if move.gate and move.gate.code == gate
        for decision in (_decisions_after(move, satsning) if move.kind == MoveKind.ANMAL else (move,))
        if decision.in_meeting
    ]
    if len({tuple(move.made_by.items()) for move in deciding}) > 1:
        read, known = content.read(satsning.pk), facts.read(satsning.pk)
        costs = ((move, cost_before(satsning.pk, move, read.parts, known)) for move in deciding)
        deciding = [move for move, cost in costs if move.is_open_to(cost)] or deciding
    return decider_of(deciding[0], satsning) if deciding else satsning.beslutsorgan


def may_be_waived(requirement: RequirementCode) -> bool:
    """Tell whether any avsteg can waive the requirement."""
    return requirement not in NEVER_WAIVED


def standing_to_ask(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person may ask for an avsteg: as writing for the ansvarig grupp or preparing.

    A body prepares a case if the path lets it make any move there by its mandate to prepare; what has not been handed
    in is its group's alone.
    """
    return next((one for one in who.standings if _asks(one, satsning)), None)


def _asks(standing: Standing, satsning: Satsning) -> bool:
    if standing.county_id != satsning.county_id:
        return False
    if standing.mandate == Mandate.FORFATTA:
        return standing.body_id == satsning.ansvarig_grupp_id
    if standing.mandate != Mandate.BEREDA or satsning.submitted_at is None:
        return False
    keys = {key for move in path_of(satsning).moves for key, held in move.made_by.items() if held == Mandate.BEREDA}
    return any(matches(key, standing.body_id, standing.body_kind, standing.body_code, satsning) for key in keys)


def standing_to_withdraw(who: Viewer, avsteg: Avsteg) -> Standing | None:
    """Return the standing by which the person may take a request back: that of the body which asked."""
    mandates = {Mandate.FORFATTA, Mandate.BEREDA}
    return next((s for s in who.standings if s.body_id == avsteg.asked_by_body_id and s.mandate in mandates), None)


def standing_to_answer(who: Viewer, body: Body) -> Standing | None:
    """Return the standing by which the person answers requests that are the body's to answer: its mandate to grant."""
    return next((s for s in who.standings if s.body_id == body.pk and s.mandate == Mandate.GE_AVSTEG), None)


def body_of_request(satsning: Satsning, avsteg: Avsteg) -> Body:
    """Return the body that answers a request where the case stands now; the one asked, where the gate is behind it."""
    if avsteg.gate in gates_ahead(satsning):
        return body_to_answer(satsning, avsteg.gate)
    return satsning.beslutsorgan if avsteg.body_id == satsning.beslutsorgan_id else avsteg.body


def has_own_interest(who: Viewer, avsteg: Avsteg) -> bool:
    """Tell whether the request is the person's own: asked by oneself or by a body that one sits in."""
    return avsteg.asked_by_id == who.person_id or avsteg.asked_by_body_id in who.bodies


def has_jav(who: Viewer, satsning: Satsning) -> bool:
    """Tell whether the person has been recorded as having jäv in a decision on the case; one statement."""
    return Beslutsdeltagare.objects.filter(beslut__satsning=satsning.pk, person=who.person_id, jav=True).exists()
