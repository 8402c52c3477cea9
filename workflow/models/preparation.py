"""What is written during preparation: statements, requests for completion, proposed changes."""

from django.conf import settings
from django.db import models

from governance.models import Body
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.vocabulary import Rekommendation


class Utlatande(models.Model):
    """A preparing body's statement on a case, and its working notes; read by its own body until it is used."""

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="utlatanden")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="utlatanden")
    text = models.TextField("utlåtande", blank=True)
    rekommendation = models.CharField("rekommendation", max_length=20, choices=Rekommendation.choices, blank=True)
    forslag = models.TextField("förslag till beslut", blank=True)
    anteckningar = models.TextField("arbetsanteckningar", blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = "utlåtande"
        verbose_name_plural = "utlåtanden"
        constraints = (models.UniqueConstraint(fields=("satsning", "body"), name="utlatande_once"),)

    def __str__(self) -> str:
        """Return body and case."""
        return f"utlåtande av {self.body}"


class Komplettering(models.Model):
    """One thing to complete in one part, and the answer to it; open until it has been handed in.

    `gathers_only` says that it asks for nothing beside the comments it gathers: their answers are its answer.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="kompletteringar")
    part = models.CharField("del", max_length=30, choices=[(part.value, part.label) for part in DECIDED_PARTS])
    begaran = models.TextField("vad som ska kompletteras")
    begard_av = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    begard_at = models.DateTimeField("begärd")
    svar = models.TextField("svar", blank=True)
    svar_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    svar_at = models.DateTimeField("besvarad", null=True)
    closed_at = models.DateTimeField("inlämnad", null=True)
    gathers_only = models.BooleanField("bara kommentarer", default=False)

    class Meta:
        verbose_name = "komplettering"
        verbose_name_plural = "kompletteringar"
        ordering = ("begard_at", "id")
        indexes = (models.Index(fields=("satsning",), condition=models.Q(closed_at=None), name="komplettering_open"),)

    def __str__(self) -> str:
        """Return the part it concerns."""
        return f"komplettering av {PartCode(self.part).label}"


class Andringsforslag(models.Model):
    """A proposed new value of a decided part; takes effect only by ändringsbeslut.

    `value` is a part's value as `satsningar.content` gives it.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="andringsforslag")
    part = models.CharField("del", max_length=30, choices=[(part.value, part.label) for part in DECIDED_PARTS])
    value = models.JSONField("innehåll")
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("avgjort", null=True)

    class Meta:
        verbose_name = "ändringsförslag"
        verbose_name_plural = "ändringsförslag"
        constraints = (
            models.UniqueConstraint(
                fields=("satsning", "part"), condition=models.Q(closed_at=None), name="andringsforslag_open_once"
            ),
        )

    def __str__(self) -> str:
        """Return the part it concerns."""
        return f"förslag till ändring av {PartCode(self.part).label}"
