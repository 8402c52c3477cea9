"""One way to make a move: the only writer of a case's station and of the journal entries of moves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance import prepared
from governance.models import Person
from governance.paths import MOVE_VERSION, GateValue, MoveValue, PathVersion, path_version
from governance.permissions import standings
from governance.vocabulary import MoveKind, RequirementCode
from satsningar import content
from satsningar.cleaning import clean_text
from satsningar.models import Handling
from satsningar.requirements import Gap
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from workflow import decisions, facts, journal
from workflow.avsteg.applied import applied_in_act
from workflow.avsteg.ending import end_avsteg
from workflow.cases import hidden_from_strangers, lock, stands_in, store
from workflow.coauthors.ending import end_with_case
from workflow.conditions import ADOPTING, approved_limit, cost_before, why_closed, why_exceeded, without_cost
from workflow.context import ActContext
from workflow.deciders import decider_of
from workflow.deciding import close_anmalan
from workflow.errors import ConditionNotMet, Incomplete, Invalid, NoMandate, NotFromHere, Stale
from workflow.gates import gaps_of, gaps_of_requirement
from workflow.inputs import NOTHING, Inputs
from workflow.kinds import proposed_move
from workflow.machine import Arende
from workflow.proposals import as_proposed
from workflow.revisions import freeze
from workflow.rights import find_standing
from workflow.rounds.actions import end_rounds
from workflow.saying import refusal_of_mandate
from workflow.steps import CHECKS, EFFECTS
from workflow.versions.entering import version_entered
from workflow.vocabulary import Act


@dataclass(frozen=True, slots=True)
class Performed:
    """What an act became: its id, where the case stands and the number of its journal entry."""

    act_id: UUID
    station: str
    edition: int
    number: int
    reference: str


def perform(  # noqa: PLR0913 - an act is made of this many facts
    satsning_id: int,
    move: str,
    *,
    actor: Person,
    expected_edition: int,
    reason: str = "",
    target: str = "",
    inputs: Inputs = NOTHING,
) -> Performed:
    """Make a move with a case, wholly or not at all.

    Effects, in order, in one transaction: the case is locked; the move is found among those that leave from where it
    stands in its own version of the path, then the actor's standing; the edition is compared; the move's condition is
    asked, and what its kind needs checked; jäv and quorum are computed where a body decides; the gate is asked; a
    revision is frozen where the move has a gate or brings it before a body; what its kind does is done; an anmälan
    is closed when the case leaves undecided; open rounds end at a final step; the station, and perhaps the version,
    change; avsteg passed, and invitations to a case that has ended, end; the journal is written, then new handlingar.

    Args:
        satsning_id: the case.
        move: the code of the move.
        actor: who makes it.
        expected_edition: the case's `edition` as the actor saw it.
        reason: why; kept in the journal.
        target: the code of the chosen station where the move leads to several, or of the other version's station.
        inputs: what else the kind of move needs.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NotFromHere: the move does not leave from here, or leads nowhere chosen.
        NoMandate: the actor holds no current mandate for it.
        Stale: the case has changed since the actor saw it.
        ConditionNotMet: the satsning costs more, or less, than what the move is for.
        Invalid: what was sent with the move cannot be used.
        Jav: the actor has a conflict of interest in the matter.
        NoQuorum: the deciding body is not quorate.
        Incomplete: the gate is not met; every gap is listed.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            act = _find(
                arende,
                move,
                actor=actor,
                expected_edition=expected_edition,
                reason=reason,
                target=target,
                inputs=inputs,
            )
            _ask(act)
        return _carry_out(act)


def _find(  # noqa: PLR0913 - the arguments of `perform`
    arende: Arende, code: str, *, actor: Person, expected_edition: int, reason: str, target: str, inputs: Inputs
) -> ActContext:
    """Find the move, the standing and where it leads; refuse what is stale."""
    path = path_version(arende.version_id)
    move = path.move_from(arende.station, code)
    if move is None:
        raise NotFromHere(_not_from_here(path, arende, code))
    standing = find_standing(standings(actor.pk), move, arende)
    if standing is None:
        raise NoMandate(refusal_of_mandate(move, arende, actor))
    if arende.edition != expected_edition:
        raise Stale
    into, reached = path, move.target_from(arende.station, target)
    if move.kind == MoveKind.FLYTTA_VERSION:
        into = version_entered(path, inputs.version_id)
        reached = target if target in into.stations else None
    if reached is None:
        raise Invalid({"target": ["Välj vilket steg satsningen ska gå till."]})
    return ActContext(
        arende=arende,
        path=path,
        into=into,
        move=move,
        source=arende.station,
        target=reached,
        standing=standing,
        actor=actor,
        reason=_clean_reason(move, reason),
        inputs=inputs,
        act_id=uuid4(),
        at=timezone.now(),
        content=content.read(arende.pk),
        facts=facts.read(arende.pk),
    )


def _clean_reason(move: MoveValue, reason: str) -> str:
    try:
        text = clean_text(reason).strip()
    except ValidationError as error:
        raise Invalid({"reason": error.messages}) from None
    if move.needs_reason and not text:
        raise Invalid({"reason": ["Skriv varför."]})
    return text


def _not_from_here(path: PathVersion, arende: Arende, code: str) -> str:
    known = next((move for move in path.moves if move.code == code), None)
    here = path.stations[arende.station].name
    if code == MOVE_VERSION.code:
        return f"En avslutad satsning flyttas inte till en annan version. Satsningen är i steget {here}."
    if known is None:
        return f"Ärendegången har inget som heter så. Satsningen är i steget {here}."
    places = " eller ".join(path.stations[source].name for source in known.sources) or "början"
    return f"”{known.name}” går bara att göra från {places}. Satsningen är i steget {here}."


