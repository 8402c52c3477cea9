"""What happens around the table: who is there, who has jäv, how they vote and what they write to the minutes."""

from django.conf import settings
from django.db import models

from governance.models import Membership
from workflow.meetings.models.meetings import AgendaItem, Meeting
from workflow.meetings.vocabulary import Dissent, JavSource, JavState, VoteValue


class Attendance(models.Model):
    """Whether a member, a substitute or somebody co-opted is in the room now."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField("närvarar")
    is_remote = models.BooleanField("på distans", default=False)

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        constraints = (models.UniqueConstraint(fields=("meeting", "membership"), name="attendance_once"),)

    def __str__(self) -> str:
        """Return the key of the membership."""
        return f"närvaro {self.membership_id}"


class AttendanceEvent(models.Model):
    """Somebody came or went, at an item or at the opening; the table takes no UPDATE or DELETE."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance_events")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="+")
    is_present = models.BooleanField("närvarar")
    at = models.DateTimeField("tid")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "ändrad närvaro"
        verbose_name_plural = "ändrad närvaro"
        ordering = ("id",)

    def __str__(self) -> str:
        """Return what happened."""
        return "kom" if self.is_present else "gick"


class Jav(models.Model):
    """A member's jäv in one matter, declared, found or tried and not found; it stands once the matter is settled."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="jav")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("läge", max_length=10, choices=JavState.choices)
    source = models.CharField("källa", max_length=12, choices=JavSource.choices)
    reason = models.CharField("skäl", max_length=250)
    at = models.DateTimeField("tid")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "jäv"
        verbose_name_plural = "jäv"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("item", "membership"), name="jav_once"),)

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class Ballot(models.Model):
    """An open vote on a matter. `yes` and `no` are what the two answers mean; `result` is set when it closes."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="ballots")
    number = models.PositiveSmallIntegerField("nummer")
    yes = models.CharField("ja betyder", max_length=250)
    no = models.CharField("nej betyder", max_length=250)
    opened_at = models.DateTimeField("öppnad")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("avslutad", null=True)
    result = models.CharField("utfall", max_length=10, choices=VoteValue.choices, blank=True)
    by_casting_vote = models.BooleanField("avgjord av ordförandens utslagsröst", default=False)

    class Meta:
        verbose_name = "omröstning"
        verbose_name_plural = "omröstningar"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="ballot_number_once"),
            models.UniqueConstraint(fields=("item",), condition=models.Q(closed_at=None), name="ballot_open_once"),
        )

    def __str__(self) -> str:
        """Return the number."""
        return f"omröstning {self.number}"


class Vote(models.Model):
    """Somebody's vote; the table takes no UPDATE or DELETE."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    value = models.CharField("röst", max_length=10, choices=VoteValue.choices)
    at = models.DateTimeField("tid")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "röst"
        verbose_name_plural = "röster"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("ballot", "membership"), name="vote_once"),)

    def __str__(self) -> str:
        """Return the vote."""
        return self.get_value_display()


class Reservation(models.Model):
    """A reservation or a note to the minutes, by somebody who was there; the text may follow until `due`."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="reservations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("slag", max_length=12, choices=Dissent.choices)
    text = models.TextField("text", blank=True)
    due = models.DateField("texten senast")
    declared_at = models.DateTimeField("anmäld")
    text_at = models.DateTimeField("text lämnad", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "reservation eller anteckning"
        verbose_name_plural = "reservationer och anteckningar"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("item", "membership", "kind"), name="reservation_once"),)

    def __str__(self) -> str:
        """Return kind and name."""
        return f"{self.get_kind_display()}, {self.name}"
