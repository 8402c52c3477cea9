"""Random acts in a round, on random days, held against a plain model that is written here and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar.models import Satsning
from tests.workflow.rounds.conftest import Rounds
from workflow import facts, journal
from workflow.demo.clock import on
from workflow.errors import Refusal
from workflow.models import JournalEntry
from workflow.rounds.actions import close_round, withdraw_round
from workflow.rounds.addenda import add_to_answer
from workflow.rounds.answers import answer_remiss, decline, hand_over
from workflow.rounds.chasing import extend_answer, extend_round, remind
from workflow.rounds.drafts import save_draft
from workflow.rounds.inputs import OnQuestion, Reply
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.questions import Question
from workflow.vocabulary import Stance

RECEIVERS = ("flen", "trosa", "gnesta")
FIRST, SECOND = "first", "second"
OFFICER = ("officer", "")
WHO = (OFFICER, *((code, seat) for code in RECEIVERS for seat in (FIRST, SECOND)))
"""Who acts: somebody of the body that asks, or one of two contacts of a receiver."""
ASKS = ("extend", "extend_one", "remind", "remind_one", "close", "withdraw")
ANSWERS = ("answer", "decline", "draft", "hand_over", "add")
GIVEN = frozenset({"besvarad", "avbojd"})


@dataclass(frozen=True)
class Step:
    """One act by somebody about one receiver; `days` passes a day, or says how much longer time is given."""

    act: str
    who: tuple[str, str]
    about: str
    days: int
    to: str


@dataclass
class Receiver:
    """What the model knows of a receiver; days are counted from the one on which the round was opened."""

    state: str = "vantar"
    deadline: int = 14
    late: bool = False
    assigned: str = ""
    draft: int = 0
    added: int = 0
    reminded: set[int] = field(default_factory=set)


@dataclass
class Plain:
    """What the model knows of a round."""

    day: int = 0
    deadline: int = 14
    ending: str = ""
    receivers: dict[str, Receiver] = field(default_factory=lambda: {code: Receiver() for code in RECEIVERS})
    gone: set[tuple[str, str]] = field(default_factory=set)

    def belongs(self, who: tuple[str, str], about: str) -> bool:
        """Tell whether somebody answers for a receiver today."""
        return who[0] == about and who not in self.gone

    def may_answer(self, who: tuple[str, str], about: str) -> bool:
        """Tell whether somebody may send the receiver's answer: a colleague it was handed over to comes first."""
        held = self.receivers[about].assigned
        return self.belongs(who, about) and (held in {"", who[1]} or (about, held) in self.gone)

    def to_remind(self) -> list[Receiver]:
        """Return who waits and has not been reminded today."""
        return [one for one in self.receivers.values() if one.state == "vantar" and self.day not in one.reminded]

    def may(self, step: Step) -> bool:
        """Tell whether the act is allowed now."""
        one, new = self.receivers[step.about], self.day + step.days
        waits = not self.ending and one.state == "vantar"
        asks = step.who == OFFICER and not self.ending
        rules: dict[str, bool] = {
            "extend": asks and new > self.deadline,
            "extend_one": asks and waits and new > one.deadline,
            "remind": asks and bool(self.to_remind()),
            "remind_one": asks and waits and self.day not in one.reminded,
            "close": asks,
            "withdraw": asks,
            **dict.fromkeys(("answer", "decline", "draft"), waits and self.may_answer(step.who, step.about)),
            "hand_over": (
                waits
                and self.belongs(step.who, step.about)
                and (step.about, step.to) not in self.gone
                and one.assigned != step.to
            ),
            "add": one.state in GIVEN and self.belongs(step.who, step.about),
        }
        return rules[step.act]

    def entries(self, step: Step) -> int:
        """Return how many entries of the journal the act writes if it is allowed: a reminder one for each last day."""
        if step.act == "draft":
            return 0
        return len({one.deadline for one in self.to_remind()}) if step.act == "remind" else 1

    def take(self, step: Step) -> None:
        """Do what the act does."""
        one = self.receivers[step.about]
        if step.act in {"close", "withdraw"}:
            self.end("stangd" if step.act == "close" else "dragen")
        elif step.act in ASKS:
            self._chase(step, one)
        else:
            self._reply(step, one)

    def _chase(self, step: Step, one: Receiver) -> None:
        new = self.day + step.days
        if step.act == "extend":
            self.deadline = new
            for each in self.receivers.values():
                each.deadline = max(each.deadline, new) if each.state == "vantar" else each.deadline
        elif step.act == "extend_one":
            one.deadline = new
        else:
            for each in self.to_remind() if step.act == "remind" else [one]:
                each.reminded.add(self.day)

    def _reply(self, step: Step, one: Receiver) -> None:
        if step.act == "draft":
            one.draft += 1
        elif step.act == "hand_over":
            one.assigned = step.to
        elif step.act == "add":
            one.added += 1
        else:
            one.state = "besvarad" if step.act == "answer" else "avbojd"
            one.late, one.draft = self.day > one.deadline, 0
            if all(each.state in GIVEN for each in self.receivers.values()):
                self.end("alla_svarade")

    def end(self, ending: str) -> None:
        """End the round; whoever waits never answered."""
        self.ending = ending
        for one in self.receivers.values():
            if one.state == "vantar":
                one.state = "dragen" if ending == "dragen" else "utebliven"


