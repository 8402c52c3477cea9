"""The acts by which a round begins and ends: open, close with what has come in, withdraw. See also `chasing`.

Each act is one transaction: the case is locked, the right is asked, what was sent is cleaned, viewflow's process goes
on, rows and journal are written. Whoever may not read the case is told that there is none.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from governance.models import Body, Person
from governance.permissions import Standing
from satsningar import content
from satsningar.models import Handling, Revision, Satsning
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.machine import Arende
from workflow.notices.whom import Given
from workflow.revisions import freeze
from workflow.rights import may_open_round, viewer
from workflow.rounds import flows
from workflow.rounds.cleaning import reason_of
from workflow.rounds.inputs import TITLE_LIMIT, Asked, clean_round
from workflow.rounds.models import Round, RoundAnswer, RoundQuestion
from workflow.rounds.questions import Question, asked_already, key_of
from workflow.rounds.rights import closing_standing
from workflow.rounds.saying import named, who_closes, who_opens
from workflow.rounds.selectors import possible_receivers, unconfirmed
from workflow.vocabulary import Act, AnswerState, RoundEnding, RoundKind

SHARED_FOR = {
    RoundKind.REMISS: ("för synpunkter", Handlingsstatus.ARBETSMATERIAL),
    RoundKind.SAMRAD: ("för synpunkter", Handlingsstatus.ARBETSMATERIAL),
    RoundKind.RESURSBEKRAFTELSE: ("för beslut", Handlingsstatus.EXPEDIERAD),
}
"""Why the satsning is shared in a round, and what that makes of what is shared (domain, section 7): an assessment."""


def open_round(  # noqa: PLR0913 - a round is made of this many facts
    satsning_id: int,
    kind: RoundKind,
    *,
    actor: Person,
    purpose: str,
    deadline: date | None,
    questions: Sequence[Question] = (),
    receivers: Sequence[int] | None = None,
) -> Round:
    """Ask several bodies at once, and return the round.

    Effects, in order, in one transaction: the case is locked; the right is asked; what was sent is cleaned, and no open
    round may ask the same; the content is frozen, unless the newest revision already says the same; viewflow's process
    is started with a task for each receiver; round, questions, answers to come and a line per receiver in the list of
    documents are written; the journal is written.

    Args:
        satsning_id: the case.
        kind: a remiss, a samråd, or a confirmation of resources.
        actor: who asks.
        purpose: what the answers will be used for, in one line.
        deadline: the last day for answers; today at the earliest.
        questions: what is asked, each about a part or about the whole; nothing particular where there are none.
        receivers: the ids of the bodies asked, see `selectors.possible_receivers`. For a confirmation of resources,
            None asks every taking-part organisation that has not confirmed.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor may not open such a round where the case stands.
        NotFromHere: a confirmation of resources is already open.
        Invalid: something is missing or cannot be used; the same is asked already; nothing is left to confirm.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_open(arende, kind, actor)
            possible = possible_receivers(arende, kind, asking=[standing.body_id])
            if receivers is None:
                receivers = _still_to_confirm(arende, kind, possible)
            asked = clean_round(purpose, questions, deadline, receivers, possible)
            if already := asked_already(arende, kind, asked.questions):
                raise Invalid({"questions": [already]})
        return _open(arende, kind, standing, actor, asked)


def ask_to_open(arende: Satsning, kind: RoundKind, actor: Person) -> Standing:
    """Return the standing by which the actor opens such a round on the case now.

    Raises:
        NoMandate: the actor may not, where the case stands.
        NotFromHere: a confirmation of resources is already open: it always asks the same.

    """
    standing = may_open_round(viewer(actor), arende, kind)
    if standing is None:
        raise NoMandate(who_opens(kind, arende, actor))
    if kind == RoundKind.RESURSBEKRAFTELSE and (already := asked_already(arende, kind, ())):
        raise NotFromHere(already)
    return standing


def _still_to_confirm(arende: Arende, kind: RoundKind, possible: Sequence[Body]) -> list[int]:
    """Return whom a confirmation of resources asks when nobody is named; other rounds always name their receivers."""
    if kind != RoundKind.RESURSBEKRAFTELSE:
        return []
    left = unconfirmed(arende, possible)
    if possible and not left:
        raise Invalid({"receivers": ["Alla deltagande organisationer har redan bekräftat sina resurser."]})
    return [body.pk for body in left]


def _open(arende: Arende, kind: RoundKind, standing: Standing, actor: Person, asked: Asked) -> Round:
    at = timezone.now()
    revision_id, number = _revision(arende, kind)
    process, tasks = flows.start([body.pk for body in asked.receivers])
    held = Round.objects.create(
        satsning_id=arende.pk,
        kind=kind,
        purpose=asked.purpose,
        asked_key=key_of(kind, asked.questions),
        deadline=asked.deadline,
        revision_id=revision_id,
        opened_at=at,
        opened_by=actor,
        opened_by_body_id=standing.body_id,
        process=process,
    )
    RoundQuestion.objects.bulk_create(
        RoundQuestion(round=held, number=place, text=one.text, part=one.part)
        for place, one in enumerate(asked.questions, start=1)
    )
    answers = ask_each(held, asked.receivers, tasks, revision=number, sender=standing.body_name)
    record_act(
        arende,
        Act.RUNDA_OPPNAD,
        actor=actor,
        standing=standing,
        revision_id=revision_id,
        payload={
            **named(held),
            "reason": str(held),
            "questions": [[one.part, one.text] for one in asked.questions],
            "deadline": asked.deadline.isoformat(),
            "receivers": [answer.receiver for answer in answers],
            "bodies": [answer.body_id for answer in answers],
        },
        given=Given(bodies=tuple(body.pk for body in asked.receivers), expected="Svara", due=asked.deadline),
    )
    return held


