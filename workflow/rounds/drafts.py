"""The only place that keeps what a receiver has written of its answer before it is sent.

A draft is the receiver's own working material: its own body alone reads it, it is in no journal, and it is thrown away
when the answer is sent. One that was never sent stays with the body.
"""

from django.db import transaction

from governance.models import Person
from satsningar.errors import Conflict
from workflow.cases import hidden_from_strangers
from workflow.rights import Viewer
from workflow.rounds.answers import ask_to_answer, lock_answer
from workflow.rounds.inputs import Reply, clean_draft
from workflow.rounds.models import RoundAnswer, RoundDraft


def save_draft(answer_id: int, reply: Reply, *, actor: Person, expected_version: int) -> RoundDraft:
    """Save what is written so far of a receiver's answer; return it with its version.

    Effects, in order, in one transaction: the case is locked; the right is asked; the answer must still be waited for;
    what was sent is cleaned; nobody else may have saved since; it is written.

    Args:
        answer_id: which receiver's answer in which round.
        reply: what is written; nothing has to be there.
        actor: somebody who may send the answer.
        expected_version: the version of the draft that the actor has seen; 0 where there was none.

    Raises:
        Satsning.DoesNotExist: there is no such answer to a case that the actor may read.
        NoMandate: the actor does not answer for the receiver today, or it is a colleague's to answer.
        NotFromHere: the answer is already given or the round is closed.
        Invalid: a text cannot be stored.
        Conflict: a colleague has saved since.

    """
    with transaction.atomic():
        arende, answer = lock_answer(answer_id)
        with hidden_from_strangers(arende, actor):
            ask_to_answer(arende, answer, actor)
            content = clean_draft(reply, list(answer.round.questions.all()))
        kept = RoundDraft.objects.filter(answer=answer).first() or RoundDraft(answer=answer, version=0)
        if kept.version != expected_version:
            raise Conflict(kept.content or {}, kept.version)
        kept.content, kept.version, kept.saved_by = content, kept.version + 1, actor
        kept.save()
        return kept


def draft_of(who: Viewer, answer: RoundAnswer) -> RoundDraft | None:
    """Return the draft of a receiver's answer for whoever sits in the receiver's body; None for everybody else."""
    if answer.body_id not in who.bodies:
        return None
    return RoundDraft.objects.filter(answer=answer.pk).select_related("saved_by").first()
