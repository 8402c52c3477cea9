"""The hands of the demonstration in rounds: who asks and who answers, as the pages do it and in no other way."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from governance.permissions import today
from workflow.rounds.actions import close_round, open_round
from workflow.rounds.addenda import add_to_answer
from workflow.rounds.answers import answer_remiss, confirm_resources, decline
from workflow.rounds.chasing import remind
from workflow.rounds.inputs import OnQuestion
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.questions import Question
from workflow.vocabulary import RoundKind, Stance

if TYPE_CHECKING:
    from workflow.demo.hands import Cast


class Asking:
    """The acts of rounds about one satsning; each method is an act by somebody, called by key."""

    cast: "Cast"
    id: int
    file: Mapping[str, Any]

    def send_out(self, who: str, kind: RoundKind, purpose: str, *, days: int, to: tuple[str, ...] = ()) -> Round:
        """Open a round: a remiss to bodies by code, or a confirmation of resources from all who take part."""
        return open_round(
            self.id,
            kind,
            actor=self.cast.people[who],
            purpose=purpose,
            deadline=today() + timedelta(days=days),
            questions=self._questions(kind),
            receivers=[self.cast.bodies[code].pk for code in to] if to else None,
        )

    def _questions(self, kind: RoundKind) -> list[Question]:
        """Return what the file has asked in a round of the kind."""
        rows = self.file.get(kind.value, {}).get("fragor", [])
        return [Question(row["text"], row.get("del", "")) for row in rows]

    def asked(self, kind: RoundKind, body: str) -> RoundAnswer:
        """Return a body's answer to come in the open round of a kind."""
        return RoundAnswer.objects.get(
            round__satsning=self.id, round__kind=kind, round__closed_at=None, body=self.cast.bodies[body]
        )

    def reply(  # noqa: PLR0913 - an answer is made of this many facts
        self,
        who: str,
        body: str,
        stance: Stance,
        text: str = "",
        *,
        kind: RoundKind = RoundKind.REMISS,
        each: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Answer a remiss, or a samråd, for a body.

        Args:
            who: who answers.
            body: for which body.
            stance: what the answer comes to.
            text: the views.
            kind: which kind of round is answered.
            each: stance and text for each question in turn; none is taken on those that nothing is said of, unless
                the receiver simply agrees.

        """
        answer = self.asked(kind, body)
        said = {number: OnQuestion(*one) for number, one in enumerate(each, start=1)}
        usual = OnQuestion(Stance.INSTAMMER if stance == Stance.INSTAMMER else Stance.AVSTAR)
        replies = {one.number: said.get(one.number, usual) for one in answer.round.questions.all()}
        answer_remiss(answer.pk, actor=self.cast.people[who], stance=stance, text=text, replies=replies)

    def reply_as_written(self, organisation: str) -> None:
        """Answer the remiss for an organisation as the file has it."""
        said = self.file["remiss"]["svar"][organisation]
        self.reply(
            self.cast.contact(organisation),
            f"kontakt-{organisation}",
            Stance(said["svar"]),
            said.get("text", ""),
            each=[(stance, text) for stance, text in said["fragor"]],
        )

    def confirm(self, who: str, body: str, number: str = "") -> None:
        """Confirm an organisation's resources, decided at home today where there is a number."""
        confirm_resources(
            self.asked(RoundKind.RESURSBEKRAFTELSE, body).pk,
            actor=self.cast.people[who],
            decision_date=today() if number else None,
            decision_number=number,
        )

    def decline(self, who: str, body: str, reason: str) -> None:
        """Say for a body why it does not answer the remiss."""
        decline(self.asked(RoundKind.REMISS, body).pk, actor=self.cast.people[who], reason=reason)

    def add(self, who: str, body: str, text: str) -> None:
        """Add to the newest answer of a body."""
        given = RoundAnswer.objects.filter(round__satsning=self.id, body=self.cast.bodies[body]).latest("pk")
        add_to_answer(given.pk, actor=self.cast.people[who], text=text)

    def chase(self, who: str, kind: RoundKind) -> None:
        """Remind everybody who has not answered in the open round of a kind."""
        held = Round.objects.get(satsning=self.id, kind=kind, closed_at=None)
        remind(held.pk, actor=self.cast.people[who])

    def close(self, who: str, kind: RoundKind) -> None:
        """Close the open round of a kind with what has come in."""
        held = Round.objects.get(satsning=self.id, kind=kind, closed_at=None)
        close_round(held.pk, actor=self.cast.people[who])
