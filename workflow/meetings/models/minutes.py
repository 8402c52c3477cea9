"""The record of a meeting: numbered paragraphs, the minutes made of them, and how they were adjusted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from governance.models import Body, Membership
from workflow.meetings.models.meetings import AgendaItem, Meeting
from workflow.meetings.vocabulary import JusteringState, Outcome


class Paragrafserie(models.Model):
    """The newest paragraph number of a body's year; the row is the lock that keeps the numbers without gaps."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="paragrafserier")
    year = models.PositiveSmallIntegerField("år")
    last = models.PositiveIntegerField("senaste")

    class Meta:
        verbose_name = "paragrafserie"
        verbose_name_plural = "paragrafserier"
        constraints = (models.UniqueConstraint(fields=("body", "year"), name="paragrafserie_once"),)

    def __str__(self) -> str:
        """Return year and number."""
        return f"{self.year}: {self.last}"


class Paragraf(models.Model):
    """What became of an item, for ever; the table takes no UPDATE or DELETE.

    `participants` is a list of `[membership id, name, role, organisation, has vote, jäv, reason for jäv]` as they were;
    `votes` of `[membership id, name, vote, casting, who noted it]`, the last empty for a vote cast by oneself and
    missing in older ones. `wording` is what was proposed, `decided` what was decided, in full. `beslut` is the decision
    on a satsning, `reason` why. `to_meeting` is where a bordläggning puts it, `chair` who led the item.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="paragraf")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="paragrafer")
    year = models.PositiveSmallIntegerField("år")
    number = models.PositiveIntegerField("nummer")
    label = models.CharField("paragraf", max_length=20)
    outcome = models.CharField("utfall", max_length=15, choices=Outcome.choices)
    outcome_words = models.CharField("utfall i ord", max_length=100)
    wording = models.TextField("förslag", blank=True)
    decided = models.TextField("beslut", blank=True)
    condition = models.TextField("villkor", blank=True)
    reason = models.TextField("skäl", blank=True)
    quorum = models.CharField("beslutsförhet", max_length=250, blank=True)
    participants = models.JSONField("deltagare", default=list)
    votes = models.JSONField("röster", default=list)
    ballot_result = models.CharField("omröstningens utfall", max_length=250, blank=True)
    to_meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ordförande i ärendet"
    )
    beslut = models.OneToOneField(
        "workflow.Beslut", on_delete=models.PROTECT, null=True, related_name="paragraf_i_mote"
    )
    act_id = models.UUIDField("händelse")
    recorded_at = models.DateTimeField("infört")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "paragraf"
        verbose_name_plural = "paragrafer"
        ordering = ("body", "year", "number")
        constraints = (models.UniqueConstraint(fields=("body", "year", "number"), name="paragraf_number_once"),)

    def __str__(self) -> str:
        """Return the paragraph as it is written."""
        return self.label


class Protokoll(models.Model):
    """A version of a meeting's minutes, canonical JSON with its SHA-256; the newest version counts.

    Its words take no change: a correction before they are adjusted is a version of its own, one afterwards a
    `Rattelse`. `locked_at` is set when every adjuster has approved. `process` is the round in which they do.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="protokoll")
    number = models.PositiveSmallIntegerField("version")
    content = models.TextField("innehåll")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    journal_number = models.PositiveBigIntegerField("journalens nummer")
    journal_hash = models.CharField("journalens kedja", max_length=64)
    made_at = models.DateTimeField("upprättat")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    justeras_senast = models.DateField("justeras senast")
    locked_at = models.DateTimeField("låst", null=True)
    pdf = models.BinaryField("PDF", null=True)
    pdf_sha256 = models.CharField("PDF:ens kontrollsumma", max_length=64, blank=True)
    process = models.OneToOneField("viewflow.Process", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "protokoll"
        verbose_name_plural = "protokoll"
        ordering = ("meeting", "-number")
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="protokoll_number_once"),)

    def __str__(self) -> str:
        """Return the version."""
        return f"protokoll, version {self.number}"


class Justerare(models.Model):
    """A member who adjusts a meeting's minutes beside its chair: chosen at the meeting, or named later in a place.

    `replaces` is the adjuster, or the chair, in whose place the member was named, with the reason; one who has been
    replaced adjusts no longer.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="justerare")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="i stället för"
    )
    reason = models.CharField("skäl", max_length=250, blank=True)
    named_at = models.DateTimeField("utsedd")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "justerare"
        verbose_name_plural = "justerare"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("meeting", "membership"), name="justerare_once"),
            models.UniqueConstraint(fields=("meeting", "replaces"), name="justerare_replaced_once"),
        )

    def __str__(self) -> str:
        """Return the key of the membership."""
        return f"justerare {self.membership_id}"


class Justering(models.Model):
    """An adjuster's task in the round about one version of the minutes, and the answer."""

    protokoll = models.ForeignKey(Protokoll, on_delete=models.PROTECT, related_name="justeringar")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("namn", max_length=150)
    state = models.CharField("läge", max_length=10, choices=JusteringState.choices, default=JusteringState.VANTAR)
    text = models.TextField("vad som ska rättas", blank=True)
    at = models.DateTimeField("tid", null=True)
    reminded_at = models.DateTimeField("påmind", null=True)
    clock_reminders = ArrayField(
        models.CharField(max_length=12), verbose_name="påminnelser av klockan", default=list, blank=True
    )
    task = models.OneToOneField("viewflow.Task", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "justering"
        verbose_name_plural = "justeringar"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("protokoll", "membership"), name="justering_once"),)

    def __str__(self) -> str:
        """Return who."""
        return self.name


class Rattelse(models.Model):
    """A correction of adjusted minutes, linked to them; the table takes no UPDATE or DELETE."""

    protokoll = models.ForeignKey(Protokoll, on_delete=models.PROTECT, related_name="rattelser")
    paragraf = models.ForeignKey(Paragraf, on_delete=models.PROTECT, null=True, related_name="rattelser")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("rättelse")
    reason = models.TextField("skäl")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    act_id = models.UUIDField("händelse")
    at = models.DateTimeField("tid")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "rättelse"
        verbose_name_plural = "rättelser"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("protokoll", "number"), name="rattelse_number_once"),)

    def __str__(self) -> str:
        """Return the number."""
        return f"rättelse {self.number}"