def ask_each(
    held: Round, receivers: Sequence[Body], tasks: Mapping[int, int], *, revision: int, sender: str
) -> list[RoundAnswer]:
    """Write the answers to come of some receivers, and a line for each in the list of documents; part of an act."""
    answers = [RoundAnswer(round=held, body=body, deadline=held.deadline, task_id=tasks[body.pk]) for body in receivers]
    RoundAnswer.objects.bulk_create(answers)
    shared_for, status = SHARED_FOR[RoundKind(held.kind)]
    Handling.objects.bulk_create(
        Handling(
            satsning_id=held.satsning_id,
            kind=Handlingsslag.REVISION,
            title=f"Revision {revision}: {held.purpose}"[:TITLE_LIMIT],
            date=timezone.localdate(),
            sender=sender,
            receiver=answer.receiver,
            purpose=shared_for,
            status=status,
            revision_id=held.revision_id,
        )
        for answer in answers
    )
    return answers


def _revision(arende: Arende, kind: RoundKind) -> tuple[int, int]:
    """Return id and number of the revision that is sent: the newest when nothing has changed since, else a new one."""
    read = content.read(arende.pk)
    newest = Revision.objects.filter(satsning_id=arende.pk).order_by("-number").only("number", "sha256").first()
    if newest is not None and newest.sha256 == read.sha256:
        return newest.pk, newest.number
    return freeze(arende.pk, read.parts, act=kind.value, at=timezone.now())


def close_round(round_id: int, *, actor: Person) -> Round:
    """Close a round with what has come in; see `_end`."""
    return _end(round_id, actor, RoundEnding.STANGD, Act.RUNDA_STANGD)


def withdraw_round(round_id: int, *, actor: Person, reason: str) -> Round:
    """Take a question back: it is answered no more, and what has come in counts for nothing; see `_end`.

    The answers that have come in are received documents and stay. A withdrawn remiss has not been held, and nothing is
    confirmed in a withdrawn confirmation of resources.

    Raises:
        Invalid: no reason is given, or it cannot be stored.

    """
    return _end(round_id, actor, RoundEnding.DRAGEN, Act.RUNDA_DRAGEN, reason)


def _end(round_id: int, actor: Person, ending: RoundEnding, act: Act, raw: str = "") -> Round:
    """End a round before everybody has answered.

    Effects, in order, in one transaction: the case is locked; the right is asked; the round must be open; viewflow's
    process ends, by which the round is closed and what was not answered is marked so; the journal is written.

    Raises:
        Satsning.DoesNotExist: there is no such round of a case that the actor may read.
        NoMandate: the actor may not end it.
        NotFromHere: it is closed already.

    """
    with transaction.atomic():
        arende, held = lock_round(round_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_close(arende, held, actor)
            reason = ""
            if ending == RoundEnding.DRAGEN:
                reason = reason_of(raw, "Skriv varför frågan dras tillbaka.")
        missing = _missing(held)
        flows.close(held.process, ending, reason)
        record_act(
            arende,
            act,
            actor=actor,
            standing=standing,
            revision_id=held.revision_id,
            payload={
                **named(held),
                "reason": "\n\n".join(piece for piece in (str(held), reason) if piece),
                "ending_reason": reason,
                "unanswered": missing,
            },
            given=Given(bodies=(held.opened_by_body_id, *_waited_for(held, ending))),
        )
        return Round.objects.get(pk=round_id)


def _waited_for(held: Round, ending: RoundEnding) -> list[int]:
    """Return the bodies that need not answer any more, where the questions were withdrawn."""
    if ending != RoundEnding.DRAGEN:
        return []
    return list(held.answers.order_by("pk").values_list("body_id", flat=True))


def lock_round(round_id: int) -> tuple[Arende, Round]:
    """Return a round, read after its case was locked.

    Raises:
        Satsning.DoesNotExist: there is none.

    """
    satsning_id = Round.objects.filter(pk=round_id).values_list("satsning", flat=True).first()
    if satsning_id is None:
        raise Satsning.DoesNotExist
    arende = lock(satsning_id)
    return arende, Round.objects.select_related("process", "opened_by_body").get(pk=round_id)


def ask_to_close(arende: Satsning, held: Round, actor: Person) -> Standing:
    """Return the standing by which the actor has a say in the round while it is open: ends it, chases its answers.

    Raises:
        NoMandate: the actor may not.
        NotFromHere: it is closed already.

    """
    standing = closing_standing(viewer(actor), arende, held)
    if standing is None:
        raise NoMandate(who_closes(held, arende, actor))
    if not held.is_open:
        raise NotFromHere("Den är redan stängd.")
    return standing


def _missing(held: Round) -> list[str]:
    waiting = held.answers.filter(state=AnswerState.VANTAR).select_related("body__organisation")
    return [answer.receiver for answer in waiting]


def end_rounds(arende: Satsning) -> None:
    """End what is still open when a case has reached the end of its path; part of the act that took it there."""
    for held in Round.objects.filter(satsning_id=arende.pk, closed_at=None).select_related("process"):
        flows.close(held.process, RoundEnding.ARENDET)
