"""Comments, what is written in their threads, who is named in them, and how far each reader of a case has read."""

from django.conf import settings
from django.db import models

from governance.models import Body
from governance.vocabulary import Mandate
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.models.preparation import Komplettering
from workflow.vocabulary import Inlaggsslag, Kommentarslage


class Written(models.Model):
    """Something somebody wrote, for a body; without a mandate for whoever was invited or named."""

    text = models.TextField("text", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    mandate = models.CharField("mandat", max_length=20, choices=Mandate.choices, blank=True)
    at = models.DateTimeField("skriven")
    act_id = models.UUIDField("händelse")

    class Meta:
        abstract = True


class Kommentar(Written):
    """A comment on a part, or on one field or list of it; the table takes no UPDATE or DELETE.

    `field` is a field's or a list's key by `satsningar.partspec`, empty for the whole part. `value` is what stood
    there when the comment was made: of the field alone, or of the whole part.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="kommentarer")
    part = models.CharField("del", max_length=30, choices=[(part.value, part.label) for part in DECIDED_PARTS])
    field = models.CharField("fält", max_length=60, blank=True)
    value = models.JSONField("det som stod där")

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ("id",)

    def __str__(self) -> str:
        """Return the part it concerns."""
        return f"kommentar till {PartCode(self.part).label}"


class Kommentarsinlagg(Written):
    """What is written in the thread of a comment, and how it stands from then on; takes no UPDATE or DELETE."""

    kommentar = models.ForeignKey(Kommentar, on_delete=models.PROTECT, db_index=False, related_name="inlagg")
    kind = models.CharField("slag", max_length=10, choices=Inlaggsslag.choices)
    state = models.CharField("läge efter", max_length=10, choices=Kommentarslage.choices)

    class Meta:
        verbose_name = "inlägg i kommentar"
        verbose_name_plural = "inlägg i kommentarer"
        ordering = ("id",)
        indexes = (models.Index(fields=("kommentar", "-id"), name="inlagg_by_kommentar"),)

    def __str__(self) -> str:
        """Return what it is."""
        return self.get_kind_display()


class Kommentarsnamn(models.Model):
    """Somebody named in a comment, or in something in its thread; the table takes no UPDATE or DELETE."""

    kommentar = models.ForeignKey(Kommentar, on_delete=models.PROTECT, related_name="namnda")
    inlagg = models.ForeignKey(Kommentarsinlagg, on_delete=models.PROTECT, null=True, related_name="namnda")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="namnd_i")

    class Meta:
        verbose_name = "nämnd i kommentar"
        verbose_name_plural = "nämnda i kommentarer"
        constraints = (
            models.UniqueConstraint(
                fields=("kommentar", "inlagg", "person"), nulls_distinct=False, name="kommentarsnamn_once"
            ),
        )

    def __str__(self) -> str:
        """Return who."""
        return f"nämnd: {self.person_id}"


class Kommentarbegaran(models.Model):
    """That a request for completion gathers a comment; the table takes no UPDATE or DELETE."""

    kommentar = models.ForeignKey(Kommentar, on_delete=models.PROTECT, related_name="begaranden")
    komplettering = models.ForeignKey(
        Komplettering, on_delete=models.PROTECT, db_index=False, related_name="kommentarer"
    )

    class Meta:
        verbose_name = "kommentar i begäran"
        verbose_name_plural = "kommentarer i begäran"
        constraints = (models.UniqueConstraint(fields=("komplettering", "kommentar"), name="kommentarbegaran_once"),)

    def __str__(self) -> str:
        """Return both keys."""
        return f"kommentar {self.kommentar_id} i begäran {self.komplettering_id}"


class CaseReadMark(models.Model):
    """How far a person has read a case: the version of each part that they have seen."""

    satsning = models.ForeignKey(Satsning, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+")
    versions = models.JSONField("delarnas versioner")
    at = models.DateTimeField("läst")

    class Meta:
        verbose_name = "läst satsning"
        verbose_name_plural = "lästa satsningar"
        constraints = (models.UniqueConstraint(fields=("person", "satsning"), name="case_read_mark_once"),)

    def __str__(self) -> str:
        """Return the time."""
        return self.at.isoformat()
