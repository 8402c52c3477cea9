"""The acts of those who are asked in a round: answer, and hand the answer over to a colleague.

What has been answered is a received document; nothing here, and no trigger of the database's, lets it be changed.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import Standing
from satsningar.models import Handling, Satsning
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.machine import Arende
from workflow.rights import station_of, viewer
from workflow.rounds import flows
from workflow.rounds.inputs import TITLE_LIMIT, Reply, clean_confirmation, clean_opinion, clean_refusal
from workflow.rounds.models import RoundAnswer
from workflow.rounds.rights import answering_standing
from workflow.rounds.saying import named, who_answers
from workflow.rounds.selectors import answer_of, answerers
from workflow.vocabulary import Act, AnswerState, RoundKind

ANSWER_KINDS = {
    RoundKind.REMISS: Handlingsslag.REMISSVAR,
    RoundKind.RESURSBEKRAFTELSE: Handlingsslag.BEKRAFTELSE,
}


def answer_remiss(answer_id: int, *, actor: Person, stance: str, text: str = "") -> RoundAnswer:
    """Give a receiver's views: it agrees, agrees with changes, or advises against; see `_answer`.

    Args:
        answer_id: which receiver's answer in which remiss.
        actor: somebody who answers for the receiver.
        stance: one of `inputs.OPINIONS`.
        text: the views; must be there unless the receiver simply agrees.

    """
    return _answer(answer_id, RoundKind.REMISS, AnswerState.BESVARAD, actor, lambda: clean_opinion(stance, text))


def confirm_resources(
    answer_id: int, *, actor: Person, text: str = "", decision_date: date | None = None, decision_number: str = ""
) -> RoundAnswer:
    """Confirm an organisation's resources, with the decision made at home where there is one; see `_answer`."""
    return _answer(
        answer_id,
        RoundKind.RESURSBEKRAFTELSE,
        AnswerState.BESVARAD,
        actor,
        lambda: clean_confirmation(text, decision_date, decision_number),
    )


def decline_resources(answer_id: int, *, actor: Person, reason: str) -> RoundAnswer:
    """Say why an organisation does not confirm its resources; see `_answer`."""
    return _answer(answer_id, RoundKind.RESURSBEKRAFTELSE, AnswerState.AVBOJD, actor, lambda: clean_refusal(reason))


def _answer(
    answer_id: int, kind: RoundKind, state: AnswerState, actor: Person, clean: Callable[[], Reply]
) -> RoundAnswer:
    """Give a receiver's answer, once and for all.

    Effects, in order, in one transaction: the case is locked; the right is asked; the answer must still be waited for;
    what was sent is cleaned; the answer is written; viewflow's task is finished, and with the last one the round; a
    received document is listed; the journal is written.

    Raises:
        Satsning.DoesNotExist: there is no such answer to a case that the actor may read.
        NoMandate: the actor does not answer for the receiver today, or it is a colleague's to answer.
        NotFromHere: the answer is already given, the round is closed, or it asks for something else.
        Invalid: something is missing or cannot be used.

    """
    with transaction.atomic():
        arende, answer = _lock(answer_id)
        held = answer.round
        with hidden_from_strangers(arende, actor):
            standing = ask_to_answer(arende, answer, actor)
            if held.kind != kind:
                raise NotFromHere(f"Det här är ett svar på {held.get_kind_display().lower()}.")
            reply = clean()
        answer.state, answer.stance, answer.text = state, reply.stance, reply.text
        answer.home_decision_date, answer.home_decision_number = reply.decision_date, reply.decision_number
        answer.answered_at, answer.answered_by = timezone.now(), actor
        answer.save()
        ended = flows.finish(answer.task, actor)
        _list_answer(arende, answer)
        record_act(
            arende,
            Act.RUNDA_BESVARAD,
            actor=actor,
            standing=standing,
            revision_id=held.revision_id,
            payload={
                **named(held),
                "reason": f"{answer.receiver}: {answer.outcome}",
                "receiver": answer.receiver,
                "state": answer.state,
                "stance": answer.outcome,
                "text": answer.text,
                "home_decision": [str(answer.home_decision_date or ""), answer.home_decision_number],
                "ended": ended,
            },
        )
        return answer


def _lock(answer_id: int) -> tuple[Arende, RoundAnswer]:
    """Return the answer, read after its case was locked."""
    satsning_id = RoundAnswer.objects.filter(pk=answer_id).values_list("round__satsning", flat=True).first()
    if satsning_id is None:
        raise Satsning.DoesNotExist
    return lock(satsning_id), answer_of(answer_id)


