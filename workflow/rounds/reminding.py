"""Reminders of answers by the clock: before and after a receiver's last day, and to whom it is taken further.

`remind_of` is the one function that adds a row without a person behind it, with its entry in the journal.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django.db import transaction

from governance.paths import path_version
from governance.permissions import today
from governance.workdays import workdays_after
from workflow.cases import record_by_clock
from workflow.deadlines.reminding import Bodies, due_kinds, told_to
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.notices.whom import Given
from workflow.rounds.actions import lock_round
from workflow.rounds.models import RoundAnswer, RoundReminder
from workflow.rounds.saying import named
from workflow.rounds.selectors import ordered_answers
from workflow.vocabulary import Act, AnswerState

EXPECTED = "Svara"
TAKEN_FURTHER = "Se till att svaret kommer in"
Key = tuple[Paminnelseslag, date, tuple[int, bool] | None]
"""A kind of reminder, the last day that it is about, and to whom it goes: None for the receivers themselves."""


def remind_all() -> int:
    """Add every reminder of an answer that is to be made today and has not been; return how many were added.

    One transaction for each round: what has been made stays made whatever becomes of the next.
    """
    bodies, made = Bodies(), 0
    for round_id in _rounds_with_answers_near():
        with transaction.atomic():
            made += remind_of(round_id, bodies)
    return made


def remind_of(round_id: int, bodies: Bodies) -> int:
    """Add the reminders of a round that are to be made today; return how many were added.

    Effects, in order, in the caller's transaction: the case is locked; for each kind of reminder, last day and
    receiver of it, the rows are written and the journal, with a notice for each person concerned. Nothing is done in
    a round that has ended meanwhile, and each answer has one reminder of a kind for each last day it is given.
    """
    arende, held = lock_round(round_id)
    if not held.is_open:
        return 0
    frister, day = path_version(arende.version_id).frister, today()
    asked: dict[Key, list[RoundAnswer]] = defaultdict(list)
    for answer in ordered_answers().filter(round=held, state=AnswerState.VANTAR).prefetch_related("reminders"):
        had = {(one.kind, one.due) for one in answer.reminders.all()}
        for kind in due_kinds(frister, answer.deadline, day):
            if (kind, answer.deadline) in had:
                continue
            is_further = kind == Paminnelseslag.ESKALERING
            to = bodies.further(frister, arende.county_id, answer.body_id) if is_further else None
            if to is not None or not is_further:
                asked[kind, answer.deadline, to].append(answer)
    for (kind, due, to), answers in asked.items():
        rows = [RoundReminder(answer=answer, day=day, kind=kind, due=due) for answer in answers]
        RoundReminder.objects.bulk_create(rows)
        names = [answer.receiver for answer in answers]
        record_by_clock(
            arende,
            Act.RUNDA_PAMIND,
            uuid4(),
            payload={
                **named(held),
                "reason": f"{held}: {', '.join(names)}. {_sentence(kind, due)}",
                "day": day.isoformat(),
                "paminnelse": {"kind": kind.value, "due": due.isoformat()},
                "receivers": names,
                "bodies": [answer.body_id for answer in answers],
            },
            given=_given(to, answers, due),
        )
    return sum(map(len, asked.values()))


def _rounds_with_answers_near() -> Iterable[int]:
    """Return the open rounds in which an answer's last day is near or has been, by the rule of each case's path."""
    rows = RoundAnswer.objects.filter(state=AnswerState.VANTAR, round__closed_at=None)
    versions = rows.order_by().values_list("round__satsning__version", flat=True).distinct()
    for version in sorted(versions):
        near = workdays_after(today(), path_version(version).frister.before)
        of_version = rows.filter(round__satsning__version=version, deadline__lte=near)
        yield from of_version.order_by("round").values_list("round", flat=True).distinct()


def _given(to: tuple[int, bool] | None, answers: Iterable[RoundAnswer], due: date) -> Given:
    if to is None:
        return Given(bodies=tuple(answer.body_id for answer in answers), expected=EXPECTED, due=due)
    return told_to(to[0], chair_only=to[1], expected=TAKEN_FURTHER, due=due)


def _sentence(kind: Paminnelseslag, due: date) -> str:
    tense = "är" if kind == Paminnelseslag.FORE else "var"
    further = " Det är fört vidare." if kind == Paminnelseslag.ESKALERING else ""
    return f"Sista dagen att svara {tense} {due.isoformat()}.{further}"
