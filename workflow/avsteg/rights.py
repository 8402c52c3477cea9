"""Who may ask for an avsteg, take the request back and answer it; and which gates a case stands before."""

from collections.abc import Iterator

from governance.paths import GateValue
from governance.permissions import Standing
from governance.vocabulary import NEVER_WAIVED, Mandate, MoveKind, RequirementCode
from satsningar.models import Satsning
from workflow.avsteg.models import Avsteg
from workflow.models import Beslutsdeltagare
from workflow.rights import Viewer, matches, path_of


def gates_ahead(satsning: Satsning) -> dict[str, GateValue]:
    """Return the gates that the case stands before, by code.

    Those of the moves that leave from where it is, and those of the decisions that can be proposed by bringing it from
    there before a deciding body.
    """
    return {gate.code: gate for gate in _gates(satsning)}


def _gates(satsning: Satsning) -> Iterator[GateValue]:
    path = path_of(satsning)
    for move in path.moves_from(satsning.station):
        if move.gate:
            yield move.gate
        if move.kind == MoveKind.ANMAL:
            reached = move.target_from(satsning.station) or satsning.station
            yield from (one.gate for one in path.moves_from(reached) if one.in_meeting and one.gate)


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


def standing_to_answer(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person answers requests in the case: its deciding body's mandate to grant."""
    body = satsning.beslutsorgan_id
    return next((s for s in who.standings if s.body_id == body and s.mandate == Mandate.GE_AVSTEG), None)


def has_own_interest(who: Viewer, avsteg: Avsteg) -> bool:
    """Tell whether the request is the person's own: asked by oneself or by a body that one sits in."""
    return avsteg.asked_by_id == who.person_id or avsteg.asked_by_body_id in who.bodies


def has_jav(who: Viewer, satsning: Satsning) -> bool:
    """Tell whether the person has been recorded as having jäv in a decision on the case; one statement."""
    return Beslutsdeltagare.objects.filter(beslut__satsning=satsning.pk, person=who.person_id, jav=True).exists()
