"""The kinds of move before and beside decisions: what they need to be told and what they do."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from governance import prepared
from governance.models import Body
from governance.paths import MoveValue
from governance.permissions import holders, today
from governance.vocabulary import BodyKind, Mandate, MoveKind, StationKind
from satsningar.cleaning import clean_text
from satsningar.models import Handling
from satsningar.vocabulary import DECIDED_PARTS, Handlingsslag, Handlingsstatus, PartCode
from workflow.comments.gathering import check_gathered, write_requests
from workflow.conditions import cost_before, why_closed
from workflow.context import ActContext
from workflow.deciders import decider_of
from workflow.deciding import record_decision, usual_proposal
from workflow.models import Anmalan, Komplettering, Utlatande
from workflow.steps import check, effect

_NEXT_REFERENCE = """
INSERT INTO satsningar_referenceseries AS s (body_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (body_id, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""


def give_reference(act: ActContext) -> None:
    """Give the case the next number of its deciding body's series, once."""
    body, year = act.arende.beslutsorgan, today().year
    if act.arende.reference or not body.reference_pattern:
        return
    [(number,)] = prepared.fetch_all(_NEXT_REFERENCE, [body.pk, year])
    act.arende.reference = body.reference(year, number)
    act.payload["reference"] = act.arende.reference


@effect(MoveKind.LAMNA_IN)
def lamna_in(act: ActContext) -> None:
    """The case gets its number and is from now on read by every body of the county."""
    give_reference(act)
    if act.arende.submitted_at is None:
        act.arende.submitted_at = act.at


@check(MoveKind.TA_UPP)
def check_ta_upp(act: ActContext) -> None:
    """A handläggare who may prepare in the body that takes the case up is named."""
    may = {holder.person_id for holder in holders(act.standing.body_id, Mandate.BEREDA, today())}
    if act.inputs.handlaggare_id is None:
        act.errors.add("handlaggare", "Välj vem som handlägger.")
    elif act.inputs.handlaggare_id not in may:
        act.errors.add("handlaggare", f"Handläggaren behöver ha uppdraget att bereda i {act.standing.body_name}.")


@effect(MoveKind.TA_UPP)
def ta_upp(act: ActContext) -> None:
    """The named handläggare takes the case."""
    act.arende.handlaggare_id = act.inputs.handlaggare_id
    act.payload["handlaggare"] = act.inputs.handlaggare_id


def asks_for_completion(act: ActContext) -> bool:
    """Tell whether the move sends the case to be completed."""
    return act.path.stations[act.target].kind == StationKind.KOMPLETTERING


@check(MoveKind.BEGAR_KOMPLETTERING, MoveKind.ATERREMISS)
def check_completion(act: ActContext) -> None:
    """What is to be completed is said part by part."""
    if not asks_for_completion(act):
        return
    if not act.inputs.requests and not act.inputs.comments:
        act.errors.add("requests", "Skriv vad som ska kompletteras i minst en del, eller välj en öppen kommentar.")
    check_gathered(act)
    for request in act.inputs.requests:
        if request.part not in DECIDED_PARTS:
            act.errors.add("requests", "Välj en av satsningens delar.")
        else:
            _check_text(act, request.text, f"Skriv vad som ska kompletteras i {PartCode(request.part).label.lower()}.")


def _check_text(act: ActContext, text: str, missing: str) -> None:
    try:
        if not clean_text(text).strip():
            act.errors.add("requests", missing)
    except ValidationError as error:
        act.errors.add("requests", error.messages[0])


@effect(MoveKind.BEGAR_KOMPLETTERING, MoveKind.ATERREMISS)
def ask_for_completion(act: ActContext) -> None:
    """The requests are open until the completion is handed in; a decision is recorded where it is one."""
    if act.quorate is not None:
        record_decision(act)
    if not asks_for_completion(act):
        return
    write_requests(act)


@effect(MoveKind.LAMNA_KOMPLETTERING)
def lamna_komplettering(act: ActContext) -> None:
    """The answered requests are closed."""
    Komplettering.objects.filter(satsning_id=act.arende.pk, closed_at=None).update(closed_at=act.at)


def proposed_move(act: ActContext) -> MoveValue | None:
    """Return the move that an anmälan proposes, from where the case will then stand: the usual where none is named."""
    if act.inputs.proposed_move:
        move = act.path.move_from(act.target, act.inputs.proposed_move)
        return move if move and move.in_meeting else None
    return usual_proposal(act.path, act.target, act.cost)


@check(MoveKind.ANMAL)
def check_anmal(act: ActContext) -> None:
    """A move that the deciding body can make from there is proposed, and nothing is before it already."""
    proposed = proposed_move(act)
    if proposed is None:
        act.errors.add("proposed_move", "Välj vad som föreslås.")
    else:
        cost = cost_before(act.arende.pk, proposed, act.content.parts, act.facts)
        if why := why_closed(act.path, act.target, proposed, cost):
            act.errors.add("proposed_move", why)
        act.lacks_cost |= proposed.condition is not None and cost is None
    if act.facts.open_anmalan is not None:
        act.errors.add("proposed_move", "Satsningen är redan anmäld till beslut.")


@effect(MoveKind.ANMAL)
def anmal(act: ActContext) -> None:
    """The body's words and the frozen revision come before the deciding body."""
    move = proposed_move(act)
    statement = statement_of(act.arende.pk, act.standing.body_id)
    if move is None or statement is None or act.revision_id is None:
        msg = "checked before: a proposed move, a complete statement and a revision"
        raise AssertionError(msg)
    body = decider_of(move, act.arende)
    Anmalan.objects.create(
        satsning_id=act.arende.pk,
        move=move.code,
        target=act.inputs.proposed_target,
        body_id=body.pk,
        made_by_id=act.standing.body_id,
        utlatande=statement.text,
        rekommendation=statement.rekommendation,
        forslag=statement.forslag,
        gate=move.gate.code if move.gate else "",
        avsteg=act.avsteg,
        revision_id=act.revision_id,
        opened_at=act.at,
        opened_by_id=act.actor.pk,
    )
    act.payload["anmalan"] = {
        "move": move.name,
        "rekommendation": statement.rekommendation,
        "forslag": statement.forslag,
    }
    act.handlingar.append(
        Handling(
            satsning_id=act.arende.pk,
            kind=Handlingsslag.UTLATANDE,
            title=f"Utlåtande: {move.name.lower()}",
            date=timezone.localdate(act.at),
            sender=act.standing.body_name,
            receiver=body.name,
            purpose="för beslut",
            status=Handlingsstatus.UPPRATTAD,
            revision_id=act.revision_id,
        )
    )


def statement_of(satsning_id: int, body_id: int) -> Utlatande | None:
    """Return the complete statement that is brought: the acting body's own, else another preparing body's."""
    complete = Utlatande.objects.filter(satsning=satsning_id).exclude(text="").exclude(rekommendation="")
    rows = list(complete.exclude(forslag="").order_by("saved_at"))
    return next((row for row in rows if row.body_id == body_id), rows[-1] if rows else None)


@check(MoveKind.BYT_ANSVARIG_GRUPP)
def check_byt_ansvarig_grupp(act: ActContext) -> None:
    """Another body of the county that has people who may write is named."""
    body = _named_body(act)
    if body is None or body.kind not in {BodyKind.ARBETSGRUPP, BodyKind.REGIONALT_STOD}:
        act.errors.add("ansvarig_grupp", "Välj en arbetsgrupp eller regionalt stöd.")
    elif body.pk == act.arende.ansvarig_grupp_id:
        act.errors.add("ansvarig_grupp", f"{body.name} är redan ansvarig grupp.")
    elif not holders(body.pk, Mandate.FORFATTA, today()):
        act.errors.add("ansvarig_grupp", f"Ingen i {body.name} har uppdraget att författa.")


def _named_body(act: ActContext) -> Body | None:
    county, named = act.arende.county_id, act.inputs.ansvarig_grupp_id or 0
    return Body.objects.filter(pk=named, county=county, ended_on=None).first()


@effect(MoveKind.BYT_ANSVARIG_GRUPP)
def byt_ansvarig_grupp(act: ActContext) -> None:
    """The named body answers for the case from now on."""
    body = _named_body(act)
    if body is None:
        msg = "checked before: a body of the county is named"
        raise AssertionError(msg)
    act.payload["ansvarig_grupp"] = [act.arende.ansvarig_grupp.name, body.name]
    act.arende.ansvarig_grupp = body
