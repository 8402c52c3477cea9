"""The acts of a round: open and close. With `answers`, the only writer of rounds and answers.

Each act is one transaction: the case is locked, the right is asked, what was sent is cleaned, viewflow's process goes
on, rows and journal are written. Whoever may not read the case is told that there is none.
"""

from collections.abc import Sequence
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
from workflow.revisions import freeze
from workflow.rights import may_open_round, viewer
from workflow.rounds import flows
from workflow.rounds.inputs import TITLE_LIMIT, Questions, clean_questions
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.rights import closing_standing
from workflow.rounds.saying import named, who_closes, who_opens
from workflow.rounds.selectors import possible_receivers, unconfirmed
from workflow.vocabulary import Act, AnswerState, RoundKind

SHARED_FOR = {
    RoundKind.REMISS: ("för synpunkter", Handlingsstatus.ARBETSMATERIAL),
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
    questions: str = "",
    receivers: Sequence[int] | None = None,
) -> Round:
    """Ask several bodies at once, and return the round.

    Effects, in order, in one transaction: the case is locked; the right is asked; no other round of the kind may be
    open; the content is frozen, unless the newest revision already says the same; viewflow's process is started with a
    task for each receiver; round, answers to come and a line per receiver in the list of documents are written; the
    journal is written.

    Args:
        satsning_id: the case.
        kind: a remiss, or a confirmation of resources.
        actor: who asks.
        purpose: what the answers will be used for, in one line.
        deadline: the last day for answers; today at the earliest.
        questions: what is asked.
        receivers: the ids of the bodies asked, see `selectors.possible_receivers`. For a confirmation of resources,
            None asks every taking-part organisation that has not confirmed.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor may not open such a round where the case stands.
        NotFromHere: such a round is already open.
        Invalid: something is missing or cannot be used; nothing is left to confirm.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_open(arende, kind, actor)
            possible = possible_receivers(arende, kind, asking=[standing.body_id])
            if receivers is None:
                receivers = _still_to_confirm(arende, kind, possible)
            asked = clean_questions(purpose, questions, deadline, receivers, possible)
        return _open(arende, kind, standing, actor, asked)


def ask_to_open(arende: Satsning, kind: RoundKind, actor: Person) -> Standing:
    """Return the standing by which the actor opens such a round on the case now.

    Raises:
        NoMandate: the actor may not, where the case stands.
        NotFromHere: such a round is already open.

    """
    standing = may_open_round(viewer(actor), arende, kind)
    if standing is None:
        raise NoMandate(who_opens(kind, arende, actor))
    if Round.objects.filter(satsning_id=arende.pk, kind=kind, closed_at=None).exists():
        raise NotFromHere(f"{kind.label} pågår redan. Stäng den innan du skickar ut en ny.")
    return standing


def _still_to_confirm(arende: Arende, kind: RoundKind, possible: Sequence[Body]) -> list[int]:
    """Return whom a confirmation of resources asks when nobody is named; a remiss always names its receivers."""
    if kind == RoundKind.REMISS:
        return []
    left = unconfirmed(arende, possible)
    if possible and not left:
        raise Invalid({"receivers": ["Alla deltagande organisationer har redan bekräftat sina resurser."]})
    return [body.pk for body in left]


def _open(arende: Arende, kind: RoundKind, standing: Standing, actor: Person, asked: Questions) -> Round:
    at = timezone.now()
    revision_id, number = _revision(arende, kind)
    process, tasks = flows.start([body.pk for body in asked.receivers])
    held = Round.objects.create(
        satsning_id=arende.pk,
        kind=kind,
        purpose=asked.purpose,
        questions=asked.questions,
        deadline=asked.deadline,
        revision_id=revision_id,
        opened_at=at,
        opened_by=actor,
        opened_by_body_id=standing.body_id,
        process=process,
    )
    answers = [RoundAnswer(round=held, body=body, task_id=tasks[body.pk]) for body in asked.receivers]
    RoundAnswer.objects.bulk_create(answers)
    shared_for, status = SHARED_FOR[kind]
    Handling.objects.bulk_create(
        Handling(
            satsning_id=arende.pk,
            kind=Handlingsslag.REVISION,
            title=f"Revision {number}: {asked.purpose}"[:TITLE_LIMIT],
            date=timezone.localdate(at),
            sender=standing.body_name,
            receiver=answer.receiver,
            purpose=shared_for,
            status=status,
            revision_id=revision_id,
        )
        for answer in answers
    )
    record_act(
        arende,
        Act.RUNDA_OPPNAD,
        actor=actor,
        standing=standing,
        revision_id=revision_id,
        payload={
            **named(held),
            "reason": str(held),
            "questions": asked.questions,
            "deadline": asked.deadline.isoformat(),
            "receivers": [answer.receiver for answer in answers],
        },
    )
    return held


def _revision(arende: Arende, kind: RoundKind) -> tuple[int, int]:
    """Return id and number of the revision that is sent: the newest when nothing has changed since, else a new one."""
    read = content.read(arende.pk)
    newest = Revision.objects.filter(satsning_id=arende.pk).order_by("-number").only("number", "sha256").first()
    if newest is not None and newest.sha256 == read.sha256:
        return newest.pk, newest.number
    return freeze(arende.pk, read.parts, act=kind.value, at=timezone.now())


def close_round(round_id: int, *, actor: Person) -> Round:
    """Close a round with what has come in.

    Effects, in order, in one transaction: the case is locked; the right is asked; the round must be open; viewflow's
    process ends, by which the round is closed and what was not answered is marked so; the journal is written.

    Raises:
        Satsning.DoesNotExist: there is no such round of a case that the actor may read.
        NoMandate: the actor may not close it.
        NotFromHere: it is closed already.

    """
    with transaction.atomic():
        satsning_id = Round.objects.filter(pk=round_id).values_list("satsning", flat=True).first()
        if satsning_id is None:
            raise Satsning.DoesNotExist
        arende = lock(satsning_id)
        held = Round.objects.select_related("process", "opened_by_body").get(pk=round_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_close(arende, held, actor)
        missing = _missing(held)
        flows.close(held.process)
        record_act(
            arende,
            Act.RUNDA_STANGD,
            actor=actor,
            standing=standing,
            revision_id=held.revision_id,
            payload={**named(held), "reason": str(held), "unanswered": missing},
        )
        return Round.objects.get(pk=round_id)


def ask_to_close(arende: Satsning, held: Round, actor: Person) -> Standing:
    """Return the standing by which the actor closes the round.

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
        flows.close(held.process)
