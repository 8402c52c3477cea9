"""Somebody from elsewhere who is invited to a draft: by an address, to write or to comment, for a purpose."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from governance.models import Body, Membership
from satsningar.models import Satsning
from workflow.vocabulary import Medverkan


class MedforfattareQuerySet(models.QuerySet["Medforfattare"]):
    """Reads over co-authors."""

    def holding(self, person_id: int, day: date) -> "MedforfattareQuerySet":
        """Return those of a person that give a right on a day."""
        return self.lasting(day).filter(person=person_id)

    def lasting(self, day: date) -> "MedforfattareQuerySet":
        """Return those that give a right on a day: accepted, not ended, by a membership that lasts."""
        lasting = Q(membership__ends_on=None) | Q(membership__ends_on__gte=day)
        lasting &= Q(membership__body__ended_on=None) | Q(membership__body__ended_on__gte=day)
        found = self.filter(person__is_active=True, ended_at=None, membership__starts_on__lte=day)
        return found.filter(lasting, membership__person=F("person"))


class Medforfattare(models.Model):
    """An invitation to a draft, and what became of it.

    The link is not kept, only a digest of it. `person` and `membership` are empty until it is accepted: by whom, and by
    which membership; it gives nothing once that has ended.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="medforfattare")
    email = models.EmailField("e-postadress")
    role = models.CharField("får", max_length=12, choices=Medverkan.choices)
    purpose = models.TextField("syfte")
    digest = models.CharField("kontrollsumma", max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_by_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField("inbjuden")
    expires_at = models.DateTimeField("gäller till")
    act_id = models.UUIDField("händelse")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="medverkan")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField("tackade ja", null=True)
    accept_act_id = models.UUIDField("händelse då den antogs", null=True)
    ended_at = models.DateTimeField("avslutad", null=True)
    end_act_id = models.UUIDField("händelse då den avslutades", null=True)

    objects = MedforfattareQuerySet.as_manager()

    class Meta:
        verbose_name = "medförfattare"
        verbose_name_plural = "medförfattare"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("satsning", "email"), condition=Q(ended_at=None), name="medforfattare_invited_once"
            ),
            models.CheckConstraint(
                condition=Q(person=None, membership=None, accepted_at=None, accept_act_id=None)
                | Q(person__isnull=False, membership__isnull=False, accepted_at__isnull=False),
                name="medforfattare_accepted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        """Return the address."""
        return self.email

    def is_open(self, now: datetime) -> bool:
        """Tell whether the link works at a time."""
        return self.accepted_at is None and self.ended_at is None and self.expires_at > now
