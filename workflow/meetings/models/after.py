"""What comes of a decision: extracts to those concerned, what is brought home, and what is to be carried out."""

from django.conf import settings
from django.db import models

from governance.models import Body, Organisation
from workflow.meetings.models.meetings import Meeting
from workflow.meetings.models.minutes import Paragraf
from workflow.meetings.vocabulary import DutyKind, HomeForm, SharePurpose


class Utdrag(models.Model):
    """An extract of one paragraph to one receiver; delivered when the receiver has confirmed it."""

    paragraf = models.ForeignKey(Paragraf, on_delete=models.PROTECT, related_name="utdrag")
    receiver = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="utdrag")
    purpose = models.CharField("syfte", max_length=40, choices=SharePurpose.choices)
    sent_at = models.DateTimeField("expedierat")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField("påmint", null=True)
    delivered_at = models.DateTimeField("mottaget", null=True)
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "protokollsutdrag"
        verbose_name_plural = "protokollsutdrag"
        ordering = ("sent_at", "id")
        constraints = (models.UniqueConstraint(fields=("paragraf", "receiver"), name="utdrag_once"),)
        indexes = (
            models.Index(
                fields=("receiver", "sent_at"), condition=models.Q(delivered_at=None), name="utdrag_undelivered"
            ),
        )

    def __str__(self) -> str:
        """Return the purpose in words."""
        return self.get_purpose_display()


class Aterforing(models.Model):
    """That a meeting's decisions have been brought home to one organisation; open until somebody says so."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="aterforingar")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("utsänt")
    returned_at = models.DateTimeField("återfört", null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    form = models.CharField("mötesform", max_length=12, choices=HomeForm.choices, blank=True)
    held_on = models.DateField("dag", null=True)
    how = models.CharField("hur", max_length=250, blank=True)

    class Meta:
        verbose_name = "återföring"
        verbose_name_plural = "återföringar"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("meeting", "organisation"), name="aterforing_once"),)
        indexes = (
            models.Index(
                fields=("organisation", "opened_at"), condition=models.Q(returned_at=None), name="aterforing_open"
            ),
        )

    def __str__(self) -> str:
        """Return the organisation."""
        return str(self.organisation)


class Beslutsuppdrag(models.Model):
    """Something a decision asks for, by somebody and by a day, open until it is carried out.

    `act_id` is the act that added it to a paragraph already decided; one without was decided with the paragraph.
    """

    paragraf = models.ForeignKey(Paragraf, on_delete=models.PROTECT, related_name="uppdrag")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="beslutsuppdrag", verbose_name="beslutat av")
    kind = models.CharField("slag", max_length=10, choices=DutyKind.choices)
    text = models.TextField("vad som ska göras")
    responsible = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, related_name="fick_uppdrag", verbose_name="ansvarig"
    )
    due = models.DateField("senast", null=True)
    act_id = models.UUIDField("händelse", null=True)
    created_at = models.DateTimeField("infört")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField("utfört", null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    done_text = models.TextField("hur det utfördes", blank=True)

    class Meta:
        verbose_name = "beslut att verkställa"
        verbose_name_plural = "beslut att verkställa"
        ordering = ("created_at", "id")
        indexes = (
            models.Index(fields=("body", "created_at"), condition=models.Q(done_at=None), name="uppdrag_open"),
            models.Index(fields=("responsible", "due"), condition=models.Q(done_at=None), name="uppdrag_to_do"),
        )

    def __str__(self) -> str:
        """Return what is to be done."""
        return self.text
