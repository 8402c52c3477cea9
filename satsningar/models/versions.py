"""Every saved version of a part, kept beside the part itself."""

from django.conf import settings
from django.db import models

from satsningar.models.satsning import Satsning
from satsningar.vocabulary import PartCode


class Delversion(models.Model):
    """A part as somebody saved it; the table takes no UPDATE or DELETE.

    `value` is the part's value as `satsningar.content` gives it, with the names of what it refers to.
    """

    satsning = models.ForeignKey(
        Satsning, on_delete=models.PROTECT, related_name="delversioner", db_index=False, verbose_name="satsning"
    )
    part = models.CharField("del", max_length=30, choices=PartCode.choices)
    version = models.PositiveIntegerField("version")
    value = models.JSONField("innehåll")
    saved_at = models.DateTimeField("sparad")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "sparad version av en del"
        verbose_name_plural = "sparade versioner av delar"
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=("satsning", "part", "version"), name="delversion_once"),)

    def __str__(self) -> str:
        """Return part and version."""
        return f"{PartCode(self.part).label}, version {self.version}"
