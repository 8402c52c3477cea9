"""Reminders of last days, and why a case stands still."""

from django.conf import settings
from django.db import models

from governance.models import Body
from satsningar.models import Satsning
from workflow.deadlines.vocabulary import Paminnelseslag, Stopporsak


class Paminnelse(models.Model):
    """That a body was to be reminded of a case's last day: once for each stay at a step and kind, by the constraint.

    `station` and `since` are the stay; `to` is the body whose turn it was, or to which it was taken further, and
    `chair_only` whether it is for its chair alone. The table takes no UPDATE or DELETE.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="paminnelser")
    kind = models.CharField("slag", max_length=12, choices=Paminnelseslag.choices)
    station = models.CharField("steg", max_length=40)
    since = models.DateTimeField("i steget sedan")
    due = models.DateField("sista dag")
    to = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name="till")
    chair_only = models.BooleanField("bara till ordföranden", default=False)
    act_id = models.UUIDField("händelse")
    made_at = models.DateTimeField("påmint")

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        ordering = ("made_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("satsning", "kind", "station", "since"), name="paminnelse_once"),
        )
        indexes = (
            models.Index(fields=("to", "due"), condition=models.Q(kind="eskalering"), name="paminnelse_taken_further"),
        )

    def __str__(self) -> str:
        """Return its kind."""
        return self.get_kind_display()


class Stopp(models.Model):
    """Why a case stands still, from when until when; at most one is open for a case.

    `act_id` is the act that set it, `cleared_act_id` the one that said that the case goes on.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="stopp")
    cause = models.CharField("orsak", max_length=14, choices=Stopporsak.choices)
    text = models.CharField("med egna ord", max_length=250, blank=True)
    act_id = models.UUIDField("händelse")
    set_at = models.DateTimeField("från")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_by_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    cleared_act_id = models.UUIDField("händelse då den togs bort", null=True)
    cleared_at = models.DateTimeField("till", null=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "stopp"
        verbose_name_plural = "stopp"
        ordering = ("-set_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("satsning",), condition=models.Q(cleared_at=None), name="stopp_open_once"),
        )
        indexes = (models.Index(fields=("cause",), condition=models.Q(cleared_at=None), name="stopp_open_by_cause"),)

    def __str__(self) -> str:
        """Return the cause."""
        return self.get_cause_display()
