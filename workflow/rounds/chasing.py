"""The acts by which whoever asked gets the answers in: give longer time, to all or to one, and remind."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from governance.models import Person
from governance.permissions import today
from satsningar.models import Satsning
from workflow.cases import hidden_from_strangers, record_act
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.errors import Invalid, NotFromHere
from workflow.inputs import Errors
from workflow.notices.whom import Given
from workflow.rounds.actions import ask_to_close, lock_round
from workflow.rounds.cleaning import refuse, text_of
from workflow.rounds.inputs import clean_extension
from workflow.rounds.models import Round, RoundAnswer, RoundReminder
from workflow.rounds.saying import named
from workflow.vocabulary import Act, AnswerState


def extend_round(round_id: int, *, actor: Person, deadline: date | None, reason: str = "") -> Round:
    """Give everybody who has not answered longer time.

    Effects, in order, in one transaction: the case is locked; the right is asked; the round must be open; the day is
    checked; the round's last day and that of everybody who would have had less is moved; the journal is written.

    Args:
        round_id: which round.
        actor: who asked.
        deadline: the new last day, later than the one before.
        reason: why, where there is something to say.

    Raises:
        Satsning.DoesNotExist: there is no such round of a case that the actor may read.
        NoMandate: the actor has no say in the round.
        NotFromHere: it is closed.
        Invalid: the day or the reason cannot be used.

    """
    with transaction.atomic():
        arende, held = lock_round(round_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_close(arende, held, actor)
            day, why = clean_extension(deadline, held.deadline), _reason(reason)
        before, held.deadline = held.deadline, day
        held.save(update_fields=["deadline"])
        longer = list(_waiting(held).filter(deadline__lt=day))
        _move([answer.pk for answer in longer], day)
        record_act(
            arende,
            Act.RUNDA_FORLANGD,
            actor=actor,
            standing=standing,
            payload={
                "reason": _said(f"{held}: svar senast {day}, tidigare {before}", why),
                "whole": True,
                **_longer(held, longer, day, before),
            },
            given=_asked_to_answer(longer, day),
        )
        return held


def extend_answer(answer_id: int, *, actor: Person, deadline: date | None, reason: str = "") -> RoundAnswer:
    """Give one receiver longer time than the others; see `extend_round`.

    Raises:
        Satsning.DoesNotExist: there is no such answer to a case that the actor may read.
        NoMandate: the actor has no say in the round.
        NotFromHere: the receiver has answered, or the round is closed.
        Invalid: the day or the reason cannot be used.

    """
    with transaction.atomic():
        arende, held = lock_round(_round_of(answer_id))
        answer = held.answers.select_related("body__organisation", "round").get(pk=answer_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_close(arende, held, actor)
            if answer.state != AnswerState.VANTAR:
                raise NotFromHere(f"{answer.receiver} har redan svarat.")
            day, why = clean_extension(deadline, answer.deadline), _reason(reason)
        before, answer.deadline = answer.deadline, day
        _move([answer.pk], day)
        record_act(
            arende,
            Act.RUNDA_FORLANGD,
            actor=actor,
            standing=standing,
            payload={
                "reason": _said(f"{held}: {answer.receiver} svarar senast {day}, tidigare {before}", why),
                "whole": False,
                **_longer(held, [answer], day, before),
            },
            given=_asked_to_answer([answer], day),
        )
        return answer


def remind(round_id: int, *, actor: Person, answer_ids: Sequence[int] | None = None) -> list[RoundAnswer]:
    """Remind receivers who have not answered, each at most once a day; return those who were.

    Effects, in order, in one transaction: the case is locked; the right is asked; the round must be open; a row for
    each receiver and the day is written; the journal is written, once for those who have the same last day, so that
    each is told of their own.

    Args:
        round_id: which round.
        actor: who asked.
        answer_ids: whose answers are waited for; None reminds everybody who has not been reminded today.

    Raises:
        Satsning.DoesNotExist: there is no such round of a case that the actor may read.
        NoMandate: the actor has no say in the round.
        NotFromHere: the round is closed, or whoever is to be reminded has answered or been reminded today.

    """
    with transaction.atomic():
        arende, held = lock_round(round_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_close(arende, held, actor)
            asked = _to_remind(held, answer_ids)
        day = today()
        RoundReminder.objects.bulk_create(RoundReminder(answer=answer, day=day, by=actor) for answer in asked)
        for due in sorted({answer.deadline for answer in asked}):
            those = [answer for answer in asked if answer.deadline == due]
            names = [answer.receiver for answer in those]
            record_act(
                arende,
                Act.RUNDA_PAMIND,
                actor=actor,
                standing=standing,
                payload={
                    **named(held),
                    "reason": f"{held}: {', '.join(names)}",
                    "day": day.isoformat(),
                    "receivers": names,
                    "bodies": [answer.body_id for answer in those],
                },
                given=_asked_to_answer(those, due),
            )
        return asked


def _to_remind(held: Round, answer_ids: Sequence[int] | None) -> list[RoundAnswer]:
    reminded = RoundReminder.objects.filter(answer=OuterRef("pk"), day=today()).exclude(kind=Paminnelseslag.ESKALERING)
    waiting = {answer.pk: answer for answer in _waiting(held).filter(~Exists(reminded))}
    if answer_ids is None:
        if not waiting:
            raise NotFromHere("Alla som inte har svarat har redan fått en påminnelse i dag.")
        return list(waiting.values())
    for answer in held.answers.filter(pk__in=answer_ids).select_related("body__organisation"):
        if answer.state != AnswerState.VANTAR:
            raise NotFromHere(f"{answer.receiver} har redan svarat.")
        if answer.pk not in waiting:
            raise NotFromHere(f"{answer.receiver} har redan fått en påminnelse i dag.")
    chosen = [waiting[id_] for id_ in dict.fromkeys(answer_ids) if id_ in waiting]
    if not chosen:
        raise Invalid({"answers": ["Välj vem som ska påminnas."]})
    return chosen


def _waiting(held: Round) -> QuerySet[RoundAnswer]:
    rows = held.answers.filter(state=AnswerState.VANTAR).select_related("body__organisation")
    return rows.order_by("body__organisation__position", "body__position", "pk")


def _move(answer_ids: Sequence[int], day: date) -> None:
    RoundAnswer.objects.filter(pk__in=answer_ids).update(deadline=day)


def _round_of(answer_id: int) -> int:
    found = RoundAnswer.objects.filter(pk=answer_id).values_list("round", flat=True).first()
    if found is None:
        raise Satsning.DoesNotExist
    return found


def _reason(raw: str) -> str:
    errors = Errors()
    reason = text_of(errors, "reason", raw)
    refuse(errors)
    return reason


def _said(what: str, why: str) -> str:
    return f"{what}.\n\n{why}" if why else f"{what}."


def _longer(held: Round, answers: Sequence[RoundAnswer], day: date, before: date) -> dict[str, Any]:
    """Return what the journal says of who got longer time, and how long."""
    return {
        **named(held),
        "deadline": day.isoformat(),
        "before": before.isoformat(),
        "receivers": [answer.receiver for answer in answers],
        "bodies": [answer.body_id for answer in answers],
    }


def _asked_to_answer(answers: Sequence[RoundAnswer], due: date) -> Given:
    """Return that those who are to answer are told so, and by when."""
    return Given(bodies=tuple(answer.body_id for answer in answers), expected="Svara", due=due)
