"""Moving many cases to another version of their path: what was asked for, and how far it has come."""

from django.conf import settings
from django.db import models

from governance.models import ArendegangVersion
from satsningar.models import Satsning
from workflow.vocabulary import Flyttlage


class Versionsflytt(models.Model):
    """Chosen cases on their way from one version to another; each is moved by an act of its own.

    `mapping` maps the code of each step in the old version to that of the step in the new one.
    """

    before = models.ForeignKey(ArendegangVersion, on_delete=models.PROTECT, related_name="+", verbose_name="från")
    after = models.ForeignKey(ArendegangVersion, on_delete=models.PROTECT, related_name="+", verbose_name="till")
    mapping = models.JSONField("var stegen motsvaras")
    reason = models.TextField("skäl")
    made_at = models.DateTimeField("begärd", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "versionsflytt"
        verbose_name_plural = "versionsflyttar"
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return from what to what."""
        return f"{self.before} till {self.after}"


class Versionsflyttrad(models.Model):
    """One of the cases; `edition` is the one that was shown when the move was tried out."""

    flytt = models.ForeignKey(Versionsflytt, on_delete=models.PROTECT, related_name="rader")
    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="versionsflyttar")
    edition = models.PositiveIntegerField("utgåva")
    state = models.CharField("läge", max_length=10, choices=Flyttlage.choices, default=Flyttlage.VANTAR)
    message = models.TextField("varför inte", blank=True)

    class Meta:
        verbose_name = "satsning i versionsflytt"
        verbose_name_plural = "satsningar i versionsflytt"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("flytt", "satsning"), name="flyttas_once"),)
        indexes = (models.Index(fields=("flytt", "state", "id"), name="flyttrad_by_state"),)

    def __str__(self) -> str:
        """Return the state."""
        return str(Flyttlage(self.state).label)
