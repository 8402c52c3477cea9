"""A round of answers: what is asked, of whom, what each receiver answers, and what is added to an answer later."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from viewflow.workflow.models import Process, Task

from governance.models import Body
from governance.permissions import today
from governance.vocabulary import BodyKind
from satsningar.models import Revision, Satsning
from satsningar.vocabulary import PartCode
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.vocabulary import AnswerState, RoundEnding, RoundKind, Stance


class Round(models.Model):
    """Questions to several bodies at once, open until it ends; the process is viewflow's side of it."""

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField("slag", max_length=20, choices=RoundKind.choices)
    purpose = models.CharField("syfte", max_length=200)
    asked_key = models.CharField("vad som frågas", max_length=64, default="", editable=False)
    """The same for rounds that ask the same; see `questions.key_of`."""
    deadline = models.DateField("svara senast")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="rounds")
    opened_at = models.DateTimeField("öppnad")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_by_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="opened_rounds")
    closed_at = models.DateTimeField("stängd", null=True)
    ending = models.CharField("slut", max_length=14, choices=RoundEnding.choices, blank=True)
    ending_reason = models.TextField("skäl", blank=True)
    process = models.OneToOneField(Process, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "runda"
        verbose_name_plural = "rundor"
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("satsning", "kind", "asked_key"), condition=models.Q(closed_at=None), name="round_asks_once"
            ),
        )
        indexes = (
            models.Index(fields=("opened_by_body", "deadline"), condition=models.Q(closed_at=None), name="round_open"),
        )

    def __str__(self) -> str:
        """Return kind and purpose."""
        return f"{self.get_kind_display()}: {self.purpose}"

    def get_absolute_url(self) -> str:
        """Return the address of the round's page."""
        return reverse("runda", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Tell whether answers are still taken."""
        return self.closed_at is None

    @property
    def is_late(self) -> bool:
        """Tell whether answers are still waited for after their last day."""
        return self.is_open and self.deadline < today()

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether whoever asked has taken the question back, so that its answers count for nothing."""
        return self.ending == RoundEnding.DRAGEN


class RoundQuestion(models.Model):
    """One question of a round, about a part of the satsning or about the whole."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("fråga")
    part = models.CharField("del", max_length=24, choices=PartCode.choices, blank=True)

    class Meta:
        verbose_name = "fråga i runda"
        verbose_name_plural = "frågor i rundor"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="round_question_once"),)

    def __str__(self) -> str:
        """Return its number."""
        return f"fråga {self.number}"

    @property
    def about(self) -> str:
        """Return the name of the part that it is about; nothing where it is about the whole."""
        return str(PartCode(self.part).label) if self.part else ""


class RoundAnswer(models.Model):
    """One receiver's task in a round and, once given, its answer: a received document that is never changed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="answers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="round_answers", verbose_name="mottagare")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="överlämnad till"
    )
    deadline = models.DateField("svara senast")
    """The receiver's own last day: the round's, unless this receiver has been given longer."""
    state = models.CharField("läge", max_length=12, choices=AnswerState.choices, default=AnswerState.VANTAR)
    stance = models.CharField("ställningstagande", max_length=20, choices=Stance.choices, blank=True)
    text = models.TextField("svar", blank=True)
    home_decision_date = models.DateField("hemmabeslutets datum", null=True, blank=True)
    home_decision_number = models.CharField("hemmabeslutets diarienummer", max_length=60, blank=True)
    answered_at = models.DateTimeField("besvarad", null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    late = models.BooleanField("kom in för sent", default=False)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "svar i runda"
        verbose_name_plural = "svar i rundor"
        ordering = ("body__position", "id")
        constraints = (models.UniqueConstraint(fields=("round", "body"), name="round_answer_once"),)
        indexes = (
            models.Index(fields=("body", "deadline"), condition=models.Q(state="vantar"), name="round_answer_waiting"),
        )

    def __str__(self) -> str:
        """Return the receiver."""
        return f"svar från {self.body}"

    @property
    def receiver(self) -> str:
        """Return who is asked: the organisation where the body is that of its contacts, else the body."""
        organisation = self.body.organisation
        return organisation.name if organisation and self.body.kind == BodyKind.ORGANISATION else self.body.name

    @property
    def outcome(self) -> str:
        """Return what the answer came to: its stance, or that there is none."""
        return Stance(self.stance).label if self.stance else AnswerState(self.state).label

    @property
    def is_given(self) -> bool:
        """Tell whether the receiver has answered, if only to decline."""
        return self.answered_at is not None

    def is_overdue(self, day: date) -> bool:
        """Tell whether it is waited for after its last day."""
        return self.state == AnswerState.VANTAR and self.deadline < day


class RoundReply(models.Model):
    """What a receiver answers to one of the questions; rows are added with the answer and never changed."""

    answer = models.ForeignKey(RoundAnswer, on_delete=models.PROTECT, related_name="replies")
    question = models.ForeignKey(RoundQuestion, on_delete=models.PROTECT, related_name="replies")
    stance = models.CharField("ställningstagande", max_length=20, choices=Stance.choices)
    text = models.TextField("svar", blank=True)

    class Meta:
        verbose_name = "svar på fråga"
        verbose_name_plural = "svar på frågor"
        ordering = ("question__number",)
        constraints = (models.UniqueConstraint(fields=("answer", "question"), name="round_reply_once"),)

    def __str__(self) -> str:
        """Return what it came to."""
        return self.get_stance_display()


class RoundAddendum(models.Model):
    """What a receiver adds to an answer that it has given; rows are added and never changed."""

    answer = models.ForeignKey(RoundAnswer, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField("komplettering")
    added_at = models.DateTimeField("inkommen")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "komplettering av svar"
        verbose_name_plural = "kompletteringar av svar"
        ordering = ("id",)

    def __str__(self) -> str:
        """Return whose it is."""
        return f"komplettering av {self.answer}"


class RoundReminder(models.Model):
    """That a receiver was reminded: by a person at most once a day, by the clock once of each kind and last day.

    `kind` is empty where a person did it; where the clock did, `due` is the last day that it was about. An answer that
    is given longer time is reminded of its new last day.
    """

    answer = models.ForeignKey(RoundAnswer, on_delete=models.PROTECT, related_name="reminders")
    day = models.DateField("dag")
    kind = models.CharField("slag", max_length=12, choices=Paminnelseslag.choices, blank=True)
    due = models.DateField("sista dag", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "påminnelse om svar"
        verbose_name_plural = "påminnelser om svar"
        ordering = ("day", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "day"), condition=models.Q(kind=""), name="round_reminder_once_a_day"
            ),
            models.UniqueConstraint(
                fields=("answer", "kind", "due"), condition=~models.Q(kind=""), name="round_reminder_once_by_the_clock"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="", by__isnull=False, due=None)
                | ~models.Q(kind="") & models.Q(by=None, due__isnull=False),
                name="round_reminder_by_somebody_or_the_clock",
            ),
        )

    def __str__(self) -> str:
        """Return the day."""
        return self.day.isoformat()

    @property
    def is_further(self) -> bool:
        """Tell whether it went to somebody else than the receiver."""
        return self.kind == Paminnelseslag.ESKALERING


class RoundDraft(models.Model):
    """What a receiver has written of its answer and not yet sent: read by the receiver's own body alone."""

    answer = models.OneToOneField(RoundAnswer, on_delete=models.PROTECT, related_name="draft")
    content = models.JSONField("utkast")
    version = models.PositiveIntegerField("version", default=1)
    saved_at = models.DateTimeField("sparat", auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "utkast till svar"
        verbose_name_plural = "utkast till svar"

    def __str__(self) -> str:
        """Return whose it is."""
        return f"utkast till {self.answer}"
