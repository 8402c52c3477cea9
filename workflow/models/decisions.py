"""Matters before a deciding body, and what it decided."""

from django.conf import settings
from django.db import models

from governance.models import Body, Membership, Organisation
from governance.vocabulary import Role
from satsningar.models import Revision, Satsning
from workflow.vocabulary import Rekommendation


class Anmalan(models.Model):
    """A case brought before a deciding body; at most one is open per case.

    `move` is the proposed move, `target` the station chosen where there are several. `utlatande`,
    `rekommendation` and `forslag` are copies of the preparing body's words at that moment, `avsteg` of the waivers
    that applied, as `workflow.avsteg.applied` gives them.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="anmalningar")
    move = models.CharField("föreslagen förflyttning", max_length=40)
    target = models.CharField("till", max_length=40, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="anmalda", verbose_name="till")
    made_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="anmalde", verbose_name="från")
    utlatande = models.TextField("utlåtande")
    rekommendation = models.CharField("rekommendation", max_length=20, choices=Rekommendation.choices)
    forslag = models.TextField("förslag till beslut")
    gate = models.CharField("grind", max_length=40, blank=True)
    avsteg = models.JSONField("avsteg", default=list)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="anmalningar")
    opened_at = models.DateTimeField("anmäld")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("avslutad", null=True)

    meets_here = False
    """Whether the body has held a meeting here this year; known where `workflow.decisions.open_anmalan` read it."""

    class Meta:
        verbose_name = "anmälan till beslut"
        verbose_name_plural = "anmälningar till beslut"
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("satsning",), condition=models.Q(closed_at=None), name="anmalan_open_once"),
        )
        indexes = (
            models.Index(fields=("body", "opened_at"), condition=models.Q(closed_at=None), name="anmalan_open_by_body"),
        )

    def __str__(self) -> str:
        """Return where it is brought."""
        return f"anmälan till {self.body}"


class Beslut(models.Model):
    """A decision in a meeting; the table takes no UPDATE or DELETE.

    `wording` is the wording put before the body, `amended_wording` the wording decided instead, if any; `avsteg` are
    the waivers that lay in the decision papers.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="beslut")
    anmalan = models.ForeignKey(Anmalan, on_delete=models.PROTECT, related_name="beslut")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="fattade_beslut")
    act_id = models.UUIDField("händelse")
    move = models.CharField("utfall", max_length=40)
    outcome = models.CharField("utfall i ord", max_length=100)
    kind = models.CharField("slag", max_length=30)
    meeting_date = models.DateField("mötesdag")
    paragraph = models.CharField("paragraf", max_length=20)
    wording = models.TextField("beslut")
    amended_wording = models.TextField("ändrad lydelse", blank=True)
    condition = models.TextField("villkor", blank=True)
    reason = models.TextField("skäl", blank=True)
    changed_parts = models.JSONField("ändrade delar", default=list)
    avsteg = models.JSONField("avsteg", default=list)
    to_meeting = models.DateField("till möte", null=True)
    quorum = models.CharField("beslutsförhet", max_length=250)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="beslut")
    recorded_at = models.DateTimeField("infört")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ("-meeting_date", "-id")
        constraints = (
            models.UniqueConstraint(fields=("body", "meeting_date", "paragraph"), name="beslut_paragraph_once"),
        )

    def __str__(self) -> str:
        """Return paragraph and day."""
        return f"{self.paragraph} {self.meeting_date}"


class Beslutsdeltagare(models.Model):
    """Somebody at the meeting when the matter was decided; the table takes no UPDATE or DELETE."""

    beslut = models.ForeignKey(Beslut, on_delete=models.PROTECT, related_name="deltagare")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("namn", max_length=150)
    role = models.CharField("roll", max_length=20, choices=Role.choices)
    represents = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    votes = models.BooleanField("har rösträtt")
    jav = models.BooleanField("jäv", default=False)
    jav_reason = models.CharField("skäl för jäv", max_length=250, blank=True)

    class Meta:
        verbose_name = "deltagare vid beslut"
        verbose_name_plural = "deltagare vid beslut"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("beslut", "person"), name="deltagare_once"),)

    def __str__(self) -> str:
        """Return the name as it was."""
        return self.name
