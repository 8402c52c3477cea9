"""Asking for an avsteg, taking the request back, granting and denying it: the only writer of requests and answers."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Body, Person
from governance.permissions import Standing
from governance.vocabulary import RequirementCode
from satsningar import content
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from workflow import facts
from workflow.avsteg.ending import RUNNING
from workflow.avsteg.models import Avsteg, Avstegssvar
from workflow.avsteg.rights import (
    body_of_request,
    body_to_answer,
    gates_ahead,
    has_jav,
    has_own_interest,
    may_be_waived,
    standing_to_answer,
    standing_to_ask,
    standing_to_withdraw,
)
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.errors import Invalid, Jav, NoMandate, NotFromHere, Refusal, Stale
from workflow.gates import gaps_of_requirement
from workflow.machine import Arende
from workflow.rights import Viewer, station_of, viewer
from workflow.vocabulary import Act, Avstegslage

ANSWERS = {Avstegslage.MEDGIVET: Act.AVSTEG_MEDGIVET, Avstegslage.AVSLAGET: Act.AVSTEG_AVSLAGET}
"""The two answers to a request, and what the journal calls them."""


def ask(  # noqa: PLR0913 - a request is made of this many facts
    satsning_id: int, gate: str, requirement: str, *, reason: str, actor: Person, expected_edition: int
) -> int:
    """Ask that one requirement of one gate is waived for a case; return the request's id.

    Effects, in order: the case is locked, its edition goes up and the journal is written, the request is written.

    Args:
        satsning_id: the case.
        gate: the code of a gate that the case stands before.
        requirement: the code of a requirement of that gate that is not met.
        reason: why.
        actor: who asks, for the ansvarig grupp or a preparing body.
        expected_edition: the case's edition as the actor saw it.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor neither writes for the ansvarig grupp nor prepares the case.
        Stale: the case has changed since the actor saw it.
        NotFromHere: the case does not stand before the gate.
        Invalid: the requirement is not in the gate, cannot be waived, is met or has been asked for, or the reason is
            missing.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = standing_to_ask(viewer(actor), arende)
            if standing is None:
                raise NoMandate(who_asks(arende))
            if arende.edition != expected_edition:
                raise Stale
            check_request(arende, gate, requirement)
            text = _written(reason, "Skriv varför kravet inte kan eller inte bör uppfyllas.")
        found = gates_ahead(arende)[gate]
        code = RequirementCode(requirement)
        begart = {"gate": gate, "requirement": code.value, "body": arende.beslutsorgan_id}
        payload = {"reason": text, "krav": str(code.label), "grind": found.name, "begart": begart}
        act_id = record_act(arende, Act.AVSTEG_BEGART, actor=actor, standing=standing, payload=payload)
        row = Avsteg.objects.create(
            satsning_id=arende.pk,
            version_id=arende.version_id,
            gate=gate,
            gate_name=found.name,
            requirement=code.value,
            reason=text,
            asked_by=actor,
            asked_by_body_id=standing.body_id,
            body_id=body_to_answer(arende, gate).pk,
            asked_at=timezone.now(),
            act_id=act_id,
        )
        return row.pk


def who_asks(satsning: Satsning) -> str:
    """Return the sentence of who may ask for an avsteg in the case."""
    preparing = f" eller av {satsning.beredningsgrupp.name}" if satsning.beredningsgrupp else ""
    return f"Avsteg begärs av {satsning.ansvarig_grupp.name}{preparing}."


def who_answers(body: Body) -> str:
    """Return the sentence of who answers requests that are the body's to answer."""
    return f"Avsteg medges av den som har det uppdraget i {body.name}."


def check_request(arende: Satsning, gate: str, requirement: str) -> None:
    """Refuse a request that nobody could grant; two statements.

    Raises:
        NotFromHere: the case does not stand before the gate.
        Invalid: the requirement is not in the gate, cannot be waived, is met or has been asked for.

    """
    found = gates_ahead(arende).get(gate)
    if found is None:
        here = station_of(arende).name
        raise NotFromHere(f"Satsningen är i steget {here} och står inte inför den grinden.")
    if requirement not in found.requirements:
        raise Invalid({"requirement": [f"Kravet finns inte i grinden {found.name}."]})
    code = RequirementCode(requirement)
    if not may_be_waived(code):
        raise Invalid({"requirement": [f"Avsteg kan inte ges från ”{code.label}”."]})
    known = facts.read(arende.pk)
    for one in known.avsteg:
        if (one.gate, one.requirement) == (gate, code) and one.state in RUNNING:
            state = "redan begärt" if one.state == Avstegslage.BEGART else "redan medgivet"
            raise Invalid({"requirement": [f"Avsteg från ”{code.label}” är {state}."]})
    if not any(True for _ in gaps_of_requirement(code, content.read(arende.pk), known)):
        raise Invalid({"requirement": [f"”{code.label}” är uppfyllt. Det behövs inget avsteg."]})


def _written(reason: str, missing: str) -> str:
    try:
        text = clean_text(reason).strip()
    except ValidationError as error:
        raise Invalid({"reason": error.messages}) from None
    if not text:
        raise Invalid({"reason": [missing]})
    return text


