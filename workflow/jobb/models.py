"""What a person sees of work that was asked for; the work itself is a job of `governance.jobs`."""

from django.conf import settings
from django.db import models

from governance.models import County


class Jobblage(models.TextChoices):
    """How the work stands."""

    VANTAR = "vantar", "Väntar"
    PAGAR = "pagar", "Pågår"
    KLAR = "klar", "Klart"
    MISSLYCKAD = "misslyckad", "Misslyckades"


class Jobbstatus(models.Model):
    """How far some work has come; its owner's alone to see.

    `kind` is the name of the task and `arguments` what it was given, so that it can be asked for once more. `done` of
    `total` parts are ready; nobody knows how many there are while `total` is 0.
    """

    kind = models.CharField("slag", max_length=100)
    arguments = models.JSONField("underlag", default=dict)
    title = models.CharField("vad", max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="+")
    state = models.CharField("läge", max_length=20, choices=Jobblage.choices, default=Jobblage.VANTAR)
    done = models.PositiveIntegerField("färdiga delar", default=0)
    total = models.PositiveIntegerField("delar", default=0)
    message = models.CharField("meddelande", max_length=300, blank=True)
    result_url = models.CharField("resultat", max_length=500, blank=True)
    created_at = models.DateTimeField("begärt", auto_now_add=True)
    started_at = models.DateTimeField("påbörjat", null=True)
    finished_at = models.DateTimeField("avslutat", null=True)

    class Meta:
        verbose_name = "jobb"
        verbose_name_plural = "jobb"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(total=0) | models.Q(done__lte=models.F("total")), name="jobb_done"
            ),
        )

    def __str__(self) -> str:
        """Return what is made."""
        return self.title

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more happens by itself."""
        return self.state in {Jobblage.KLAR, Jobblage.MISSLYCKAD}
