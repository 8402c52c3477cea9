"""How people come in: sheets that are read in, and invitations to choose a first password."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from governance.models.bodies import County


class PeopleImport(models.Model):
    """A sheet of people as uploaded, kept between check and write; once read in, only who and how much is left."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("fil", max_length=150)
    uploaded_at = models.DateTimeField("uppladdad", auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sheet = models.JSONField("innehåll", default=dict)
    """As `governance.sheets.kept.to_kept` makes it; emptied when it is read in."""
    answers = models.JSONField("svar", default=dict)
    """For an address asked about, the address of the one it is, or that they are two."""
    loaded_at = models.DateTimeField("inläst", null=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    counts = models.JSONField("antal", default=dict)
    new_people = models.JSONField("nya personer", default=list)
    """The ids of those who were added, so that they can be invited together."""

    class Meta:
        verbose_name = "inläsning av personer"
        verbose_name_plural = "inläsningar av personer"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(loaded_at=None, loaded_by=None) | Q(loaded_at__isnull=False, loaded_by__isnull=False),
                name="people_import_loaded_by_somebody",
            ),
        )

    def __str__(self) -> str:
        """Return the file's name."""
        return self.file_name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads over invitations."""

    def open(self, now: datetime) -> "InvitationQuerySet":
        """Return those whose link works at a time; `Invitation.is_open` is the same rule for one row."""
        return self.filter(used_at=None, voided_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A link by which somebody chooses a first password: one use, a last day, and void when a new one is made.

    The link itself is not kept, only a digest of it: whoever reads the database cannot use one.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("gjord")
    expires_at = models.DateTimeField("gäller till")
    digest = models.CharField("kontrollsumma", max_length=64, unique=True)
    sent_at = models.DateTimeField("skickad", null=True)
    """When it was sent by e-mail; never for one that was shown to whoever made it."""
    opened_at = models.DateTimeField("öppnad", null=True)
    used_at = models.DateTimeField("använd", null=True)
    voided_at = models.DateTimeField("ersatt", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(used_at=None, voided_at=None), name="invitation_open_once"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_lasts"),
        )

    def __str__(self) -> str:
        """Return whom it is for."""
        return f"inbjudan till {self.person}"

    def is_open(self, now: datetime) -> bool:
        """Tell whether its link works at a time."""
        return self.used_at is None and self.voided_at is None and self.expires_at > now