def withdraw(satsning_id: int, avsteg_id: int, *, actor: Person) -> None:
    """Take back a request that nobody has answered.

    Raises:
        Satsning.DoesNotExist: there is no such request in a case that the actor may read.
        NoMandate: the actor does not act for the body that asked.
        NotFromHere: the request has been answered.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            avsteg = _avsteg_of(arende, avsteg_id)
            standing = standing_to_withdraw(viewer(actor), avsteg)
            if standing is None:
                raise NoMandate(f"Begäran tas tillbaka av {avsteg.asked_by_body.name}.")
            _refuse_answered(avsteg)
        payload = _named(avsteg)
        act_id = record_act(arende, Act.AVSTEG_ATERTAGET, actor=actor, standing=standing, payload=payload)
        _write_answer(avsteg, Avstegslage.ATERTAGET, "", actor=actor, standing=standing, act_id=act_id)


def answer(  # noqa: PLR0913 - an answer is made of this many facts
    satsning_id: int,
    avsteg_id: int,
    outcome: str,
    *,
    reason: str,
    declares_no_jav: bool,
    actor: Person,
    expected_edition: int,
) -> None:
    """Grant or deny an avsteg, with a written reason.

    Effects, in order: the case is locked, its edition goes up and the journal is written, the answer is written. A
    granted avsteg lets that requirement through that gate from then on, until the case has passed it.

    Args:
        satsning_id: the case.
        avsteg_id: the request.
        outcome: `Avstegslage.MEDGIVET` or `AVSLAGET`.
        reason: why; follows the case into the decision papers.
        declares_no_jav: the actor's word for having no conflict of interest; kept in the journal.
        actor: who answers, for the body that decides the move with the gate.
        expected_edition: the case's edition as the actor saw it.

    Raises:
        Satsning.DoesNotExist: there is no such request in a case that the actor may read.
        NoMandate: the actor does not hold the mandate in the body that decides the move with the gate.
        Jav: the request is the actor's own or that of a body the actor sits in, or the actor has jäv in the case.
        Stale: the case has changed since the actor saw it.
        NotFromHere: the request is answered, or the case does not stand before the gate any longer.
        Invalid: there is no such answer, no reason, or no word about jäv.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            avsteg = _avsteg_of(arende, avsteg_id)
            standing = _standing_to_answer(arende, avsteg, viewer(actor))
            if arende.edition != expected_edition:
                raise Stale
            _refuse_answered(avsteg)
            if avsteg.version_id != arende.version_id or avsteg.gate not in gates_ahead(arende):
                raise NotFromHere(f"Satsningen står inte längre inför grinden {avsteg.gate_name}.")
            text = _checked_answer(outcome, reason, declares_no_jav=declares_no_jav)
        lage = Avstegslage(outcome)
        payload = _named(avsteg) | {"reason": text, "utan_jav": True}
        act_id = record_act(arende, ANSWERS[lage], actor=actor, standing=standing, payload=payload)
        _write_answer(avsteg, lage, text, actor=actor, standing=standing, act_id=act_id)


def _avsteg_of(arende: Arende, avsteg_id: int) -> Avsteg:
    rows = Avsteg.objects.select_related("asked_by_body", "svar", "slut").filter(satsning=arende.pk, pk=avsteg_id)
    avsteg = rows.first()
    if avsteg is None:
        raise Satsning.DoesNotExist
    return avsteg


def _standing_to_answer(satsning: Satsning, avsteg: Avsteg, who: Viewer) -> Standing:
    body = body_of_request(satsning, avsteg)
    standing = standing_to_answer(who, body)
    if standing is None:
        raise NoMandate(who_answers(body))
    if has_own_interest(who, avsteg):
        raise Jav(f"Det är du eller din grupp som har begärt avsteget. Någon annan i {body.name} behöver svara.")
    if has_jav(who, satsning):
        raise Jav(f"Du har jäv i ärendet. Någon annan i {body.name} behöver svara.")
    return standing


def why_not_answer(who: Viewer, satsning: Satsning, avsteg: Avsteg) -> str:
    """Return why the person does not answer the request; empty for whoever may.

    At most one statement, and those of finding which body answers.
    """
    try:
        _standing_to_answer(satsning, avsteg, who)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _refuse_answered(avsteg: Avsteg) -> None:
    if (svar := getattr(avsteg, "svar", None)) is not None:
        raise NotFromHere(f"Begäran är inte öppen längre: {svar.get_outcome_display().lower()}.")


def _checked_answer(outcome: str, reason: str, *, declares_no_jav: bool) -> str:
    errors: dict[str, list[str]] = {}
    if outcome not in ANSWERS:
        errors["outcome"] = ["Välj om avsteget medges eller avslås."]
    if not declares_no_jav:
        errors["utan_jav"] = ["Kryssa för att du inte har jäv. Har du jäv behöver någon annan svara."]
    try:
        text = _written(reason, "Skriv varför. Skälet följer med i beslutsunderlaget.")
    except Invalid as refusal:
        errors |= refusal.errors
        text = ""
    if errors:
        raise Invalid(errors)
    return text


def _named(avsteg: Avsteg) -> dict[str, Any]:
    named = {"krav": avsteg.requirement_label, "grind": avsteg.gate_name, "begaran": avsteg.reason}
    return named | {"begaran_id": avsteg.pk}


def _write_answer(  # noqa: PLR0913 - an answer is made of this many facts
    avsteg: Avsteg, outcome: Avstegslage, reason: str, *, actor: Person, standing: Standing, act_id: UUID
) -> None:
    Avstegssvar.objects.create(
        avsteg=avsteg,
        outcome=outcome.value,
        reason=reason,
        by=actor,
        by_body_id=standing.body_id,
        at=timezone.now(),
        act_id=act_id,
    )
