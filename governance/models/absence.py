"""Absence: that a colleague does somebody's work in a body for a period."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from governance.models.bodies import Membership


class Franvaro(models.Model):
    """A period when a colleague with the same mandates does the work of a membership; ends early by being revoked.

    It gives no right: the substitute holds the mandates by a membership of their own. It has no effect on a day when
    either of the two does not sit in the body. `act_id` and `revoked_act_id` are the journal's.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="franvaro")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ersatter", verbose_name="ersätts av"
    )
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med")
    act_id = models.UUIDField("händelse")
    made_at = models.DateTimeField("anmäld")
    revoked_at = models.DateTimeField("återkallad", null=True)
    revoked_act_id = models.UUIDField("händelse då den återkallades", null=True)

    class Meta:
        verbose_name = "frånvaro"
        verbose_name_plural = "frånvaro"
        ordering = ("starts_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="franvaro_ends_after_start"),
        )
        indexes = (
            models.Index(fields=("substitute", "ends_on"), condition=Q(revoked_at=None), name="franvaro_by_substitute"),
            models.Index(fields=("membership", "ends_on"), condition=Q(revoked_at=None), name="franvaro_by_membership"),
        )

    def __str__(self) -> str:
        """Return the period."""
        return f"{self.starts_on.isoformat()}–{self.ends_on.isoformat()}"