class Real:
    """The same acts, made as the pages make them."""

    def __init__(self, rounds: Rounds) -> None:
        """Open the round."""
        self.rounds, self.began = rounds, today()
        self.people: dict[tuple[str, str], Person] = {OFFICER: rounds.world.officer}
        for code in RECEIVERS:
            self.people[code, FIRST] = rounds.world.seat(f"kontakt-{code}", Role.KONTAKTPERSON)
            self.people[code, SECOND] = rounds.world.seat(f"kontakt-{code}", Role.KONTAKTPERSON)
        self.held = rounds.remiss(*RECEIVERS, questions=[Question("Är det rätt?")])
        self.names = {person.pk: seat for (_, seat), person in self.people.items()}

    def day(self, number: int) -> date:
        """Return a day by its number."""
        return self.began + timedelta(days=number)

    def leave(self, who: tuple[str, str], day: int) -> None:
        """End a membership, with yesterday as its last day."""
        Membership.objects.filter(person=self.people[who]).update(ends_on=self.day(day - 1))

    def tried(self, step: Step, day: int) -> Exception | None:
        """Make the act; return what refused it."""
        try:
            with on(self.day(day)):
                self._act(step, self.day(day + step.days))()
        except (Refusal, Satsning.DoesNotExist) as refusal:
            return refusal
        return None

    def _act(self, step: Step, new: date) -> Callable[[], object]:
        held, answer = self.held.pk, self.rounds.answer(self.held, step.about)
        actor, seen = self.people[step.who], getattr(getattr(answer, "draft", None), "version", 0)
        to = self.people[step.about, step.to].pk
        replies = {1: OnQuestion(Stance.INSTAMMER)}
        acts: dict[str, Callable[[], object]] = {
            "extend": lambda: extend_round(held, actor=actor, deadline=new),
            "extend_one": lambda: extend_answer(answer.pk, actor=actor, deadline=new),
            "remind": lambda: remind(held, actor=actor),
            "remind_one": lambda: remind(held, actor=actor, answer_ids=[answer.pk]),
            "close": lambda: close_round(held, actor=actor),
            "withdraw": lambda: withdraw_round(held, actor=actor, reason="Fel underlag."),
            "answer": lambda: answer_remiss(
                answer.pk, actor=actor, stance=Stance.INSTAMMER, replies=replies, seen_draft=seen
            ),
            "decline": lambda: decline(answer.pk, actor=actor, reason="Vi hinner inte.", seen_draft=seen),
            "draft": lambda: save_draft(answer.pk, Reply(text="Än så länge"), actor=actor, expected_version=seen),
            "hand_over": lambda: hand_over(answer.pk, actor=actor, to_id=to),
            "add": lambda: add_to_answer(answer.pk, actor=actor, text="Och en sak till."),
        }
        return acts[step.act]

    def seen(self, plain: Plain) -> Plain:
        """Return the round as the database has it, in the model's shape."""
        held = Round.objects.get(pk=self.held.pk)
        rows = RoundAnswer.objects.filter(round=held).select_related("body", "draft")
        return Plain(
            day=plain.day,
            gone=plain.gone,
            deadline=(held.deadline - self.began).days,
            ending=held.ending,
            receivers={row.body.code.removeprefix("kontakt-"): self._receiver(row) for row in rows},
        )

    def _receiver(self, row: RoundAnswer) -> Receiver:
        return Receiver(
            state=row.state,
            deadline=(row.deadline - self.began).days,
            late=row.late,
            assigned=self.names.get(row.assigned_to_id or 0, ""),
            draft=getattr(getattr(row, "draft", None), "version", 0),
            added=row.addenda.count(),
            reminded={(one.day - self.began).days for one in row.reminders.all()},
        )


