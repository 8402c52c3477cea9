"""A round of answers and what each receiver answered."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from viewflow.workflow.models import Process, Task

from governance.models import Body
from governance.permissions import today
from governance.vocabulary import BodyKind
from satsningar.models import Revision, Satsning
from workflow.vocabulary import AnswerState, RoundKind, Stance


class Round(models.Model):
    """Questions to several bodies at once, open until closed; the process is viewflow's side of it."""

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField("slag", max_length=20, choices=RoundKind.choices)
    purpose = models.CharField("syfte", max_length=200)
    questions = models.TextField("frågor", blank=True)
    deadline = models.DateField("svara senast")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="rounds")
    opened_at = models.DateTimeField("öppnad")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_by_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="opened_rounds")
    closed_at = models.DateTimeField("stängd", null=True)
    process = models.OneToOneField(Process, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "runda"
        verbose_name_plural = "rundor"
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("satsning", "kind"), condition=models.Q(closed_at=None), name="round_open_once"
            ),
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


class RoundAnswer(models.Model):
    """One receiver's task in a round and, once given, its answer."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="answers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="round_answers", verbose_name="mottagare")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="överlämnad till"
    )
    state = models.CharField("läge", max_length=12, choices=AnswerState.choices, default=AnswerState.VANTAR)
    stance = models.CharField("ställningstagande", max_length=20, choices=Stance.choices, blank=True)
    text = models.TextField("svar", blank=True)
    home_decision_date = models.DateField("hemmabeslutets datum", null=True, blank=True)
    home_decision_number = models.CharField("hemmabeslutets diarienummer", max_length=60, blank=True)
    answered_at = models.DateTimeField("besvarad", null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "svar i runda"
        verbose_name_plural = "svar i rundor"
        ordering = ("body__position", "id")
        constraints = (models.UniqueConstraint(fields=("round", "body"), name="round_answer_once"),)
        indexes = (models.Index(fields=("body",), condition=models.Q(state="vantar"), name="round_answer_waiting"),)

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
