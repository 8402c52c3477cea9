"""The acts of leaving: what somebody has open is handed over and the memberships end, in one transaction.

Whoever administers the county's people hands over, by that mandate, and only to somebody who holds the mandate that the
task needs in the same body; nothing is prepared, answered or decided in anybody's place. Every case is locked before
anything is written, in order of the cases' ids, so that two such acts never wait for each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from governance.errors import NotAdministrator, Refused
from governance.last_acts import last_used
from governance.models import Body, Membership, Person
from governance.permissions import Standing, mandate_holders, standings, today
from governance.services import end_membership
from governance.terms import Term, begin_term
from governance.vocabulary import Mandate
from workflow.cases import lock
from workflow.leaving.mandates import After, Colleague, after_ending
from workflow.leaving.tasks import OpenTasks
from workflow.machine import Arende
from workflow.models import RoundAnswer
from workflow.rounds.answers import give_to
from workflow.rounds.selectors import answer_of
from workflow.upkeep import change_handlaggare
from workflow.vocabulary import AnswerState


@dataclass(frozen=True, slots=True)
class Handover:
    """To whom what one person has open in a body goes; None leaves it where it is."""

    person_id: int
    tasks: OpenTasks
    cases_to: int | None = None
    answers_to: int | None = None

    def satsningar(self) -> set[int]:
        """Return the ids of the cases that are to be locked."""
        cases = self.tasks.cases if self.cases_to is not None else []
        answers = self.tasks.answers if self.answers_to is not None else []
        return {task.satsning_id for task in (*cases, *answers)}


@dataclass(frozen=True, slots=True)
class Handed:
    """How many were handed over."""

    cases: int = 0
    answers: int = 0


def leave(*, actor: Person, membership: Membership, ends_on: date, handover: Handover) -> Handed:
    """End a membership, and hand over what the person has open in its body.

    Effects, in order, in one transaction: the actor's mandate is asked; the cases are locked; the membership ends, as
    `governance.services.end_membership` tells; each case gets its new handläggare and each answer its colleague, with
    an entry in the journal each. A task that somebody has handed over meanwhile is left as it is.

    Args:
        actor: who administers the county's people.
        membership: which one ends, with person and body.
        ends_on: its last day.
        handover: what is open and to whom it goes.

    Raises:
        NotAdministrator: the actor does not administer the county.
        Refused: the day cannot be, or lies before something that the person did in the role; or a colleague does not
            hold the mandate.

    """
    standing = standing_to_hand_over(actor, membership.body)
    refuse_before_last_act([membership], ends_on)
    with transaction.atomic():
        locked = lock_all(handover.satsningar())
        end_membership(actor=actor, membership=membership, ends_on=ends_on)
        after = after_ending(membership.body, [membership.pk], ends_on)
        return hand_over([handover], after, locked, actor=actor, standing=standing)


def try_term(*, actor: Person, body: Body, term: Term, seen: str, leaving: Sequence[Membership]) -> After:
    """Return what the body would be after a new term, found by beginning it and undoing that; nothing is kept.

    Args:
        actor: who administers the county's people.
        body: whose term it is.
        term: what was put together.
        seen: the mark of the memberships it was put together from.
        leaving: the memberships that end without a new one.

    Raises:
        NotAdministrator: the actor does not administer the county.
        Refused: it cannot be; see `governance.terms.begin_term`.

    """
    held_today = mandate_holders([body.pk], today())
    with transaction.atomic():
        refuse_before_last_act(leaving, term.last_day)
        begin_term(actor=actor, body=body, term=term, seen=seen)
        after = After(body, held_today, mandate_holders([body.pk], max(term.first_day, today())))
        transaction.set_rollback(True)
    return after


def begin_term_and_hand_over(  # noqa: PLR0913 - a new term is made of this many facts
    *,
    actor: Person,
    body: Body,
    term: Term,
    seen: str,
    handovers: Sequence[Handover],
    leaving: Sequence[Membership],
) -> Handed:
    """Begin a new term and hand over what those who leave have open in the body.

    Effects, in order, in one transaction: the actor's mandate is asked; the cases are locked; the term begins, as
    `governance.terms.begin_term` tells; each task goes to its colleague, with an entry in the journal each.

    Args:
        actor: who administers the county's people.
        body: whose term it is.
        term: what was put together.
        seen: the mark of the memberships it was put together from.
        handovers: what is open and to whom it goes.
        leaving: the memberships that end without a new one.

    Raises:
        NotAdministrator: the actor does not administer the county.
        Refused: it cannot be; see `governance.terms.begin_term` and `leave`.

    """
    standing = standing_to_hand_over(actor, body)
    held_today = mandate_holders([body.pk], today())
    with transaction.atomic():
        locked = lock_all({id_ for one in handovers for id_ in one.satsningar()})
        refuse_before_last_act(leaving, term.last_day)
        begin_term(actor=actor, body=body, term=term, seen=seen)
        after = After(body, held_today, mandate_holders([body.pk], max(term.first_day, today())))
        return hand_over(handovers, after, locked, actor=actor, standing=standing)


def standing_to_hand_over(actor: Person, body: Body) -> Standing:
    """Return the standing by which the actor administers the people of the body's county.

    Raises:
        NotAdministrator: there is none.

    """
    for standing in standings(actor.pk):
        if standing.mandate == Mandate.ADMINISTRERA and standing.county_id == body.county_id:
            return standing
    raise NotAdministrator(str(body.county))


def refuse_before_last_act(memberships: Sequence[Membership], ends_on: date) -> None:
    """See that no membership ends before it was last used: for an act, or to be counted in a meeting.

    Raises:
        Refused: it would: what was done would have been done by somebody who did not hold the role.

    """
    last = last_used([one.pk for one in memberships])
    for one in memberships:
        day = last.get(one.pk)
        if day is not None and day > ends_on:
            raise Refused(f"{one.person} använde uppdraget senast {day}. Välj den dagen eller en senare.", "ends_on")


def lock_all(satsning_ids: Iterable[int]) -> dict[int, Arende]:
    """Lock cases in order of their ids, before anything is written; return them by id."""
    return {id_: lock(id_) for id_ in sorted(satsning_ids)}


def hand_over(
    handovers: Sequence[Handover], after: After, locked: dict[int, Arende], *, actor: Person, standing: Standing
) -> Handed:
    """Hand over what several people have open in a body, in the caller's transaction with the cases locked.

    Raises:
        Refused: a colleague does not hold the mandate now and after.

    """
    leaving = {one.person_id for one in handovers}
    cases = answers = 0
    for one in handovers:
        if one.cases_to is not None and one.tasks.cases:
            to = _colleague(after.preparing(leaving=leaving), one.cases_to, "cases_to")
            cases += _hand_over_cases(one, to, locked, actor, standing)
        if one.answers_to is not None and one.tasks.answers:
            to = _colleague(after.answering(leaving=leaving), one.answers_to, "answers_to")
            answers += _hand_over_answers(one, to, locked, actor, standing)
    return Handed(cases, answers)


def _colleague(possible: Sequence[Colleague], person_id: int, field: str) -> Colleague:
    for one in possible:
        if one.person_id == person_id:
            return one
    raise Refused("Välj någon i organet som har mandatet både nu och efter att uppdraget har slutat.", field)


def _hand_over_cases(one: Handover, to: Colleague, locked: dict[int, Arende], actor: Person, standing: Standing) -> int:
    done = 0
    for task in one.tasks.cases:
        arende = locked[task.satsning_id]
        if arende.handlaggare_id == one.person_id and arende.beredningsgrupp_id == task.body_id:
            reason = "Uppdraget i beredningsgruppen avslutas."
            change_handlaggare(arende, to.person_id, to.name, actor=actor, standing=standing, reason=reason)
            done += 1
    return done


def _hand_over_answers(
    one: Handover, to: Colleague, locked: dict[int, Arende], actor: Person, standing: Standing
) -> int:
    colleague = Person.objects.get(pk=to.person_id)
    done = 0
    for task in one.tasks.answers:
        answer: RoundAnswer = answer_of(task.answer_id)
        if answer.assigned_to_id == one.person_id and answer.state == AnswerState.VANTAR:
            give_to(locked[task.satsning_id], answer, colleague, actor=actor, standing=standing)
            done += 1
    return done
