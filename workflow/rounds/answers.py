"""The acts of those who are asked in a round: answer, decline, and hand the answer over to a colleague.

What has been answered is a received document: nothing here changes it, and the database lets nothing do so. What is
added to it later is `addenda`; what is written and not yet sent is `drafts`.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import Standing
from satsningar.errors import Conflict
from satsningar.models import Handling, Satsning
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.machine import Arende
from workflow.notices.whom import Given
from workflow.rights import station_of, viewer
from workflow.rounds import flows
from workflow.rounds.cleaning import reason_of
from workflow.rounds.inputs import TITLE_LIMIT, Replies, Reply, clean_reply
from workflow.rounds.models import Round, RoundAnswer, RoundDraft, RoundQuestion, RoundReply
from workflow.rounds.rights import answering_standing
from workflow.rounds.saying import named, who_answers
from workflow.rounds.selectors import answer_of, answerers
from workflow.vocabulary import Act, AnswerState, RoundKind

ANSWER_KINDS = {
    RoundKind.REMISS: Handlingsslag.REMISSVAR,
    RoundKind.SAMRAD: Handlingsslag.SAMRADSSVAR,
    RoundKind.RESURSBEKRAFTELSE: Handlingsslag.BEKRAFTELSE,
}
OPINION_KINDS = (RoundKind.REMISS, RoundKind.SAMRAD)


def answer_remiss(  # noqa: PLR0913 - an answer is made of this many facts
    answer_id: int,
    *,
    actor: Person,
    stance: str,
    text: str = "",
    replies: Replies | None = None,
    seen_draft: int | None = None,
) -> RoundAnswer:
    """Give a receiver's views in a remiss or a samråd: it agrees, with changes or not, or is against; see `_answer`.

    Args:
        answer_id: which receiver's answer in which round.
        actor: somebody who answers for the receiver.
        stance: one of `inputs.OPINIONS`: what the answer comes to as a whole.
        text: the views; must be there unless the receiver simply agrees.
        replies: what is answered to each of the round's questions, by their number.
        seen_draft: the version of the draft that was seen, where a colleague's must not be thrown away unread.

    """
    return _answer(answer_id, OPINION_KINDS, actor, Reply(stance, text, replies or {}), seen_draft=seen_draft)


def confirm_resources(  # noqa: PLR0913 - an answer is made of this many facts
    answer_id: int,
    *,
    actor: Person,
    text: str = "",
    decision_date: date | None = None,
    decision_number: str = "",
    replies: Replies | None = None,
    seen_draft: int | None = None,
) -> RoundAnswer:
    """Confirm an organisation's resources, with the decision made at home where there is one; see `_answer`."""
    reply = Reply("", text, replies or {}, decision_date, decision_number)
    return _answer(answer_id, (RoundKind.RESURSBEKRAFTELSE,), actor, reply, seen_draft=seen_draft)


def decline(answer_id: int, *, actor: Person, reason: str, seen_draft: int | None = None) -> RoundAnswer:
    """Say why a receiver does not answer, or why an organisation does not confirm its resources; see `_answer`.

    None of the questions is answered with it.
    """
    return _answer(answer_id, tuple(RoundKind), actor, None, reason=reason, seen_draft=seen_draft)


