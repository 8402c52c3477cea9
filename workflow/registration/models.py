"""What was said when a case was registered afterwards."""

from django.conf import settings
from django.db import models

from satsningar.models import Satsning


class Registrering(models.Model):
    """That a case was on its way before the system, and by which decision; the table takes no UPDATE or DELETE.

    `entered_at` is the code of the step it was registered at, `stood_since` the day it had stood there since.
    """

    satsning = models.OneToOneField(Satsning, on_delete=models.PROTECT, primary_key=True, related_name="registrering")
    act_id = models.UUIDField("händelse")
    entered_at = models.CharField("registrerad i steget", max_length=40)
    decided_on = models.DateField("dag för beslutet", null=True)
    source = models.CharField("källa till beslutet", max_length=250, blank=True)
    stood_since = models.DateField("i steget sedan")
    registered_at = models.DateTimeField("registrerad")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="registrerad av"
    )

    class Meta:
        verbose_name = "registrering i efterhand"
        verbose_name_plural = "registreringar i efterhand"

    def __str__(self) -> str:
        """Return what it rests on."""
        return f"registrerad i efterhand, {self.source}" if self.source else "registrerad i efterhand"
