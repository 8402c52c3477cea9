"""The forms of rounds; what they send is judged by the acts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from django import forms

from governance.forms.rows import RowSet
from governance.models import Body
from governance.permissions import Holder
from governance.vocabulary import BodyKind
from satsningar.formfields import DayField, LineField, MarkdownField
from satsningar.vocabulary import DECIDED_PARTS
from workflow.rounds.inputs import (
    DECLINES,
    NUMBER_LIMIT,
    ON_A_QUESTION,
    OPINIONS,
    PURPOSE_LIMIT,
    OnQuestion,
    Reply,
)
from workflow.rounds.models import RoundQuestion
from workflow.rounds.questions import MOST_QUESTIONS, QUESTION_LIMIT, Question
from workflow.vocabulary import RoundKind, Stance

CHOOSE = "Välj ett av alternativen."
WHOLE = "Hela satsningen"
ROWS = "fragor"
"""The prefix of the list of questions."""
Data = Mapping[str, Any] | None


class QuestionForm(forms.Form):
    """One question to the receivers."""

    text = MarkdownField(label="Fråga", max_length=QUESTION_LIMIT, rows=2, required=False)
    part = forms.ChoiceField(
        label="Gäller",
        required=False,
        choices=[("", WHOLE), *((part.value, part.label) for part in DECIDED_PARTS)],
        error_messages={"invalid_choice": CHOOSE},
    )

    @property
    def question(self) -> Question:
        """Return what is asked, once the form is valid."""
        return Question(self.cleaned_data["text"], self.cleaned_data["part"])


class QuestionSet(RowSet):
    """The list of questions."""

    form: Any = QuestionForm
    max_num = MOST_QUESTIONS
    absolute_max = MOST_QUESTIONS + 1
    default_error_messages = RowSet.default_error_messages | {"too_many_forms": f"Ställ högst {MOST_QUESTIONS} frågor."}

    @property
    def questions(self) -> list[Question]:
        """Return what is asked, once the list is valid."""
        return [form.question for form in self.kept()]


def _receivers() -> forms.TypedMultipleChoiceField:
    """Return the field in which receivers are chosen."""
    return forms.TypedMultipleChoiceField(
        label="Mottagare",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en mottagare.",
            "invalid_choice": "Någon av mottagarna kan inte svara. Välj bland dem som finns i listan.",
        },
    )


def _groups(receivers: Sequence[Body]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the receivers to choose among, organisations apart from the county's groups."""
    contacts = [body for body in receivers if body.kind == BodyKind.ORGANISATION]
    others = [body for body in receivers if body.kind != BodyKind.ORGANISATION]
    groups = [
        ("Organisationer", [(body.pk, body.organisation.name if body.organisation else "") for body in contacts]),
        ("Länets grupper", [(body.pk, body.name) for body in others]),
    ]
    return [group for group in groups if group[1]]


class OpenForm(forms.Form):
    """What is asked, until when and whom."""

    purpose = LineField(
        label="Syfte",
        max_length=PURPOSE_LIMIT,
        help_text="Vad svaren ska användas till. Syftet följer med det som skickas.",
        error_messages={"required": "Skriv vad svaren ska användas till."},
    )
    deadline = DayField(label="Svara senast", error_messages={"required": "Ange när svaren senast ska ha kommit in."})
    receivers = _receivers()

    def __init__(
        self, data: Data = None, *, kind: RoundKind, receivers: Sequence[Body], initial: dict[str, Any]
    ) -> None:
        """Offer the bodies that can be asked."""
        super().__init__(data, initial=initial)
        chosen = cast("forms.TypedMultipleChoiceField", self.fields["receivers"])
        chosen.choices = _groups(receivers)
        if kind == RoundKind.RESURSBEKRAFTELSE:
            chosen.help_text = "De deltagande organisationerna. De som inte har bekräftat sina resurser är markerade."


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """A question as the answer's form shows it, with the fields that answer it."""

    question: RoundQuestion
    stance: forms.BoundField
    text: forms.BoundField


