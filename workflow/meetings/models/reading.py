"""What one person keeps of a meeting: notes, read marks, the address of a calendar, an invitation, a set of papers."""

from django.conf import settings
from django.db import models

from governance.models import Body, Membership
from workflow.meetings.models.meetings import AgendaItem, Meeting


class PrivateNote(models.Model):
    """A person's own note on a matter; nobody else reads it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField("anteckning", blank=True)
    version = models.PositiveIntegerField("utgåva", default=1)
    saved_at = models.DateTimeField("sparad", auto_now=True)

    class Meta:
        verbose_name = "egen anteckning"
        verbose_name_plural = "egna anteckningar"
        constraints = (models.UniqueConstraint(fields=("item", "person"), name="note_once"),)

    def __str__(self) -> str:
        """Return nothing of what it says."""
        return "egen anteckning"


class ReadMark(models.Model):
    """That a person has opened a matter's papers; `underlag` is the newest number of them then, 0 before any."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="read_marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    underlag = models.PositiveIntegerField("underlagets nummer", default=0)
    at = models.DateTimeField("läst")

    class Meta:
        verbose_name = "läst punkt"
        verbose_name_plural = "lästa punkter"
        constraints = (models.UniqueConstraint(fields=("item", "person"), name="read_mark_once"),)

    def __str__(self) -> str:
        """Return the time."""
        return self.at.isoformat()


class CalendarAddress(models.Model):
    """The secret address of a calendar: a person's own meetings, or one body's; only the digest of it is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, related_name="+")
    digest = models.CharField("kontrollsumma", max_length=64, unique=True)
    made_at = models.DateTimeField("skapad")

    class Meta:
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"
        constraints = (
            models.UniqueConstraint(fields=("person", "body"), nulls_distinct=False, name="calendar_address_once"),
        )

    def __str__(self) -> str:
        """Return when it was made."""
        return self.made_at.isoformat()


class Invitation(models.Model):
    """What a member has been sent of a meeting's calendar: the newest sequence, and whether it was a cancellation.

    `is_update` tells that an invitation to the meeting had been sent already.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField("ordning")
    is_cancelled = models.BooleanField("inställt", default=False)
    is_update = models.BooleanField("ändring", default=False)
    queued_at = models.DateTimeField("köad")
    sent_at = models.DateTimeField("skickad", null=True)
    failed = models.CharField("fel", max_length=250, blank=True)

    class Meta:
        verbose_name = "mötesinbjudan"
        verbose_name_plural = "mötesinbjudningar"
        constraints = (models.UniqueConstraint(fields=("meeting", "membership"), name="invitation_once"),)

    def __str__(self) -> str:
        """Return the sequence."""
        return f"inbjudan {self.sequence}"


class Handlingssamling(models.Model):
    """All papers of a meeting as one PDF, made by a job; the same for all who read the same of it.

    `agenda` is the digest of what stood on the agenda and lay on the table when it was made: while that is the same,
    so is the set. `with_secret` says that it holds what carries a secrecy mark. `edition` is the meeting's then.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="samlingar")
    edition = models.PositiveIntegerField("mötets utgåva")
    agenda = models.CharField("dagordningens kontrollsumma", max_length=64)
    with_secret = models.BooleanField("med det som har sekretessmarkering")
    pdf = models.BinaryField("PDF")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    size = models.PositiveIntegerField("storlek i byte")
    pages = models.PositiveIntegerField("sidor")
    made_at = models.DateTimeField("skapad")

    class Meta:
        verbose_name = "samlade handlingar"
        verbose_name_plural = "samlade handlingar"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("meeting", "agenda", "with_secret"), name="handlingssamling_once"),
        )

    def __str__(self) -> str:
        """Return the edition."""
        return f"samlade handlingar, utgåva {self.edition}"
