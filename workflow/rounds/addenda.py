"""The only act that adds to an answer that has been given: the answer itself is never changed."""

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import Standing
from satsningar.models import Satsning
from workflow.cases import hidden_from_strangers, record_act
from workflow.errors import NoMandate, NotFromHere
from workflow.notices.whom import Given
from workflow.rights import station_of, viewer
from workflow.rounds.answers import ANSWER_KINDS, list_received, lock_answer
from workflow.rounds.cleaning import reason_of
from workflow.rounds.models import RoundAddendum, RoundAnswer
from workflow.rounds.rights import answering_standing
from workflow.rounds.saying import named, who_answers
from workflow.vocabulary import Act, RoundKind


def add_to_answer(answer_id: int, *, actor: Person, text: str) -> RoundAddendum:
    """Add to a receiver's answer, also when the round is closed, for as long as the case goes on.

    Effects, in order, in one transaction: the case is locked; the right is asked; there must be an answer; the text is
    cleaned; it is written; a received document is listed; the journal is written.

    Raises:
        Satsning.DoesNotExist: there is no such answer to a case that the actor may read.
        NoMandate: the actor does not answer for the receiver today.
        NotFromHere: nothing has been answered, or the case is over.
        Invalid: there is no text, or it cannot be stored.

    """
    with transaction.atomic():
        arende, answer = lock_answer(answer_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_add(arende, answer, actor)
            cleaned = reason_of(text, "Skriv det ni vill lägga till.", name="text")
        added = RoundAddendum.objects.create(answer=answer, text=cleaned, added_at=timezone.now(), added_by=actor)
        kind = ANSWER_KINDS[RoundKind(answer.round.kind)]
        list_received(arende, answer, kind, "Komplettering av svar", at=added.added_at)
        record_act(
            arende,
            Act.RUNDA_SVAR_KOMPLETTERAT,
            actor=actor,
            standing=standing,
            revision_id=answer.round.revision_id,
            payload={
                **named(answer.round),
                "reason": f"{answer.receiver}, {answer.round}",
                "receiver": answer.receiver,
                "addendum": added.pk,
                "text": cleaned,
            },
            given=Given(bodies=(answer.round.opened_by_body_id,)),
        )
        return added


def ask_to_add(arende: Satsning, answer: RoundAnswer, actor: Person) -> Standing:
    """Return the standing by which the actor adds to the receiver's answer.

    Raises:
        NoMandate: the actor does not answer for the receiver today.
        NotFromHere: nothing has been answered, or the case is over.

    """
    standing = answering_standing(viewer(actor), answer.body)
    if standing is None:
        raise NoMandate(who_answers(answer, arende, actor))
    if not answer.is_given:
        raise NotFromHere(f"{answer.receiver} har inte svarat, så det finns inget svar att komplettera.")
    if station_of(arende).is_final:
        raise NotFromHere("Ärendet är avslutat, så svaret kan inte kompletteras.")
    return standing