def _likely(step: Step) -> Step:
    """Let most acts be made by somebody who might: a random person mostly has nothing to do with it."""
    if step.days % 5 == 0:
        return step
    return Step(step.act, OFFICER if step.act in ASKS else (step.about, step.to), step.about, step.days, step.to)


STEP = st.builds(
    Step,
    act=st.sampled_from((*ASKS, *ANSWERS * 2, "day", "day", "leave")),
    who=st.sampled_from(WHO),
    about=st.sampled_from(RECEIVERS),
    days=st.integers(0, 25),
    to=st.sampled_from((FIRST, SECOND)),
)
STEPS = st.lists(STEP.map(_likely), max_size=18)


def by(act: str, code: str = "flen", seat: str = FIRST, days: int = 0, to: str = SECOND) -> Step:
    """Return an act by somebody whose it is."""
    return Step(act, OFFICER if act in ASKS else (code, seat), code, days, to)


BEGINNINGS: tuple[tuple[Step, ...], ...] = (
    (),
    (by("day", days=15),),
    (by("extend_one", days=20), by("day", days=16)),
    (by("extend_one", days=25), by("extend", days=20), by("day", days=21)),
    (by("draft"), by("hand_over"), by("leave", seat=SECOND)),
    (by("hand_over"), by("draft", seat=SECOND), by("remind")),
    (by("answer"), by("decline", "trosa"), by("remind_one", "gnesta"), by("day", days=1)),
    (by("answer"), by("close"), by("leave")),
)
"""Where a round is when the random acts begin."""


def hold_against_model(rounds: Rounds, steps: list[Step]) -> None:
    """Do every act in both worlds; they agree on what is refused and on how the round stands."""
    real, plain = Real(rounds), Plain()
    for step in steps:
        if step.act == "day":
            plain.day += step.days
        elif step.act == "leave":
            if step.who != OFFICER and step.who not in plain.gone:
                real.leave(step.who, plain.day)
                plain.gone.add(step.who)
        else:
            allowed, entries, more = plain.may(step), JournalEntry.objects.count(), plain.entries(step)
            refusal = real.tried(step, plain.day)
            assert (refusal is None) == allowed, f"{step}: {refusal}; {plain}"
            if allowed:
                plain.take(step)
            assert JournalEntry.objects.count() == entries + (more if allowed else 0)
        assert real.seen(plain) == plain, step
    known = facts.read(real.held.satsning_id)
    assert (known.open_remisser, known.held_remisser) == (not plain.ending, plain.ending in {"stangd", "alla_svarade"})
    assert journal.verify(rounds.world.county.pk, rounds.world.county.name)[1] is None


SETTINGS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@settings(max_examples=30, **SETTINGS)  # type: ignore[arg-type]
@given(beginning=st.sampled_from(BEGINNINGS), steps=STEPS)
def test_rounds_agree_with_the_plain_model(rounds: Rounds, beginning: tuple[Step, ...], steps: list[Step]) -> None:
    hold_against_model(rounds, [*beginning, *steps])


@pytest.mark.soak
@settings(max_examples=400, **SETTINGS)  # type: ignore[arg-type]
@given(beginning=st.sampled_from(BEGINNINGS), steps=STEPS)
def test_many_more_rounds_agree_with_the_plain_model(
    rounds: Rounds, beginning: tuple[Step, ...], steps: list[Step]
) -> None:
    hold_against_model(rounds, [*beginning, *steps])