def ask_to_hand_over(arende: Satsning, answer: RoundAnswer, actor: Person) -> Standing:
    """Return the standing by which the actor has a say in the receiver's answer while it is waited for.

    Raises:
        NoMandate: the actor does not answer for the receiver today.
        NotFromHere: the answer is already given or the round is closed.

    """
    standing = answering_standing(viewer(actor), answer.body)
    if standing is None:
        raise NoMandate(who_answers(answer, arende, actor))
    if answer.state in {AnswerState.BESVARAD, AnswerState.AVBOJD}:
        raise NotFromHere(f"{answer.receiver} har redan svarat. Ett svar som har kommit in ändras inte.")
    if not answer.round.is_open or station_of(arende).is_final:
        raise NotFromHere("Det går inte att svara längre, för det är stängt.")
    return standing


def ask_to_answer(arende: Satsning, answer: RoundAnswer, actor: Person) -> Standing:
    """Return the standing by which the actor gives the receiver's answer now.

    An answer is left to the colleague it was handed over to, for as long as that colleague may give it.

    Raises:
        NoMandate: as `ask_to_hand_over`, or it is a colleague's to answer.
        NotFromHere: as `ask_to_hand_over`.

    """
    standing = ask_to_hand_over(arende, answer, actor)
    colleague = answer.assigned_to
    if colleague is None or colleague == actor:
        return standing
    if any(one.person_id == colleague.pk for one in answerers(answer.body)):
        raise NoMandate(
            f"Svaret är överlämnat till {colleague.name}. Lämna över det till dig om du ska svara i stället."
        )
    return standing


def _list_answer(arende: Arende, answer: RoundAnswer) -> None:
    """List the answer as a received document, owned by the organisation it came from."""
    held = answer.round
    Handling.objects.create(
        satsning_id=arende.pk,
        kind=ANSWER_KINDS[RoundKind(held.kind)],
        title=f"Svar från {answer.receiver}: {held.purpose}"[:TITLE_LIMIT],
        date=timezone.localdate(answer.answered_at),
        sender=answer.receiver,
        receiver=held.opened_by_body.name,
        status=Handlingsstatus.INKOMMEN,
        owner_id=answer.body.organisation_id,
        revision_id=held.revision_id,
    )


def hand_over(answer_id: int, *, actor: Person, to_id: int) -> RoundAnswer:
    """Leave an answer to a colleague who may answer for the same receiver, or take it over oneself.

    Effects, in order, in one transaction: the case is locked; the right is asked; the answer must still be waited for;
    viewflow's task and the answer become the colleague's; the journal is written.

    Args:
        answer_id: which receiver's answer in which round.
        actor: somebody who answers for the receiver.
        to_id: the colleague's id; the actor's own to take it over.

    Raises:
        Satsning.DoesNotExist: there is no such answer to a case that the actor may read.
        NoMandate: the actor does not answer for the receiver today.
        NotFromHere: the answer is already given or the round is closed.
        Invalid: nobody with that id may answer for the receiver, or it is already theirs.

    """
    with transaction.atomic():
        arende, answer = _lock(answer_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_hand_over(arende, answer, actor)
            colleague = next((one for one in answerers(answer.body) if one.person_id == to_id), None)
            if colleague is None:
                raise Invalid({"to": [f"Välj någon som svarar för {answer.receiver}."]})
            if answer.assigned_to_id == to_id:
                raise Invalid({"to": [f"Svaret ligger redan hos {colleague.name}."]})
        give_to(arende, answer, Person.objects.get(pk=to_id), actor=actor, standing=standing)
        return answer


def give_to(arende: Arende, answer: RoundAnswer, colleague: Person, *, actor: Person, standing: Standing) -> None:
    """Make an answer a colleague's and record it; the caller holds the lock, has asked the right and chosen rightly."""
    answer.assigned_to = colleague
    answer.save(update_fields=["assigned_to"])
    flows.hand_over(answer.task, colleague)
    record_act(
        arende,
        Act.RUNDA_OVERLAMNAD,
        actor=actor,
        standing=standing,
        payload={
            **named(answer.round),
            "reason": f"{answer.receiver}: överlämnat till {colleague.name}",
            "receiver": answer.receiver,
            "to_person": colleague.name,
        },
    )
