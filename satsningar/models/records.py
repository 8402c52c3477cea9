"""Records: frozen revisions, attachments and the list of handlingar."""

from django.conf import settings
from django.db import models

from governance.models import Body, Organisation
from satsningar.models.satsning import Satsning
from satsningar.vocabulary import Handlingsslag, Handlingsstatus, PartCode


class Revision(models.Model):
    """The whole content as it stood at an act; the table takes no UPDATE or DELETE.

    `content` is canonical JSON (sorted keys, no spaces, UTF-8) kept as text; `sha256` is of its bytes.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField("nummer")
    act = models.CharField("fryst vid", max_length=40)
    content = models.TextField("innehåll")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    created_at = models.DateTimeField("fryst")

    class Meta:
        verbose_name = "revision"
        verbose_name_plural = "revisioner"
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("satsning", "number"), name="revision_number_once"),)

    def __str__(self) -> str:
        """Return the revision's number."""
        return f"revision {self.number}"


class KeptFile(models.Model):
    """What is known of a file that somebody sent; `satsningar.attachments` keeps it and gives it out."""

    name = models.CharField("filnamn", max_length=200)
    content_type = models.CharField("filtyp", max_length=100)
    size = models.PositiveBigIntegerField("storlek i byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    file = models.FileField("fil", upload_to="bilagor/%Y/%m", max_length=300)
    uploaded_at = models.DateTimeField("tillagd", auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("borttagen", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("uploaded_at", "id")

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name


class Bilaga(KeptFile):
    """An attached file; served only through a permission check."""

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="bilagor")
    part = models.CharField("del", max_length=30, choices=PartCode.choices, blank=True)

    class Meta(KeptFile.Meta):
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"


class Handling(models.Model):
    """A line in the case's list of documents, from whom to whom and what it is judged to be.

    `secrecy` holds the section of law of a secrecy mark; empty means none. A handling may be bound to
    a body (`only_body`): working material that is read by that body alone.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="handlingar")
    kind = models.CharField("slag", max_length=20, choices=Handlingsslag.choices)
    title = models.CharField("rubrik", max_length=250)
    date = models.DateField("datum")
    sender = models.CharField("från", max_length=200, blank=True)
    receiver = models.CharField("till", max_length=200, blank=True)
    purpose = models.CharField("syfte med delningen", max_length=200, blank=True)
    status = models.CharField("status", max_length=20, choices=Handlingsstatus.choices)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ägs av"
    )
    only_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    secrecy = models.CharField("sekretessmarkering", max_length=200, blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="handlingar")
    bilaga = models.OneToOneField(Bilaga, on_delete=models.PROTECT, null=True, blank=True, related_name="handling")

    class Meta:
        verbose_name = "handling"
        verbose_name_plural = "handlingar"
        ordering = ("date", "id")

    def __str__(self) -> str:
        """Return the document's heading."""
        return self.title


class Registernummer(models.Model):
    """An organisation's own registry number for the case."""

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="registernummer")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("diarienummer", max_length=60)

    class Meta:
        verbose_name = "diarienummer"
        verbose_name_plural = "diarienummer"
        constraints = (models.UniqueConstraint(fields=("satsning", "organisation"), name="registernummer_once"),)

    def __str__(self) -> str:
        """Return the number."""
        return self.number
