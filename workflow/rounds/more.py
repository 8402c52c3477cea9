"""The only act that asks more receivers in a round that is open: somebody was forgotten, and the question stays one."""

from collections.abc import Sequence

from django.db import transaction

from governance.models import Body, Person
from governance.permissions import today
from satsningar.models import Satsning
from workflow.cases import hidden_from_strangers, record_act
from workflow.errors import Invalid
from workflow.inputs import Errors
from workflow.notices.whom import Given
from workflow.rounds import flows
from workflow.rounds.actions import ask_each, ask_to_close, lock_round
from workflow.rounds.cleaning import refuse
from workflow.rounds.inputs import clean_receivers
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.saying import named
from workflow.rounds.selectors import possible_receivers
from workflow.vocabulary import Act, RoundKind


def ask_more(round_id: int, *, actor: Person, receivers: Sequence[int]) -> list[RoundAnswer]:
    """Ask more receivers the same, on the same revision and until the same day; return their answers to come.

    Effects, in order, in one transaction: the case is locked; the right is asked; the round must be open and its last
    day not have passed; the receivers are checked; each gets a task, an answer to come and a line in the list of
    documents; the journal is written.

    Args:
        round_id: which round.
        actor: who asked.
        receivers: the ids of the bodies, see `not_asked`.

    Raises:
        Satsning.DoesNotExist: there is no such round of a case that the actor may read.
        NoMandate: the actor has no say in the round.
        NotFromHere: it is closed.
        Invalid: nobody is chosen, somebody cannot be asked or is asked already, or the last day has passed.

    """
    with transaction.atomic():
        arende, held = lock_round(round_id)
        with hidden_from_strangers(arende, actor):
            standing = ask_to_close(arende, held, actor)
            errors = Errors()
            chosen = clean_receivers(errors, receivers, not_asked(arende, held))
            refuse(errors)
            if held.deadline < today():
                raise Invalid({"receivers": ["Sista svarsdag har passerat. Ge längre tid först."]})
        tasks = flows.ask_more(held.process, [body.pk for body in chosen])
        number = held.revision.number
        answers = ask_each(held, chosen, tasks, revision=number, sender=held.opened_by_body.name)
        names = [answer.receiver for answer in answers]
        record_act(
            arende,
            Act.RUNDA_UTOKAD,
            actor=actor,
            standing=standing,
            revision_id=held.revision_id,
            payload={
                **named(held),
                "reason": f"{held}: {', '.join(names)}",
                "receivers": names,
                "bodies": [answer.body_id for answer in answers],
            },
            given=Given(bodies=tuple(body.pk for body in chosen), expected="Svara", due=held.deadline),
        )
        return answers


def not_asked(satsning: Satsning, held: Round) -> list[Body]:
    """Return the bodies that can be asked in the round and are not, contacts of organisations first."""
    asked = set(held.answers.values_list("body_id", flat=True))
    possible = possible_receivers(satsning, RoundKind(held.kind), asking=[held.opened_by_body_id])
    return [body for body in possible if body.pk not in asked]