def _ask(act: ActContext) -> None:
    """Ask everything that can refuse the act, before anything is written."""
    act.cost = cost_before(act.arende.pk, act.move, act.content.parts, act.facts)
    if why := why_closed(act.path, act.source, act.move, act.cost):
        raise ConditionNotMet(why)
    limit = approved_limit(act.path, act.source, act.move, {act.into.stations[act.target].kind}, act.facts)
    if why := why_exceeded(act.path, limit, act.cost, lambda move: decider_of(move, act.arende)):
        raise ConditionNotMet(why)
    act.lacks_cost = act.cost is None and (act.move.condition is not None or limit is not None)
    check = CHECKS.get(act.move.kind)
    if check:
        check(act)
    if act.errors.found:
        raise Invalid(act.errors.found)
    if act.move.in_meeting:
        act.quorate = decisions.check(
            act.arende, act.move, act.inputs.decision, standing=act.standing, actor_id=act.actor.pk
        )
    if found := gaps_of_act(act):
        raise Incomplete(found)
    act.avsteg = applied_in_act(act, gates_of_act(act))


STATEMENT_CODES = (RequirementCode.UTLATANDE, RequirementCode.REKOMMENDATION, RequirementCode.FORSLAG)


def gaps_of_act(act: ActContext) -> tuple[Gap, ...]:
    """Return what the act still lacks: its own gate and, for an anmälan, the statement and the proposed move's gate.

    A limit of cost is never passed by saying nothing: what would have no cost, proposed changes and all, lacks it.
    """
    extra = STATEMENT_CODES if act.move.kind == MoveKind.ANMAL else ()
    found = gaps_of(gates_of_act(act), act.content, act.facts, extra)
    if not act.lacks_cost:
        return found
    said = {(gap.part, gap.message) for gap in found}
    asked = gaps_of_requirement(RequirementCode.GROV_KOSTNAD, without_cost(act.content), act.facts)
    return (*found, *(gap for gap in asked if (gap.part, gap.message) not in said))


def gates_of_act(act: ActContext) -> tuple[GateValue, ...]:
    """Return the gates that the act has to meet: its own and, for an anmälan, that of the proposed move."""
    proposed = proposed_move(act) if act.move.kind == MoveKind.ANMAL else None
    return tuple(gate for gate in (act.move.gate, proposed.gate if proposed else None) if gate is not None)


def _carry_out(act: ActContext) -> Performed:
    """Write everything the act is."""
    if act.move.gate is not None or act.move.kind == MoveKind.ANMAL:
        _freeze(act)
    effect = EFFECTS.get(act.move.kind)
    if effect:
        effect(act)
    leaves = act.target != act.source and act.into is act.path
    if leaves and act.facts.open_anmalan is not None and act.quorate is None:
        close_anmalan(act)
    if act.facts.open_rounds and act.into.stations[act.target].is_final:
        end_rounds(act.arende)
    _go(act)
    end_avsteg(act)
    end_with_case(act)
    number = _record(act)
    prepared.insert(act.handlingar)
    return Performed(act.act_id, act.arende.station, act.arende.edition, number, act.arende.reference)


def _freeze(act: ActContext) -> None:
    """Freeze what is on the table; an anmälan of a decision that adopts changes freezes the content as proposed."""
    if act.move.kind == MoveKind.ANDRINGSBESLUT or (act.move.kind in ADOPTING and act.facts.proposed_parts):
        return
    parts = act.content.parts
    proposed = proposed_move(act) if act.move.kind == MoveKind.ANMAL and act.facts.proposed_parts else None
    if proposed is not None and proposed.kind in ADOPTING:
        parts = as_proposed(act.arende.pk, parts)
    act.revision_id, act.revision_number = freeze(act.arende.pk, parts, act=act.move.code, at=act.at)
    act.handlingar.append(
        Handling(
            satsning_id=act.arende.pk,
            kind=Handlingsslag.REVISION,
            title=f"Revision {act.revision_number}: {act.move.name.lower()}",
            date=timezone.localdate(act.at),
            sender=act.standing.body_name,
            receiver="",
            purpose="",
            status=Handlingsstatus.UPPRATTAD,
            revision_id=act.revision_id,
        )
    )


def _go(act: ActContext) -> None:
    """Let the machine change the station, and save the case."""
    arende = act.arende
    stays = act.path.stations[act.source].kind == act.into.stations[act.target].kind and act.into is not act.path
    arende.go(act.move, act.target, act.into.id)
    arende.edition += 1
    arende.last_act_at = act.at
    if act.target != act.source and not stays:
        arende.station_since = act.at
    store(arende)


def _record(act: ActContext) -> int:
    payload: dict[str, Any] = {"reason": act.reason, "actor": act.actor.name, "body": act.standing.body_name}
    payload |= {
        "move": act.move.name,
        "from": act.path.stations[act.source].name,
        "to": act.into.stations[act.target].name,
        "title": act.content.title,
    }
    if act.avsteg:
        payload["avsteg"] = act.avsteg
    return journal.append(
        journal.Envelope(
            county_id=act.arende.county_id,
            act_id=act.act_id,
            act=Act(act.move.kind.value),
            at=act.at,
            actor_id=act.actor.pk,
            body_id=act.standing.body_id,
            role=act.standing.role,
            mandate=act.standing.mandate,
            move=act.move.code,
            satsning_id=act.arende.pk,
            version_id=act.into.id,
            from_station=act.source,
            to_station=act.target,
            revision_id=act.revision_id,
        ),
        payload | stands_in(act.standing) | act.payload,
    )