class AnswerForm(forms.Form):
    """A receiver's answer: as a whole, and to each question.

    Nothing is required here, since an answer may be saved in part; what must be there is said by the act that sends it.
    """

    def __init__(
        self, data: Data = None, *, kind: RoundKind, questions: Iterable[RoundQuestion], initial: dict[str, Any]
    ) -> None:
        """Make the fields that the kind of round and its questions ask for."""
        super().__init__(data, initial=initial)
        self.kind, self.questions = kind, list(questions)
        for one in self.questions:
            label = f"Er syn på fråga {one.number}"
            self.fields[f"stance-{one.number}"] = _stances(label, ON_A_QUESTION)
            self.fields[f"text-{one.number}"] = MarkdownField(
                label=f"Svar på fråga {one.number}", required=False, rows=3
            )
        if kind == RoundKind.RESURSBEKRAFTELSE:
            self._ask_confirmation()
        else:
            whole = "Er samlade syn" if self.questions else "Ställningstagande"
            self.fields["stance"] = _stances(whole, OPINIONS)
            help_text = "Era synpunkter. Behövs om ni inte instämmer helt."
            self.fields["text"] = MarkdownField(label="Svar", required=False, rows=8, help_text=help_text)

    def _ask_confirmation(self) -> None:
        choices = [(Stance.BEKRAFTAR.value, "Ja, vi bekräftar våra resurser"), (DECLINES, "Nej, vi bekräftar inte")]
        self.fields["stance"] = _radio("Bekräftar ni resurserna?", choices)
        self.fields["text"] = MarkdownField(
            label="Kommentar eller skäl", required=False, help_text="Skriv varför om ni inte bekräftar resurserna."
        )
        self.fields["decision_date"] = DayField(
            label="Datum för ert eget beslut",
            required=False,
            help_text="Om organisationen har fattat ett beslut hemma.",
        )
        self.fields["decision_number"] = LineField(
            label="Beslutets diarienummer", max_length=NUMBER_LIMIT, required=False, help_text="Om det finns ett."
        )

    @property
    def by_part(self) -> list[tuple[str, list[QuestionFields]]]:
        """Return the questions with their fields, those about one part together."""
        return [
            (
                about or WHOLE,
                [QuestionFields(one, self[f"stance-{one.number}"], self[f"text-{one.number}"]) for one in those],
            )
            for about, those in groupby(self.questions, key=lambda one: one.about)
        ]

    @property
    def whole(self) -> list[forms.BoundField]:
        """Return the fields about the whole."""
        return [self[name] for name in self.fields if "-" not in name]

    @property
    def reply(self) -> Reply:
        """Return what is answered, once the form is valid."""
        sent = self.cleaned_data
        return Reply(
            stance=sent["stance"],
            text=sent["text"],
            replies={
                one.number: OnQuestion(sent[f"stance-{one.number}"], sent[f"text-{one.number}"])
                for one in self.questions
            },
            decision_date=sent.get("decision_date"),
            decision_number=sent.get("decision_number", ""),
        )


def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a draft holds, as the answer's form begins."""
    found = {name: content.get(name, "") for name in ("stance", "text", "decision_date", "decision_number")}
    for number, stance, text in content.get("replies", ()):
        found |= {f"stance-{number}": stance, f"text-{number}": text}
    return found


def _stances(label: str, stances: Iterable[Stance]) -> forms.ChoiceField:
    return _radio(label, [(stance.value, stance.label) for stance in stances])


def _radio(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
    )


class TextForm(forms.Form):
    """A text that must be written: why a receiver does not answer, or what it adds to its answer."""

    text = MarkdownField(label="Text", rows=6)

    def __init__(self, data: Data = None, *, label: str, missing: str, help_text: str = "") -> None:
        """Say what the text is for."""
        super().__init__(data)
        field = self.fields["text"]
        field.label, field.help_text, field.error_messages["required"] = label, help_text, missing


class DeclineForm(TextForm):
    """Why a receiver does not answer, with the version of its draft that was seen: that is thrown away with it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Data = None, *, seen: int) -> None:
        """Remember what was seen."""
        super().__init__(data, label="Varför svarar ni inte?", missing="Skriv varför ni inte svarar.")
        self.fields["version"].initial = seen

    @property
    def seen(self) -> int:
        """Return the version that was seen, once the form is valid; one that no draft has where none was sent."""
        version: int | None = self.cleaned_data["version"]
        return -1 if version is None else version


class MoreForm(forms.Form):
    """Who else is asked."""

    receivers = _receivers()

    def __init__(self, data: Data = None, *, receivers: Sequence[Body]) -> None:
        """Offer the bodies that can be asked and are not."""
        super().__init__(data)
        cast("forms.TypedMultipleChoiceField", self.fields["receivers"]).choices = _groups(receivers)


class WithdrawForm(forms.Form):
    """Why a question is taken back."""

    reason = MarkdownField(label="Varför dras den tillbaka?", rows=4, error_messages={"required": "Skriv varför."})


class ExtendForm(forms.Form):
    """A later last day for answers."""

    deadline = DayField(label="Ny sista svarsdag", error_messages={"required": "Ange ny sista svarsdag."})
    reason = MarkdownField(label="Varför (om det behövs)", rows=3, required=False)


class HandOverForm(forms.Form):
    """Whom an answer is left to."""

    to = forms.TypedChoiceField(
        label="Vem ska svara?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, data: Data = None, *, people: Sequence[Holder]) -> None:
        """Offer those who may answer for the receiver."""
        super().__init__(data)
        chosen = cast("forms.TypedChoiceField", self.fields["to"])
        chosen.choices = [(one.person_id, one.name) for one in people]