def _answer(  # noqa: PLR0913 - as above
    answer_id: int,
    kinds: Collection[RoundKind],
    actor: Person,
    sent: Reply | None,
    *,
    reason: str = "",
    seen_draft: int | None = None,
) -> RoundAnswer:
    """Give a receiver's answer, once and for all; without anything sent it declines.

    Effects, in order, in one transaction: the case is locked; the right is asked; the answer must still be waited for;
    what was sent is cleaned; the answer is written, marked when it comes after the receiver's last day, and its draft
    is thrown away; viewflow's task is finished, and with the last one the round; a received document is listed; the
    journal is written.

    Raises:
        Satsning.DoesNotExist: there is no such answer to a case that the actor may read.
        NoMandate: the actor does not answer for the receiver today, or it is a colleague's to answer.
        NotFromHere: the answer is already given, the round is closed, or it asks for something else.
        Invalid: something is missing or cannot be used.
        Conflict: a colleague has written more of the draft than was seen.

    """
    with transaction.atomic():
        arende, answer = lock_answer(answer_id)
        held = answer.round
        questions = {one.number: one for one in held.questions.all()}
        with hidden_from_strangers(arende, actor):
            standing = ask_to_answer(arende, answer, actor)
            if held.kind not in kinds:
                raise NotFromHere(f"Det här är ett svar på {held.get_kind_display().lower()}.")
            reply = _cleaned(held, sent, reason, list(questions.values()))
            _refuse_unseen(answer, seen_draft)
        _write(answer, reply, questions, actor=actor, declined=sent is None)
        ended = flows.finish(answer.task, actor)
        list_received(arende, answer, ANSWER_KINDS[RoundKind(held.kind)], "Svar", at=answer.answered_at)
        record_act(
            arende,
            Act.RUNDA_BESVARAD,
            actor=actor,
            standing=standing,
            revision_id=held.revision_id,
            payload={
                **named(held),
                "reason": _said(answer),
                "receiver": answer.receiver,
                "state": answer.state,
                "stance": answer.outcome,
                "text": answer.text,
                "home_decision": [str(answer.home_decision_date or ""), answer.home_decision_number],
                "svar": {
                    "stance": answer.stance,
                    "late": answer.late,
                    "replies": [[number, one.stance, one.text] for number, one in reply.replies.items()],
                },
                "ended": ended,
            },
            given=Given(bodies=(held.opened_by_body_id,)),
        )
        return answer


def _refuse_unseen(answer: RoundAnswer, seen: int | None) -> None:
    kept = RoundDraft.objects.filter(answer=answer).first() if seen is not None else None
    if kept is not None and kept.version != seen:
        raise Conflict(kept.content, kept.version)


def _cleaned(held: Round, sent: Reply | None, reason: str, questions: Collection[RoundQuestion]) -> Reply:
    if sent is not None:
        return clean_reply(RoundKind(held.kind), sent, questions)
    confirms = held.kind == RoundKind.RESURSBEKRAFTELSE
    missing = "Skriv varför ni inte bekräftar resurserna." if confirms else "Skriv varför ni inte svarar."
    return Reply(text=reason_of(reason, missing, name="text"))


def _write(
    answer: RoundAnswer, reply: Reply, questions: Mapping[int, RoundQuestion], *, actor: Person, declined: bool
) -> None:
    answer.state = AnswerState.AVBOJD if declined else AnswerState.BESVARAD
    answer.stance, answer.text = reply.stance, reply.text
    answer.home_decision_date, answer.home_decision_number = reply.decision_date, reply.decision_number
    answer.answered_at, answer.answered_by = timezone.now(), actor
    answer.late = timezone.localdate(answer.answered_at) > answer.deadline
    answer.save()
    RoundReply.objects.bulk_create(
        RoundReply(answer=answer, question=questions[number], stance=one.stance, text=one.text)
        for number, one in reply.replies.items()
    )
    RoundDraft.objects.filter(answer=answer).delete()


def _said(answer: RoundAnswer) -> str:
    late = ", efter sista svarsdag" if answer.late else ""
    return f"{answer.receiver}: {answer.outcome}{late}"


def lock_answer(answer_id: int) -> tuple[Arende, RoundAnswer]:
    """Return the answer, read after its case was locked.

    Raises:
        Satsning.DoesNotExist: there is none.

    """
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


def list_received(arende: Arende, answer: RoundAnswer, kind: Handlingsslag, what: str, *, at: datetime | None) -> None:
    """List what has come from a receiver as a received document, owned by the organisation it came from."""
    held = answer.round
    Handling.objects.create(
        satsning_id=arende.pk,
        kind=kind,
        title=f"{what} från {answer.receiver}: {held.purpose}"[:TITLE_LIMIT],
        date=timezone.localdate(at),
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
        arende, answer = lock_answer(answer_id)
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
        given=Given(people=(colleague.pk,), expected="Svara", due=answer.deadline),
    )
