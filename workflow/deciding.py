"""The kinds of move that a deciding body makes in a meeting: what each does beside changing station."""

from decimal import Decimal

from governance import prepared
from governance.paths import MoveValue, PathVersion
from governance.vocabulary import MoveKind
from satsningar import content, services
from satsningar.cleaning import clean_text
from satsningar.models import Handling
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from workflow import decisions
from workflow.conditions import ADOPTING
from workflow.context import ActContext
from workflow.deciders import decider_of
from workflow.errors import NotFromHere
from workflow.models import Andringsforslag, Anmalan
from workflow.revisions import freeze
from workflow.steps import check, effect


def record_decision(act: ActContext, changed_parts: tuple[str, ...] = (), receiver: str = "") -> None:
    """The decision is written for ever and listed among the case's documents; the anmälan is closed by it."""
    if act.quorate is None:
        msg = "a move in a meeting is checked by workflow.decisions before it takes effect"
        raise AssertionError(msg)
    beslut = decisions.record(
        act.arende,
        act.move,
        act.quorate,
        act_id=act.act_id,
        at=act.at,
        actor_id=act.actor.pk,
        reason=act.reason,
        revision_id=act.revision_id if changed_parts and act.revision_id else act.quorate.anmalan.revision_id,
        changed_parts=changed_parts,
        avsteg=act.avsteg,
    )
    act.payload["beslut"] = {
        "meeting": beslut.meeting_date.isoformat(),
        "paragraph": beslut.paragraph,
        "wording": beslut.wording,
        "amended": beslut.amended_wording,
        "condition": beslut.condition,
        "quorum": beslut.quorum,
        "to_meeting": beslut.to_meeting.isoformat() if beslut.to_meeting else None,
        "participants": [[p.membership_id, p.jav, p.jav_reason] for p in act.quorate.decision.participants],
    }
    if act.quorate.decision.meeting:
        act.payload["beslut"]["mote"] = dict(act.quorate.decision.meeting)
    act.handlingar.append(
        Handling(
            satsning_id=act.arende.pk,
            kind=Handlingsslag.BESLUT,
            title=f"{beslut.paragraph} {act.move.name}",
            date=beslut.meeting_date,
            sender=act.standing.body_name,
            receiver=receiver or act.arende.ansvarig_grupp.name,
            purpose="för beslut" if receiver else "för kännedom och åtgärd",
            status=Handlingsstatus.UPPRATTAD,
            revision_id=beslut.revision_id,
        )
    )
    if act.move.kind == MoveKind.BORDLAGGNING:
        return
    if act.move.kind == MoveKind.ATERREMISS:
        close_anmalan(act)
    else:
        prepared.run(_SETTLE, {"satsning": act.arende.pk, "at": act.at})


_SETTLE = """
WITH closed AS (UPDATE workflow_anmalan SET closed_at = %(at)s WHERE satsning_id = %(satsning)s AND closed_at IS NULL)
UPDATE workflow_utlatande SET text = '', rekommendation = '', forslag = '' WHERE satsning_id = %(satsning)s
"""
"""What was said and brought before the body has been answered: the next matter begins with statements of its own."""


def close_anmalan(act: ActContext) -> None:
    """Nothing of the case is before a deciding body any longer."""
    Anmalan.objects.filter(satsning_id=act.arende.pk, closed_at=None).update(closed_at=act.at)


@effect(
    MoveKind.BIFALL,
    MoveKind.AVSLAG,
    MoveKind.BORDLAGGNING,
    MoveKind.FORTSATT,
    MoveKind.BREDDINFOR,
    MoveKind.SLUTFOR,
    MoveKind.AVBRYT,
)
def decide(act: ActContext) -> None:
    """The decision is recorded."""
    record_decision(act)


@check(MoveKind.ANDRINGSBESLUT)
def check_andringsbeslut(act: ActContext) -> None:
    """Only changes that were frozen on the table are decided.

    Raises:
        NotFromHere: a change was proposed after the matter was brought.

    """
    if act.facts.proposed_late:
        raise NotFromHere("Ändringsförslaget skrevs efter anmälan till beslut och ligger inte på bordet.")


@effect(MoveKind.ANDRINGSBESLUT)
def andringsbeslut(act: ActContext) -> None:
    """The proposed parts become the decided ones, and the decision points at the revision that makes."""
    record_decision(act, adopt_proposals(act))


