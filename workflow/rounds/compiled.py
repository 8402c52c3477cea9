"""The answers of a round put together: who answered what, per question and per part, and how many of each stance."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from workflow.rounds.inputs import ON_A_QUESTION, OPINIONS
from workflow.rounds.models import Round, RoundAnswer, RoundQuestion
from workflow.vocabulary import AnswerState, RoundKind, Stance

WHOLE = "Hela satsningen"
COLOURS = {
    Stance.INSTAMMER: "success",
    Stance.BEKRAFTAR: "success",
    Stance.MED_ANDRINGAR: "warning",
    Stance.AVSTYRKER: "danger",
    Stance.AVSTAR: "neutral",
}
STATE_COLOURS = {
    AnswerState.VANTAR: "warning",
    AnswerState.BESVARAD: "neutral",
    AnswerState.AVBOJD: "danger",
    AnswerState.UTEBLIVEN: "neutral",
    AnswerState.DRAGEN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one receiver says on one thing: a question, or the whole."""

    answer: RoundAnswer
    stance: str
    text: str

    @property
    def outcome(self) -> str:
        """Return the stance in words, or why there is none."""
        return Stance(self.stance).label if self.stance else AnswerState(self.answer.state).label

    @property
    def colour(self) -> str:
        """Return the colour of the stance."""
        return COLOURS[Stance(self.stance)] if self.stance else STATE_COLOURS[AnswerState(self.answer.state)]


@dataclass(frozen=True, slots=True)
class Compiled:
    """One thing that was asked, with everybody's opinion on it; `question` is None for the whole."""

    question: RoundQuestion | None
    opinions: tuple[Opinion, ...]
    counts: tuple[tuple[str, int], ...]
    """How many took each stance, and how many none, in the order that the stances are offered."""

    @property
    def title(self) -> str:
        """Return what it is called."""
        return f"Fråga {self.question.number}" if self.question else "Sammantaget"

    @property
    def given(self) -> tuple[Opinion, ...]:
        """Return the opinions of those who have answered; whoever declined has none on a question."""
        return tuple(one for one in self.opinions if one.answer.is_given and (one.stance or self.question is None))


@dataclass(frozen=True, slots=True)
class Compilation:
    """A round's answers put together."""

    held: Round
    whole: Compiled
    parts: tuple[tuple[str, tuple[Compiled, ...]], ...]
    """The questions about each part, parts in the order of a satsning, the whole satsning first."""

    @property
    def questions(self) -> tuple[Compiled, ...]:
        """Return the questions, those about one part together."""
        return tuple(one for _, those in self.parts for one in those)

    @property
    def everything(self) -> tuple[Compiled, ...]:
        """Return the whole, and then each question."""
        return (self.whole, *self.questions)

    @property
    def answers(self) -> tuple[RoundAnswer, ...]:
        """Return the receivers' answers, in the county's order."""
        return tuple(one.answer for one in self.whole.opinions)

    @property
    def given(self) -> tuple[RoundAnswer, ...]:
        """Return the answers that have come in."""
        return tuple(answer for answer in self.answers if answer.is_given)

    @property
    def missing(self) -> tuple[RoundAnswer, ...]:
        """Return the receivers who have not answered."""
        return tuple(answer for answer in self.answers if not answer.is_given)

    @property
    def matrix(self) -> tuple[tuple[RoundAnswer, tuple[Opinion, ...]], ...]:
        """Return each receiver with its opinion on the whole and on each question, for a table."""
        columns = [one.opinions for one in self.everything]
        return tuple((row[0].answer, row) for row in zip(*columns, strict=True))


def compiled(held: Round) -> Compilation:
    """Return the answers of a round put together; no statements when the round was read in full."""
    answers, questions = list(held.answers.all()), list(held.questions.all())
    said = {(answer.pk, one.question_id): one for answer in answers for one in answer.replies.all()}
    whole_stances = (Stance.BEKRAFTAR,) if held.kind == RoundKind.RESURSBEKRAFTELSE else OPINIONS
    whole = _compiled(None, [Opinion(one, one.stance, one.text) for one in answers], whole_stances)
    parts = []
    for about, those in groupby(questions, key=lambda one: one.about):
        found = []
        for question in those:
            replies = [(answer, said.get((answer.pk, question.pk))) for answer in answers]
            opinions = [
                Opinion(one, reply.stance if reply else "", reply.text if reply else "") for one, reply in replies
            ]
            found.append(_compiled(question, opinions, ON_A_QUESTION))
        parts.append((about or WHOLE, tuple(found)))
    return Compilation(held, whole, tuple(parts))


def _compiled(question: RoundQuestion | None, opinions: Sequence[Opinion], stances: Iterable[Stance]) -> Compiled:
    given = [one for one in opinions if one.answer.is_given]
    taken = Counter(one.stance for one in given)
    declined = sum(one.answer.state == AnswerState.AVBOJD for one in given)
    others = (
        ("Avböjde", declined),
        ("Utan ställningstagande", taken[""] - declined),
        ("Har inte svarat", len(opinions) - len(given)),
    )
    counts = [(str(stance.label), taken[stance.value]) for stance in stances]
    counts += [(label, number) for label, number in others if number]
    return Compiled(question, tuple(opinions), tuple(counts))
