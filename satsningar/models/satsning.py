"""The satsning itself: whose it is and where it stands. What it contains lies in the part tables."""

from django.conf import settings
from django.db import models
from django_fsm import FSMField

from governance.models import ArendegangVersion, Body, County


class Satsning(models.Model):
    """A joint initiative on its way.

    `station` is written by `workflow.actions` alone: protected here, tied to the stations of the
    case's version by a composite foreign key, and held to the journal by a deferred trigger.
    `submitted_at` is when it left its group the first time: before that only its authors read it.
    `edition` counts every recorded change, content or act; a form that was shown an older one is stale.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="satsningar")
    version = models.ForeignKey(
        ArendegangVersion, on_delete=models.PROTECT, related_name="satsningar", verbose_name="ärendegång"
    )
    station = FSMField("steg", protected=True, max_length=40)
    station_since = models.DateTimeField("i steget sedan")
    edition = models.PositiveIntegerField("utgåva", default=0)
    ansvarig_grupp = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="satsningar", verbose_name="ansvarig grupp"
    )
    beredningsgrupp = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="bereder", verbose_name="beredningsgrupp"
    )
    beslutsorgan = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="beslutar", verbose_name="beslutande organ"
    )
    handlaggare = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handlagger",
        verbose_name="handläggare",
    )
    submitted_at = models.DateTimeField("inlämnad", null=True, blank=True)
    reference = models.CharField("ärendenummer", max_length=60, blank=True)
    is_example = models.BooleanField("exempeldata", default=False)
    created_at = models.DateTimeField("skapad")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="skapad av"
    )
    last_act_at = models.DateTimeField("senaste händelse")

    class Meta:
        verbose_name = "satsning"
        verbose_name_plural = "satsningar"
        ordering = ("-last_act_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("beslutsorgan", "reference"), condition=~models.Q(reference=""), name="reference_once"
            ),
        )
        indexes = (
            models.Index(fields=("county", "-last_act_at", "-id"), name="satsning_by_last_act"),
            models.Index(fields=("county", "station", "station_since"), name="satsning_by_station"),
            models.Index(fields=("ansvarig_grupp", "station", "station_since"), name="satsning_by_ansvarig"),
            models.Index(fields=("beredningsgrupp", "station", "station_since"), name="satsning_by_beredning"),
            models.Index(fields=("ansvarig_grupp", "-last_act_at"), name="satsning_group_newest"),
            models.Index(fields=("beredningsgrupp", "-last_act_at"), name="satsning_preparing_newest"),
            models.Index(fields=("beslutsorgan", "station", "station_since"), name="satsning_by_beslutsorgan"),
        )

    def __str__(self) -> str:
        """Return reference number or key; the title is content."""
        return self.reference or f"satsning {self.pk}"


class ReferenceSeries(models.Model):
    """The last number given by a body in a year; the row is the lock that keeps numbers apart."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("år")
    last = models.PositiveIntegerField("senaste nummer", default=0)

    class Meta:
        verbose_name = "nummerserie"
        verbose_name_plural = "nummerserier"
        constraints = (models.UniqueConstraint(fields=("body", "year"), name="reference_series_once"),)

    def __str__(self) -> str:
        """Return body and year."""
        return f"{self.body} {self.year}"