def adopt_proposals(act: ActContext) -> tuple[str, ...]:
    """Let the proposed parts be what holds, freeze that, and return their codes.

    Raises:
        NotFromHere: the matter was brought for another decision, so that the changes are not what lies on the table.

    """
    brought = act.quorate.anmalan.move if act.quorate else ""
    if any(move.code == brought and move.kind not in ADOPTING for move in act.path.moves):
        raise NotFromHere(
            "Anmälan gäller ett annat beslut, så ändringsförslaget ligger inte på bordet. Anmäl ändringen."
        )
    proposals = list(Andringsforslag.objects.filter(satsning_id=act.arende.pk, closed_at=None).order_by("id"))
    for proposal in proposals:
        services.write_part(
            act.arende.pk,
            proposal.part,
            proposal.value,
            person_id=proposal.saved_by_id,
            expected_version=act.content.versions[proposal.part],
        )
    Andringsforslag.objects.filter(pk__in=[proposal.pk for proposal in proposals]).update(closed_at=act.at)
    act.content = content.read(act.arende.pk)
    act.revision_id, act.revision_number = freeze(act.arende.pk, act.content.parts, act=act.move.code, at=act.at)
    return tuple(proposal.part for proposal in proposals)


@check(MoveKind.BESLUT_EFTER_FORSTUDIE)
def check_beslut_efter_forstudie(act: ActContext) -> None:
    """To stop after a pre-study takes a reason; to go on with changes, those that lay on the table.

    Raises:
        NotFromHere: a change was proposed after the matter was brought.

    """
    if act.path.stations[act.target].is_final:
        if not act.reason:
            act.errors.add("reason", "Skriv varför satsningen slutar här.")
    else:
        check_andringsbeslut(act)


@effect(MoveKind.BESLUT_EFTER_FORSTUDIE)
def beslut_efter_forstudie(act: ActContext) -> None:
    """The satsning goes on, with what the pre-study proposed to change; or it ends, and the proposals with it."""
    changed: tuple[str, ...] = ()
    if act.facts.proposed_parts and not act.path.stations[act.target].is_final:
        changed = adopt_proposals(act)
    elif act.facts.proposed_parts:
        Andringsforslag.objects.filter(satsning_id=act.arende.pk, closed_at=None).update(closed_at=act.at)
    record_decision(act, changed)


def usual_proposal(path: PathVersion, station: str, cost: Decimal | None) -> MoveValue | None:
    """Return what an anmälan at a step proposes unless something else is said: bifall, else that it is handed over."""
    moves = [move for move in path.moves_from(station) if move.in_meeting and move.is_open_to(cost)]
    kinds = (MoveKind.BIFALL, MoveKind.OVERLAMNA)
    return next((move for kind in kinds for move in moves if move.kind == kind), None)


@check(MoveKind.OVERLAMNA)
def check_overlamna(act: ActContext) -> None:
    """There is something that the receiving body can decide.

    Raises:
        NotFromHere: it could decide nothing about a satsning of this cost.

    """
    if usual_proposal(act.path, act.target, act.cost) is None:
        there = act.path.stations[act.target].name
        raise NotFromHere(f"I steget {there} finns inget att besluta om en satsning med den här kostnaden.")


@effect(MoveKind.OVERLAMNA)
def overlamna(act: ActContext) -> None:
    """The decision to hand over is recorded, and the same papers come before the other body, with its wording."""
    move = usual_proposal(act.path, act.target, act.cost)
    if move is None or act.quorate is None:
        msg = "checked before: the receiving body can decide, and this one was quorate"
        raise AssertionError(msg)
    body, before = decider_of(move, act.arende), act.quorate.anmalan
    record_decision(act, receiver=body.name)
    Anmalan.objects.create(
        satsning_id=act.arende.pk,
        move=move.code,
        body_id=body.pk,
        made_by_id=act.standing.body_id,
        utlatande=before.utlatande,
        rekommendation=before.rekommendation,
        forslag=clean_text(act.quorate.decision.amended_wording).strip() or before.forslag,
        gate=move.gate.code if move.gate else "",
        revision_id=before.revision_id,
        opened_at=act.at,
        opened_by_id=act.actor.pk,
    )
    act.payload["overlamnad_till"] = body.name
