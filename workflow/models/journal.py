"""The journal: an append-only chain of envelopes, each with a payload that can be weeded by a decision."""

from django.conf import settings
from django.db import models

from governance.models import ArendegangVersion, Body, County
from governance.vocabulary import Mandate, Role
from satsningar.models import Revision, Satsning
from workflow.vocabulary import Act


class JournalEntry(models.Model):
    """The envelope of one act; the table takes no UPDATE or DELETE.

    `number` has no gaps within a county. `digest` is of the payload with its salt, `hash` of the whole
    envelope with `previous_hash`, the hash of the entry before it (empty for the first). `version` is the version of
    the path that the case follows after the act.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="journal")
    number = models.PositiveBigIntegerField("nummer")
    act_id = models.UUIDField("händelse")
    act = models.CharField("vad", max_length=30, choices=Act.choices)
    move = models.CharField("förflyttning", max_length=40, blank=True)
    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, null=True, related_name="journal")
    version = models.ForeignKey(
        ArendegangVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField("roll", max_length=20, choices=Role.choices, blank=True)
    mandate = models.CharField("mandat", max_length=20, choices=Mandate.choices, blank=True)
    from_station = models.CharField("från", max_length=40, blank=True)
    to_station = models.CharField("till", max_length=40, blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("tid")
    digest = models.CharField("kontrollsumma", max_length=64)
    previous_hash = models.CharField("föregående", max_length=64, blank=True)
    hash = models.CharField("kedja", max_length=64)

    class Meta:
        verbose_name = "journalpost"
        verbose_name_plural = "journalposter"
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("county", "number"), name="journal_number_once"),)
        indexes = (models.Index(fields=("satsning", "-number"), name="journal_by_satsning"),)

    def __str__(self) -> str:
        """Return number and act."""
        return f"{self.number} {self.get_act_display()}"


class JournalPayload(models.Model):
    """What was said in the act: reason and names as they were, canonical JSON with a random salt."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=64)
    content = models.TextField("innehåll")

    class Meta:
        verbose_name = "journalinnehåll"
        verbose_name_plural = "journalinnehåll"

    def __str__(self) -> str:
        """Return the entry's key."""
        return f"innehåll i post {self.entry_id}"


class ChainHead(models.Model):
    """The newest number and hash of a county's chain; the row is the lock that keeps it in line."""

    county = models.OneToOneField(County, on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField("nummer", default=0)
    hash = models.CharField("kedja", max_length=64, blank=True)

    class Meta:
        verbose_name = "journalens slut"
        verbose_name_plural = "journalernas slut"

    def __str__(self) -> str:
        """Return the newest number."""
        return str(self.number)
